import { certificatesOf, LOOKED_THROUGH } from '../certificates/certificates-of.ts'
import type { CommitReader } from '../stream.ts'
import { witnessedAt } from './cosignatures.ts'

export interface SignedByKey {
  affected: number
  /** How many of these a witness had seen in the log before the key was compromised. They stay valid. */
  witnessed: number
  /** Not all certificates were read, so both numbers may be higher. */
  atLeast?: true
}

/** Counts the unrevoked certificates that a key signed, and those of them that survive its compromise from that moment on. */
export async function countSignedBy(
  { issuer, kid, compromisedFrom }: { issuer: string; kid: string; compromisedFrom: string },
  { store, lookThrough = LOOKED_THROUGH }: { store: CommitReader; lookThrough?: number },
): Promise<SignedByKey> {
  let [affected, witnessed, left, isAll] = [0, 0, lookThrough, true]
  for await (const records of certificatesOf(issuer, lookThrough, store)) {
    isAll = left > 0
    if (!isAll) break
    const signed = records.filter(
      (record) => 'generation' in record && record.state !== 'revoked' && record.reservation.kid === kid,
    )
    const early = signed.filter(({ reservedAt }) => reservedAt < compromisedFrom)
    const seen = await Promise.all(early.map(({ reservation }) => witnessedAt(reservation.hash, store)))
    affected += signed.length
    witnessed += seen.filter((at) => at !== undefined && at < compromisedFrom).length
    left -= records.length
  }
  return { affected, witnessed, ...(!isAll && { atLeast: true }) }
}
