import type { CertificateRecord } from '../issuance/record.ts'
import type { KeyRecord } from '../trust/entity.ts'
import type { CheckList } from './check-list.ts'
import type { Verifying } from './verifying.ts'

/**
 * `issuer-key`, once the record is at hand: a retired key still counts for what was recorded before; a compromised one only for what a
 * witnessed log held before. No time that the signer claims is used (I8, I34).
 */
export async function checkKeyWindow(
  { kid, addedAt, retiredAt, compromisedFrom }: KeyRecord,
  record: CertificateRecord | undefined,
  checks: CheckList,
  { witnessed }: Verifying,
): Promise<void> {
  if (compromisedFrom !== undefined) {
    const evidence = { key: kid, since: addedAt, compromisedFrom }
    if (record === undefined || record.reservedAt >= compromisedFrom)
      return checks.fail('issuer-key', 'key-compromised', evidence)
    const seen = await witnessed?.(record.reservation.hash)
    if (seen === undefined) return checks.leave('issuer-key', 'key-compromised', evidence)
    if (seen >= compromisedFrom) return checks.fail('issuer-key', 'key-compromised', { ...evidence, witnessedAt: seen })
    return checks.pass('issuer-key', { ...evidence, witnessedAt: seen })
  }
  if (retiredAt === undefined) return
  const evidence = { key: kid, since: addedAt, retiredAt }
  if (record !== undefined && record.reservedAt >= retiredAt) checks.fail('issuer-key', 'key-retired', evidence)
  else checks.pass('issuer-key', evidence)
}
