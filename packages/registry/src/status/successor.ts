import type { RevocationReason } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import type { CommitStore } from '../stream.ts'

interface Named {
  issuer: string
  uuid: string
}

/**
 * Records once which of two certificates replaces the other. Without it, two simultaneous requests that name each other's certificate
 * would both find it in force, and would end both. Throws `conflict`.
 */
export async function claimDirection(
  { issuer, uuid, successor }: Named & { successor: string },
  store: CommitStore,
): Promise<void> {
  const pair = [uuid, successor].toSorted().join('/')
  if ((await store.claim(`${issuer}/superseded/${pair}`, 0, uuid)) === uuid) return
  throw new RegistryError(
    'conflict',
    'this certificate was named as the successor of the other one before; two certificates cannot replace each other',
  )
}

/**
 * Throws `validation-failed` if the successor is not in force now. Otherwise no certificate might stay in force, or two might name each
 * other.
 */
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
  // A repeated request for a change that was made is no error, even if the successor ended since.
  if ((await readRecord(issuer, uuid, store))?.state === 'revoked') return
  if (record.state === 'suspended') throw fault('this certificate is suspended; lift that first, or name another')
  const newer = record.successor ? `; urn:uuid:${record.successor} took its place` : ''
  throw fault(`this certificate is revoked too${newer}; name one that is in force`)
}
