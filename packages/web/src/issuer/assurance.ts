import { type PrincipleTheme, principleThemes } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, tag } from '../icons.ts'
import { type Language, say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import type { IssuerValues, ScopeRow } from './values.ts'

type Review = NonNullable<ScopeRow['assurance']>
type Point = NonNullable<Review['checklist']>[number]

// biome-ignore format: it reads as a table
const met = {
  no:     { tone: 'no', icon: 'x' },
  partly: { tone: 'am', icon: 'minus' },
  yes:    { tone: 'ok', icon: 'check' },
} as const satisfies Record<Point['met'], { tone: string; icon: IconName }>

/** Unmet points come first, so that nobody has to search for a gap. */
const gapsFirst = (points: readonly Point[]): Point[] =>
  (Object.keys(met) as Point['met'][]).flatMap((each) => points.filter((point) => point.met === each))

function checklistOf(points: readonly Point[], language: Language): Html {
  if (points.length === 0) return html`<p>${tag('am', 'q', say(language, 'issuer.assurance.noChecklist'))}</p>`
  const rows = gapsFirst(points).map(
    ({ principle, met: is, note, evidence }) =>
      html`<li>${tag(met[is].tone, met[is].icon, say(language, `issuer.assurance.met.${is}`))} ${foreign(principle, 'en')}${note === undefined ? '' : html` <span class="dim">${foreign(note, 'en')}</span>`}${evidenceOf(evidence, language)}</li>`,
  )
  const unanswered = principleThemes.filter((theme) => points.every((point) => point.theme !== theme))
  const open = unanswered.map(
    (theme: PrincipleTheme) =>
      html`<li>${tag('am', 'q', say(language, 'issuer.assurance.unanswered'))} ${say(language, `issuer.assurance.theme.${theme}`)}</li>`,
  )
  const count = say(language, 'issuer.assurance.answered', {
    answered: principleThemes.length - unanswered.length,
    all: principleThemes.length,
  })
  return html`<h4>${say(language, 'issuer.assurance.checklist')}</h4><p class="dim small">${count}</p><ul class="plain">${open}${rows}</ul>`
}

/** Anybody may have written this address into a log. Only an https address becomes a link. */
function evidenceOf(evidence: string | undefined, language: Language): Html {
  const address = evidence === undefined ? null : URL.parse(evidence)
  if (address?.protocol !== 'https:') return html``
  return html` <a href="${address.href}" rel="noopener noreferrer nofollow">${say(language, 'issuer.assurance.evidence', { host: foreign(address.host) })}</a>`
}

function next({ nextReviewOn }: Review, asOf: string, language: Language): Html {
  if (nextReviewOn === undefined) return html``
  const date = day(nextReviewOn, language)
  return nextReviewOn < asOf
    ? html`<p>${tag('am', 'warn', say(language, 'issuer.assurance.overdue', { date }))}</p>`
    : html`<p class="dim small">${say(language, 'issuer.assurance.next', { date })}</p>`
}

function reviewOf({ assurance, basis, from }: ScopeRow, asOf: string, language: Language): Html {
  const about = html`<h3>${say(language, 'issuer.assurance.of', { date: day(from, language), basis: foreign(basis, 'en') })}</h3>`
  if (assurance === undefined) return html`${about}<p>${tag('am', 'q', say(language, 'issuer.assurance.none'))}</p>`
  const { reviewer, reviewedOn, findings, gaps, checklist = [] } = assurance
  const found =
    gaps.length === 0
      ? html`<p>${say(language, 'issuer.assurance.noGaps')}</p>`
      : html`<h4>${say(language, 'issuer.assurance.gaps')}</h4><ul class="bul">${gaps.map((gap) => html`<li>${foreign(gap, 'en')}</li>`)}</ul>`
  return html`${about}<p>${say(language, 'issuer.assurance.by', { reviewer: foreign(reviewer, 'en'), date: day(reviewedOn, language) })} ${foreign(findings, 'en')}</p>${found}${checklistOf(checklist, language)}${next(assurance, asOf, language)}`
}

/** Shows the quality assurance of each accreditation with its gaps, and says so if there is none (R-069, R-088, R-135). */
export function assuranceOf({ scope, asOf }: IssuerValues, { language }: PageContext): Html {
  const reviews = scope.map((row) => reviewOf(row, asOf, language))
  return html`<section id="assurance" class="flow-s"><h2>${say(language, 'issuer.assurance')}</h2>${reviews.length === 0 ? html`<p>${say(language, 'issuer.assurance.none')}</p>` : reviews}</section>`
}
