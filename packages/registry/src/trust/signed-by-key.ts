import { witnessedAt } from '../log/cosignatures.ts'
import type { CommitReader } from '../stream.ts'
import { type Affected, LOOKED_THROUGH, recordsOf } from './affected.ts'

export interface SignedByKey extends Affected {
  /** Of these, those that a witness had seen in the log before the key was compromised: they stand. */
  witnessed: number
}

/** How many certificates that are not revoked a key signed, and how many of them outlast its compromise from that moment on. */
export async function countSignedBy(
  { issuer, kid, compromisedFrom }: { issuer: string; kid: string; compromisedFrom: string },
  { store, lookThrough = LOOKED_THROUGH }: { store: CommitReader; lookThrough?: number },
): Promise<SignedByKey> {
  const { records, isAll } = await recordsOf(issuer, lookThrough, store)
  const signed = records.filter(
    (record) => 'generation' in record && record.state !== 'revoked' && record.reservation.kid === kid,
  )
  const early = signed.filter(({ reservedAt }) => reservedAt < compromisedFrom)
  const seen = await Promise.all(early.map(({ reservation }) => witnessedAt(reservation.hash, store)))
  const witnessed = seen.filter((at) => at !== undefined && at < compromisedFrom).length
  return { affected: signed.length, witnessed, ...(!isAll && { atLeast: true }) }
}
