// Shows the answer to a form in the page that sent it, so that the history holds no POST, and Back never asks to send a form again. The
// page before stays in the memory of this page, with its fields. Without this script, each form is a plain POST.

import { addLocalTimes } from './local-time.js'

/** Marks the entries of the history: the page with the form, and the answer that is shown in it. */
const [ASKED, ANSWERED] = ['asked', 'answered']

/** The page that Back shows again. @type {{ body: HTMLElement, title: string, scroll: number } | undefined} */
let before
let isSending = false
/** Forms that the browser sends by itself. @type {WeakSet<HTMLFormElement>} */
const native = new WeakSet()

/** Adds the print button. Without it, the browser's own print still works. */
function offerPrint() {
  for (const button of document.querySelectorAll('[data-print][hidden]')) {
    button.removeAttribute('hidden')
    button.addEventListener('click', () => window.print())
  }
}

function show(/** @type {HTMLElement} */ body, /** @type {string} */ title) {
  document.documentElement.replaceChild(document.adoptNode(body), document.body)
  document.title = title
}

/** Replaces the page by the answer. @param {Document} answer @param {string} fragment */
function showAnswer(answer, fragment) {
  if (before === undefined) {
    before = { body: document.body, title: document.title, scroll: scrollY }
    history.replaceState(ASKED, '')
    history.pushState(ANSWERED, '', location.pathname + location.search)
  }
  show(answer.body, answer.title)
  offerPrint()
  addLocalTimes()
  document.querySelector('main')?.focus({ preventScroll: true })
  const place = document.getElementById(fragment)
  if (place === null) scrollTo(0, 0)
  else place.scrollIntoView()
}

/** The same page came back with an error. Only its messages change, so the camera and the chosen file stay. @param {Document} answer */
function showErrors(answer) {
  for (const old of document.querySelectorAll('main [role=alert], .found.c-no')) old.remove()
  const alert = answer.querySelector('[role=alert]')
  if (alert !== null) document.querySelector('main .head')?.after(document.adoptNode(alert))
  for (const id of ['code', 'document']) {
    const [field, answered] = [document.getElementById(id), answer.getElementById(id)]
    const message = answer.getElementById(`${id}-error`)
    if (message !== null) field?.closest('.go')?.before(document.adoptNode(message))
    for (const name of ['aria-describedby', 'aria-invalid']) {
      const value = answered?.getAttribute(name)
      if (value) field?.setAttribute(name, value)
      else field?.removeAttribute(name)
    }
  }
  document.title = answer.title
  document.querySelector('main [role=alert]')?.scrollIntoView({ block: 'center' })
}

/** The browser sends the form by itself, and shows its own page if it cannot. @type {(form: HTMLFormElement, submitter: HTMLElement | null) => void} */
function leave(form, submitter) {
  native.add(form)
  form.requestSubmit(submitter)
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
function send(form, submitter) {
  const fields = new FormData(form, submitter)
  const isText = form.enctype !== 'multipart/form-data'
  const action =
    submitter instanceof HTMLButtonElement && submitter.hasAttribute('formaction') ? submitter.formAction : form.action
  // Only this request parses a page without a string of markup, which the policy of the page refuses.
  const request = new XMLHttpRequest()
  request.open('POST', action)
  request.responseType = 'document'
  request.setRequestHeader('accept', 'text/html')
  request.addEventListener('load', () => {
    isSending = false
    const { responseURL: address, response: answer } = request
    const [asked, fragment = ''] = action.split('#')
    if (address !== asked) return location.assign(address)
    if (!(answer instanceof Document) || answer.querySelector('main') === null) return leave(form, submitter)
    if (document.querySelector('[data-code-form]') && answer.querySelector('[data-code-form]')) showErrors(answer)
    else showAnswer(answer, fragment)
  })
  request.addEventListener('error', () => {
    isSending = false
    leave(form, submitter)
  })
  isSending = true
  request.send(
    isText ? new URLSearchParams(/** @type {Record<string, string>} */ (Object.fromEntries(fields))) : fields,
  )
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'post') return
  // A file is downloaded by the browser itself, and signing out leads to another site.
  if (form.matches('[data-native]') || native.has(form)) return
  event.preventDefault()
  if (!isSending) send(form, event.submitter)
})

addEventListener('popstate', ({ state }) => {
  if (state !== ASKED || before === undefined) return
  const { body, title, scroll } = before
  before = undefined
  show(body, title)
  scrollTo(0, scroll)
})

offerPrint()
addLocalTimes()
