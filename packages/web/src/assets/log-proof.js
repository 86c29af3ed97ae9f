// Checks in the reader's browser that the entries stand in the signed log. The page is complete without it.
import { DoesNotHold, isIncluded, openCheckpoint, parseKey, tilePath } from './tlog.js'

const PATIENCE_MS = 15_000

/** @type {(place: ParentNode, selector: string) => NodeListOf<HTMLElement>} */
const all = (place, selector) => place.querySelectorAll(selector)

/** @type {(place: ParentNode, selector: string) => HTMLElement} */
function need(place, selector) {
  const [found] = all(place, selector)
  if (!found) throw new Error(selector)
  return found
}

async function read(/** @type {string} */ path) {
  const response = await fetch(path, {
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!response.ok) throw new Error(`${response.status}`)
  return response
}

/** A key that cannot be read proves nothing. The result is then unknown, not false. @type {typeof parseKey} */
const keyOf = async (text, type) => {
  try {
    return await parseKey(text, type)
  } catch (error) {
    throw error instanceof DoesNotHold ? new Error('no key') : error
  }
}

async function check(/** @type {HTMLElement} */ section) {
  const { log, origin = '', witnesses = '' } = section.dataset
  const [keys, note] = await Promise.all([read(`${log}/key`), read(`${log}/checkpoint`)])
  const ofLog = (await keys.text()).trim().split('\n')
  const named = witnesses.split(' ').filter(Boolean)
  const known = {
    origin,
    keys: await Promise.all(ofLog.map((text) => keyOf(text, 'log'))),
    witnesses: await Promise.all(named.map((text) => keyOf(text, 'witness'))),
  }
  const head = await openCheckpoint(await note.text(), known)
  /** @type {Map<string, Promise<Uint8Array>>} */
  const tiles = new Map()
  const readTile = (/** @type {Parameters<typeof tilePath>[0]} */ tile) => {
    const path = tilePath(tile)
    const bytes =
      tiles.get(path) ?? read(`${log}/${path}`).then(async (answer) => new Uint8Array(await answer.arrayBuffer()))
    tiles.set(path, bytes)
    return bytes
  }
  const wrong = []
  const entries = all(section, '[data-index]')
  for (const entry of entries) {
    const words = need(entry, '[data-logged]').textContent
    if (!(await isIncluded(words, Number(entry.dataset.index), head, readTile))) wrong.push(entry)
  }
  if (entries.length === 0) throw new Error('nothing to check')
  return { head, wrong }
}

/** @type {(place: HTMLElement, name: string, text: string) => void} */
const fill = (place, name, text) => {
  for (const each of all(place, `[data-fill=${name}]`)) each.textContent = text
}

function show(/** @type {HTMLElement} */ section, /** @type {string} */ outcome) {
  for (const each of all(section, '[data-outcome]')) each.hidden = !each.dataset.outcome?.split(' ').includes(outcome)
}

/** @param {HTMLElement} section @param {Awaited<ReturnType<typeof openCheckpoint>>} head */
function showHead(section, { size, signedBy, cosigned }) {
  fill(section, 'size', `${size}`)
  const key = signedBy.at(-1)
  fill(section, 'key', `${key?.name}+${key?.id}`)
  for (const each of all(section, '[data-witness]')) {
    const found = cosigned.find((one) => `${one.name}+${one.id}` === each.dataset.witness)
    need(each, '[data-cosigned]').hidden = found === undefined
    need(each, '[data-missing]').hidden = found !== undefined
    if (found) fill(each, 'time', new Date(found.time * 1000).toISOString().slice(0, 16).replace('T', ' '))
  }
}

async function run(/** @type {HTMLElement} */ section) {
  show(section, 'busy')
  for (const each of all(section, '[data-entry-fails]')) each.hidden = true
  try {
    const { head, wrong } = await check(section)
    for (const entry of wrong) need(entry, '[data-entry-fails]').hidden = false
    showHead(section, head)
    show(section, wrong.length === 0 ? 'holds' : 'fails')
  } catch (error) {
    const isUnsupported =
      globalThis.crypto?.subtle === undefined || (error instanceof Error && error.name === 'NotSupportedError')
    show(section, error instanceof DoesNotHold ? 'fails' : isUnsupported ? 'unsupported' : 'unknown')
  }
}

for (const section of all(document, '[data-log-proof]')) {
  const button = need(section, '[data-check]')
  let running = false
  button.hidden = false
  need(section, '[data-without]').hidden = true
  button.addEventListener('click', async () => {
    if (running) return
    running = true
    await run(section)
    running = false
  })
}
