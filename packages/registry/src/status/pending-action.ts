import type { RevocationReason, SuspensionReason } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import { LIFE_MS } from '../four-eyes.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'

/** What may have to wait for a second person. `note` is sealed; `by` is the authority that does it, absent: the body itself. */
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
  /** That a new certificate takes its place. Whoever asked issues that one by the same request, for it names a person. */
  | { kind: 'replace'; issuer: string; certificate: string }

export type PendingEvent =
  /** `seen`: how many commits the certificate had. What happened to it since, the second person has not seen. */
  | { type: 'asked'; action: BrakedAction; seen: number }
  | { type: 'approved' }
  | { type: 'rejected'; why?: string }
  | { type: 'carried-out' }

export interface PendingAction {
  id: string
  /** In whose name: a body, or an authority. */
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

/** What was rejected or has ended may be asked for again: then it waits anew, for whoever asked last. */
export function pendingOf(
  owner: string,
  id: string,
  commits: readonly Commit<PendingEvent>[],
  now: Date,
): PendingAction | undefined {
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
  return pending && (await isReplaced(pending, store)) ? { ...pending, state: 'carried-out' } : pending
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

/** Whoever issues writes no decision: that the new certificate took the place stands in the record of the former one. */
async function isReplaced({ action, state, decidedBy }: PendingAction, reader: CommitReader): Promise<boolean> {
  if (action.kind !== 'replace' || decidedBy === undefined || !(state === 'approved' || state === 'ended')) return false
  const former = await readRecord(action.issuer, action.certificate, reader)
  return former?.state === 'revoked' && former.reason === 'superseded'
}

export async function decidePending(
  { owner, id, commits }: PendingAction,
  event: Exclude<PendingEvent, { type: 'asked' }>,
  actor: string,
  deps: { store: CommitStore; now: Date },
): Promise<PendingAction> {
  await deps.store.append(nextCommit(streams.pending(owner, id), commits, { events: [event], actor, now: deps.now }))
  return requirePending(owner, id, deps)
}

/** Newest first; each is read by itself, so that its state is never stale. What was asked for again stands where it was asked last. */
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
