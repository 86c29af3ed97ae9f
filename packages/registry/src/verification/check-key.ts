import type { KeyRecord } from '../trust/entity.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordAnswer } from './stages.ts'
import type { Check } from './verification.ts'

/**
 * `issuer-key`, once the record is at hand. A retired key still counts for what was recorded before, and so does a suspended one, of which
 * anything else stays open. A compromised key counts only for what a witnessed log held before. No time that the signer states is used
 * (I8, I34).
 */
export async function checkKeyWindow(
  { kid, addedAt, retiredAt, suspendedAt, compromisedFrom }: KeyRecord,
  { moment, isUnreadable }: Pick<RecordAnswer, 'moment' | 'isUnreadable'>,
  { keptBy }: Pick<RecordSource, 'keptBy'>,
): Promise<Check> {
  const known = { key: kid, since: addedAt }
  if (compromisedFrom === undefined && retiredAt === undefined && suspendedAt === undefined)
    return passed('issuer-key', known)
  if (isUnreadable) return notPerformed('issuer-key', 'record-not-readable', known)
  if (compromisedFrom !== undefined) {
    const evidence = { ...known, compromisedFrom }
    // The log of another registry may hold it from before, and is not asked here.
    if (moment === undefined && keptBy?.hasLog) return notPerformed('issuer-key', 'key-compromised', evidence)
    if (moment === undefined || moment.recordedAt >= compromisedFrom)
      return failed('issuer-key', 'key-compromised', evidence)
    const seen = await moment.witnessedAt()
    if (seen === undefined) return notPerformed('issuer-key', 'key-compromised', evidence)
    if (seen >= compromisedFrom) return failed('issuer-key', 'key-compromised', { ...evidence, witnessedAt: seen })
    return passed('issuer-key', { ...evidence, witnessedAt: seen })
  }
  const evidence = { ...known, ...(retiredAt && { retiredAt }), ...(suspendedAt && { suspendedAt }) }
  if (retiredAt !== undefined && moment !== undefined && moment.recordedAt >= retiredAt)
    return failed('issuer-key', 'key-retired', evidence)
  // A body that signs by itself shows no record: anybody who holds its key could have signed this since.
  if (suspendedAt !== undefined && (moment === undefined || moment.recordedAt >= suspendedAt))
    return notPerformed('issuer-key', 'key-suspended', evidence)
  return passed('issuer-key', evidence)
}
