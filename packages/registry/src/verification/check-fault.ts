import { DocumentFault, type FaultCode } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { failed } from './check.ts'
import type { Check, CheckName, Reason } from './verification.ts'

/** Which check a refused document fails, and why. `document-too-complex` has no row: such a document cannot be processed. */
const faultReasons = {
  'malformed-json': ['format', 'malformed-value'],
  'duplicate-member': ['format', 'malformed-value'],
  'document-too-complex': undefined,
  'context-not-allowed': ['format', 'context-not-allowed'],
  'unknown-member': ['format', 'undefined-term'],
  'malformed-value': ['format', 'malformed-value'],
  'not-a-certificate': ['format', 'not-a-certificate'],
  'status-mismatch': ['status', 'status-mismatch'],
  'status-index-out-of-range': ['status', 'status-index-out-of-range'],
  'proof-missing': ['proof', 'proof-missing'],
  'proof-malformed': ['proof', 'proof-malformed'],
  'suite-not-allowed': ['proof', 'suite-not-allowed'],
} as const satisfies Record<FaultCode, readonly [CheckName, Reason] | undefined>

/** The check that a document with this fault fails. Throws `document-too-complex`, and rethrows any error that is not a `DocumentFault`. */
export function checkOfFault(fault: unknown): Check {
  if (!(fault instanceof DocumentFault)) throw fault
  const row = faultReasons[fault.code]
  if (row === undefined) throw new RegistryError('document-too-complex', fault.message, { cause: fault })
  return failed(row[0], row[1], { pointer: fault.pointer })
}
