import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import type { Html } from './html.ts'
import { icon, seal } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { hostOf, languageLinks, local, type PageContext, page } from './page.ts'

type Field = 'code' | 'document'

// biome-ignore format: it reads as a table
/** Each reason why a form came back, with the field that the reader must correct. */
const fields = {
  code:         'code',
  incomplete:   'code',
  number:       'code',
  unknown:      'code',
  empty:        'code',
  several:      'code',
  foreign:      'code',
  own:          'code',
  file:         'document',
  noFile:       'document',
  presentation: 'document',
  paper:        'document',
  paperEmpty:   'document',
} as const satisfies Record<string, Field>
export type HomeError = keyof typeof fields

export const fieldOf = (error: HomeError): Field => fields[error]

/** Says what is wrong and what to do. */
export const errorWords = (error: HomeError, context: PageContext): string =>
  error === 'foreign'
    ? phrase(context.language, 'error.foreign', { host: hostOf(context) })
    : phrase(context.language, `error.${error}`)

function errorSummary(error: HomeError, context: PageContext): Html {
  const { language } = context
  return html`<div class="call no mb2" role="alert">${icon('warn')}<div><h2>${say(language, 'home.error')}</h2><p><a href="#${fieldOf(error)}">${errorWords(error, context)}</a></p></div></div>`
}

/** The error message at a field, and the attributes that link the field to its hint and to that message. */
interface Given {
  message: Html
  attributes: Html
}

function faultAt(field: Field, error: HomeError | undefined, context: PageContext): Given {
  if (error === undefined || fieldOf(error) !== field)
    return { message: html``, attributes: html` aria-describedby="${field}-hint"` }
  return {
    message: html`<p class="found c-no" id="${field}-error">${icon('warn')}<b>${errorWords(error, context)}</b></p>`,
    attributes: html` aria-describedby="${field}-hint ${field}-error" aria-invalid="true"`,
  }
}

/** Only the script can read a picture, so the form hides its picture field without it. */
function scanForm(context: PageContext): Html {
  const { language } = context
  return html`<form class="flow-s scan" action="${local('/check', context)}" method="post" enctype="multipart/form-data" data-scan-form data-starting="${say(language, 'scan.starting')}" data-looking="${say(language, 'scan.looking')}" data-reading="${say(language, 'scan.reading')}" data-found="${say(language, 'scan.found')}" data-stopped="${say(language, 'scan.stopped')}" data-denied="${say(language, 'scan.denied')}" data-none="${say(language, 'scan.none')}" data-failed="${say(language, 'scan.failed')}" data-foreign="${say(language, 'scan.foreign')}" data-own="${say(language, 'scan.own')}" data-other="${say(language, 'scan.other')}" data-unread="${say(language, 'error.photo')}">
<h2>${say(language, 'home.scan')}</h2>
<p data-without-script>${say(language, 'home.scan.off')}</p>
<div class="flow-s" data-with-script hidden><p class="hint" id="photo-hint">${say(language, 'home.scan.hint')}</p>
<button type="button" class="btn full" data-start>${icon('camera')}${say(language, 'home.camera')}</button>
<div class="preview flow-s" data-preview hidden><video muted playsinline aria-label="${say(language, 'home.preview')}"></video><button type="button" class="btn alt full" data-stop>${icon('x')}${say(language, 'home.camera.stop')}</button></div>
<label for="photo">${say(language, 'home.photo')}</label>
<input id="photo" name="photo" type="file" accept="image/*" aria-describedby="photo-hint"></div>
<p role="status" class="scan-status"></p>
</form>`
}

const codeExample = '4KX7 9QMB 2TZ0 …'

function codeForm(context: PageContext, typed: string, { message, attributes }: Given): Html {
  const { language } = context
  return html`<form class="flow-s" action="${local('/check', context)}" method="post" data-code-form>
<h2><label for="code">${say(language, 'home.code')}</label></h2>
<p class="hint" id="code-hint">${say(language, 'home.code.hint', { example: html`<span class="mono nw">${codeExample}</span>` })}</p>
${message}
<div class="go"><input type="text" id="code" name="code"${attributes} autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="2000" value="${typed}"><button type="submit" class="btn">${say(language, 'home.check')}</button></div>
</form>`
}

