import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/say.ts'
import { local, type PageContext } from '../page.ts'
import { type Scheme, sectorName } from '../sector-names.ts'
import { stateWords } from '../state-names.ts'
import { hasAqrf } from './filters.ts'
import type { IssuersValues } from './values.ts'

type Search = IssuersValues['search']

/** The address of the same question, without one part or for another page. */
export function addressOf(search: Search, { without, page }: { without?: keyof Search; page?: string } = {}): string {
  const kept = Object.entries(search).filter(([name, value]) => value && name !== without)
  const query = new URLSearchParams(Object.fromEntries(kept))
  if (page !== undefined) query.set('page', page)
  return query.size === 0 ? '/issuers' : `/issuers?${query}`
}

function sectorWords(scheme: Scheme, code: string, { language }: PageContext): Html {
  const name = sectorName(scheme, code, language)
  return foreign(name?.text ?? code, name === undefined || name.language === language ? language : name.language)
}

/** Each part of the question, in words. */
function partsOf(
  { search, about, states }: Pick<IssuersValues, 'search' | 'about' | 'states'>,
  context: PageContext,
): { name: keyof Search; label: Html; value: Html }[] {
  const { language } = context
  const { s, c, field, occupation, level, standing, qualification } = search
  const parts: [keyof Search, string | undefined, Html, (value: string) => Html][] = [
    ['s', s, say(language, 'issuers.text'), (text) => foreign(text)],
    [
      'c',
      c,
      say(language, 'issuers.country'),
      (iso2) => stateWords(states.find(({ state }) => state === iso2) ?? { state: iso2 }, language),
    ],
    [
      'standing',
      standing,
      say(language, 'issuers.standing'),
      () => (standing === undefined ? html`` : say(language, `issuers.standing.${standing}`)),
    ],
    ['field', field, say(language, 'issuers.field'), (code) => sectorWords('fields', code, context)],
    [
      'occupation',
      occupation,
      say(language, 'issuers.occupation'),
      (code) => sectorWords('occupations', code, context),
    ],
    ['qualification', qualification, say(language, 'qualification.crumb'), (id) => foreign(about ?? id, 'en')],
    ['level', level, say(language, 'issuers.level'), (text) => foreign(text.replace('.', ' '))],
  ]
  return parts.flatMap(([name, value, label, words]) =>
    value === undefined || value === '' ? [] : [{ name, label, value: words(value) }],
  )
}

/** Says that nothing was found and which parts the reader may leave out. If the list goes on, it claims nothing about the rest. */
export function noneFound(values: IssuersValues, context: PageContext): Html {
  const { language } = context
  const { search, isPart = false, examined } = values
  const parts = partsOf(values, context)
  const rows = parts.map(
    ({ name, label, value }) =>
      html`<li><a href="${local(addressOf(search, { without: name }), context)}">${say(language, 'issuers.without', { label, value })}</a></li>`,
  )
  const aqrf =
    search.level?.startsWith('AQRF.') && !hasAqrf(values) ? html`<p>${say(language, 'issuers.level.national')}</p>` : ''
  return html`<section class="flow-s"><p>${say(language, isPart ? 'issuers.noneHere' : 'issuers.none')}</p>${isPart && examined > 0 ? html`<p class="dim small">${say(language, 'issuers.examined', { count: examined })}</p>` : ''}${aqrf}${rows.length === 0 ? '' : html`<h2>${say(language, 'issuers.loosen')}</h2><ul class="bul">${rows}</ul>`}</section>`
}
