import type { KeyRecord } from '../trust/entity.ts'
import type { CheckList } from './check-list.ts'

/** When it was recorded, and by when an outside witness had seen a log that holds it: each by whoever keeps the record. */
export interface RecordedMoment {
  recordedAt: string
  witnessedAt: () => Promise<string | undefined>
}

/**
 * `issuer-key`, once the record is at hand: a retired key still counts for what was recorded before, and so does a suspended one, of which
 * anything else stays open; a compromised one counts only for what a witnessed log held before. No time that the signer claims is used (I8, I34).
 */
export async function checkKeyWindow(
  { kid, addedAt, retiredAt, suspendedAt, compromisedFrom }: KeyRecord,
  record: RecordedMoment | undefined,
  checks: CheckList,
  isKeptElsewhere = false,
): Promise<void> {
  if (compromisedFrom === undefined && retiredAt === undefined && suspendedAt === undefined) return
  if (checks.isLeft('recorded', 'record-not-readable'))
    return checks.leave('issuer-key', 'record-not-readable', { key: kid, since: addedAt })
  if (compromisedFrom !== undefined) {
    const evidence = { key: kid, since: addedAt, compromisedFrom }
    // The log of another registry may hold it from before, and is not asked here.
    if (record === undefined && isKeptElsewhere) return checks.leave('issuer-key', 'key-compromised', evidence)
    if (record === undefined || record.recordedAt >= compromisedFrom)
      return checks.fail('issuer-key', 'key-compromised', evidence)
    const seen = await record.witnessedAt()
    if (seen === undefined) return checks.leave('issuer-key', 'key-compromised', evidence)
    if (seen >= compromisedFrom) return checks.fail('issuer-key', 'key-compromised', { ...evidence, witnessedAt: seen })
    return checks.pass('issuer-key', { ...evidence, witnessedAt: seen })
  }
  const evidence = { key: kid, since: addedAt, ...(retiredAt && { retiredAt }), ...(suspendedAt && { suspendedAt }) }
  if (retiredAt !== undefined && record !== undefined && record.recordedAt >= retiredAt)
    checks.fail('issuer-key', 'key-retired', evidence)
  // A body that signs elsewhere shows no record: whoever holds its key could have signed this since.
  else if (suspendedAt !== undefined && (record === undefined || record.recordedAt >= suspendedAt))
    checks.leave('issuer-key', 'key-suspended', evidence)
  else checks.pass('issuer-key', evidence)
}
