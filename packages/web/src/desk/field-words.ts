import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { type DeskKey, isMessage, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { FieldName, ShownField } from './fields.ts'

type Hinted = Extract<DeskKey, `desk.field.${string}.hint`> extends `desk.field.${infer Name}.hint` ? Name : never

export const hasHint = (name: FieldName): name is Extract<FieldName, Hinted> => isMessage(`desk.field.${name}.hint`)

/** The label of a field. One label names the framework that it is about. */
export const labelOf = ({ name, options = [] }: Pick<ShownField, 'name' | 'options'>, language: Language): Html =>
  name === 'scope.framework'
    ? say(language, 'desk.field.scope.framework', { framework: foreign(options[0]?.name ?? '', 'en') })
    : html`${say(language, `desk.field.${name}`)}`
