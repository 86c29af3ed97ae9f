import { erasedConflict } from '../certificates/erased.ts'
import type { CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { erasure } from '../erasure/erase.ts'
import { lifting } from '../erasure/hold.ts'
import { RegistryError, type RegistryErrorCode } from '../errors.ts'
import { isFreshSignIn } from '../fresh-sign-in.ts'
import { requireReplaceable } from '../issuance/replace.ts'
import { untilWon } from '../lost-race.ts'
import { countByMember, listAskedBy, type WaitingBy } from '../status/asked-by.ts'
import { type ChangeStatusDeps, changeStatus, type Decide, requireReleased } from '../status/change-status.ts'
import {
  type BrakedAction,
  decidePending,
  listPending,
  type PendingAction,
  requirePending,
} from '../status/pending-action.ts'
import { revocation } from '../status/revoke.ts'
import { claimDirection, requireSuccessor } from '../status/successor.ts'
import { suspension } from '../status/suspend.ts'
import type { CommitReader } from '../stream.ts'
import { noSuchIssuer, type Role, requireMember, rolesOf } from '../trust/members.ts'
import type { DecideDeps } from './decide-deps.ts'
import { requirePower } from './oversight.ts'

interface Decision {
  owner: string
  id: string
  subject: string
}

type ReleaseDeps = ChangeStatusDeps & DecideDeps

/** The role that the action needs. The member who asked must still hold it when the action is released. */
function roleFor(action: BrakedAction): Role {
  switch (action.kind) {
    case 'revoke':
      return 'status'
    case 'suspend':
      return action.by === undefined ? 'status' : 'propose'
    case 'replace':
    case 'new-link':
    case 'issue':
      return 'issue'
    case 'erase':
      return 'status'
    case 'lift-hold':
      return action.by === undefined ? 'status' : 'propose'
    default:
      return action satisfies never
  }
}

/**
 * A second member approves the action, and it is carried out as it was asked for. Repeated after a crash, it continues. Throws
 * `four-eyes-required`, `fresh-sign-in-required` or `conflict`.
 */
export const approveAction = (
  request: Decision & { signedInAt: Date | undefined },
  deps: ReleaseDeps,
): Promise<PendingAction> => untilWon(() => approveOnce(request, deps), deps.patience)

/** The result for one action of a list. */
type Released = PendingAction | { id: string; refused: RegistryError }

/** Approves a list of actions, each by itself. An action that is refused does not stop the others. */
export async function approveActions(
  { ids, ...request }: Omit<Decision, 'id'> & { ids: readonly string[]; signedInAt: Date | undefined },
  deps: ReleaseDeps,
): Promise<Released[]> {
  await requireApprover(request, deps)
  const released: Released[] = []
  for (const id of new Set(ids)) {
    try {
      released.push(await approveAction({ ...request, id }, deps))
    } catch (error) {
      if (!(error instanceof RegistryError && ofOneAction.has(error.code))) throw error
      released.push({ id, refused: error })
    }
  }
  return released
}

/** Errors that concern one action only. Any other error would also hit the next action, so it ends the list. */
const ofOneAction: ReadonlySet<RegistryErrorCode> = new Set([
  'not-found',
  'conflict',
  'write-conflict',
  'validation-failed',
  'four-eyes-required',
])

async function requireApprover(
  { owner, subject, signedInAt }: Omit<Decision, 'id'> & { signedInAt: Date | undefined },
  { store, now }: ReleaseDeps,
): Promise<void> {
  await requireMember({ owner, subject, role: 'approve' }, { reader: store })
  if (!isFreshSignIn(signedInAt, now))
    throw new RegistryError(
      'fresh-sign-in-required',
      'Approving needs a person who signed in less than ten minutes ago.',
    )
}

async function approveOnce(
  { owner, id, subject, signedInAt }: Decision & { signedInAt: Date | undefined },
  deps: ReleaseDeps,
): Promise<PendingAction> {
  await requireApprover({ owner, subject, signedInAt }, deps)
  const asked = await requirePending(owner, id, deps)
  if (asked.askedBy === subject)
    throw new RegistryError('four-eyes-required', 'You asked for this action. Another member must approve it.')
  if (asked.state === 'carried-out') return asked
  if (asked.state !== 'open' && asked.state !== 'approved')
    throw new RegistryError('conflict', `this action is ${asked.state}: ask for it again`)
  if (!(await rolesOf(owner, asked.askedBy, deps.store)).includes(roleFor(asked.action)))
    throw new RegistryError(
      'four-eyes-required',
      'The member who asked for this action no longer has the role for it. Ask for it again.',
    )
  // An action that cannot be done now is not approved. It stays open until it ends or is rejected.
  await requirePossible(asked, deps)
  const approved = asked.state === 'approved' ? asked : await decidePending(asked, { type: 'approved' }, subject, deps)
  // The member who asked must send the request again, because its personal content is not stored, and only they get the new link.
  if (!isStatusAction(approved.action)) return approved
  await carryOut(approved.action, approved, deps)
  return decidePending(approved, { type: 'carried-out' }, subject, deps)
}

async function requirePossible(asked: PendingAction, deps: ReleaseDeps): Promise<void> {
  const { action, seen } = asked
  const { issuer, certificate: uuid } = action
  if (action.kind === 'replace' || action.kind === 'issue') {
    const replaced = action.kind === 'issue' ? action.replaces : uuid
    return replaced === undefined ? undefined : requireAsSeen(await requireReplaceable(issuer, replaced, deps), seen)
  }
  if (action.kind === 'new-link') {
    const record = await requireReleased(issuer, uuid, deps.store)
    if (record.erased !== undefined) throw erasedConflict(record.erased)
    return requireAsSeen(record, seen)
  }
  if ('by' in action && action.by !== undefined) await requirePower({ authority: asked.owner, issuer, uuid }, deps)
  decideOf(action, asked)(await requireReleased(issuer, uuid, deps.store))
  if (action.kind === 'revoke') await requireSuccessor({ ...action, uuid }, deps.store)
}

type StatusAction = Exclude<BrakedAction, { kind: 'replace' | 'new-link' | 'issue' }>
const isStatusAction = (action: BrakedAction): action is StatusAction =>
  action.kind !== 'replace' && action.kind !== 'new-link' && action.kind !== 'issue'

async function carryOut(action: StatusAction, approved: PendingAction, deps: ReleaseDeps): Promise<void> {
  const { issuer, certificate: uuid } = action
  if (action.kind === 'revoke' && action.successor !== undefined)
    await claimDirection({ issuer, uuid, successor: action.successor }, deps.store)
  await changeStatus({ issuer, uuid, actor: approved.askedBy }, decideOf(action, approved), deps)
}

/** The approval holds for the certificate as it was seen. If the certificate has changed since, this throws `conflict`. */
function decideOf(action: StatusAction, { id, seen, decidedBy }: PendingAction): Decide {
  const decide = verbOf(action)
  return (record) => {
    const event = isDone(record, id) ? undefined : decide(record)
    if (event === undefined) return undefined
    requireAsSeen(record, seen)
    return { ...event, pending: id, ...(decidedBy && { approvedBy: decidedBy }) }
  }
}

function verbOf(action: StatusAction): Decide {
  switch (action.kind) {
    case 'revoke':
      return revocation(fieldsOf(action))
    case 'suspend':
      return suspension(fieldsOf(action))
    case 'erase':
      return erasure(fieldsOf(action))
    case 'lift-hold':
      return lifting(action.by)
    default:
      return action satisfies never
  }
}

function requireAsSeen({ commits }: Pick<CertificateRecord, 'commits'>, seen: number): void {
  if (commits.length !== seen)
    throw new RegistryError(
      'conflict',
      'this certificate has changed since the action was asked for: look at it, and ask again',
    )
}

const isDone = ({ commits }: ReleasedRecord, id: string): boolean =>
  commits.some(({ events }) => events.some((event) => 'pending' in event && event.pending === id))

function fieldsOf<A extends StatusAction>(action: A): Omit<A, 'kind' | 'issuer' | 'certificate'> {
  const { kind: _, issuer: __, certificate: ___, ...stated } = action
  return stated
}

/** Ends an open action. A member who may approve can do this, and so can the member who asked. */
export async function rejectAction(
  { owner, id, subject, why }: Decision & { why?: string },
  deps: Pick<ChangeStatusDeps, 'store' | 'now'>,
): Promise<PendingAction> {
  const held = await rolesOf(owner, subject, deps.store)
  if (held.length === 0) throw noSuchIssuer()
  const asked = await requirePending(owner, id, deps)
  if (!held.includes('approve') && asked.askedBy !== subject) throw new RegistryError('not-found', 'no such action')
  if (asked.state === 'rejected') return asked
  if (asked.state !== 'open') throw new RegistryError('conflict', `this action is ${asked.state}`)
  return decidePending(asked, { type: 'rejected', ...(why && { why }) }, subject, deps)
}

const mayLook: readonly Role[] = ['issue', 'status', 'propose', 'approve']

/**
 * Lists waiting actions, for members who may ask for one or approve one. The first page also counts them by member. With `askedBy`
 * it lists only undecided actions of that member, so that actions of other members cannot push them off the page.
 */
export async function listActions(
  {
    subject,
    askedBy,
    ...question
  }: { owner: string; subject: string; askedBy?: string; limit: number; after?: string },
  deps: { store: CommitReader; now: Date },
): Promise<{ waitingBy?: WaitingBy[]; actions: PendingAction[]; next?: string }> {
  const { owner, after } = question
  const held = await rolesOf(owner, subject, deps.store)
  if (!held.some((role) => mayLook.includes(role))) throw noSuchIssuer()
  const listed = askedBy === undefined ? listPending(question, deps) : listAskedBy({ ...question, askedBy }, deps)
  return { ...(after === undefined && { waitingBy: await countByMember(owner, deps) }), ...(await listed) }
}
