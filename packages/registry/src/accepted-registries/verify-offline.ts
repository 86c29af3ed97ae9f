import { RegistryError } from '../errors.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'
import type { Verification } from '../verification/verification.ts'
import { verifyDocument } from '../verification/verify.ts'
import { storeOnly, type VerifyDeps } from '../verification/verify-deps.ts'

/**
 * Verifies without asking anybody: by a list, and what was brought along with it. It is the function that the registry itself verifies
 * with; only the record cannot be read.
 */
export function verifyOffline(
  document: unknown,
  { list, now, general }: { list: RemoteRegistry; now: Date; general: VerifyDeps['general'] },
): Promise<Verification> {
  return verifyDocument(document, {
    ...storeOnly,
    reader: { read: nothingToRead, latest: nothingToRead, list: nothingToRead },
    boxes: { find: nothingToRead },
    // Nobody is registered here: whoever is known is known by the list.
    trust: async () => [],
    policy: list.policy,
    baseUrl: list.registry,
    now,
    findRemote: async () => list,
    general,
  })
}

async function nothingToRead(): Promise<never> {
  throw new RegistryError('dependency-unavailable', 'there is no store here')
}
