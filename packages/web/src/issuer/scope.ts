import { html } from 'hono/html'
import { day } from '../dates.ts'
import { grantStates } from '../grant-states.ts'
import { bullets, foreign, type Html, namesOf } from '../html.ts'
import { tag } from '../icons.ts'
import { type Language, say } from '../messages/say.ts'
import { local, type PageContext } from '../page.ts'
import { period } from '../result/chain.ts'
import { sector } from '../sector-names.ts'
import { table } from '../table.ts'
import type { IssuerValues, ScopeRow } from './values.ts'

const isEmpty = ({ qualifications }: ScopeRow) => Array.isArray(qualifications) && qualifications.length === 0

/** The limits by field and occupation, in words. A row without a qualification allows nothing, so it has no field either. */
function fieldOf(row: ScopeRow, language: Language): Html {
  const { fields = [], occupations = [] } = row
  if (isEmpty(row)) return html`–`
  const named = [
    ...fields.map((code) => sector('fields', code, language)),
    ...occupations.map((code) => sector('occupations', code, language)),
  ]
  if (named.length > 0) return bullets(named)
  // A list of qualifications already limits the fields, so "any field" would be wrong.
  return say(language, row.qualifications === undefined ? 'issuer.scope.anyField' : 'issuer.scope.anyLevel')
}

/** A title is a link if it is that of exactly one qualification in the scope. */
function titleOf(title: string, choices: IssuerValues['choices'], page: PageContext): Html {
  const [only, ...others] = choices.filter((choice) => choice.title === title)
  if (only === undefined || others.length > 0) return foreign(title, 'en')
  return html`<a href="${local(`/qualifications/${only.id}`, page)}">${foreign(title, 'en')}</a>`
}

function qualificationsOf(row: ScopeRow, choices: IssuerValues['choices'], page: PageContext): Html {
  const { language } = page
  const { qualifications } = row
  if (isEmpty(row)) return say(language, 'issuer.scope.noQualification')
  if (qualifications === undefined) return say(language, 'issuer.scope.all')
  if ('framework' in qualifications)
    return say(language, 'issuer.scope.allOf', { framework: foreign(qualifications.framework, 'en') })
  return bullets(qualifications.map((title) => titleOf(title, choices, page)))
}

const sitesOf = (sites: readonly string[], page: PageContext): Html =>
  sites.length === 0
    ? say(page.language, 'issuer.scope.noSite')
    : html`${say(page.language, 'issuer.scope.sites', { sites: namesOf(sites, '; ') })} <a href="${local('/centres', page)}">${say(page.language, 'centres.see')}</a>`

const unitsOf = (units: NonNullable<ScopeRow['units']>, { language }: PageContext): Html =>
  units.length === 0
    ? say(language, 'issuer.scope.noUnit')
    : html`${units.map(({ title, codes }, at) => html`${at === 0 ? '' : ' '}${say(language, 'issuer.scope.units', { title: foreign(title, 'en'), codes: html`<code>${codes.join(', ')}</code>` })}`)}`

/** The other terms: the state, a pilot, the centres, the units, the principal, and the power that the grantor kept. */
function terms({ state, pilot, sites, units, onBehalfOf, mayChangeStatus, right }: ScopeRow, page: PageContext): Html {
  const { language } = page
  const line = (words: Html) => html`<p class="small">${words}</p>`
  return html`<div class="tags">${tag(grantStates[state].tone, grantStates[state].icon, say(language, `grant.${state}`))}${pilot ? tag('am', 'warn', say(language, 'pilot.tag')) : ''}</div>${sites === undefined ? '' : line(sitesOf(sites, page))}${units === undefined ? '' : line(unitsOf(units, page))}${right === 'accredit' ? line(say(language, 'issuer.scope.accredit')) : ''}${onBehalfOf === undefined ? '' : line(say(language, 'issuer.scope.behalf', { name: foreign(onBehalfOf, 'en') }))}${mayChangeStatus ? line(say(language, 'issuer.scope.mayChangeStatus')) : ''}`
}

/** The review in short. A missing review counts as a gap. */
function reviewOf({ assurance }: ScopeRow, language: Language): Html {
  if (assurance === undefined) return tag('am', 'q', say(language, 'issuer.scope.noReview'))
  const gaps = assurance.gaps.length
  return html`${day(assurance.reviewedOn, language)}<br>${gaps === 0 ? say(language, 'issuer.scope.noGaps') : html`<a href="#assurance">${say(language, 'issuer.scope.gaps', { count: gaps })}</a>`}`
}

export function scopeTable({ scope, isRoot, choices }: IssuerValues, page: PageContext): Html {
  const { language } = page
  const heads = (
    ['facts.field', 'issuer.qualifications', 'issuer.levels', 'issuer.period', 'issuer.assurance'] as const
  ).map((key) => say(language, key))
  const content =
    scope.length === 0
      ? html`<p>${say(language, isRoot ? 'issuer.scope.root' : 'issuer.scope.none')}</p>`
      : table(
          say(language, 'issuer.scope.title'),
          heads,
          scope.map((row) => [
            fieldOf(row, language),
            html`${qualificationsOf(row, choices, page)}${terms(row, page)}`,
            row.levels === undefined
              ? say(language, 'issuer.scope.anyLevel')
              : say(language, 'issuer.scope.levels', row.levels),
            period(row, page),
            reviewOf(row, language),
          ]),
        )
  return html`<section id="scope"><h2>${say(language, 'issuer.scope.title')}</h2>${content}</section>`
}
