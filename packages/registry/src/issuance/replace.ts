import { RegistryError } from '../errors.ts'
import { type Changing, changeStatus } from '../status/change-status.ts'
import { supersede } from '../status/revoke.ts'
import type { CommitReader } from '../stream.ts'
import { isReleased } from './attempt.ts'
import { burnReservation } from './burn.ts'
import { readRecord } from './certificate-number.ts'
import type { Issuing } from './issuing.ts'
import type { CertificateRecord, ReleasedRecord } from './record.ts'

/** Asked before it is reserved. A new certificate would be a way around an authority's suspension. */
export async function requireReplaceable(
  issuer: string,
  uuid: string,
  { store }: { store: CommitReader },
): Promise<void> {
  const former = await readRecord(issuer, uuid, store)
  if (isReleased(former) && former.state === 'suspended' && former.by !== undefined)
    throw new RegistryError('conflict', 'an authority suspended the certificate to replace; it alone can lift that')
  if (isReleased(former) && former.state !== 'revoked') return
  throw new RegistryError('validation-failed', 'the certificate to replace is not in force here', {
    faults: [{ pointer: '/replaces', detail: 'name a certificate of this issuer that is in force or suspended' }],
  })
}

/** Asked again before it is released, for time has passed: what may not be replaced any more ends the reservation. */
export async function requireStillReplaceable(
  issuer: string,
  record: CertificateRecord,
  needs: Issuing,
): Promise<void> {
  const { replaces } = record.reservation
  if (replaces === undefined) return
  try {
    await requireReplaceable(issuer, replaces, needs)
  } catch (error) {
    if (error instanceof RegistryError && (error.code === 'conflict' || error.code === 'validation-failed'))
      await burnReservation({ issuer, record, actor: 'system:issue' }, needs)
    throw error
  }
}

/**
 * What it replaces is superseded. An authority that suspended the former certificate in the very moment between meant this award: its
 * suspension passes on to what takes the place, and it alone lifts it. Both may be repeated.
 */
export async function takePlace(
  { issuer, record, actor }: { issuer: string; record: ReleasedRecord; actor: string },
  needs: Changing,
): Promise<void> {
  const { uuid, reservation } = record
  if (reservation.replaces === undefined || record.state === 'revoked') return
  const former = await supersede({ issuer, uuid: reservation.replaces, successor: uuid, actor }, needs)
  const { reason, by } = suspensionAtEnd(former, uuid) ?? {}
  if (reason === undefined || by === undefined) return
  await changeStatus(
    { issuer, uuid, actor: 'system:issue' },
    ({ commits, reservation: { status } }) => {
      const isKnown = commits.some(({ events }) =>
        events.some((event) => event.type === 'suspended' && event.by === by),
      )
      return isKnown ? undefined : { type: 'suspended', reason, by, ...status }
    },
    needs,
  )
}

/** The suspension in which the former certificate was when this one took its place. */
function suspensionAtEnd(former: ReleasedRecord, successor: string) {
  if (former.state !== 'revoked' || former.successor !== successor) return undefined
  const said = former.commits
    .flatMap(({ events }) => events)
    .findLast(({ type }) => type === 'suspended' || type === 'reinstated')
  return said?.type === 'suspended' ? said : undefined
}
