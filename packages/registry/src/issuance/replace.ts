import { erasedConflict } from '../certificates/erased.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { erasure } from '../erasure/erase.ts'
import { RegistryError } from '../errors.ts'
import { askForSecond } from '../status/ask-for-second.ts'
import { takeRoom } from '../status/brake.ts'
import { type ChangeStatusDeps, changeStatus } from '../status/change-status.ts'
import type { PendingAction } from '../status/pending-action.ts'
import { supersede } from '../status/revoke.ts'
import type { CommitReader } from '../stream.ts'
import { abandonReservation } from './abandon.ts'
import type { IssueDeps } from './issue-deps.ts'

/**
 * Requires, before the reservation, that the certificate to replace is in force. Otherwise a member who may issue but not reinstate could
 * avoid a suspension with a new certificate. Throws `conflict` if it is suspended or erased, else `validation-failed`.
 */
export async function requireReplaceable(
  issuer: string,
  uuid: string,
  { store }: { store: CommitReader },
): Promise<ReleasedRecord> {
  const former = await readRecord(issuer, uuid, store)
  if (former?.erased !== undefined) throw erasedConflict(former.erased, '/replaces')
  if (former?.state === 'in-force') return former
  if (former?.state === 'suspended') {
    const remedy =
      former.by === undefined ? 'lift that first' : 'an authority did that, and only the authority can lift it'
    throw new RegistryError('conflict', `the certificate to replace is suspended; ${remedy}`)
  }
  throw new RegistryError('validation-failed', 'the certificate to replace is not in force here', {
    faults: [{ pointer: '/replaces', detail: 'name a certificate of this issuer that is in force' }],
  })
}

/**
 * A replacement ends a certificate, so the brake counts it (I72), before anything is reserved. The waiting action names only the
 * certificate to replace, because the new one names a person. After approval the same request continues. Answers the action that waits.
 */
export async function roomToReplace(
  { issuer, replaces, actor }: { issuer: string; replaces: string | undefined; actor: string },
  deps: Pick<IssueDeps, 'store' | 'now'>,
): Promise<PendingAction | undefined> {
  if (replaces === undefined) return undefined
  const { commits } = await requireReplaceable(issuer, replaces, deps)
  const seen = commits.length
  if (await takeRoom({ owner: issuer, effect: `${issuer}/${replaces}/${seen}`, actor }, deps)) return undefined
  const action = { kind: 'replace', issuer, certificate: replaces } as const
  const waits = await askForSecond({ owner: issuer, action, seen, actor }, deps)
  return waits.state === 'approved' ? undefined : waits
}

/** Checks again before the release, as time has passed. Abandons the reservation if the certificate may no longer be replaced. */
export async function requireStillReplaceable(
  issuer: string,
  record: CertificateRecord,
  deps: IssueDeps,
): Promise<void> {
  const { replaces } = record.reservation
  if (replaces === undefined) return
  try {
    await requireReplaceable(issuer, replaces, deps)
  } catch (error) {
    if (error instanceof RegistryError && (error.code === 'conflict' || error.code === 'validation-failed'))
      await abandonReservation({ issuer, record, actor: 'system:issue' }, deps)
    throw error
  }
}

/**
 * Supersedes the replaced certificate. If a member suspended or revoked it after the last check, that decision was about the same award,
 * so it passes on to the new certificate. Both steps may be repeated.
 */
export async function takePlace(
  { issuer, record, actor }: { issuer: string; record: ReleasedRecord; actor: string },
  deps: ChangeStatusDeps,
): Promise<void> {
  const { uuid, reservation } = record
  if (reservation.replaces === undefined || record.state === 'revoked') return
  const { record: former } = await supersede({ issuer, uuid: reservation.replaces, successor: uuid, actor }, deps)
  await passOnErasure({ issuer, record, former }, deps)
  const stated = replacedMeanwhile(former, uuid)
  if (stated === undefined) return
  const { note: _, pair: __, index: ___, ...passedOn } = stated
  await changeStatus(
    { issuer, uuid, actor: 'system:issue' },
    ({ state, commits, reservation: { status } }) => {
      const isKnown = commits.some(({ events }) =>
        events.some((event) => event.type === stated.type && event.by === stated.by),
      )
      return isKnown || state === 'revoked' ? undefined : { ...passedOn, ...status }
    },
    deps,
  )
}

/** An erasure between the last check and the release was about the same person. A later one is about the former certificate alone. */
async function passOnErasure(
  { issuer, record: { uuid }, former }: { issuer: string; record: ReleasedRecord; former: ReleasedRecord },
  deps: ChangeStatusDeps,
): Promise<void> {
  const stated = former.commits.flatMap(({ events }) => events)
  const erased = stated.find((event) => event.type === 'erased')
  const replaced = stated.findIndex((event) => event.type === 'revoked' && event.successor === uuid)
  if (erased === undefined || (replaced >= 0 && stated.indexOf(erased) > replaced)) return
  const decide = erasure({ reason: erased.reason, from: former.uuid })
  await changeStatus({ issuer, uuid, actor: 'system:issue' }, decide, deps)
}

/** The revocation of the former certificate before it was superseded, or the suspension that still held then. */
function replacedMeanwhile(former: ReleasedRecord, successor: string) {
  const stated = former.commits.flatMap(({ events }) => events)
  if (former.state === 'revoked' && former.successor !== successor)
    return stated.find((event) => event.type === 'revoked')
  const last = stated.findLast((event) => event.type === 'suspended' || event.type === 'reinstated')
  return last?.type === 'suspended' ? last : undefined
}