function fileForm(context: PageContext, { message, attributes }: Given): Html {
  const { language } = context
  return html`<form class="flow-s" action="${local('/check', context)}" method="post" enctype="multipart/form-data" data-file-form>
<h2>${say(language, 'home.file')}</h2>
<p class="hint" id="document-hint">${say(language, 'home.file.hint')}</p>
<label class="vh" for="document">${say(language, 'home.file.label')}</label>
${message}<input type="hidden" name="form" value="file">
<div class="go"><input id="document" name="document" type="file" accept=".json,.jsonld,.pdf,.jpg,.jpeg,.png,application/json,application/ld+json,application/vc,application/pdf,image/jpeg,image/png"${attributes}><button type="submit" class="btn alt">${icon('file')}${say(language, 'home.file.check')}</button></div>
</form>`
}

function kindsOfAnswer({ language }: PageContext): Html {
  const kind = (tone: 'ok' | 'notice' | 'no' | 'am', word: Html, text: Html) =>
    html`<li><span class="${tone === 'no' ? 'c-no' : tone === 'am' ? 'c-am' : 'c-ok'}">${seal(tone)}</span><div><b>${word}</b><p class="dim">${text}</p></div></li>`
  return html`<div class="sheet"><section><h2>${say(language, 'home.answers')}</h2><ul class="kinds">${kind('ok', say(language, 'valid.title'), say(language, 'home.valid'))}${kind('notice', say(language, 'notice.title'), say(language, 'home.notice'))}${kind('no', say(language, 'answer.not'), say(language, 'home.invalid'))}${kind('am', say(language, 'unsure.title'), say(language, 'home.unsure'))}</ul></section></div>`
}

/** What other states make of a certificate. */
const abroad = [
  ['/comparability', 'comparability.title'],
  ['/decisions', 'decisions.title'],
  ['/corridors', 'corridors.title'],
] as const

/** Three plain forms. The script adds the camera, reads photos on the device and accepts dropped files. */
export function homePage({ error, typed = '' }: { error?: HomeError; typed?: string }, context: PageContext): string {
  const { language } = context
  const title = phrase(language, 'home.title')
  const or = html`<p class="or">${say(language, 'home.or')}</p>`
  const main = html`<div class="head"><h1>${say(language, 'home.title')}</h1><p class="lead">${say(language, 'home.lead')}</p></div>
${error === undefined ? '' : errorSummary(error, context)}
<div class="cols"><div class="mainc flow">
<div class="sheet" data-drop><section class="dz">${scanForm(context)}${or}${codeForm(context, typed, faultAt('code', error, context))}${or}${fileForm(context, faultAt('document', error, context))}</section>
<section><div class="call ok">${icon('lock')}<div><p data-with-script hidden><b>${say(language, 'home.privacy')}</b> ${say(language, 'home.privacy.text')}</p><p data-without-script><b>${say(language, 'home.privacy.off')}</b> ${say(language, 'home.privacy.off.text')}</p></div></div></section></div>
${kindsOfAnswer(context)}</div>
<div class="side"><div class="sheet"><section class="flow-s"><h2>${say(language, 'home.address')}</h2><p>${say(language, 'home.address.text')}</p><p class="addr stays">${icon('lock')}<span><b>${hostOf(context)}</b>/v/…</span></p><p class="small dim">${say(language, 'home.address.note')}</p></section></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'catalogue.title')}</h2><p>${say(language, 'catalogue.lead')}</p><p><a class="tlink" href="${local('/qualifications', context)}">${say(language, 'catalogue.see')}</a></p></section></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'home.abroad')}</h2><p>${say(language, 'home.abroad.text')}</p><ul class="bul">${abroad.map(([path, title]) => html`<li><a href="${local(path, context)}">${say(language, title)}</a></li>`)}</ul></section></div>
<div class="sheet"><section class="flow-s"><h2>${say(language, 'home.languages')}</h2><ul class="langs">${languageLinks({ ...context, path: '/' })}</ul></section></div></div></div>`
  return page(
    {
      title: error === undefined ? title : `${phrase(language, 'home.error')}: ${title}`,
      main,
      current: 'check',
      script: assetPaths.scan,
    },
    { ...context, path: '/' },
  )
}
