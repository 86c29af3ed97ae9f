import type { RegistryErrorCode } from '../errors.ts'
import type { PauseReason } from './batch.ts'
import type { RowRefusal } from './piece-rows.ts'

/** What a refusal means for its row. A code without a row does not compile. */
export const meanings = {
  'validation-failed': { reject: 'invalid' },
  conflict: { reject: 'number-in-use' },
  'type-not-in-scope': { reject: 'out-of-scope' },
  'issuer-suspended': { reject: 'suspended' },
  'issuer-not-accredited': { reject: 'not-accredited' },
  'issuing-paused': { stop: 'issuing-paused' },
  'signing-key-unavailable': { stop: 'key' },
  // The member who sent the file is none any more, or may not do this.
  'not-found': { stop: 'member' },
  'four-eyes-required': { stop: 'member' },
  'fresh-sign-in-required': { stop: 'member' },
  // Slower, and nothing is rejected (F30).
  'dependency-unavailable': { stop: 'again' },
  'store-access-denied': { stop: 'again' },
  'clock-astray': { stop: 'again' },
  'quota-exceeded': { stop: 'again' },
  'member-limit-reached': { stop: 'again' },
  'write-conflict': { stop: 'again' },
  'in-progress': { stop: 'again' },
  'artefact-differs': { stop: 'again' },
  // A fault of ours: the message comes again, and in the end the row that causes it is found (F32).
  internal: { fail: true },
  // The registry asks for none of these when it issues or changes a certificate.
  gone: { reject: 'invalid' },
  'idempotency-key-reuse': { reject: 'invalid' },
  'idempotency-key-missing': { reject: 'invalid' },
  'no-such-page': { reject: 'invalid' },
  'malformed-json': { reject: 'invalid' },
  'document-too-complex': { reject: 'invalid' },
} as const satisfies Record<
  RegistryErrorCode,
  { reject: RowRefusal } | { stop: PauseReason | 'again' } | { fail: true }
>
