import { type DuplicateReason, type PrintEvent, printsOf } from '../certificates/prints.ts'
import { noSuchCertificate, readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

/** Prints of one certificate. The record of a paper that is printed this often says nothing more. */
const MOST_PRINTS = 20

/**
 * Records that a certificate is printed, before the paper is made. The second print is a duplicate and needs a reason, so a button that is
 * pressed twice records one print. Throws `conflict` if the certificate is not in force, or if `copy` was printed already.
 */
export async function recordPrint(
  {
    issuer,
    uuid,
    subject,
    copy,
    reason,
  }: { issuer: string; uuid: string; subject: string; copy: number; reason?: DuplicateReason },
  { store, now }: { store: CommitStore; now: Date },
): Promise<{ copy: number }> {
  await requireMember({ owner: issuer, subject, role: 'issue' }, { reader: store })
  const record = await readRecord(issuer, uuid, store)
  if (record === undefined || !('generation' in record)) throw noSuchCertificate()
  if (record.state !== 'in-force')
    throw new RegistryError('conflict', 'this certificate is not in force: it is not printed', {
      reason: 'not-in-force',
    })
  const prints = await printsOf(issuer, uuid, store)
  if (copy !== prints.length + 1)
    throw new RegistryError('conflict', 'this certificate was printed meanwhile: look at its history', {
      reason: 'printed-meanwhile',
    })
  if (prints.length >= MOST_PRINTS)
    throw new RegistryError('conflict', `this certificate was printed ${MOST_PRINTS} times`, {
      reason: 'printed-too-often',
    })
  if (copy > 1 && reason === undefined)
    throw new RegistryError('validation-failed', 'a duplicate needs a reason', {
      faults: [{ pointer: '/reason', detail: 'is missing', reason: 'missing' }],
    })
  const event: PrintEvent = { type: 'printed', copy, ...(copy > 1 && reason && { reason }) }
  const change = { events: [event], actor: subject, now, index: `TRAIL#${issuer}` as const }
  await store.append(nextCommit(streams.prints(issuer, uuid), prints, change))
  return { copy }
}

/** Throws `not-found` unless this print was recorded, so that no paper is without a record. */
export async function requirePrint(
  { issuer, uuid, copy }: { issuer: string; uuid: string; copy: number },
  reader: CommitReader,
): Promise<void> {
  const prints = await printsOf(issuer, uuid, reader)
  if (!prints.some(({ events }) => events[0]?.copy === copy)) throw noSuchCertificate()
}
