import { findStateName } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import type { Language } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** Names that were asked of `Intl`, by language and state. Asking costs more than the rest of a sentence, and a page has twenty names. */
const translated = new Map<string, string>()

/** The code of a state, with the name of a fictional one, which only records know. */
export interface StateOf {
  state: string
  stateName?: string
}

/**
 * The name of a state in the page's language. In English, the registry's own spelling. A code that is no state (`ASEAN`) stays as it is, and
 * so does the name of a fictional state.
 */
export function stateName(of: string | StateOf, language: Language): string {
  const { state: iso2, stateName: recorded }: StateOf = typeof of === 'string' ? { state: of } : of
  const written = findStateName(iso2)
  if (written === undefined || language === 'en') return findStateName(iso2, recorded) ?? iso2
  const key = `${language} ${iso2}`
  const name = translated.get(key) ?? new Intl.DisplayNames([language], { type: 'region' }).of(iso2) ?? written
  translated.set(key, name)
  return name
}

/** The same for a place that may hold markup. The name of a fictional state is in English on every page. */
export const stateWords = (of: StateOf, language: Language): Html =>
  findStateName(of.state) === undefined ? foreign(stateName(of, language), 'en') : html`${stateName(of, language)}`

/** The name of a state inside a sentence. English says "the Philippines". */
export const stateInSentence = (of: StateOf, language: Language): Html =>
  language === 'en' && (of.state === 'PH' || of.state === 'LA')
    ? html`the ${stateName(of, language)}`
    : stateWords(of, language)

/** The name with its state, because two states may share a name. */
export const nameInState = (name: Html, of: Partial<StateOf> | undefined, language: Language): Html =>
  of?.state === undefined ? name : html`${name} (${stateWords({ ...of, state: of.state }, language)})`

/** Several names with their states, in one line. */
export const namesInState = (all: readonly ({ name: string } & Partial<StateOf>)[], language: Language): Html =>
  html`${all.map((one, at) => html`${at === 0 ? '' : ', '}${nameInState(foreign(one.name, 'en'), one, language)}`)}`

/** The options of a list of states, one of which may be chosen already. */
export const stateOptions = (states: readonly StateOf[], chosen: string | undefined, language: Language): Html =>
  html`${states.map((of) => html`<option value="${of.state}"${of.state === chosen ? html` selected` : ''}>${stateName(of, language)}</option>`)}`

/** The name of a state, as a link if the state has a page. */
export function stateLink(of: StateOf, context: PageContext): Html {
  const name = stateWords(of, context.language)
  return findStateName(of.state) === undefined
    ? name
    : html`<a href="${local(`/states/${of.state}`, context)}">${name}</a>`
}
