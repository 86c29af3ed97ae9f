import type { ErasureReason, RevocationReason, SuspensionReason } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import { LIFE_MS } from '../four-eyes.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { PolicyAct } from '../trust/body-policy.ts'

/** An action that may have to wait for a second person, by the brake or by the policy of the body. `note` is sealed. `by` is the authority that acts. Absent: the body itself. */
export type BrakedAction =
  | {
      kind: 'revoke'
      issuer: string
      certificate: string
      reason: RevocationReason
      successor?: string
      note?: string
    }
  | { kind: 'suspend'; issuer: string; certificate: string; reason: SuspensionReason; note?: string; by?: string }
  /** A new certificate takes its place. Once approved, the member who asked sends the same request again, because it names a person. */
  | { kind: 'replace'; issuer: string; certificate: string }
  /** Its link ends and a new one is made. Once approved, the member who asked sends the same request again, and gets the link. */
  | { kind: 'new-link'; issuer: string; certificate: string }
  /** These two always wait, however few certificates the owner ended. */
  | { kind: 'erase'; issuer: string; certificate: string; reason: ErasureReason }
  | { kind: 'lift-hold'; issuer: string; certificate: string; by?: string }
  /**
   * The policy of the body asks for a second person. `certificate` will be the new one. `request` is a keyed hash of the request, so the
   * approval covers no other person. Once approved, the member who asked sends the same request again.
   */
  | {
      kind: 'issue'
      act: IssuingAct
      issuer: string
      certificate: string
      qualification: string
      request: string
      replaces?: string
    }

/** A new certificate, or one that corrects or renews another. */
export type IssuingAct = Extract<PolicyAct, 'issue' | 'correct' | 'renew'>

export type PendingEvent =
  /** `seen`: number of commits of the certificate at that time. The second person approves only that state. */
  | { type: 'asked'; action: BrakedAction; seen: number }
  | { type: 'approved' }
  | { type: 'rejected'; why?: string }
  | { type: 'carried-out' }

const shapes: EventShapes<PendingEvent> = {
  asked: ['action', 'seen'],
  approved: [],
  rejected: [],
  'carried-out': [],
}

export interface PendingAction {
  id: string
  /** The body or authority in whose name it was asked. */
  owner: string
  action: BrakedAction
  seen: number
  askedBy: string
  askedAt: string
  endsAt: string
  state: 'open' | 'approved' | 'carried-out' | 'rejected' | 'ended'
  decidedBy?: string
  decidedAt?: string
  why?: string
  commits: readonly Commit<PendingEvent>[]
}

/** An action that was rejected or has ended may be asked for again. It then waits again, in the name of the member who asked last. */
export function pendingOf(
  owner: string,
  id: string,
  commits: readonly Commit<PendingEvent>[],
  now: Date,
): PendingAction | undefined {
  requireKnown(commits, shapes)
  let pending: PendingAction | undefined
  for (const { events, actor, recordedAt } of commits) {
    for (const event of events) {
      if (event.type === 'asked') {
        const { action, seen } = event
        const endsAt = new Date(Date.parse(recordedAt) + LIFE_MS).toISOString()
        pending = { id, owner, action, seen, askedBy: actor, askedAt: recordedAt, endsAt, state: 'open', commits }
      } else if (pending !== undefined) {
        pending.state = event.type
        if (event.type === 'carried-out') continue
        pending.decidedBy = actor
        pending.decidedAt = recordedAt
        if (event.type === 'rejected' && event.why) pending.why = event.why
      }
    }
  }
  const isUndone = pending?.state === 'open' || pending?.state === 'approved'
  return pending && isUndone && now.toISOString() >= pending.endsAt ? { ...pending, state: 'ended' } : pending
}

export async function findPending(
  owner: string,
  id: string,
  { store, now }: { store: CommitReader; now: Date },
): Promise<PendingAction | undefined> {
  const pending = pendingOf(owner, id, await store.read<PendingEvent>(streams.pending(owner, id)), now)
  return pending && (await isTaken(pending, store)) ? { ...pending, state: 'carried-out' } : pending
}

export async function requirePending(
  owner: string,
  id: string,
  deps: { store: CommitReader; now: Date },
): Promise<PendingAction> {
  const pending = await findPending(owner, id, deps)
  if (pending === undefined) throw new RegistryError('not-found', 'no such action')
  return pending
}

/**
 * An action that the member who asked carries out, with the same request again, writes no event about itself. The record of the
 * certificate shows that it was issued, or that a new certificate or a new link took its place.
 */
async function isTaken({ id, action, state, decidedBy }: PendingAction, reader: CommitReader): Promise<boolean> {
  if (action.kind !== 'replace' && action.kind !== 'new-link' && action.kind !== 'issue') return false
  if (decidedBy === undefined || !(state === 'approved' || state === 'ended')) return false
  const record = await readRecord(action.issuer, action.certificate, reader)
  if (action.kind === 'issue') return record !== undefined && 'generation' in record
  if (action.kind === 'replace') return record?.state === 'revoked' && record.reason === 'superseded'
  return (
    record?.commits.some(({ events }) => events.some((event) => 'pending' in event && event.pending === id)) === true
  )
}

export async function decidePending(
  { owner, id, commits }: PendingAction,
  event: Exclude<PendingEvent, { type: 'asked' }>,
  actor: string,
  deps: { store: CommitStore; now: Date },
): Promise<PendingAction> {
  // The trail of the owner lists the decision. That the action was carried out follows from it.
  const index = event.type === 'carried-out' ? {} : { index: `TRAIL#${owner}` as const }
  const change = { events: [event], actor, now: deps.now, ...index }
  await deps.store.append(nextCommit(streams.pending(owner, id), commits, change))
  return requirePending(owner, id, deps)
}

/** Newest first. Each action is read from its own stream, so its state is current. A repeated one is listed where it was asked last. */
export async function listPending(
  { owner, limit, after }: { owner: string; limit: number; after?: string },
  deps: { store: CommitReader; now: Date },
): Promise<{ actions: PendingAction[]; next?: string }> {
  const page = await deps.store.list(`WAITING#${owner}`, { limit, newestFirst: true, ...(after && { after }) })
  const actions = await Promise.all(
    page.commits.map(async ({ stream, number }) => {
      const pending = await requirePending(owner, stream.split('/').at(-1) ?? '', deps)
      const last = pending.commits.findLast(({ events }) => events.some(({ type }) => type === 'asked'))
      return last?.number === number ? [pending] : []
    }),
  )
  return { actions: actions.flat(), ...(page.next && { next: page.next }) }
}
