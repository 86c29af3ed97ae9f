import { parseInput } from '@sijil/http'
import { day, text } from '@sijil/http/pieces'
import * as z from 'zod'
import { changeInput, suspendInput } from '../decision-inputs.ts'

/** Both are asked for. The registry records them as one text, which the API calls `basis`: `{legal basis}: {reason}`. */
const reason = { basis: text(200), why: text(290) }
const reasonInput = z.object(reason)
const formReason = z.strictObject(reason)
const formChange = z.strictObject({ ...reason, from: day.optional() })

export const basisOf = (form: unknown): string => {
  const { basis, why } = parseInput(reasonInput, form)
  return `${basis}: ${why}`
}

/** What is asked of a form is asked once more by the input of the API, so that nothing gets in here that would not there. */
export const suspensionOf = (form: unknown) =>
  parseInput(suspendInput, { basis: basisOf(parseInput(formReason, form)) })

export function changeOf(form: unknown) {
  const parsed = parseInput(formChange, form)
  return parseInput(changeInput, { basis: basisOf(parsed), ...(parsed.from && { effectiveFrom: parsed.from }) })
}

/** Of those fields, what was typed, for a form that comes back. */
export const textsIn = <Name extends string>(
  form: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> =>
  Object.fromEntries(names.flatMap((name) => (typeof form[name] === 'string' ? [[name, form[name]]] : []))) as Partial<
    Record<Name, string>
  >
