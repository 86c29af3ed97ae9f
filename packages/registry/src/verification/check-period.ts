import type { Certificate } from '@sijil/credentials'
import type { CertificateRecord } from '../certificates/record.ts'
import { MACHINES_DIFFER_MS } from '../clocks.ts'
import { failed, passed } from './check.ts'
import type { Check } from './verification.ts'

/** `period`. A tolerance for clocks never extends the end of validity (I8). `now` is the server's clock, read once a request. */
export function checkPeriod(
  { validFrom, validUntil }: Certificate,
  record: CertificateRecord | undefined,
  now: Date,
): Check {
  const evidence = { validFrom, ...(validUntil && { validUntil }) }
  const ahead = Date.parse(validFrom) - now.getTime()
  if (ahead > (record === undefined ? 0 : MACHINES_DIFFER_MS)) return failed('period', 'not-yet-valid', evidence)
  if (validUntil !== undefined && Date.parse(validUntil) < now.getTime()) return failed('period', 'expired', evidence)
  return passed('period', evidence)
}
