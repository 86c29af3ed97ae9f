import { states } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import type { Language } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** A state in the language of the page; in English as the registry writes it. What is no state (`ASEAN`) keeps its name. */
export function stateName(iso2: string, language: Language): string {
  const written = states.find((state) => state.iso2 === iso2)?.name
  if (written === undefined || language === 'en') return written ?? iso2
  return new Intl.DisplayNames([language], { type: 'region' }).of(iso2) ?? written
}

/** A name never stands without its state: two states may have one name. */
export const nameInState = (name: Html, state: string | undefined, language: Language): Html =>
  state === undefined ? name : html`${name} (${stateName(state, language)})`

/** Several of them, one after the other. */
export const namesInState = (all: readonly { name: string; state?: string }[], language: Language): Html =>
  html`${all.map(({ name, state }, at) => html`${at === 0 ? '' : ', '}${nameInState(foreign(name, 'en'), state, language)}`)}`

/** Its name, which leads to its page where it has one. */
export const stateLink = (iso2: string, context: PageContext): Html =>
  states.some((state) => state.iso2 === iso2)
    ? html`<a href="${local(`/states/${iso2}`, context)}">${stateName(iso2, context.language)}</a>`
    : html`${stateName(iso2, context.language)}`
