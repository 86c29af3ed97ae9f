// "Check in this browser": that what the page shows stands in the signed log. Without this script the page is whole, and says so.
import { DoesNotHold, isIncluded, openCheckpoint, parseKey, tilePath } from './tlog.js'

const PATIENCE_MS = 15_000

async function read(path) {
  const response = await fetch(path, {
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!response.ok) throw new Error(`${response.status}`)
  return response
}

/** A key that cannot be read accuses nobody: nothing was found out. */
const keyOf = async (text, type) => {
  try {
    return await parseKey(text, type)
  } catch (error) {
    throw error instanceof DoesNotHold ? new Error('no key') : error
  }
}

async function check(section) {
  const { log, origin, witnesses } = section.dataset
  const [keys, note] = await Promise.all([read(`${log}/key`), read(`${log}/checkpoint`)])
  const known = {
    origin,
    keys: await Promise.all(
      (await keys.text())
        .trim()
        .split('\n')
        .map((text) => keyOf(text, 'log')),
    ),
    witnesses: await Promise.all(
      witnesses
        .split(' ')
        .filter(Boolean)
        .map((text) => keyOf(text, 'witness')),
    ),
  }
  const head = await openCheckpoint(await note.text(), known)
  const tiles = new Map()
  const readTile = (tile) => {
    const path = tilePath(tile)
    if (!tiles.has(path))
      tiles.set(
        path,
        read(`${log}/${path}`).then(async (answer) => new Uint8Array(await answer.arrayBuffer())),
      )
    return tiles.get(path)
  }
  const wrong = []
  const entries = [...section.querySelectorAll('[data-index]')]
  for (const entry of entries) {
    const words = entry.querySelector('[data-logged]').textContent
    if (!(await isIncluded(words, Number(entry.dataset.index), head, readTile))) wrong.push(entry)
  }
  if (entries.length === 0) throw new Error('nothing to check')
  return { head, wrong }
}

const fill = (place, name, text) => {
  for (const each of place.querySelectorAll(`[data-fill=${name}]`)) each.textContent = text
}

function show(section, outcome) {
  for (const each of section.querySelectorAll('[data-outcome]'))
    each.hidden = !each.dataset.outcome.split(' ').includes(outcome)
}

function showHead(section, { size, signedBy, cosigned }) {
  fill(section, 'size', size)
  const { name, id } = signedBy.at(-1)
  fill(section, 'key', `${name}+${id}`)
  for (const each of section.querySelectorAll('[data-witness]')) {
    const found = cosigned.find((one) => `${one.name}+${one.id}` === each.dataset.witness)
    each.querySelector('[data-cosigned]').hidden = found === undefined
    each.querySelector('[data-missing]').hidden = found !== undefined
    if (found) fill(each, 'time', new Date(found.time * 1000).toISOString().slice(0, 16).replace('T', ' '))
  }
}

async function run(section) {
  show(section, 'busy')
  for (const each of section.querySelectorAll('[data-entry-fails]')) each.hidden = true
  try {
    const { head, wrong } = await check(section)
    for (const entry of wrong) entry.querySelector('[data-entry-fails]').hidden = false
    showHead(section, head)
    show(section, wrong.length === 0 ? 'holds' : 'fails')
  } catch (error) {
    const isUnsupported = globalThis.crypto?.subtle === undefined || error?.name === 'NotSupportedError'
    show(section, error instanceof DoesNotHold ? 'fails' : isUnsupported ? 'unsupported' : 'unknown')
  }
}

for (const section of document.querySelectorAll('[data-log-proof]')) {
  const button = section.querySelector('[data-check]')
  let running = false
  button.hidden = false
  section.querySelector('[data-without]').hidden = true
  button.addEventListener('click', async () => {
    if (running) return
    running = true
    await run(section)
    running = false
  })
}
