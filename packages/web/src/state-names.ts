import { findStateName } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import type { Language } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** Names that were asked of `Intl`, by language and state. Asking costs more than the rest of a sentence, and a page has twenty names. */
const translated = new Map<string, string>()

/** The name of a state in the page's language. In English, the registry's own spelling. A code that is no state (`ASEAN`) stays as it is. */
export function stateName(iso2: string, language: Language): string {
  const written = findStateName(iso2)
  if (written === undefined || language === 'en') return written ?? iso2
  const key = `${language} ${iso2}`
  const name = translated.get(key) ?? new Intl.DisplayNames([language], { type: 'region' }).of(iso2) ?? written
  translated.set(key, name)
  return name
}

/** The name of a state inside a sentence. English says "the Philippines". */
export function stateInSentence(iso2: string, language: Language): string {
  const name = stateName(iso2, language)
  return language === 'en' && (iso2 === 'PH' || iso2 === 'LA') ? `the ${name}` : name
}

/** The name with its state, because two states may share a name. */
export const nameInState = (name: Html, state: string | undefined, language: Language): Html =>
  state === undefined ? name : html`${name} (${stateName(state, language)})`

/** Several names with their states, in one line. */
export const namesInState = (all: readonly { name: string; state?: string }[], language: Language): Html =>
  html`${all.map(({ name, state }, at) => html`${at === 0 ? '' : ', '}${nameInState(foreign(name, 'en'), state, language)}`)}`

/** The name of a state, as a link if the state has a page. */
export const stateLink = (iso2: string, context: PageContext): Html =>
  findStateName(iso2) !== undefined
    ? html`<a href="${local(`/states/${iso2}`, context)}">${stateName(iso2, context.language)}</a>`
    : html`${stateName(iso2, context.language)}`
