// Camera, photos and dropped files on the start page. Without this script every form of the page works as a plain POST.

const codeForm = document.querySelector('[data-code-form]')
const fileForm = document.querySelector('[data-file-form]')
const scanForm = document.querySelector('[data-scan-form]')
const status = scanForm.querySelector('[role=status]')
const preview = scanForm.querySelector('[data-preview]')
const video = preview.querySelector('video')
const [startButton, stopButton] = [scanForm.querySelector('[data-start]'), preview.querySelector('[data-stop]')]
const photo = scanForm.querySelector('input[type=file]')
const words = scanForm.dataset

let camera
let last

function tell(text, detail) {
  status.textContent = detail === undefined ? text : `${text} ${detail}`
}

// Crockford's base 32 as people and printers write it. The server reads it again; this only refuses early.
function tokenOf(text) {
  const token = text.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(token) ? token : undefined
}

/** What a scanned text is: our link or code, another page of ours, a certificate document, a foreign address, or something else. Nothing else is ever opened. */
function kindOf(text) {
  if (text.length > 65_536) return { kind: 'other' }
  if (tokenOf(text) !== undefined) return { kind: 'code', code: tokenOf(text) }
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

/** True when something is being opened; then the scanner is done. */
function take(text) {
  const found = kindOf(text.trim())
  if (found.kind === 'foreign') tell(words.foreign, found.host.slice(0, 100))
  if (found.kind === 'own') tell(words.own)
  if (found.kind === 'other') tell(words.other)
  if (found.kind === 'code') {
    codeForm.elements.code.value = found.code
    open(codeForm)
  }
  if (found.kind === 'document') {
    offer(new File([text], 'certificate.json', { type: 'application/json' }))
    open(fileForm)
  }
  return found.kind === 'code' || found.kind === 'document'
}

/** The address is shown before anything is opened. */
function open(form) {
  tell(words.found, location.host)
  setTimeout(() => form.requestSubmit(), 900)
}

function offer(file) {
  const chosen = new DataTransfer()
  chosen.items.add(file)
  fileForm.elements.document.files = chosen.files
}

const decoder = () => import('./qr-decode.js')

const canvas = document.createElement('canvas')
const pencil = canvas.getContext('2d', { willReadFrequently: true })

function pixels(source, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height))
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  pencil.drawImage(source, 0, 0, canvas.width, canvas.height)
  return pencil.getImageData(0, 0, canvas.width, canvas.height)
}

function decode(decodeQR, image, timeLimit) {
  try {
    return decodeQR(image, { timeLimit })
  } catch {
    return undefined // no code in this picture
  }
}

function stop(text) {
  for (const track of camera?.getTracks() ?? []) track.stop()
  camera = undefined
  video.srcObject = null
  preview.hidden = true
  startButton.hidden = false
  if (text !== undefined) {
    tell(text)
    startButton.focus()
  }
}

async function look(decodeQR) {
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
  last = undefined
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
    const known = { NotAllowedError: words.denied, NotFoundError: words.none, OverconstrainedError: words.none }
    tell(known[error?.name] ?? words.failed)
  }
}

/** Read on this device: the picture itself is never sent. */
async function readPhoto(file) {
  tell(words.reading)
  try {
    const [{ decodeQR }, picture] = await Promise.all([decoder(), createImageBitmap(file)])
    // A large picture hides a small code, a small one hides a large code: both sizes are tried.
    for (const longest of [1200, 2400]) {
      const text = decode(decodeQR, pixels(picture, picture.width, picture.height, longest), 1500)
      if (text !== undefined) return void take(text)
    }
    tell(words.unread)
  } catch {
    tell(words.unread)
  }
}

for (const element of document.querySelectorAll('[data-with-script]')) element.hidden = false
for (const element of document.querySelectorAll('[data-without-script]')) element.hidden = true
if (navigator.mediaDevices?.getUserMedia === undefined) startButton.hidden = true

startButton.addEventListener('click', start)
stopButton.addEventListener('click', () => stop(words.stopped))
window.addEventListener('pagehide', () => stop())
scanForm.addEventListener('submit', (event) => event.preventDefault())
photo.addEventListener('change', () => photo.files[0] && readPhoto(photo.files[0]))

const area = document.querySelector('[data-drop]')
area.addEventListener('dragover', (event) => {
  event.preventDefault()
  area.classList.add('over')
})
area.addEventListener('dragleave', () => area.classList.remove('over'))
area.addEventListener('drop', (event) => {
  event.preventDefault()
  area.classList.remove('over')
  const [file] = event.dataTransfer.files
  if (file === undefined) return
  if (file.type.startsWith('image/')) return void readPhoto(file)
  offer(file)
  fileForm.requestSubmit()
})
