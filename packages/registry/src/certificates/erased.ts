import { RegistryError } from '../errors.ts'
import type { Erasure } from './keeping.ts'

/** The refusal of anything that would bring the person back (I63). `pointer`: the member of a request that names the erased certificate. */
export const erasedConflict = ({ at }: Erasure, pointer?: string) =>
  new RegistryError('conflict', `this certificate was erased on ${at.slice(0, 10)}: nothing brings its content back`, {
    reason: 'erased',
    ...(pointer !== undefined && { faults: [{ pointer, detail: 'is erased', reason: 'erased' as const }] }),
  })
