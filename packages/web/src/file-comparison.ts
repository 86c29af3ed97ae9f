import { html } from 'hono/html'
import { sentences } from './file-sentences.ts'
import type { Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { type Language, say } from './messages/say.ts'
import type { PageContext } from './page.ts'

/** A field that compares a file with every hash of a page, in the browser (Z001). `sameFile` marks the places. */
export const fileComparison = ({ language }: PageContext): Html =>
  html`<section class="noprint" data-compare><h2>${say(language, 'files.compare')}</h2><p>${say(language, 'corridor.evidence.compare')}</p>
<p class="small" data-without-script>${say(language, 'files.script')} ${say(language, 'files.command', { command: html`<code>sha256sum document.pdf</code>` })}</p>
<div class="flow-s" data-with-script hidden><label for="compared">${say(language, 'files.choose')}</label><p class="hint" id="compared-hint">${say(language, 'files.choose.hint')}</p><input id="compared" type="file" data-file aria-describedby="compared-hint">
<div role="status">${sentences(['busy', 'large', 'unread'], language)}<p class="found c-ok" data-say="holds" hidden>${icon('check')}<b>${say(language, 'files.say.holds')}</b></p><p class="found c-no" data-say="differs" hidden>${icon('x')}<b>${say(language, 'files.say.differs')}</b></p><p class="small" data-say="hash" hidden>SHA-256 <code data-hash></code></p></div></div></section>`

/** Shown once a reader chose the file with this hash. */
export const sameFile = (sha256: string, language: Language): Html =>
  html`<span data-same="${sha256}" hidden> ${tag('ok', 'check', say(language, 'files.same'))}</span>`
