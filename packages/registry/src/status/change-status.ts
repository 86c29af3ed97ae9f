import { RegistryError } from '../errors.ts'
import { readRecord } from '../issuance/certificate-number.ts'
import type { CertificateEvent, ReleasedRecord } from '../issuance/record.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'

export interface StatusChange {
  issuer: string
  uuid: string
  actor: string
}

/** A certificate of another body answers exactly so (I36). */
export const noSuchCertificate = () => new RegistryError('not-found', 'no such certificate')

/** What the event says besides its place in the lists, or `undefined` where there is nothing left to change. */
type Decide = (record: ReleasedRecord) => CertificateEvent | undefined

const ROUNDS = 6

/**
 * Appends one change of status, decided on the state it was read in. Another change in the same moment sends us back to look
 * again, so that of two there is always a first. Durable, and seen by our own verify, once it returns (I25).
 */
export async function changeStatus(
  { issuer, uuid, actor }: StatusChange,
  decide: Decide,
  { store, now }: { store: CommitStore; now: Date },
): Promise<ReleasedRecord> {
  for (let round = 0; ; round++) {
    const record = await readRecord(issuer, uuid, store)
    // What was never released has no status to change; its issuing burns it or finishes it.
    if (record === undefined || !('generation' in record)) throw noSuchCertificate()
    const event = decide(record)
    if (event === undefined) return record
    const index = `STATUS#${record.reservation.status.pair}` as const
    try {
      await store.append(
        nextCommit(streams.certificate(issuer, uuid), record.commits, { events: [event], actor, now, index }),
      )
    } catch (error) {
      if (!(error instanceof RegistryError && error.code === 'write-conflict') || round === ROUNDS) throw error
    }
  }
}
