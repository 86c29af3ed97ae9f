import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { type DeskKey, isMessage, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { type FieldName, levelOfRow, type RowField, type ShownField } from './fields.ts'

type Hinted = Extract<DeskKey, `desk.field.${string}.hint`> extends `desk.field.${infer Name}.hint` ? Name : never

export const hasHint = (name: FieldName): name is Extract<FieldName, Hinted> => isMessage(`desk.field.${name}.hint`)

/** The label of a field. One names the framework that it is about, and the rows of a table name their level. */
export function labelOf(
  { name, options = [], title }: Pick<ShownField, 'name' | 'options' | 'title'>,
  language: Language,
): Html {
  if (name === 'scope.framework')
    return say(language, 'desk.field.scope.framework', { framework: foreign(options[0]?.name ?? '', 'en') })
  if (isRow(name)) {
    const label = say(language, 'desk.field.row', { level: levelOfRow(name) ?? '' })
    return title === undefined ? label : html`${label} <span class="dim small">${foreign(title, 'en')}</span>`
  }
  return html`${say(language, `desk.field.${name}`)}`
}

const isRow = (name: FieldName): name is RowField => levelOfRow(name) !== undefined
