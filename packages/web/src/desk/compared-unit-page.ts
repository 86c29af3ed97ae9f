import { type Compared, comparisonResults, type SuggestedUnit } from '@sijil/qualifications'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { type ActionName, STEP } from './action-pages.ts'
import type { TypedFields } from './fields.ts'
import { crumb, type DeskContext, deskForm, deskPage, deskPath } from './frame.ts'
import { type DeskProblem, problemCall } from './problem-words.ts'
import { faultWords } from './refusal-words.ts'
import type { Named } from './values.ts'

export interface ComparedUnitValues {
  authority: Named
  action: ActionName
  /** The whole draft. The page carries it, and nobody keeps it. */
  draft: TypedFields
  from: { title: string; edition: string }
  to: { title: string; edition: string }
  /** The units of the host, and what the draft says of each. */
  units: readonly { unit: { code: string; title: string }; result: Compared }[]
  at: number
  stated: { result: string; by: readonly string[]; note: string }
  /** All units that a holder has, the most alike first. */
  closest: readonly SuggestedUnit[]
  problem?: DeskProblem
}

/** The most alike units stand open, the others in a part that opens. */
const SHOWN = 5

const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`
const button = (step: string, words: Html, kind: 'btn' | 'btn alt' = 'btn alt'): Html =>
  html`<button type="submit" class="${kind}" name="${STEP}" value="${step}">${words}</button>`

/** What is wrong with one of the three answers. */
function wrong(name: 'result' | 'by' | 'note', { problem }: ComparedUnitValues, { language }: DeskContext): Html | '' {
  const faults = (problem?.faults ?? []).filter(({ pointer }) => pointer.startsWith(`/rows/0/${name}`))
  return faults.length === 0
    ? ''
    : html`<p class="c-no" id="u-${name}-wrong"><b>${faults.map((fault, at) => html`${at === 0 ? '' : ' '}${faultWords({ ...fault, pointer: '' }, language)}`)}</b></p>`
}

function closestPart(values: ComparedUnitValues, context: DeskContext): Html {
  const { closest, stated } = values
  const { language } = context
  const chosen = new Set(stated.by)
  const row = ({ unit: { code, title }, words, isSameCode }: SuggestedUnit) => {
    const why = isSameCode
      ? say(language, 'desk.unit.sameCode')
      : words > 0
        ? say(language, 'desk.unit.words', { count: words })
        : undefined
    return html`<label class="opt"><input type="checkbox" name="unit.by:${code}" value="yes"${chosen.has(code) ? html` checked` : ''}><span>${foreign(title, 'en')} <code class="dim small">${code}</code>${why === undefined ? '' : html` <span class="small dim">${why}</span>`}</span></label>`
  }
  const others = closest.slice(SHOWN)
  const more =
    others.length === 0
      ? ''
      : html`<details class="more"${others.some(({ unit }) => chosen.has(unit.code)) ? html` open` : ''}><summary>${say(language, 'desk.unit.others', { count: others.length })}${icon('chev')}</summary>${others.map(row)}</details>`
  return html`<fieldset id="u-by" tabindex="-1" aria-describedby="u-by-hint"><legend><h2>${say(language, 'desk.unit.closest')}</h2></legend><p class="hint" id="u-by-hint">${say(language, 'desk.unit.closest.hint')}</p>${wrong('by', values, context)}${closest.slice(0, SHOWN).map(row)}${more}</fieldset>`
}

function resultPart(values: ComparedUnitValues, context: DeskContext): Html {
  const { language } = context
  const { result } = values.stated
  const row = (value: Compared) =>
    html`<label class="opt"><input type="radio" name="unit.result" value="${value}"${result === value || (result === '' && value === 'not-compared') ? html` checked` : ''}><span>${say(language, `desk.unit.result.${value}`)}</span></label>`
  return html`<fieldset id="u-result" tabindex="-1"><legend><h2>${say(language, 'desk.unit.result')}</h2></legend>${wrong('result', values, context)}${[...comparisonResults, 'not-compared' as const].map(row)}</fieldset>`
}

function notePart(values: ComparedUnitValues, context: DeskContext): Html {
  const { language } = context
  const fault = wrong('note', values, context)
  return html`<div><label for="u-note">${say(language, 'desk.unit.note')}</label><p class="hint" id="u-note-hint">${say(language, 'desk.unit.note.hint')}</p>${fault}<textarea id="u-note" name="unit.note" rows="2" maxlength="500" aria-describedby="u-note-hint${fault === '' ? '' : ' u-note-wrong'}"${fault === '' ? '' : html` aria-invalid="true"`}>${values.stated.note}</textarea></div>`
}

/** Any unit can be chosen. Its words say which of them are done. */
function goToPart({ units, at }: ComparedUnitValues, { language }: DeskContext): Html {
  const options = units.map(
    ({ unit: { code }, result }, index) =>
      html`<option value="${code}"${index === at ? html` selected` : ''}>${index + 1}. ${code}: ${phrase(language, result === 'not-compared' ? 'desk.unit.open' : `desk.joint.result.${result}`)}</option>`,
  )
  return html`<div><label for="u-go">${say(language, 'desk.unit.goTo')}</label><select id="u-go" name="unit.goTo">${options}</select></div><p>${button('unit-show', say(language, 'desk.unit.show'))}</p>`
}

/** One unit of the host, and which units of a holder come closest. Each press saves it into the draft that the page carries. */
export function comparedUnitPage(values: ComparedUnitValues, context: DeskContext): string {
  const { language } = context
  const { authority, action, draft, from, to, units, at, problem } = values
  const { unit } = units[at] ?? { unit: { code: '', title: '' } }
  const done = units.filter(({ result }) => result !== 'not-compared').length
  const isLast = at === units.length - 1
  const go = isLast
    ? button('check', say(language, 'desk.action.check'), 'btn')
    : button('unit-next', say(language, 'desk.unit.next'), 'btn')
  const form = deskForm(
    deskPath(authority.id, 'actions', action),
    html`${Object.entries(draft).map(([name, value]) => hidden(name, value))}${hidden('unit.code', unit.code)}
