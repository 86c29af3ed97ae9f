import { EdgeError } from '@sijil/http'
import type { TrqpQuestion } from '@sijil/protocols/trqp'
import * as z from 'zod'

const id = z.string().regex(/^[^\s]{1,500}$/)
export const trqpInput = z.looseObject({
  entity_id: id,
  authority_id: id,
  action: id,
  resource: id,
  // Unknown members are ignored, as TRQP 2.0 requires.
  context: z
    .looseObject({
      time: z.iso.datetime().optional(),
      site: id
        .optional()
        .meta({ description: 'Id of an assessment centre. A scope may be limited to certain centres.' }),
    })
    .optional(),
})

export function parseQuestion(input: unknown): TrqpQuestion {
  const parsed = trqpInput.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path }) => ({
    pointer: `/${path.join('/')}`,
    detail: 'must be a text without spaces; for context.time, a moment in UTC (RFC 3339, Z)',
  }))
  throw new EdgeError('malformed-request', 'The question does not have the expected form.', { faults })
}
