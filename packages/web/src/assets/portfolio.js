// Makes and checks the manifest of a portfolio, and compares a file with the hashes of a page, on this device. It sends and stores nothing.
import { hashOf, manifestOf, randomText, readManifest } from './manifest.js'

/** A browser holds a whole file to hash it. The command `sijil portfolio` has no such limit. */
const LARGEST = 256 * 1024 * 1024
const MOST_FILES = 500

/** @type {<T extends HTMLElement>(place: ParentNode, selector: string, type: new () => T) => T} */
function need(place, selector, type) {
  const found = place.querySelector(selector)
  if (!(found instanceof type)) throw new Error(selector)
  return found
}

/** @type {(place: ParentNode, selector: string) => NodeListOf<HTMLElement>} */
const all = (place, selector) => place.querySelectorAll(selector)

/** Shows those of the words of a section that hold now. @type {(section: ParentNode, ...names: string[]) => void} */
function tell(section, ...names) {
  for (const each of all(section, '[data-say]')) each.hidden = !names.includes(each.dataset.say ?? '')
}

/** A copy of the row of a section, with words that are never markup. @type {(section: ParentNode, words: Record<string, string>) => HTMLElement} */
function rowOf(section, words) {
  const row = need(section, 'template', HTMLTemplateElement).content.cloneNode(true)
  if (!(row instanceof DocumentFragment)) throw new Error('row')
  for (const [name, text] of Object.entries(words)) need(row, `[data-${name}]`, HTMLElement).textContent = text
  return need(row, 'li', HTMLElement)
}

const sizeOf = (/** @type {number} */ bytes) =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.ceil(bytes / 1024 / 1024)} MiB`

const chosenIn = (/** @type {HTMLInputElement} */ field) => [...(field.files ?? [])]

function startMaking(/** @type {HTMLElement} */ section) {
  const { corridor = '', track = '', registry = '' } = section.dataset
  const field = need(section, '[data-files]', HTMLInputElement)
  const rows = need(section, '[data-rows]', HTMLElement)
  const button = need(section, '[data-make]', HTMLElement)
  const made = need(section, '[data-made]', HTMLElement)
  /** @type {Map<string, { bytes: number, title: HTMLInputElement }>} */
  const files = new Map()

  /** The list changed, so a manifest from before is not of it. */
  function changed() {
    made.hidden = true
    button.hidden = files.size === 0
  }

  async function add(/** @type {File} */ file) {
    if (file.size === 0) return 'empty'
    if (file.size > LARGEST) return 'large'
    if (files.size >= MOST_FILES) return 'many'
    const sha256 = await hashOf(file)
    if (files.has(sha256)) return 'same'
    const row = rowOf(section, { name: file.name, size: sizeOf(file.size), hash: sha256 })
    const title = need(row, 'input', HTMLInputElement)
    title.value = file.name.slice(0, title.maxLength)
    title.addEventListener('input', changed)
    need(row, 'button', HTMLElement).addEventListener('click', () => {
      files.delete(sha256)
      row.remove()
      changed()
      field.focus()
    })
    files.set(sha256, { bytes: file.size, title })
    rows.append(row)
    return ''
  }

  async function addAll(/** @type {File[]} */ chosen) {
    tell(section, 'busy')
    const outcomes = new Set()
    for (const file of chosen) outcomes.add(await add(file).catch(() => 'unread'))
    tell(section, ...outcomes)
    changed()
  }

  // One choice after another, so that no file is listed twice.
  let last = Promise.resolve()
  field.addEventListener('change', () => {
    const chosen = chosenIn(field)
    field.value = ''
    last = last.then(() => addAll(chosen))
  })

  button.addEventListener('click', async () => {
    const listed = [...files].map(([sha256, { bytes, title }]) => ({ sha256, bytes, title: title.value.trim() }))
    const madeOn = new Date().toISOString().slice(0, 10)
    const text = manifestOf({ corridor, track, registry, madeOn, random: randomText(), files: listed })
    const manifest = new Blob([text], { type: 'application/json' })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(manifest)
    link.download = 'manifest.json'
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    need(made, '[data-hash]', HTMLElement).textContent = await hashOf(manifest)
    made.hidden = false
  })
}

function startChecking(/** @type {HTMLElement} */ section) {
  const manifest = need(section, '[data-manifest]', HTMLInputElement)
  const field = need(section, '[data-files]', HTMLInputElement)
  const rows = need(section, '[data-rows]', HTMLElement)

  async function check() {
    rows.replaceChildren()
    const [file] = chosenIn(manifest)
    if (file === undefined) return tell(section)
    const listed = readManifest(await file.text())
    if (listed === undefined) return tell(section, 'not-a-manifest')
    const manifestHash = await hashOf(file)
    need(section, '[data-hash]', HTMLElement).textContent = manifestHash
    need(section, '[data-receipt]', HTMLAnchorElement).href = `receipts/${manifestHash}`
    tell(section, 'hash', 'busy')
    const names = new Map()
    for (const one of chosenIn(field)) names.set(await hashOf(one), one.name)
    const add = (/** @type {string} */ name, /** @type {string} */ outcome) => {
      const row = rowOf(section, { name })
      for (const each of all(row, '[data-outcome]')) each.hidden = each.dataset.outcome !== outcome
      rows.append(row)
    }
    for (const { title, sha256 } of listed) add(title, names.has(sha256) ? 'holds' : 'absent')
    const isListed = new Set(listed.map(({ sha256 }) => sha256))
    for (const [sha256, name] of names) if (!isListed.has(sha256)) add(name, 'differs')
    tell(section, 'hash')
  }
  for (const each of [manifest, field])
    each.addEventListener('change', () => check().catch(() => tell(section, 'unread')))
}

function startComparing(/** @type {HTMLElement} */ section) {
  const field = need(section, '[data-file]', HTMLInputElement)
  field.addEventListener('change', async () => {
    const marks = all(document, '[data-same]')
    for (const mark of marks) mark.hidden = true
    const [file] = chosenIn(field)
    if (file === undefined) return tell(section)
    tell(section, 'busy')
    try {
      const sha256 = file.size > LARGEST ? undefined : await hashOf(file)
      if (sha256 === undefined) return tell(section, 'large')
      const same = [...marks].filter((mark) => mark.dataset.same === sha256)
      for (const mark of same) mark.hidden = false
      need(section, '[data-hash]', HTMLElement).textContent = sha256
      tell(section, 'hash', same.length > 0 ? 'holds' : 'differs')
    } catch {
      tell(section, 'unread')
    }
  })
}

for (const [name, start] of /** @type {const} */ ([
  ['portfolio', startMaking],
  ['manifest-check', startChecking],
  ['compare', startComparing],
]))
  for (const section of all(document, `[data-${name}]`)) {
    // Browsers hash only on pages that came over HTTPS or from this machine.
    if (globalThis.crypto?.subtle === undefined) continue
    start(section)
    for (const each of all(section, '[data-with-script]')) each.hidden = false
    for (const each of all(section, '[data-without-script]')) each.hidden = true
  }
