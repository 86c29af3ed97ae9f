import { noSuchCertificate, readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import { type CommitReader, type CommitStore, type IndexKey, nextCommit, streams } from '../stream.ts'
import { asksForSecond } from '../trust/body-policy.ts'
import { askForSecond } from './ask-for-second.ts'
import { takeRoom } from './brake.ts'
import type { BrakedAction, PendingAction } from './pending-action.ts'

export interface StatusChangeRequest {
  issuer: string
  uuid: string
  actor: string
}

export interface ChangeStatusDeps {
  store: CommitStore
  patience: Patience
  now: Date
}

/** The refusal of a VCALM request that sets the status of a revocation to `false` (I24). */
export const revocationIsFinal = () =>
  new RegistryError('validation-failed', 'a revocation is final', {
    faults: [{ pointer: '/status', detail: 'only true is possible for a revocation' }],
  })

/** The certificate as it is now. `isChanged` is false if it had this status already, or if the change waits for a second person. */
export interface StatusChanged {
  record: ReleasedRecord
  isChanged: boolean
  waits?: PendingAction
}

/** Makes the event for a record, or answers `undefined` if nothing is left to change. */
export type Decide = (record: ReleasedRecord) => CertificateEvent | undefined

/**
 * Appends one change of status, decided on the state that was read. If another change is recorded meanwhile, the record is read again, so
 * changes always have an order. Once this returns, the change is durable and our own verification sees it (I25).
 */
export async function changeStatus(
  change: StatusChangeRequest,
  decide: Decide,
  { store, now, patience }: ChangeStatusDeps,
): Promise<StatusChanged> {
  return untilWon(async () => {
    const record = await requireReleased(change.issuer, change.uuid, store)
    const event = decide(record)
    if (event === undefined) return { record, isChanged: false }
    return appendChange(change, record, event, { store, now })
  }, patience)
}

interface Braked {
  /** The owner whose hour counts: the body, or the authority in whose name the member acts. */
  owner: string
  action: BrakedAction
  decide: Decide
  /** Called when the action has a place, before the change. */
  settle?: () => Promise<void>
}

/**
 * Like `changeStatus`, while the owner's last hour has room. Otherwise the change waits for a second person (I72), and so does each one
 * for which the policy of the body asks for two people. That one takes no place of the hour.
 */
export async function changeOrWait(
  { issuer, uuid, actor }: StatusChangeRequest,
  { owner, action, decide, settle }: Braked,
  { store, now, patience }: ChangeStatusDeps,
): Promise<StatusChanged> {
  return untilWon(async () => {
    const record = await requireReleased(issuer, uuid, store)
    const event = decide(record)
    if (event === undefined) return { record, isChanged: false }
    const seen = record.commits.length
    // The policy is about what the body itself does, and not about an authority that kept the power.
    const act = action.kind === 'revoke' || action.kind === 'suspend' ? action.kind : undefined
    const isAsked =
      owner === issuer && act !== undefined && (await asksForSecond({ body: issuer, act }, { store, now }))
    if (isAsked || !(await takeRoom({ owner, effect: `${issuer}/${uuid}/${seen}`, actor }, { store, now })))
      return { record, isChanged: false, waits: await askForSecond({ owner, action, seen, actor }, { store, now }) }
    await settle?.()
    return appendChange({ issuer, uuid, actor }, record, event, { store, now })
  }, patience)
}

export async function appendChange(
  { issuer, uuid, actor }: StatusChangeRequest,
  record: ReleasedRecord,
  event: CertificateEvent,
  { store, now }: Pick<ChangeStatusDeps, 'store' | 'now'>,
): Promise<StatusChanged> {
  const index = indexOf(issuer, event, record)
  const stream = streams.certificate(issuer, uuid)
  await store.append(nextCommit(stream, record.commits, { events: [event], actor, now, index }))
  return { record: await requireReleased(issuer, uuid, store), isChanged: true }
}

/** A change of the state is in the index of its status lists, and an end of a link in that of boxes to delete. A hold is in the trail of the body. */
function indexOf(issuer: string, event: CertificateEvent, { reservation }: ReleasedRecord): IndexKey {
  if ('pair' in event) return `STATUS#${reservation.status.pair}`
  return event.type === 'erased' || event.type === 'link-replaced' ? 'ENDED-LINKS' : `TRAIL#${issuer}`
}

/** Throws `not-found` for a certificate that was never released. Only its issuing may finish or abandon it. */
export async function requireReleased(issuer: string, uuid: string, reader: CommitReader): Promise<ReleasedRecord> {
  const record = await readRecord(issuer, uuid, reader)
  if (record === undefined || !('generation' in record)) throw noSuchCertificate()
  return record
}
