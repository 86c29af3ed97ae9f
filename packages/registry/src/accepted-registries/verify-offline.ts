import { unknownHistory } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'
import type { Verification } from '../verification/verification.ts'
import { verifyDocument } from '../verification/verify.ts'
import { storeOnly, type VerifyDeps } from '../verification/verify-deps.ts'

/**
 * Verifies without a network, by a trust bundle and the files that came with it. It calls the function that the registry itself
 * verifies with. Only the registry's record cannot be read.
 */
export function verifyOffline(
  document: unknown,
  { list, now, general }: { list: RemoteRegistry; now: Date; general: VerifyDeps['general'] },
): Promise<Verification> {
  return verifyDocument(document, {
    ...storeOnly,
    reader: { read: nothingToRead, latest: nothingToRead, list: nothingToRead },
    boxes: { find: nothingToRead },
    // No entity is registered here. All known entities come from the list.
    trust: async () => [],
    catalogue: async (id) => unknownHistory(id),
    policy: list.policy,
    baseUrl: list.registry,
    now,
    findRemote: async () => list,
    recognitions: list.recognitions,
    general,
  })
}

async function nothingToRead(): Promise<never> {
  throw new RegistryError('dependency-unavailable', 'an offline verification has no store to read')
}
