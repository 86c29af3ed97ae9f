import type { RegulatedProfession, StateProfile } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { citations } from './citations.ts'
import { bullets, foreign, type Html } from './html.ts'
import { say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/*
 * The facts of one state, in the same words on its page and in a comparison. A fact without a source text is "not stated". Nothing is
 * filled in.
 */

type Citing = ReturnType<typeof citations>

export const notStated = ({ language }: PageContext): Html =>
  html`<span class="dim">${say(language, 'state.notStated')}</span>`

export const bulleted = (items: readonly Html[], context: PageContext): Html =>
  items.length === 0 ? notStated(context) : bullets(items)

export const standardsOf = ({ standards }: StateProfile, { cite }: Citing, context: PageContext): Html =>
  bulleted(
    standards.map(
      (fact) =>
        html`${foreign(fact.text, 'en')}${cite(fact)}<br><span class="small">${fact.place === undefined ? say(context.language, 'state.place.none') : say(context.language, 'state.place', { place: html`<bdi class="mono">${fact.place}</bdi>` })}</span>`,
    ),
    context,
  )

export const assuranceOf = ({ assurance }: StateProfile, { cite }: Citing, context: PageContext): Html =>
  bulleted(
    assurance.map((fact) => html`${foreign(fact.text, 'en')}${cite(fact)}`),
    context,
  )

export function languagesOf({ certificateLanguages }: StateProfile, { cite }: Citing, { language }: PageContext): Html {
  const names = new Intl.DisplayNames([language], { type: 'language' })
  return html`${certificateLanguages.codes.map((code) => names.of(code) ?? code).join(', ')}${cite(certificateLanguages)}`
}

export const regulatorsOf = ({ regulators }: RegulatedProfession, { cite }: Citing, context: PageContext): Html =>
  bulleted(
    regulators.map((regulator) => html`${foreign(regulator.name, 'en')}${cite(regulator)}`),
    context,
  )

/** The registers in which readers can look up certificates or registrations, body by body. */
export const registersOf = ({ bodies }: StateProfile, { cite }: Citing, context: PageContext): Html =>
  bulleted(
    bodies.flatMap(({ name, acronym, register, ...support }) =>
      register === undefined
        ? []
        : [html`${foreign(acronym ?? name, 'en')}: ${foreign(register, 'en')}${cite(support)}`],
    ),
    context,
  )

export const frameworkLink = ({ framework }: StateProfile, context: PageContext): Html =>
  html`<a href="${local(`/frameworks/${framework.id}`, context)}">${foreign(framework.name, 'en')}</a>`

/** How long an award is valid, if the sources say it. */
export const termOf = ({ years }: { years?: number }, context: PageContext): Html =>
  years === undefined ? notStated(context) : say(context.language, 'state.years', { count: years })

/** A list of levels without a gap becomes a range: `1, 2, 3, 4` → `1–4`. */
export function levelRange(levels: readonly number[] | undefined): string | undefined {
  const [first] = levels ?? []
  const last = levels?.at(-1)
  if (levels === undefined || first === undefined || last === undefined) return undefined
  const isRange = levels.length > 2 && levels.every((level, index) => level === first + index)
  return isRange ? `${first}–${last}` : levels.join(', ')
}
