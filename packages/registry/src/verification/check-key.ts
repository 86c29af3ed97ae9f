import type { KeyRecord } from '../trust/entity.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordAnswer } from './stages.ts'
import type { Check } from './verification.ts'

/**
 * `issuer-key`, once the record was read. It never uses a time that the signer states (I8, I34).
 * - A retired key counts for certificates recorded before it was retired.
 * - A suspended key counts for certificates recorded before. For others the question stays open.
 * - A compromised key counts only for certificates that a witnessed log held before the compromise.
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
    // The other registry's log may hold the certificate from before the compromise. That log is not read here.
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
  // An external signer shows no record, so anybody with its key could have signed this after the suspension.
  if (suspendedAt !== undefined && (moment === undefined || moment.recordedAt >= suspendedAt))
    return notPerformed('issuer-key', 'key-suspended', evidence)
  return passed('issuer-key', evidence)
}
