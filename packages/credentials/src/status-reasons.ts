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
/** Reasons for erasing the sealed document. Only members of the body see them: that a holder asked is about the holder. */
export const erasureReasons = ['holder-request', 'retention-ended', 'legal-order', 'no-legal-basis'] as const
/** Reasons for a legal hold, which keeps a certificate from being erased. */
export const holdReasons = ['legal-claim', 'investigation', 'legal-order'] as const
export type ErasureReason = (typeof erasureReasons)[number]
export type HoldReason = (typeof holdReasons)[number]
/** Reasons in a record. `unspecified` comes only from VCALM, which has no reasons. */
export type RevocationReason = (typeof revocationReasons)[number] | 'unspecified'
export type SuspensionReason = (typeof suspensionReasons)[number] | 'unspecified'