${closestPart(values, context)}${resultPart(values, context)}${notePart(values, context)}
<p class="go">${go}${at === 0 ? '' : button('unit-back', say(language, 'desk.unit.back'))}${button('change', say(language, 'desk.unit.form'))}${isLast ? '' : button('check', say(language, 'desk.action.check'))}</p>
${goToPart(values, context)}`,
    context,
  )
  const labels = { by: 'desk.unit.closest', result: 'desk.unit.result', note: 'desk.unit.note' } as const
  const places = (['by', 'result', 'note'] as const).map((name) => ({
    isWrong: (pointer: string) => pointer.startsWith(`/rows/0/${name}`),
    id: `u-${name}`,
    label: say(language, labels[name]),
  }))
  const words = { at: at + 1, count: units.length }
  const main = html`${crumb(deskPath(authority.id, 'actions'), say(language, 'desk.actions'), context)}
${problemCall(problem, language, { fields: places })}
<div class="head"><p class="small dim">${say(language, 'desk.unit.at', words)} ${say(language, 'desk.unit.progress', { done, open: units.length - done })}</p><h1>${foreign(unit.title, 'en')} <code class="dim small">${unit.code}</code></h1><p class="lead">${say(language, 'desk.unit.lead')}</p></div>
<div class="sheet"><section><dl class="sum"><div><dt>${say(language, 'desk.joint.from')}</dt><dd>${foreign(from.title, 'en')} <span class="small dim">${foreign(from.edition)}</span></dd></div><div><dt>${say(language, 'desk.joint.to')}</dt><dd>${foreign(to.title, 'en')} <span class="small dim">${foreign(to.edition)}</span></dd></div></dl></section>
<section>${form}</section></div>`
  const title = phrase(language, 'desk.unit.at', words)
  return deskPage({ title, main, hasProblem: problem !== undefined }, context)
}
