import { createVerifierKey, leafHash, openProof, parseProof, parseVerifierKey, TlogError } from '@sijil/tlog'
import { RegistryError } from '../errors.ts'
import { logs, originOf } from '../log/logs.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'

/**
 * Checks a supplied proof (C2SP tlog-proof) that the log holds a document. `keys`: verifier keys of any log of that registry, because
 * one key signs all of its logs. `witnesses`: verifier keys of the witnesses whose time counts. Throws `validation-failed` if it is not
 * a proof for this document and registry. The caller needs to know that the proof is
 * wrong, which an open check would not say.
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
      // The earliest cosignature is the strongest evidence of the time.
      const [first] = opened.cosignatures.map(({ time }) => time).sort((one, other) => one - other)
      const { index, size } = opened
      return { index, size, ...(first !== undefined && { witnessedAt: new Date(first * 1_000).toISOString() }) }
    } catch (error) {
      if (!(error instanceof TlogError)) throw error
      throw new RegistryError(
        'validation-failed',
        `This does not prove that the log holds this document: ${error.message}.`,
        {
          cause: error,
        },
      )
    }
  }
}
