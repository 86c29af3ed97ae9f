import type { IssuerSecret } from '../certificates/secrecy.ts'
import { RegistryError, type RegistryErrorCode } from '../errors.ts'
import { findAttempt } from '../issuance/attempt.ts'
import { issueCertificate } from '../issuance/issue.ts'
import type { IssueDeps, IssueRequest } from '../issuance/issue-deps.ts'
import { requireSigningBody } from '../issuance/signing-body.ts'
import { trustOf } from '../trust/reader.ts'
import type { PauseReason } from './batch.ts'
import { takenBy } from './judge-rows.ts'
import type { IssuedRow, RejectedRow, RowRefusal } from './piece-rows.ts'

/** `stop`: the row has no outcome, and no further row is begun. */
export type RowResult = IssuedRow | RejectedRow | { row: number; stop: PauseReason | 'again' }

/** What a refusal means for its row. A code without a row does not compile. */
const meanings = {
  'validation-failed': { reject: 'invalid' },
  conflict: { reject: 'number-in-use' },
  'type-not-in-scope': { reject: 'out-of-scope' },
  'issuer-suspended': { reject: 'suspended' },
  'issuer-not-accredited': { reject: 'not-accredited' },
  'issuing-paused': { stop: 'issuing-paused' },
  'signing-key-unavailable': { stop: 'key' },
  // The member who sent the file is none any more, or may not issue.
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
  // The registry asks for none of these when it issues.
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

/** Issues one row, by the verb that issues any certificate. So the row is judged by the record of this moment. */
export async function issueRow(
  row: number,
  request: IssueRequest,
  secret: IssuerSecret,
  { issuing }: { issuing: () => IssueDeps },
): Promise<RowResult> {
  const deps = issuing()
  try {
    const issued = await issueCertificate(request, deps)
    return 'waits' in issued ? { row, code: 'replacement-waits' } : { row, certificate: issued.uuid }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const meaning = meanings[error.code]
    if ('fail' in meaning) throw error
    if ('stop' in meaning) return { row, stop: (await hasNoKey(error, request.issuer, deps)) ? 'key' : meaning.stop }
    if (hasEndedSince(error)) return { row, certificate: (await findAttempt(request, deps)).uuid }
    if (error.code !== 'conflict') return refused(row, meaning.reject, error)
    const taken = await takenBy(request.input, { issuer: request.issuer, secret, reader: deps.store })
    if (taken === undefined) return refused(row, 'number-in-use', error)
    return { row, code: taken.kind, ...(taken.certificate && { certificate: taken.certificate }) }
  }
}

/** This row issued its certificate before. It was erased, or got another link, since. Another certificate that is erased has a pointer. */
const hasEndedSince = ({ reason, faults }: RegistryError): boolean =>
  (reason === 'erased' || reason === 'link-replaced') && faults.length === 0

function refused(row: number, code: RowRefusal, { faults }: RegistryError): RejectedRow {
  const pointers = faults.map(({ pointer }) => pointer)
  return { row, code, ...(pointers.length > 0 && { pointers }) }
}

/** A body whose keys are all suspended, retired or compromised has no key until people act. Waiting does not help. */
async function hasNoKey({ code }: RegistryError, issuer: string, { store, now }: IssueDeps): Promise<boolean> {
  if (code !== 'dependency-unavailable') return false
  const { keys } = await requireSigningBody(issuer, { trust: trustOf(store), now })
  return !keys.some(({ algorithm }) => algorithm === 'Ed25519')
}
