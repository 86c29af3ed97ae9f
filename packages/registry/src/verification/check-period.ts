import type { Certificate } from '@sijil/credentials'
import type { CertificateRecord } from '../certificates/record.ts'
import type { CheckList } from './check-list.ts'

/**
 * Each machine's clock may differ from the store's by five seconds and a little: two of them by twice that. The day from which a
 * recorded certificate counts was set by the clock of another machine of this registry, so that much ahead it counts already.
 */
const MACHINES_DIFFER_MS = 15_000

/** Skew never extends validity at its end (I8): `now` is the server's, once a request. */
export function checkPeriod(
  { validFrom, validUntil }: Certificate,
  record: CertificateRecord | undefined,
  checks: CheckList,
  now: Date,
): void {
  const evidence = { validFrom, ...(validUntil && { validUntil }) }
  const ahead = Date.parse(validFrom) - now.getTime()
  if (ahead > (record === undefined ? 0 : MACHINES_DIFFER_MS)) checks.fail('period', 'not-yet-valid', evidence)
  else if (validUntil !== undefined && Date.parse(validUntil) < now.getTime())
    checks.fail('period', 'expired', evidence)
  else checks.pass('period', evidence)
}
