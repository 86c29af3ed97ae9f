import { parseInput } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { fileKinds } from '@sijil/registry/batch-files'
import { type BatchAnswers, everyField, type Field, isField, offerKinds } from '@sijil/registry/batches'
import type { BatchPress } from '@sijil/web'
import * as z from 'zod'
import { batchAnswersInput } from '../batch-inputs.ts'
import { strict } from '../strict.ts'

export type Form = Readonly<Record<string, unknown>>

const presses = [
  ...['columns', 'accept', 'cells', 'names', 'close', 'reopen'],
  ...['start', 'approve', 'pause', 'resume', 'cancel'],
  ...['files', 'approve-files', 'file'],
] as BatchPress[]
const pressInput = z.enum(presses, { error: 'must be a button of the page' })
const acceptInput = z.object({ kind: z.enum(offerKinds) })
export const hashIn = (form: Form): string => parseInput(z.object({ hash: z.string().max(100) }), form).hash
const place = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, { error: 'must be a whole number from 1 on' })
  .transform(Number)
export const wishIn = (form: Form) => parseInput(z.object({ kind: z.enum(fileKinds) }), form)
export const requestIn = (form: Form) => parseInput(z.object({ request: place }), form)
export const fileIn = (form: Form) => parseInput(z.object({ request: place, file: place }), form)
export const pressIn = (form: Form): BatchPress => parseInput(z.object({ do: pressInput }), form).do

const texts = (form: Form): [name: string, text: string][] =>
  Object.entries(form).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []))

/** What a form of the page adds to the answers of before. Each form is about one part of them. */
export function amendment(press: BatchPress, form: Form): (before: BatchAnswers) => BatchAnswers {
  if (press === 'accept') {
    const { kind } = parseInput(acceptInput, form)
    return (before) => ({ ...before, accepted: [...new Set([...(before.accepted ?? []), kind])] })
  }
  if (press === 'cells') {
    const { cells = [] } = checked({ cells: cellsIn(form) })
    return (before) => {
      const all = new Map([...(before.cells ?? []), ...cells].map((cell) => [`${cell.line} ${cell.field}`, cell]))
      return { ...before, cells: [...all.values()] }
    }
  }
  const { columns, same, order } = checked({
    columns: columnsIn(form),
    same: sameIn(form),
    ...(form.order !== undefined && { order: form.order }),
  })
  return ({ same: earlier, order: _, ...before }) => {
    // Only these are asked on the page. The others came through the API.
    const { qualification: _q, edition: _e, reason: _r, ...others } = earlier ?? {}
    return { ...before, ...(columns && { columns }), same: { ...others, ...same }, ...(order && { order }) }
  }
}

const checked = (answers: object): BatchAnswers => strict(parseInput(batchAnswersInput, answers)) as BatchAnswers

function columnsIn(form: Form): Partial<Record<Field, number>> {
  const columns: Partial<Record<Field, number>> = {}
  for (const [name, field] of texts(form)) {
    const [, column] = /^column:(\d{1,3})$/.exec(name) ?? []
    if (column === undefined) continue
    if (!isField(field) || columns[field] !== undefined)
      throw new RegistryError('validation-failed', 'Two columns have the same field. Choose each field once.', {
        faults: [{ pointer: `/column:${column}`, detail: `must be one of ${everyField.join(', ')}, each once` }],
      })
    columns[field] = Number(column)
  }
  return columns
}

const sameIn = (form: Form) =>
  Object.fromEntries(
    (['qualification', 'edition', 'reason'] as const).flatMap((field) => {
      const text = form[`same:${field}`]
      return typeof text === 'string' && text !== '' ? [[field, text]] : []
    }),
  )

const cellsIn = (form: Form) =>
  texts(form).flatMap(([name, text]) => {
    const [, line, field] = /^cell:(\d{1,7}):(\w{1,30})$/.exec(name) ?? []
    return line === undefined ? [] : [{ line: Number(line), field, text }]
  })
