import type { HoldReason } from '@sijil/credentials'
import { erasedConflict } from '../certificates/erased.ts'
import type { CertificateEvent, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import { askForSecond } from '../status/ask-for-second.ts'
import {
  type ChangeStatusDeps,
  changeStatus,
  requireReleased,
  type StatusChanged,
  type StatusChangeRequest,
} from '../status/change-status.ts'
import { requireMember } from '../trust/members.ts'
import { type AskedByPerson, requirePerson } from './erase.ts'

/** The caller checked that the actor may change the certificate on behalf of `owner`. `by`: the authority. Absent: the body itself. */
type OfHolder<R> = R & { by?: string }

/** One member of the body makes a legal hold, at once. It only keeps something, and two people can lift it. */
export async function holdCertificate(
  request: StatusChangeRequest & { reason: HoldReason },
  deps: ChangeStatusDeps,
): Promise<StatusChanged> {
  await requireMember({ owner: request.issuer, subject: request.actor, role: 'status' }, { reader: deps.store })
  return holdFor(request, deps)
}

/** Holding twice keeps the first moment and reason. A hold of an authority stands beside that of the body. */
export const holdFor = (
  { reason, by, ...request }: OfHolder<StatusChangeRequest & { reason: HoldReason }>,
  deps: ChangeStatusDeps,
): Promise<StatusChanged> =>
  changeStatus(
    request,
    (record) => {
      if (record.erased !== undefined) throw erasedConflict(record.erased)
      return record.holds.some((hold) => hold.by === by) ? undefined : { type: 'held', reason, ...(by && { by }) }
    },
    deps,
  )

/** Asks for the end of the body's own hold. A second person of the body approves it. */
export async function liftHold(
  request: StatusChangeRequest & AskedByPerson,
  deps: ChangeStatusDeps,
): Promise<StatusChanged> {
  await requireMember({ owner: request.issuer, subject: request.actor, role: 'status' }, { reader: deps.store })
  return liftHoldFor({ ...request, owner: request.issuer }, deps)
}

/** `owner`: the body or the authority whose officers decide. An authority may decide about the hold of one that it succeeded. */
export function liftHoldFor(
  { issuer, uuid, actor, signedInAt, by, owner }: OfHolder<StatusChangeRequest & AskedByPerson> & { owner: string },
  { store, now, patience }: ChangeStatusDeps,
): Promise<StatusChanged> {
  return untilWon(async () => {
    const record = await requireReleased(issuer, uuid, store)
    requirePerson(signedInAt)
    lifting(by)(record)
    const action = { kind: 'lift-hold', issuer, certificate: uuid, ...(by && { by }) } as const
    const asked = { owner, action, seen: record.commits.length, actor }
    return { record, isChanged: false, waits: await askForSecond(asked, { store, now }) }
  }, patience)
}

/** The event that lifts the hold of the body, or of one authority. Throws `conflict` if there is none. */
export const lifting =
  (by: string | undefined) =>
  ({ holds }: ReleasedRecord): CertificateEvent => {
    if (holds.some((hold) => hold.by === by)) return { type: 'hold-lifted', ...(by && { by }) }
    throw new RegistryError(
      'conflict',
      holds.length > 0
        ? 'another one made the legal hold of this certificate, and only they can lift it'
        : 'this certificate has no legal hold',
      { reason: 'not-on-hold' },
    )
  }
