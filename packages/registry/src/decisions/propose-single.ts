import { RegistryError } from '../errors.ts'
import { hashOf } from '../four-eyes.ts'
import type { SingleChange, SingleEvent } from '../recognition/single-events.ts'
import { readSingle, type SingleRecord } from '../recognition/single-record.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type KeyRecord, usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember, requireOfficer } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { draftOf } from './look-at.ts'
import type { SingleDeps, SingleRequest } from './single-deps.ts'
import { hashOfDraft, openDraft, type SingleDraft, type SingleTerms, sealDraft } from './single-draft.ts'

interface ProposingSingle extends SingleRequest {
  token: string
  terms: SingleTerms
  /** UUID of a decision that this one completes. */
  replaces?: string
}

/** The decision as it would be proposed. Writes nothing. */
export async function rehearseSingle(
  { authority, subject, token, terms, replaces }: Omit<ProposingSingle, 'id'>,
  deps: SingleDeps,
): Promise<SingleDraft> {
  const { store, now } = deps
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  await requireDecisionKey(authority, deps)
  if (replaces !== undefined) requireInEffect(await requireSingle({ authority, id: replaces }, store, now))
  return draftOf({ authority, token, ...(replaces && { replaces }) }, terms, deps)
}

/** Records the proposal of one officer about the certificate of a link. */
export async function proposeSingle(request: ProposingSingle, deps: SingleDeps): Promise<SingleRecord> {
  const { authority, subject, id } = request
  const { store, now } = deps
  const draft = await rehearseSingle(request, deps)
  const event: SingleEvent = {
    type: 'proposed',
    hash: hashOfDraft(draft),
    sealed: await sealDraft(authority, draft, deps.sealer),
  }
  const stream = streams.single(authority, id)
  await store.append(nextCommit(stream, [], { events: [event], actor: subject, now, index: `SINGLES#${authority}` }))
  return requireSingle({ authority, id }, store, now)
}

/** Asks for the end of a decision, or to record an appeal against it. A second officer approves. */
export async function askForChange(
  { authority, subject, id, change }: SingleRequest & { change: SingleChange },
  { store, now }: Pick<SingleDeps, 'store' | 'now'>,
): Promise<SingleRecord> {
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: store })
  const record = await requireSingle({ authority, id }, store, now)
  if (record.issuedAt === undefined) throw new RegistryError('conflict', 'this decision is not made yet')
  if (change.kind === 'end') requireInEffect(record)
  if (record.open !== undefined)
    throw new RegistryError('conflict', 'another change of this decision waits: approve or reject it first')
  const event: SingleEvent = { type: 'asked', hash: hashOf({ id, change, after: record.commits.length }), change }
  await append(record, event, subject, { store, now })
  return requireSingle({ authority, id }, store, now)
}

/** Ends what waits. Any officer who may propose or approve can do this. */
export async function rejectSingle(
  { authority, subject, id }: SingleRequest,
  { store, now }: Pick<SingleDeps, 'store' | 'now'>,
): Promise<SingleRecord> {
  await requireOfficer({ owner: authority, subject }, { reader: store })
  const record = await requireSingle({ authority, id }, store, now)
  if (record.open === undefined) {
    if (record.state === 'rejected') return record
    throw new RegistryError('conflict', 'nothing of this decision waits')
  }
  await append(record, { type: 'rejected' }, subject, { store, now })
  return requireSingle({ authority, id }, store, now)
}

/** The terms, for officers of the host. The opening is recorded before they are read. */
export async function openSingle(
  { authority, subject, id }: SingleRequest,
  { store, opener, now }: Pick<SingleDeps, 'store' | 'opener' | 'now'>,
): Promise<{ record: SingleRecord; draft: SingleDraft }> {
  await requireOfficer({ owner: authority, subject }, { reader: store })
  const record = await requireSingle({ authority, id }, store, now)
  await append(record, { type: 'opened' }, subject, { store, now })
  return { record, draft: await openDraft(record, opener) }
}

/** The single decisions of an authority, newest first, without their terms. */
export async function listSingles(
  { authority, subject, limit, after }: { authority: string; subject: string; limit: number; after?: string },
  { reader, now }: { reader: CommitReader; now: Date },
): Promise<{ decisions: SingleRecord[]; next?: string }> {
  await requireOfficer({ owner: authority, subject }, { reader })
  const page = await reader.list<SingleEvent>(`SINGLES#${authority}`, {
    limit,
    newestFirst: true,
    ...(after && { after }),
  })
  const decisions = await Promise.all(
    page.commits.map(({ stream }) => requireSingle({ authority, id: stream.split('/').at(-1) ?? '' }, reader, now)),
  )
  return { decisions, ...(page.next && { next: page.next }) }
}

/** Throws `not-found` if the authority has no such decision. */
export async function requireSingle(
  { authority, id }: { authority: string; id: string },
  reader: CommitReader,
  now: Date,
): Promise<SingleRecord> {
  const record = await readSingle({ host: authority, id }, reader, now)
  if (record !== undefined) return record
  throw new RegistryError('not-found', 'you made no such decision', { reason: 'not-below' })
}

/** Throws `conflict` for a decision that was not handed out, that ended, or that another one replaced. */
function requireInEffect({ issuedAt, ended, replaced }: SingleRecord): void {
  if (issuedAt === undefined) throw new RegistryError('conflict', 'this decision is not made yet')
  if (ended !== undefined || replaced !== undefined)
    throw new RegistryError('conflict', 'this decision ended already', { reason: 'ended-already' })
}

/** The newest key of the authority that may sign decisions now. */
export async function requireDecisionKey(
  authority: string,
  { store, now }: Pick<SingleDeps, 'store' | 'now'>,
): Promise<KeyRecord> {
  const at = now.toISOString()
  const entity = entityAt(authority, await trustOf(store)(authority), at)
  const key = entity && usableKeys(entity, 'decisions', at).at(-1)
  if (key !== undefined) return key
  throw new RegistryError(
    'conflict',
    'this authority has no key for decisions that may sign now: propose one, with the purpose decisions',
  )
}

export const append = (
  record: SingleRecord,
  event: SingleEvent,
  actor: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> => {
  const index =
    event.type === 'decided' ? (`DECIDED#${event.created.slice(0, 10)}` as const) : (`TRAIL#${record.host}` as const)
  const stream = streams.single(record.host, record.id)
  return store.append(nextCommit(stream, record.commits, { events: [event], actor, now, index }))
}
