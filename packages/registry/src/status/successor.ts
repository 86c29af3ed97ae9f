import type { RevocationReason } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import type { CommitStore } from '../stream.ts'

interface Named {
  issuer: string
  uuid: string
}

/**
 * Which of two takes the place of the other is settled once: two requests at one moment, each naming the other's certificate, would
 * each find it in force, and end both.
 */
export async function claimDirection(
  { issuer, uuid, successor }: Named & { successor: string },
  store: CommitStore,
): Promise<void> {
  const pair = [uuid, successor].toSorted().join('/')
  if ((await store.claim(`${issuer}/superseded/${pair}`, 0, uuid)) === uuid) return
  throw new RegistryError('conflict', 'it was said before that the named certificate is superseded by this one')
}

/** What takes the place is in force at that moment: else nothing would, or two would name each other. */
export async function requireSuccessor(
  { issuer, uuid, reason, successor }: Named & { reason: RevocationReason; successor?: string },
  store: CommitStore,
): Promise<void> {
  const fault = (detail: string) =>
    new RegistryError('validation-failed', 'a superseded certificate names its successor', {
      faults: [{ pointer: '/successor', detail }],
    })
  if (reason !== 'superseded') {
    if (successor !== undefined) throw fault('only a superseded certificate has a successor')
    return
  }
  if (successor === undefined || successor === uuid)
    throw fault('name the UUID of the certificate that takes its place')
  const record = await readRecord(issuer, successor, store)
  if (record === undefined || record.state === 'reserved' || record.state === 'burned')
    throw fault('no such certificate of this issuer')
  if (record.state === 'in-force') return
  // Sent again, a change that was made is no error, whatever became of the successor since.
  if ((await readRecord(issuer, uuid, store))?.state === 'revoked') return
  if (record.state === 'suspended') throw fault('this certificate is suspended; lift that first, or name another')
  const newer = record.successor ? `; urn:uuid:${record.successor} took its place` : ''
  throw fault(`this certificate is revoked itself${newer}; name one that is in force`)
}
