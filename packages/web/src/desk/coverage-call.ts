import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { local } from '../page.ts'
import type { DeskContext } from './frame.ts'
import type { ShownCoverage, ShownCovered } from './values.ts'

const formatted = (count: number): Html => html`<b>${new Intl.NumberFormat('en').format(count)}</b>`

type Group = 'after' | 'today' | 'enters' | 'leaves' | 'waits'

function countWords({ count, bodies }: ShownCovered, language: Language): Html {
  if (count < 2) return html`<b>${say(language, `desk.coverage.count.${count === 0 ? 'none' : 'one'}`)}</b>`
  return bodies === 1
    ? say(language, 'desk.coverage.count.oneBody', { count: formatted(count) })
    : say(language, 'desk.coverage.count', { count: formatted(count), bodies: formatted(bodies) })
}

/** A count, and below it the qualifications by name. */
function group(name: Group, covered: ShownCovered, context: DeskContext): Html {
  const { language } = context
  const { count, named } = covered
  const words = say(language, `desk.coverage.${name}`, { what: countWords(covered, language) })
  if (named.length === 0) return html`<p data-coverage="${name}">${words}</p>`
  const items = named.map(
    ({ id, title, edition, statedBy }) =>
      html`<li><a class="tlink" href="${local(`/qualifications/${id}`, context)}">${foreign(title, 'en')}</a> <code class="dim small">${id}</code>${edition === undefined || statedBy === undefined ? '' : html`<span class="dim small">, ${say(language, 'desk.coverage.edition', { edition: foreign(edition), name: foreign(statedBy, 'en') })}</span>`}</li>`,
  )
  const more = count - named.length
  return html`<div><p data-coverage="${name}">${words}</p><details class="more"><summary>${say(language, 'desk.coverage.which')}${icon('chev')}</summary><ul class="bul">${items}${more > 0 ? html`<li>${say(language, 'desk.coverage.more', { count: formatted(more) })}</li>` : ''}</ul></details></div>`
}

/** How many units of these qualifications it covers, where it names units. */
const unitLines = (units: ShownCoverage['units'], language: Language): Html[] =>
  (['today', 'after', 'enter', 'leave'] as const).flatMap((name) => {
    const count = units?.[name]
    const isNothing = count === undefined || (count === 0 && name !== 'after')
    return isNothing
      ? []
      : [html`<p data-units="${name}">${say(language, `desk.coverage.units.${name}`, { count: formatted(count) })}</p>`]
  })

/** What a decision about an accreditation would cover: how many qualifications of how many bodies, what comes in, and what leaves. */
export function coverageCall(coverage: ShownCoverage | undefined, context: DeskContext): Html {
  if (coverage === undefined) return html``
  const { language } = context
  const { after, today, enters, leaves, waits, units, isOpen } = coverage
  const isSame = enters?.count === 0 && leaves?.count === 0 && !units?.enter && !units?.leave
  const parts = [
    ...(today ? [group('today', today, context)] : []),
    group('after', after, context),
    ...(enters && enters.count > 0 ? [group('enters', enters, context)] : []),
    ...(leaves && leaves.count > 0 ? [group('leaves', leaves, context)] : []),
    ...unitLines(units, language),
    ...(today && isSame ? [html`<p>${say(language, 'desk.coverage.same')}</p>`] : []),
    ...(waits.count > 0 ? [group('waits', waits, context)] : []),
    ...(isOpen ? [html`<p>${say(language, 'desk.coverage.open')}</p>`] : []),
  ]
  return html`<div class="call">${icon('info')}<div class="flow"><h3>${say(language, 'desk.coverage')}</h3>${parts}</div></div>`
}

/** On the page of an accreditation: what it covers today, and what waits until its grantor confirms it. */
export function presentCoverage(coverage: ShownCoverage | undefined, context: DeskContext): Html {
  const { today, enters } = coverage ?? {}
  if (today === undefined || enters === undefined) return html``
  return html`<h2>${say(context.language, 'desk.coverage')}</h2>${group('today', today, context)}${unitLines(coverage?.units && { after: 0, ...(coverage.units.today !== undefined && { today: coverage.units.today }) }, context.language).slice(0, 1)}${enters.count === 0 ? '' : html`<div class="call am">${icon('clock')}<div class="flow">${group('enters', enters, context)}<p>${say(context.language, 'desk.coverage.confirm')}</p></div></div>`}`
}
