import { html } from 'hono/html'
import type { Html } from './html.ts'
import { icon } from './icons.ts'
import { type Language, say } from './messages/say.ts'

type Sentence = 'busy' | 'large' | 'unread' | 'empty' | 'same' | 'many' | 'not-a-manifest' | 'differs'
/** Every sentence that the script can show. It only picks one. */
export const sentences = (names: readonly Sentence[], language: Language): Html =>
  html`${names.map((name) => html`<p class="found c-am" data-say="${name}" hidden>${icon(name === 'busy' ? 'clock' : 'warn')}<span>${say(language, `files.say.${name}`)}</span></p>`)}`

/** Words for readers without a script, and for a browser that cannot hash. The script hides them. */
export const withoutScript = (command: string, language: Language): Html =>
  html`<div class="call" data-without-script>${icon('info')}<p><b>${say(language, 'files.script')}</b> ${say(language, 'files.command', { command: html`<code>${command}</code>` })}</p></div>`
