/** Why a certificate may be revoked: only this class of a reason is ever public. The one list, for API, command line and records. */
export const revocationReasons = [
  'issued-in-error',
  'obtained-by-fraud',
  'superseded',
  'requirements-no-longer-met',
  'misconduct',
  'holder-request',
  'key-compromise',
] as const
/** Why a certificate may be suspended, or its suspension lifted. */
export const suspensionReasons = ['under-investigation', 'surveillance-overdue', 'holder-request'] as const
/** What may stand in a record. `unspecified` comes only through VCALM, which has no reasons. */
export type RevocationReason = (typeof revocationReasons)[number] | 'unspecified'
export type SuspensionReason = (typeof suspensionReasons)[number] | 'unspecified'
