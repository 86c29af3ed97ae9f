import { textFault } from '@sijil/credentials'
import type { RefusalReason } from '@sijil/registry'
import * as z from 'zod'

/** An error text for a wrong form. A missing member keeps the usual "is missing". */
const formOf = (words: string, reason: RefusalReason) => ({
  reason,
  error: ({ input }: { input?: unknown }) => (input === undefined ? undefined : words),
})

/** The words and the reason of a fault, for a rule of a schema. The edge reads the reason from the rule (faults.ts). */
export const must = (reason: RefusalReason, words: string) => ({ reason, error: words })

/** A day of the calendar, without a time: `YYYY-MM-DD`. */
export const day = z.iso
  .date(formOf('must be a day of the calendar, YYYY-MM-DD', 'not-a-day'))
  .meta({ id: 'Day', description: 'A day of the calendar (RFC 3339 full-date).', examples: ['2026-03-02'] })

/** A moment in UTC, to the second: `YYYY-MM-DDThh:mm:ssZ`. */
export const instant = z.iso
  .datetime({
    precision: 0,
    ...formOf('must be a moment in UTC without fraction, YYYY-MM-DDThh:mm:ssZ', 'not-a-moment'),
  })
  .meta({
    id: 'Instant',
    description: 'A moment in UTC, to the second (RFC 3339).',
    examples: ['2026-03-02T08:30:00Z'],
  })

/** One line of free text, with 1 to `max` characters. It is normalised to NFC and trimmed. */
export const text = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(max, { error: `must have at most ${max} characters` })
    // The same rule as before signing. Otherwise a body could be registered with a name that cannot be signed, and could issue nothing.
    .refine(
      (value) => textFault(value) === undefined,
      must(
        'forbidden-characters',
        'must not have control characters, marks of direction, invisible or lost characters, or piles of marks',
      ),
    )
    .meta({ description: 'Text in Unicode, normalised to NFC. Its length is counted after that.' })

/** An id, in the form that paths and DIDs contain. */
export const identifier = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    must('not-an-id', 'must be 1 to 64 letters a to z, digits and hyphens, without a hyphen at either end'),
  )
  .meta({ id: 'Identifier', description: 'Identifier of a body or an authority.', examples: ['bnsp-lsp-welding'] })
