import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { type Choice, chosen, field, sectors, select } from '../issuers/filters.ts'
import { say } from '../messages/say.ts'
import { languageField, local, type PageContext } from '../page.ts'
import { type Scheme, sectorName } from '../sector-names.ts'
import { stateName, stateOptions, stateWords } from '../state-names.ts'
import type { CatalogueSearch, CatalogueValues } from './values.ts'

/** The address of the same question, without one part or for another page. */
export function addressOf(
  search: CatalogueSearch,
  { without, page, path = '/qualifications' }: { without?: keyof CatalogueSearch; page?: string; path?: string } = {},
): string {
  const kept = Object.entries(search).filter(([name, value]) => value && name !== without)
  const query = new URLSearchParams(Object.fromEntries(kept))
  if (page !== undefined) query.set('page', page)
  return query.size === 0 ? path : `${path}?${query}`
}

const named = (body: CatalogueValues['bodies'][number], { language }: PageContext): string =>
  `${body.name} (${stateName(body, language)})`

const countries = ({ states, search: { state } }: CatalogueValues, { language }: PageContext): Choice => ({
  wanted: state,
  offered: states.map((one) => one.state),
  options: stateOptions(states, state, language),
})

function levels({ levels: all, search: { level } }: CatalogueValues, { language }: PageContext): Choice {
  const option = (value: string, words: Html) =>
    html`<option value="${value}"${chosen(value === level)}>${words}</option>`
  return {
    wanted: level,
    offered: all.flatMap(({ framework, levels: numbers }) => [
      framework,
      ...numbers.map((number) => `${framework}.${number}`),
    ]),
    options: all.map(
      ({ framework, acronym = framework, levels: numbers }) =>
        html`<optgroup label="${acronym}">${option(framework, say(language, 'issuers.sector.all', { name: acronym }))}${numbers.map((number) => option(`${framework}.${number}`, html`${acronym} ${number}`))}</optgroup>`,
    ),
  }
}

const owners = (values: CatalogueValues, context: PageContext): Choice => ({
  wanted: values.search.body,
  offered: values.bodies.map(({ id }) => id),
  options: values.bodies.map(
    (body) =>
      html`<option value="${body.id}"${chosen(body.id === values.search.body)}>${named(body, context)}</option>`,
  ),
})

const chosenFilters = ({ q: _, ...choices }: CatalogueSearch): number => Object.values(choices).filter(Boolean).length

/** A plain GET form. Its address ends in the place of the results, so a phone shows them after a search. */
export function catalogueFilters(values: CatalogueValues, context: PageContext): Html {
  const { fields, occupations, search } = values
  const { language } = context
  const count = chosenFilters(search)
  return html`<form class="sheet pad fields explore mb2" method="get" action="/qualifications#found" role="search" aria-label="${say(language, 'catalogue.title')}">${languageField(context)}
<div><label for="q">${say(language, 'catalogue.text')}</label><input id="q" name="q" type="search" maxlength="100" aria-describedby="q-hint" value="${search.q ?? ''}"><p class="hint" id="q-hint">${say(language, 'catalogue.text.hint')}</p></div>
<details class="fold"><summary>${say(language, 'issuers.filters')}${count === 0 ? '' : html` ${say(language, 'issuers.filters.count', { count })}`}${icon('chev')}</summary>
${field('state', say(language, 'issuers.country'), select('state', say(language, 'issuers.all'), countries(values, context)))}
${field('level', say(language, 'issuers.level'), select('level', say(language, 'issuers.level.any'), levels(values, context)))}
${field('field', say(language, 'issuers.field'), select('field', say(language, 'issuers.field.any'), sectors('fields', fields, search.field, context)))}
${field('occupation', say(language, 'issuers.occupation'), select('occupation', say(language, 'issuers.occupation.any'), sectors('occupations', occupations, search.occupation, context)))}
${field('body', say(language, 'catalogue.body'), select('body', say(language, 'catalogue.body.any'), owners(values, context)))}</details>
<button type="submit" class="btn">${icon('search')}${say(language, 'issuers.go')}</button></form>`
}

function sectorWords(scheme: Scheme, code: string, values: CatalogueValues, { language }: PageContext): Html {
  const name = sectorName(scheme, code, language)
  if (name !== undefined) return foreign(name.text, name.language)
  const known = values[scheme].flatMap(({ members }) => members).find((member) => member.code === code)
  return foreign(known?.title ?? code, known === undefined ? language : 'en')
}

/** Each part of the question in words. */
function partsOf(
  values: CatalogueValues,
  context: PageContext,
): readonly { name: keyof CatalogueSearch; value: Html }[] {
  const { q, state, level, field: sector, occupation, body } = values.search
  const { language } = context
  const owner = values.bodies.find(({ id }) => id === body)
  const parts: [keyof CatalogueSearch, string | undefined, (value: string) => Html][] = [
    ['q', q, (text) => foreign(text)],
    [
      'state',
      state,
      (iso2) => stateWords(values.states.find((one) => one.state === iso2) ?? { state: iso2 }, language),
    ],
    ['level', level, (text) => foreign(text.replace('.', ' '))],
    ['field', sector, (code) => sectorWords('fields', code, values, context)],
    ['occupation', occupation, (code) => sectorWords('occupations', code, values, context)],
    ['body', body, (id) => foreign(owner === undefined ? id : named(owner, context))],
  ]
  return parts.flatMap(([name, value, words]) => (value ? [{ name, value: words(value) }] : []))
}

/** The filters in use. Each is a link to the same search without it. */
export function chips(values: CatalogueValues, context: PageContext): Html {
  const parts = partsOf(values, context)
  if (parts.length === 0) return html``
  const { language } = context
  return html`<ul class="plain tags chips mb1 noprint" aria-label="${say(language, 'catalogue.chips')}">${parts.map(({ name, value }) => html`<li><a href="${local(`${addressOf(values.search, { without: name })}#found`, context)}"><span class="vh">${say(language, 'catalogue.chips.remove')} </span><span>${value}</span>${icon('x')}</a></li>`)}</ul>`
}
