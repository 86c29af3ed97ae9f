import { RegistryError } from '../errors.ts'
import { readRecord } from '../issuance/certificate-number.ts'
import type { CertificateEvent, ReleasedRecord } from '../issuance/record.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'

export interface StatusChange {
  issuer: string
  uuid: string
  actor: string
}

export interface Changing {
  store: CommitStore
  patience: Patience
  now: Date
}

/** A certificate of another body answers exactly so (I36). */
export const noSuchCertificate = () => new RegistryError('not-found', 'no such certificate')

/** VCALM asks for it by a status of `false` (I24). */
export const revocationIsFinal = () =>
  new RegistryError('validation-failed', 'a revocation is final', {
    faults: [{ pointer: '/status', detail: 'only true is possible for a revocation' }],
  })

/** The certificate as it is now; `isChanged` is false where it was so already. */
export interface StatusChanged {
  record: ReleasedRecord
  isChanged: boolean
}

/** What the event says besides its place in the lists, or `undefined` where there is nothing left to change. */
type Decide = (record: ReleasedRecord) => CertificateEvent | undefined

/**
 * Appends one change of status, decided on the state it was read in. Another change in the same moment sends us back to look
 * again, so that of two there is always a first. Durable, and seen by our own verify, once it returns (I25).
 */
export async function changeStatus(
  { issuer, uuid, actor }: StatusChange,
  decide: Decide,
  { store, now, patience }: Changing,
): Promise<StatusChanged> {
  return untilWon(async () => {
    const record = await requireReleased(issuer, uuid, store)
    const event = decide(record)
    if (event === undefined) return { record, isChanged: false }
    const index = `STATUS#${record.reservation.status.pair}` as const
    const stream = streams.certificate(issuer, uuid)
    await store.append(nextCommit(stream, record.commits, { events: [event], actor, now, index }))
    return { record: await requireReleased(issuer, uuid, store), isChanged: true }
  }, patience)
}

/** What was never released has no status to change; its issuing burns it or finishes it. */
export async function requireReleased(issuer: string, uuid: string, reader: CommitReader): Promise<ReleasedRecord> {
  const record = await readRecord(issuer, uuid, reader)
  if (record === undefined || !('generation' in record)) throw noSuchCertificate()
  return record
}
