/** Reasons for revoking a certificate. Only these classes are public, never a text. API, command line and records use this list. */
export const revocationReasons = [
  'issued-in-error',
  'obtained-by-fraud',
  'superseded',
  'requirements-no-longer-met',
  'misconduct',
  'holder-request',
  'key-compromise',
] as const
/** Reasons for suspending a certificate, or for lifting the suspension. */
export const suspensionReasons = ['under-investigation', 'surveillance-overdue', 'holder-request'] as const
/** Reasons in a record. `unspecified` comes only from VCALM, which has no reasons. */
export type RevocationReason = (typeof revocationReasons)[number] | 'unspecified'
export type SuspensionReason = (typeof suspensionReasons)[number] | 'unspecified'
