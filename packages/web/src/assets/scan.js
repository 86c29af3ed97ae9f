// Adds the camera, photos and dropped files to the start page. Without it, each form is a plain POST.
import './in-place.js'

/** @type {<T extends HTMLElement>(place: ParentNode, selector: string, type: new () => T) => T} */
function need(place, selector, type) {
  const found = place.querySelector(selector)
  if (!(found instanceof type)) throw new Error(selector)
  return found
}

const codeForm = need(document, '[data-code-form]', HTMLFormElement)
const fileForm = need(document, '[data-file-form]', HTMLFormElement)
const scanForm = need(document, '[data-scan-form]', HTMLFormElement)
const code = need(codeForm, '[name=code]', HTMLInputElement)
const chosen = need(fileForm, '[name=document]', HTMLInputElement)
const photo = need(scanForm, '[type=file]', HTMLInputElement)
const status = need(scanForm, '[role=status]', HTMLElement)
const preview = need(scanForm, '[data-preview]', HTMLElement)
const video = need(preview, 'video', HTMLVideoElement)
const startButton = need(scanForm, '[data-start]', HTMLElement)
const stopButton = need(preview, '[data-stop]', HTMLElement)
const words = scanForm.dataset

/** @type {MediaStream | undefined} */
let camera

function tell(text = '', detail = '') {
  status.textContent = detail === '' ? text : `${text} ${detail}`
}

// Crockford's base 32 as people write it. The server reads it again. This check only refuses earlier.
function tokenOf(text = '') {
  const token = text.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(token) ? token : undefined
}

/**
 * Says what the scanned text is. Only a code of this registry and a document are ever opened.
 * @returns {{ kind: 'code', code: string } | { kind: 'foreign', host: string } | { kind: 'document' | 'own' | 'other' }}
 */
function kindOf(/** @type {string} */ text) {
  if (text.length > 65_536) return { kind: 'other' }
  const typed = tokenOf(text)
  if (typed !== undefined) return { kind: 'code', code: typed }
  if (text.trimStart().startsWith('{')) return { kind: 'document' }
  if (!URL.canParse(text)) return { kind: 'other' }
  const url = new URL(text)
  const path = /^\/v\/([^/%]+)\/?$/.exec(url.pathname)
  if (url.origin === location.origin && url.username === '' && url.password === '') {
    const code = path && tokenOf(path[1])
    return code ? { kind: 'code', code } : { kind: 'own' }
  }
  // A scheme without a host (`javascript:`) has no address to show.
  return url.host === '' ? { kind: 'other' } : { kind: 'foreign', host: url.host }
}

/** Returns true if a page opens. The scanner then stops. */
function take(/** @type {string} */ text) {
  const found = kindOf(text.trim())
  if (found.kind === 'foreign') tell(words.foreign, found.host.slice(0, 100))
  if (found.kind === 'own') tell(words.own)
  if (found.kind === 'other') tell(words.other)
  if (found.kind === 'code') {
    code.value = found.code
    open(codeForm)
  }
  if (found.kind === 'document') {
    offer(new File([text], 'certificate.json', { type: 'application/json' }))
    open(fileForm)
  }
  return found.kind === 'code' || found.kind === 'document'
}

/** Shows the address before anything opens. @param {HTMLFormElement} form */
function open(form) {
  tell(words.found, location.host)
  setTimeout(() => form.requestSubmit(), 900)
}

function offer(/** @type {File} */ file) {
  const transfer = new DataTransfer()
  transfer.items.add(file)
  chosen.files = transfer.files
}

/** @typedef {Awaited<ReturnType<typeof decoder>>['decodeQR']} DecodeQR */
const decoder = () => import('./qr-decode.js')

const canvas = document.createElement('canvas')
const pencil = canvas.getContext('2d', { willReadFrequently: true })

/** @type {(source: CanvasImageSource, width: number, height: number, longest: number) => ImageData} */
function pixels(source, width, height, longest) {
  if (pencil === null) throw new Error('no canvas')
  const scale = Math.min(1, longest / Math.max(width, height))
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  pencil.drawImage(source, 0, 0, canvas.width, canvas.height)
  return pencil.getImageData(0, 0, canvas.width, canvas.height)
}

/** @param {DecodeQR} decodeQR @param {ImageData} image @param {number} timeLimit */
function decode(decodeQR, image, timeLimit) {
  try {
    return decodeQR(image, { timeLimit })
  } catch {
    return // This picture has no code.
  }
}

function stop(text = '') {
  for (const track of camera?.getTracks() ?? []) track.stop()
  camera = undefined
  video.srcObject = null
  preview.hidden = true
  startButton.hidden = false
  if (text !== '') {
    tell(text)
    startButton.focus()
  }
}

async function look(/** @type {DecodeQR} */ decodeQR) {
  let last
  while (camera !== undefined) {
    if (video.readyState >= video.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      const text = decode(decodeQR, pixels(video, video.videoWidth, video.videoHeight, 1280), 40)
      if (text !== undefined && text !== last) {
        last = text
        if (take(text)) return stop()
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
}

async function start() {
  if (camera !== undefined) return
  tell(words.starting)
  try {
    const { decodeQR } = await decoder()
    camera = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 1280 } },
    })
    video.srcObject = camera
    preview.hidden = false
    startButton.hidden = true
    stopButton.focus()
    await video.play()
    tell(words.looking)
    await look(decodeQR)
  } catch (error) {
    stop()
    const { name } = /** @type {Error} */ (error)
    const isAbsent = name === 'NotFoundError' || name === 'OverconstrainedError'
    tell(isAbsent ? words.none : name === 'NotAllowedError' ? words.denied : words.failed)
  }
}

/** Reads a photo on this device. The picture itself is never sent. @param {File} file */
async function readPhoto(file) {
  tell(words.reading)
  try {
    const [{ decodeQR }, picture] = await Promise.all([decoder(), createImageBitmap(file)])
    // A large picture may hide a small code, and a small picture a large one, so both sizes are tried.
    for (const longest of [1200, 2400]) {
      const text = decode(decodeQR, pixels(picture, picture.width, picture.height, longest), 1500)
      if (text !== undefined) return void take(text)
    }
    tell(words.unread)
  } catch {
    tell(words.unread)
  }
}

for (const element of document.querySelectorAll('[data-with-script]')) element.removeAttribute('hidden')
for (const element of document.querySelectorAll('[data-without-script]')) element.setAttribute('hidden', '')
if (navigator.mediaDevices?.getUserMedia === undefined) startButton.hidden = true

startButton.addEventListener('click', start)
stopButton.addEventListener('click', () => stop(words.stopped))
window.addEventListener('pagehide', () => stop())
scanForm.addEventListener('submit', (event) => event.preventDefault())
// The answer may be shown in this page, so the camera stops here.
for (const form of [codeForm, fileForm]) form.addEventListener('submit', () => stop())
photo.addEventListener('change', () => photo.files?.[0] && readPhoto(photo.files[0]))

const area = need(document, '[data-drop]', HTMLElement)
area.addEventListener('dragover', (event) => {
  event.preventDefault()
  area.classList.add('over')
})
area.addEventListener('dragleave', () => area.classList.remove('over'))
area.addEventListener('drop', (event) => {
  event.preventDefault()
  area.classList.remove('over')
  const [file] = event.dataTransfer?.files ?? []
  if (file === undefined) return
  if (file.type.startsWith('image/')) return void readPhoto(file)
  offer(file)
  fileForm.requestSubmit()
})
