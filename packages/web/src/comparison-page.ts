import { aspects, type Compared, type Degree, degrees } from '@sijil/qualifications'
import { html } from 'hono/html'
import type { ComparedEdition, ComparisonValues, JointValues } from './comparison-values.ts'
import { degreeWords, levelWords, partiesCall, partyLines, resultTag } from './comparison-words.ts'
import { day } from './dates.ts'
import { type HeldFault, heldForm } from './held-page.ts'
import { bullets, foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { stateWords } from './state-names.ts'
import { type Cell, table } from './table.ts'

const unitWords = ({ code, title }: { code: string; title: string }): Html =>
  html`<code>${code}</code> ${foreign(title, 'en')}`

const placeOf = ({ pinned: { state, stateName, title } }: ComparedEdition, { language }: PageContext): Html =>
  state === undefined ? foreign(title, 'en') : stateWords({ state, ...(stateName && { stateName }) }, language)

function edition(side: 'from' | 'to', values: ComparisonValues, context: PageContext): Html {
  const { language } = context
  const { pinned, localTitle, units } = values[side]
  const own = localTitle && html`<p class="small">${foreign(localTitle.text, localTitle.language)}</p>`
  return html`<section><p class="small dim">${say(language, `comparison.${side}`, { state: placeOf(values[side], context) })}</p>
<h2><a href="${local(`/qualifications/${pinned.qualification}`, context)}">${foreign(pinned.title, 'en')}</a></h2>${own ?? ''}<p class="small">${say(language, 'comparison.edition', { edition: foreign(pinned.edition), count: units.length })}</p></section>`
}

/** The words of one party are nobody else's. */
const noteCell = (note: string | undefined): Cell => (note === undefined ? html`–` : foreign(note))

function unitTable({ units, beyond, from }: ComparisonValues, context: PageContext): Html {
  const { language } = context
  const rows = units.map(({ unit, by, result, note }): [Cell, ...Cell[]] => [
    unitWords(unit),
    by.length === 0 ? html`<span class="dim">${say(language, 'comparison.none')}</span>` : bullets(by.map(unitWords)),
    resultTag(result, language),
    noteCell(note),
  ])
  const heads = [
    phrase(language, 'comparison.asked'),
    phrase(language, 'comparison.closest'),
    phrase(language, 'comparison.result'),
    phrase(language, 'comparison.why'),
  ]
  const more =
    beyond.length === 0
      ? ''
      : html`<h3 class="mt2">${say(language, 'comparison.beyond', { state: placeOf(from, context) })}</h3><ul class="bul">${beyond.map((unit) => html`<li>${unitWords(unit)}</li>`)}</ul>`
  return html`<section><h2>${say(language, 'comparison.units')}</h2>${table(say(language, 'comparison.units'), heads, rows)}${more}</section>`
}

/** Every degree in its order, so that a reader sees what stands above and below this one. */
const scale = (degree: Degree, language: Language): Html =>
  html`<details class="more"><summary>${icon('plus')}${say(language, 'comparison.degree')}</summary><ul class="bul">${degrees.map((one) => html`<li>${one === degree ? html`<b>${degreeWords(one, language)}</b>` : degreeWords(one, language)}</li>`)}</ul></details>`

function beyondUnits({ level, aspects: stated, from, to }: ComparisonValues, context: PageContext): Html {
  const { language } = context
  const aqrf = ({ pinned }: ComparedEdition) =>
    pinned.aqrf === undefined
      ? say(language, 'issuer.not-known')
      : say(language, 'levels.level', { framework: 'AQRF', level: pinned.aqrf.level })
  // The words of a difference say it themselves.
  const isOpen = level.difference === 'unknown' && [from, to].some(({ pinned }) => pinned.aqrf?.confirmed === false)
  const levels = html`<p>${placeOf(from, context)}: ${aqrf(from)}. ${placeOf(to, context)}: ${aqrf(to)}.</p><p>${levelWords(level, language)}${isOpen ? html` ${say(language, 'levels.unconfirmed')}` : ''}</p>`
  const rows = aspects.map((name): [Cell, ...Cell[]] => {
    const result: Compared = stated[name]?.result ?? 'not-compared'
    return [say(language, `comparison.aspect.${name}`), resultTag(result, language), noteCell(stated[name]?.note)]
  })
  const heads = [
    phrase(language, 'compare.what'),
    phrase(language, 'comparison.result'),
    phrase(language, 'comparison.why'),
  ]
  return html`<section><h2>${say(language, 'comparison.level')}</h2>${levels}</section>
<section><h2>${say(language, 'comparison.more')}</h2>${table(say(language, 'comparison.more'), heads, rows)}</section>`
}

export function partiesPart(
  values: JointValues & { catalogueAt: string },
  context: PageContext,
  pinned: 'comparison.pinned' | 'skillSet.pinned' = 'comparison.pinned',
): Html {
  const { language } = context
  return html`<section><h2>${say(language, 'comparison.parties')}</h2>${partyLines(values, language)}
<p class="small dim mt1">${say(language, pinned, { date: day(values.catalogueAt, language) })}</p></section>`
}

/** Two editions unit by unit. Who says so, and whether it still counts, stands before what is said. */
export function comparisonPage(values: ComparisonValues, context: PageContext, fault?: HeldFault): string {
  const { language } = context
  const { id, number, from, to, degree, counts } = values
  const state = { from: placeOf(from, context), to: placeOf(to, context) }
  const address = `/comparisons/${id}/${number}`
  const other = `/comparability?from=${encodeURIComponent(to.pinned.qualification)}&to=${encodeURIComponent(from.pinned.qualification)}`
  const main = html`<div class="head"><p class="small dim">${say(language, 'comparison.kind', { version: number })}</p><h1>${say(language, 'comparison.title', state)}</h1></div>
${partiesCall(values, context)}
<div class="sheet">${edition('from', values, context)}${edition('to', values, context)}
<section><h2>${say(language, 'comparison.overall')}</h2><p><b>${degreeWords(degree, language)}</b></p><p>${say(language, 'comparison.counts', { match: counts.match, partial: counts.partial, gap: counts.gap, open: counts['not-compared'] })}</p>${scale(degree, language)}<div class="call mt2">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></section>
${unitTable(values, context)}
${beyondUnits(values, context)}
${heldForm(address, fault, context)}
${partiesPart(values, context)}
<section class="noprint"><p><a class="tlink" href="${local(`${address}/units.csv`, context)}">${icon('down')}${say(language, 'comparison.csv')}</a></p><p><a class="tlink" href="${local(other, context)}">${say(language, 'comparison.other')}</a></p></section></div>`
  const named = `${from.pinned.title} – ${to.pinned.title}`
  return page({ title: `${phrase(language, 'comparison.kind', { version: number })}: ${named}`, main }, context)
}
