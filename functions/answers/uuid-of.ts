import { RegistryError } from '@sijil/registry'
import { uuid } from './inputs.ts'

/** The UUID in a path or a member. Throws `not-found` for any other text, because it can name no certificate. */
export function uuidOf(id: string): string {
  const parsed = uuid.safeParse(id)
  if (!parsed.success) throw new RegistryError('not-found', 'no such certificate')
  return parsed.data
}
