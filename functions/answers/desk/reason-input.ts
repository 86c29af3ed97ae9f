import { parseInput } from '@sijil/http'
import { text } from '@sijil/http/pieces'
import * as z from 'zod'
import { suspendInput } from '../decision-inputs.ts'

/** A form requires both. The API calls the second one `reason`. */
const reason = { basis: text(200), why: text(290) }
const reasonInput = z.object(reason)
const formSuspension = z.strictObject({ ...reason, all: z.literal('yes').optional() })

const groundsIn = (form: unknown): { basis: string; reason: string } => {
  const { basis, why } = parseInput(reasonInput, form)
  return { basis, reason: why }
}

/** The input schema of the API parses the form once more, so that the desk accepts nothing that the API refuses. */
export function suspensionOf(form: unknown) {
  const parsed = parseInput(formSuspension, form)
  return parseInput(suspendInput, { ...groundsIn(parsed), ...(parsed.all && { all: true }) })
}

/** The typed texts of the named fields, for a form that comes back. */
export const textsIn = <Name extends string>(
  form: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> =>
  Object.fromEntries(names.flatMap((name) => (typeof form[name] === 'string' ? [[name, form[name]]] : []))) as Partial<
    Record<Name, string>
  >
