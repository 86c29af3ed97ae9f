import { html } from 'hono/html'
import { partiesPart } from './comparison-page.ts'
import type { SkillSetValues } from './comparison-values.ts'
import { partiesCall } from './comparison-words.ts'
import { type HeldFault, heldForm } from './held-page.ts'
import { bullets, foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { languageField, local, type PageContext, page } from './page.ts'
import { type Cell, table } from './table.ts'

type Unit = { code: string; title: string }
const unitWords = ({ code, title }: Unit): Html => html`${foreign(title, 'en')} <code class="small dim">${code}</code>`
const addressOf = ({ id, number }: Pick<SkillSetValues, 'id' | 'number'>): string => `/skill-sets/${id}/${number}`

/** Which national standard is set against the set. No parameter is about a person. */
function standardForm(values: SkillSetValues, context: PageContext): Html {
  const { language } = context
  const { qualification = '', edition = '' } = values.against ?? values.asked ?? {}
  const field = (name: 'qualification' | 'edition', value: string) =>
    html`<div><label for="${name}">${say(language, `skillSet.${name}`)}</label><input type="text" id="${name}" name="${name}" maxlength="200" value="${value}"></div>`
  return html`<form class="fields f3" method="get" action="${addressOf(values)}">${languageField(context)}${field('qualification', qualification)}${field('edition', edition)}<button type="submit" class="btn">${icon('search')}${say(language, 'skillSet.compare')}</button></form>`
}

function againstPart(values: SkillSetValues, context: PageContext): Html {
  const { language } = context
  const { against, asked } = values
  const list = (words: 'missing' | 'there' | 'beyond') => {
    const units = against?.[words] ?? []
    return units.length === 0
      ? ''
      : html`<h3 class="mt2">${say(language, `skillSet.${words}`, { count: units.length })}</h3>${bullets(units.map(unitWords))}`
  }
  const found =
    against === undefined
      ? asked === undefined
        ? ''
        : html`<p class="c-no"><b>${say(language, 'skillSet.unknown')}</b></p>`
      : html`<p class="mt2"><b>${foreign(against.title, 'en')}</b> <span class="small dim">${foreign(against.edition)}</span></p>${list('missing')}${list('there')}${list('beyond')}`
  return html`<section><h2>${say(language, 'skillSet.against')}</h2><p class="small">${say(language, 'skillSet.against.how')}</p>${standardForm(values, context)}${found}</section>`
}

/** An agreed set of units: who agrees, what is in it, and a national standard against it. */
export function skillSetPage(values: SkillSetValues, context: PageContext, fault?: HeldFault): string {
  const { language } = context
  const { name, number, units } = values
  const rows = units.map(({ accepts, ...unit }): [Cell, ...Cell[]] => [
    unitWords(unit),
    accepts.length === 0
      ? html`<span class="dim">${say(language, 'comparison.none')}</span>`
      : bullets(
          accepts.map(
            ({ title, edition, unit: code }) =>
              html`<code>${code}</code> ${foreign(title, 'en')} <span class="small dim">${foreign(edition)}</span>`,
          ),
        ),
  ])
  const heads = [phrase(language, 'skillSet.unit'), phrase(language, 'skillSet.accepts')]
  const main = html`<div class="head"><p class="small dim">${say(language, 'skillSet.kind', { version: number })}</p><h1>${foreign(name, 'en')}</h1></div>
${partiesCall(values, context)}
<div class="sheet"><section><h2>${say(language, 'skillSet.units')}</h2>${table(say(language, 'skillSet.units'), heads, rows)}<div class="call mt2">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div></section>
${againstPart(values, context)}
${heldForm(addressOf(values), fault, context)}
${partiesPart(values, context, 'skillSet.pinned')}</div>`
  return page({ title: `${phrase(language, 'skillSet.kind', { version: number })}: ${name}`, main }, context)
}

/** What one certificate has of a set. It names no person. */
export interface SetHeldValues {
  set: SkillSetValues
  verdict: 'valid' | 'invalid' | 'indeterminate'
  /** Absent: nothing is said, because it is not valid now, or the set accepts nothing of its edition. */
  held?: { has: readonly Unit[]; lacks: readonly Unit[] }
}

export function setHeldPage({ set, verdict, held }: SetHeldValues, context: PageContext): string {
  const { language } = context
  const part = (words: 'lacks' | 'has', units: readonly Unit[], of: number) =>
    units.length === 0
      ? ''
      : html`<section><h2>${say(language, `held.${words}`, { count: units.length, of })}</h2>${bullets(units.map(unitWords))}</section>`
  const answered =
    held === undefined
      ? html`<section><p><b>${say(language, verdict === 'valid' ? 'held.other' : `held.${verdict}`)}</b></p></section>`
      : html`${part('lacks', held.lacks, set.units.length)}${part('has', held.has, set.units.length)}`
  const main = html`<div class="head"><p class="small dim">${foreign(set.name, 'en')}</p><h1>${say(language, 'held.title')}</h1><p class="lead">${say(language, 'held.lead')}</p></div>
${partiesCall(set, context)}
<div class="sheet">${answered}<section><div class="call">${icon('info')}<p><b>${say(language, 'levels.comparable')}</b> ${say(language, 'levels.decides')}</p></div><p class="mt2"><a class="tlink" href="${local(addressOf(set), context)}">${icon('left')}${say(language, 'skillSet.back')}</a></p></section></div>`
  return page({ title: phrase(language, 'held.title'), main, noindex: true }, { ...context, path: addressOf(set) })
}
