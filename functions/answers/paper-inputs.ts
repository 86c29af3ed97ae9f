import { duplicateReasons } from '@sijil/registry/certificates'
import * as z from 'zod/mini'

/** Of which print a program wants the paper. From the second one on it states why. */
export const paperInput = z.strictObject({
  copy: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 1),
  reason: z.optional(z.enum(duplicateReasons)),
})
/** The fields of the press at the desk. Its order was checked before, and is no field. */
export const printedForm = z.object({ copy: z.coerce.number() })
