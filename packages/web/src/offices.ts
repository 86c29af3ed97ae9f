import { html } from 'hono/html'
import { foreign, type Html } from './html.ts'
import { say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'
import { nameInState } from './state-names.ts'

/** A contact of the record. `link` is absent if its form is not safe to follow. */
export interface Contact {
  text: string
  link?: string
}

/** Somebody to ask: a body or an authority of the record, with its contact of today. */
export interface Office {
  id: string
  name: string
  /** ISO 3166-1 alpha-2, or `ASEAN`. */
  state: string
  /** Only of a fictional state. */
  stateName?: string
  acronym?: string
  /** Absent: none is recorded. */
  contact?: Contact
}

export const linkTo = ({ text, link }: Contact): Html =>
  link === undefined ? foreign(text) : html`<a href="${link}" rel="noopener noreferrer"><bdi>${text}</bdi></a>`

const named = ({ id, name, acronym, ...of }: Office, context: PageContext): Html =>
  nameInState(
    html`<a href="${local(`/issuers/${id}`, context)}">${foreign(acronym ?? name, 'en')}</a>`,
    of,
    context.language,
  )

/** Whom to ask, and how. If the record has no contact of an office, that of the authority above it stands there instead. */
export function askAt(office: Office, above: Office | undefined, context: PageContext): Html {
  const { language } = context
  const line = ({ contact, ...of }: Office) =>
    contact === undefined
      ? html`<p>${say(language, 'ask.none', { name: named(of, context) })}</p>`
      : html`<p>${say(language, 'ask.contact', { name: named(of, context), contact: linkTo(contact) })}</p>`
  return html`${line(office)}${office.contact !== undefined || above === undefined || above.id === office.id ? '' : line(above)}`
}

/** For a reader who may ask an authority that this page cannot name. */
export const askList = (state: string | undefined, context: PageContext): Html =>
  html`<p><a class="tlink" href="${local(state === undefined ? '/authorities' : `/authorities?${new URLSearchParams({ state })}`, context)}">${say(context.language, 'ask.list')}</a></p>`

/** For a reader who may ask an issuer that this page cannot name. */
export const findIssuer = (context: PageContext): Html =>
  html`<p><a class="tlink" href="${local('/issuers', context)}">${say(context.language, 'report.issuers')}</a></p>`
