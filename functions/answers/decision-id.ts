import { RegistryError } from '@sijil/registry'
import { uuid } from './inputs.ts'

/** The UUID of a single decision. Throws `not-found` for any other text, as for a decision of another authority. */
export function decisionId(id: unknown): string {
  const parsed = uuid.safeParse(id)
  if (parsed.success) return parsed.data
  throw new RegistryError('not-found', 'you made no such decision', { reason: 'not-below' })
}
