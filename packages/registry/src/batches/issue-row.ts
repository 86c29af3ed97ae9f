import type { ReleasedRecord } from '../certificates/record.ts'
import type { IssuerSecret } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { abandonReservation } from '../issuance/abandon.ts'
import { findAttempt, isReleased } from '../issuance/attempt.ts'
import { issueCertificate } from '../issuance/issue.ts'
import type { IssueDeps, IssueRequest } from '../issuance/issue-deps.ts'
import { requireSigningBody } from '../issuance/signing-body.ts'
import { trustOf } from '../trust/reader.ts'
import type { Batch } from './batch.ts'
import { hadSecond } from './decide-batch.ts'
import { takenBy } from './judge-rows.ts'
import type { RejectedRow, RowRefusal } from './piece-rows.ts'
import { meanings } from './refusals.ts'
import type { RowResult, RowWork } from './row-work.ts'
import type { BatchRow } from './uploads.ts'

/** Issues the rows of a batch. */
export const issueWork = (
  batch: Batch,
  rows: readonly BatchRow[],
  secret: IssuerSecret,
  { issuing }: IssueWorkDeps,
): RowWork => ({
  begin: (row) => issueRow(row, requestFor(batch, rows[row] as BatchRow), secret, { issuing }),
  settle: async (row) => (await endAttempt(batch, rows[row] as BatchRow, issuing()))?.uuid,
})

interface IssueWorkDeps {
  issuing: () => IssueDeps
}

/** One row of one batch has one key. So the certificate that a dead worker began is found and finished, not made again. */
const requestFor = (batch: Batch, { line, input, edition }: BatchRow): IssueRequest => ({
  issuer: batch.owner,
  subject: batch.submittedBy,
  idempotencyKey: `batch ${batch.id} line ${line}`,
  hasSecond: hadSecond(batch),
  input,
  ...(edition && { approvedEdition: edition }),
  batch: batch.id,
})

/** Issues one row, by the verb that issues any certificate. So the row is judged by the record of this moment. */
async function issueRow(
  row: number,
  request: IssueRequest,
  secret: IssuerSecret,
  { issuing }: IssueWorkDeps,
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
  return { row, code: exactly(code, pointers), ...(pointers.length > 0 && { pointers }) }
}

/** A row that was ready names a qualification and an edition that exist. So a fault in them says that awards ended. */
const ofEdition: ReadonlySet<string> = new Set(['/edition', '/qualification'])

/** What ended, if something did since the row was judged. */
function exactly(code: RowRefusal, pointers: readonly string[]): RowRefusal {
  if (pointers.length === 0) return code === 'out-of-scope' ? 'not-accredited' : code
  return code === 'invalid' && pointers.every((pointer) => ofEdition.has(pointer)) ? 'not-awarded' : code
}

/** A body whose keys are all suspended, retired or compromised has no key until people act. Waiting does not help. */
async function hasNoKey({ code }: RegistryError, issuer: string, { store, now }: IssueDeps): Promise<boolean> {
  if (code !== 'dependency-unavailable') return false
  const { keys } = await requireSigningBody(issuer, { trust: trustOf(store), now })
  return !keys.some(({ algorithm }) => algorithm === 'Ed25519')
}

/** The certificate that a row became, if any. Two workers may settle the same row at once, and only one of them abandons it. */
async function endAttempt(batch: Batch, row: BatchRow, issuing: IssueDeps): Promise<ReleasedRecord | undefined> {
  const { record } = await findAttempt(requestFor(batch, row), issuing)
  if (isReleased(record)) return record
  if (record !== undefined) await abandonReservation({ issuer: batch.owner, record, actor: 'system:batch' }, issuing)
  return undefined
}
