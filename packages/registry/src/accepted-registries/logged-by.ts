import { createVerifierKey, leafHash, openProof, parseProof, parseVerifierKey, TlogError } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { logs, originOf } from '../log/logs.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'

/**
 * What a proof that was brought along (C2SP tlog-proof) shows of a document. `keys`: of any log of that registry, for one key signs them
 * all under their names; `witnesses`: those whose word on the time counts. Throws `validation-failed` where it is no proof, or one of
 * another document or registry: whoever brought it should hear that, and not that nothing is known.
 */
export function loggedBy(
  proof: Uint8Array,
  { registry, keys, witnesses }: { registry: string; keys: readonly string[]; witnesses: readonly string[] },
): NonNullable<RemoteRegistry['logged']> {
  const origin = originOf(registry, 'certificates')
  return async (hash) => {
    try {
      const opened = openProof(parseProof(proof), leafHash(logs.certificates.bytesOf(hash)), {
        origin,
        keys: keys.map((text) => createVerifierKey('ed25519', origin, parseVerifierKey('ed25519', text).publicKey)),
        witnesses: witnesses.map((text) => parseVerifierKey('cosignature', text)),
        atLeast: 0,
      })
      // Any of them had seen it by then: the first one is the strongest.
      const [first] = opened.cosignatures.map(({ time }) => time).sort((one, other) => one - other)
      const { index, size } = opened
      return { index, size, ...(first !== undefined && { witnessedAt: new Date(first * 1_000).toISOString() }) }
    } catch (error) {
      if (!(error instanceof TlogError)) throw error
      throw new RegistryError(
        'validation-failed',
        `This is no proof that the log holds this document: ${error.message}.`,
        {
          cause: error,
        },
      )
    }
  }
}
