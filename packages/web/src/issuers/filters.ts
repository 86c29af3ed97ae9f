import type { Sector, SectorGroup } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/say.ts'
import { languageField, type PageContext } from '../page.ts'
import { type Scheme, sectorName } from '../sector-names.ts'
import { stateOptions } from '../state-names.ts'
import { type IssuersValues, listedStates } from './values.ts'

export const chosen = (is: boolean) => (is ? html` selected` : '')

export function field(id: string, label: Html, control: Html): Html {
  return html`<div><label for="${id}">${label}</label>${control}</div>`
}

export interface Choice {
  wanted: string | undefined
  /** The values that have an option. */
  offered: readonly string[]
  options: Html | readonly Html[]
}

/** Adds the wanted value as an option if it has none. Otherwise the form would show "any" for a narrower question. */
export function select(id: string, any: Html, { wanted, offered, options }: Choice): Html {
  const other = wanted && !offered.includes(wanted) ? html`<option value="${wanted}" selected>${wanted}</option>` : ''
  return html`<select id="${id}" name="${id}"><option value="">${any}</option>${options}${other}</select>`
}

const countries = ({ states, search: { c } }: IssuersValues, { language }: PageContext): Choice => ({
  wanted: c,
  offered: states.map(({ state }) => state),
  options: stateOptions(states, c, language),
})

const statuses = (wanted: IssuersValues['search']['standing'], { language }: PageContext): Choice => ({
  wanted,
  offered: listedStates,
  options: listedStates.map(
    (state) =>
      html`<option value="${state}"${chosen(state === wanted)}>${say(language, `issuers.standing.${state}`)}</option>`,
  ),
})

export function sectors(
  scheme: Scheme,
  groups: readonly SectorGroup[],
  wanted: string | undefined,
  page: PageContext,
): Choice {
  const { language } = page
  const option = ({ code, title }: Sector, words: (name: string) => Html) => {
    // An owner may name a code that has no translation here.
    const name = sectorName(scheme, code, language) ?? { text: title, language: 'en' }
    return html`<option value="${code}"${name.language === language ? '' : html` lang="${name.language}"`}${chosen(code === wanted)}>${words(name.text)}</option>`
  }
  const offered = groups.flatMap(({ code, members }) => [code, ...members.map((member) => member.code)])
  const options = groups.map(
    (group) =>
      html`<optgroup label="${sectorName(scheme, group.code, language)?.text ?? group.title}">${option(group, (name) => say(language, 'issuers.sector.all', { name }))}${group.members.map((member) => option(member, (name) => html`${name}`))}</optgroup>`,
  )
  return { wanted, offered, options }
}

/** With a chosen country, only its own levels, those of the AQRF and the wanted one. Without one, all levels. */
function levels({ levels: all, states, search }: IssuersValues): Choice {
  const own = states.find(({ state }) => state === search.c)?.framework?.name
  const groups = all.filter(
    ({ framework, name }) =>
      own === undefined || name === own || framework === 'AQRF' || search.level?.startsWith(`${framework}.`),
  )
  const offered = groups.flatMap(({ framework, levels: numbers }) => numbers.map((number) => `${framework}.${number}`))
  const options = groups.map(
    ({ framework, acronym = framework, levels: numbers }) =>
      html`<optgroup label="${acronym}">${numbers.map((number) => html`<option value="${framework}.${number}"${chosen(search.level === `${framework}.${number}`)}>${acronym} ${number}</option>`)}</optgroup>`,
  )
  return { wanted: search.level, offered, options }
}

/** The choices of the form that are set. A phone shows their number while they are folded. */
const chosenFilters = ({ search: { c, standing, field: sector, occupation, level } }: IssuersValues): number =>
  [c, standing, sector, occupation, level].filter(Boolean).length

/** False until a national authority has confirmed a level. */
export const hasAqrf = ({ levels }: Pick<IssuersValues, 'levels'>): boolean =>
  levels.some(({ framework }) => framework === 'AQRF')

/**
 * A plain GET form, so that the address holds the question. Its address ends in the place of the results, so a phone shows them after a
 * search. The choices are folded on a phone, and always open on wider screens.
 */
export function filters(values: IssuersValues, page: PageContext): Html {
  const { fields, occupations, search } = values
  const { language } = page
  const count = chosenFilters(values)
  return html`<form class="sheet pad fields explore mb2" method="get" action="/issuers#found" role="search" aria-label="${say(language, 'issuers.search')}">${languageField(page)}${search.qualification ? html`<input type="hidden" name="qualification" value="${search.qualification}">` : ''}
${field('s', say(language, 'issuers.text'), html`<input id="s" name="s" type="search" maxlength="100" value="${search.s ?? ''}">`)}
<details class="fold"><summary>${say(language, 'issuers.filters')}${count === 0 ? '' : html` ${say(language, 'issuers.filters.count', { count })}`}${icon('chev')}</summary>
${field('c', say(language, 'issuers.country'), select('c', say(language, 'issuers.all'), countries(values, page)))}
${field('standing', say(language, 'issuers.standing'), select('standing', say(language, 'issuers.standing.any'), statuses(search.standing, page)))}
${field('field', say(language, 'issuers.field'), select('field', say(language, 'issuers.field.any'), sectors('fields', fields, search.field, page)))}
${field('occupation', say(language, 'issuers.occupation'), select('occupation', say(language, 'issuers.occupation.any'), sectors('occupations', occupations, search.occupation, page)))}
${field('level', say(language, 'issuers.level'), select('level', say(language, 'issuers.level.any'), levels(values)))}
<p class="hint">${say(language, hasAqrf(values) ? 'issuers.level.both' : 'issuers.level.national')}</p></details>
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}
