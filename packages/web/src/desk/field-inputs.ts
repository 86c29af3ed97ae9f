import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import { stateName } from '../state-names.ts'
import { hasHint, labelOf } from './field-words.ts'
import { type FieldOption, formOfField, isAbout, type ShownField, severalName, type TypedFields } from './fields.ts'
import type { DeskContext } from './frame.ts'
import type { DeskProblem } from './problem-words.ts'
import { faultWords } from './refusal-words.ts'

export interface Filled {
  typed: TypedFields
  problem?: DeskProblem | undefined
}

/** The id of a field in the page, to which the list of mistakes leads. */
export const fieldId = (name: string): string => `f-${name.replaceAll('.', '-')}`

const checked = (is: boolean) => (is ? html` checked` : '')

function optionWords({ value, words, name, code, state }: FieldOption, { language }: DeskContext): Html {
  if (words !== undefined) return say(language, words)
  if (state !== undefined) return html`${stateName(state, language)}`
  const shown = name === undefined ? undefined : foreign(name, 'en')
  if (shown === undefined) return html`<code>${code ?? value}</code>`
  return code === undefined ? shown : html`${shown} <code class="dim small">${code}</code>`
}

/** One field with its label, its hint and what is wrong with it. */
export function fieldInput(field: ShownField, { typed, problem }: Filled, context: DeskContext): Html {
  const { language } = context
  const { name, isOptional } = field
  const { kind, max, hasAlternative, isEnglish, options: own = [] } = formOfField(name)
  const { options = own } = field
  const id = fieldId(name)
  const faults = (problem?.faults ?? []).filter(({ pointer }) => isAbout(name, pointer))
  // The hint of a day says what an empty field means.
  const hint =
    hasHint(name) && (isOptional || name !== 'effectiveFrom')
      ? html`<p class="hint" id="${id}-hint">${say(language, `desk.field.${name}.hint`)}</p>`
      : ''
  const next =
    field.next === undefined
      ? ''
      : html`<p class="hint" id="${id}-next">${say(language, 'desk.field.certificateNumber.next', { number: html`<b>${field.next}</b>` })}</p>`
  const wrong =
    faults.length === 0
      ? ''
      : html`<p class="c-no" id="${id}-wrong"><b>${faults.map((fault, at) => html`${at === 0 ? '' : kind === 'rows' ? html`<br>` : ' '}${faultWords(fault, language)}`)}</b></p>`
  const describing = [
    ...(hint === '' ? [] : [`${id}-hint`]),
    ...(next === '' ? [] : [`${id}-next`]),
    ...(wrong === '' ? [] : [`${id}-wrong`]),
  ].join(' ')
  const described = describing === '' ? '' : html` aria-describedby="${describing}"`
  const invalid = wrong === '' ? '' : html` aria-invalid="true"`
  const required = isOptional ? '' : html` required`
  const label = html`${labelOf(field, language)}${isOptional && kind !== 'flag' && !hasAlternative ? html` <span class="dim small">(${say(language, 'desk.optional')})</span>` : ''}`
  const value = typed[name] ?? ''
  const flag = options[0]?.value ?? 'yes'

  const one = (input: Html) => html`<div><label for="${id}">${label}</label>${hint}${next}${wrong}${input}</div>`
  const group = (rows: readonly Html[]) =>
    html`<fieldset id="${id}" tabindex="-1"${described}><legend><h2>${label}</h2></legend>${hint}${wrong}${rows.length === 0 ? html`<p>${say(language, field.follows ? 'desk.field.units.first' : field.search ? 'desk.field.search.first' : 'desk.field.nothing')}</p>` : rows}${field.search?.isCut ? html`<p>${say(language, 'desk.field.search.more', { count: rows.length })}</p>` : ''}</fieldset>`
  const attributes = html`id="${id}" name="${name}"${isEnglish ? html` lang="en"` : ''}${described}${invalid}${required}`
  switch (kind) {
    case 'line':
      return one(html`<input ${attributes} type="text" maxlength="${max ?? ''}" value="${value}" autocomplete="off">`)
    case 'number':
      return one(
        html`<input ${attributes} type="text" inputmode="numeric" maxlength="${max ?? ''}" value="${value}" autocomplete="off">`,
      )
    case 'area':
      return one(html`<textarea ${attributes} rows="2" maxlength="${max ?? ''}" autocomplete="off">${value}</textarea>`)
    case 'rows':
      return one(
        html`<textarea ${attributes} rows="${name === 'edition.units' || name === 'comparison.rows' || name === 'set.units' ? 10 : 3}" maxlength="${max ?? ''}" spellcheck="false">${'\n'}${value}</textarea>`,
      )
    case 'lines':
      return one(html`<textarea ${attributes} rows="4" maxlength="${max ?? ''}" spellcheck="false">${value}</textarea>`)
    case 'day':
    case 'lastDay':
      return one(html`<input ${attributes} type="date" value="${value}" autocomplete="off">`)
    case 'moment':
      return one(html`<input ${attributes} type="datetime-local" step="1" value="${value}">`)
    case 'choice':
      return one(
        html`<select ${attributes}><option value="">${say(language, isOptional ? 'desk.field.none' : 'desk.accredit.grantee.choose')}</option>${options.map((option) => html`<option value="${option.value}"${option.name === undefined ? '' : html` lang="en"`}${option.value === value ? html` selected` : ''}>${plainWords(option, context)}</option>`)}</select>`,
      )
    case 'flag':
      return html`<div>${wrong}<label class="opt"><input id="${id}" type="checkbox" name="${name}" value="${flag}"${invalid}${checked(value === flag)}><span>${hint === '' ? label : html`<b>${label}</b>${say(language, `desk.field.${name as FlagWithHint}.hint`)}`}</span></label></div>`
    case 'radio':
      return group(
        options.map(
          (option) =>
            html`<label class="opt"><input type="radio" name="${name}" value="${option.value}"${required}${checked(option.value === value)}><span>${optionWords(option, context)}</span></label>`,
        ),
      )
    case 'several':
      return group(
        options.map(
          (option) =>
            html`<label class="opt"><input type="checkbox" name="${severalName(name, option.value)}" value="yes"${checked(typed[severalName(name, option.value)] === 'yes')}><span>${optionWords(option, context)}</span></label>`,
        ),
      )
    default:
      return kind satisfies never
  }
}

type FlagWithHint = 'pilot' | 'mayChangeStatus'

/** An option of a list that opens may hold no markup. */
function plainWords({ value, words, name, code, state }: FieldOption, { language }: DeskContext): Html {
  if (words !== undefined) return say(language, words)
  if (state !== undefined) return html`${stateName(state, language)}`
  return html`${name ?? code ?? value}${name !== undefined && code !== undefined ? ` (${code})` : ''}`
}
