import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { LIFE_MS } from '../four-eyes.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { subjectsOf } from '../trust/members.ts'
import { findPending, type PendingAction } from './pending-action.ts'

/**
 * Actions of one member that may wait at once in the name of one owner (U005), so that a stolen token cannot fill the list. All of them
 * are read as one item, and four requests of fifty release them.
 */
export const MOST_WAITING = 200
/** Streams that the summary of a list may read. */
const LOOK_THROUGH = 2_000

interface Asked {
  id: string
  at: string
}

/** Each event repeats the earlier ones that still held a place, so the last event alone gives the count. */
interface AskedEvent {
  type: 'asked-for'
  id: string
  before: readonly Asked[]
}

interface Reading {
  store: CommitReader
  now: Date
}

/** Newest first. Includes requests that were decided since. Leaves out requests from before this stream was kept. */
function askedIn(last: Commit<AskedEvent> | undefined, now: Date): Asked[] {
  const [event] = last?.events ?? []
  if (last === undefined || event === undefined) return []
  const since = new Date(now.getTime() - LIFE_MS).toISOString()
  return [{ id: event.id, at: last.recordedAt }, ...event.before].filter(({ at }) => at > since)
}

/**
 * Takes one of a member's places before an action waits. The write is conditional on the next number, so two requests cannot take one
 * place. Actions are read only if no place seems free. Throws `member-limit-reached` if all places are taken.
 */
export async function takeWaitingPlace(
  { owner, id, actor }: { owner: string; id: string; actor: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.askedBy(owner, actor)
  const last = await store.latest<AskedEvent>(stream)
  const known = askedIn(last, now).filter((asked) => asked.id !== id)
  const before = known.length < MOST_WAITING ? known : await placesOf({ owner, actor }, known, { store, now })
  if (before.length >= MOST_WAITING)
    throw new RegistryError(
      'member-limit-reached',
      `${MOST_WAITING} actions of this member are already waiting. Have another member release or reject some of them first: POST /issuers/{issuer}/proposals/approve takes 50 in one request.`,
    )
  const event: AskedEvent = { type: 'asked-for', id, before }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [event], actor, now }))
}

/**
 * An action holds a place while it waits. If the member withdrew it, or a crash interrupted it, it still holds the place for an hour.
 * So a member cannot fill the list by asking and withdrawing.
 */
async function placesOf({ owner, actor }: Member, asked: readonly Asked[], deps: Reading): Promise<Asked[]> {
  const hourAgo = new Date(deps.now.getTime() - HOUR_MS).toISOString()
  const found = await Promise.all(asked.map(({ id }) => findPending(owner, id, deps)))
  return asked.filter(({ at }, place) => {
    const action = found[place]
    return isOpenOf(actor, action) || (at > hourAgo && (action === undefined || action.decidedBy === actor))
  })
}

interface Member {
  owner: string
  actor: string
}

const isOpenOf = (actor: string, action: PendingAction | undefined): boolean =>
  action?.state === 'open' && action.askedBy === actor

/** The undecided actions that one member asked for, newest first, page by page. Empty for a subject who is not a member. */
export async function listAskedBy(
  { owner, askedBy, limit, after }: { owner: string; askedBy: string; limit: number; after?: string },
  deps: Reading,
): Promise<{ actions: PendingAction[]; next?: string }> {
  if (!(await subjectsOf(owner, deps.store)).includes(askedBy)) return { actions: [] }
  const placeOf = ({ askedAt, id }: PendingAction) => `${askedAt}#${id}`
  const { open } = await openOf({ owner, actor: askedBy }, MOST_WAITING, deps)
  const left = open
    .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1))
    .filter((action) => after === undefined || placeOf(action) < after)
  const actions = left.slice(0, limit)
  const last = actions.at(-1)
  return { actions, ...(left.length > actions.length && last && { next: placeOf(last) }) }
}

/** `isWhole`: every request that may still wait was read. */
async function openOf({ owner, actor }: Member, lookThrough: number, deps: Reading) {
  const asked = askedIn(await deps.store.latest<AskedEvent>(streams.askedBy(owner, actor)), deps.now)
  const found = await Promise.all(asked.slice(0, lookThrough).map(({ id }) => findPending(owner, id, deps)))
  return {
    open: found.flatMap((action) => (action && isOpenOf(actor, action) ? [action] : [])),
    isWhole: asked.length <= lookThrough,
  }
}

/** Number of open actions that a member asked for. `atLeast`: not all requests were read, so there may be more. */
export interface WaitingBy {
  askedBy: string
  open: number
  atLeast?: true
}

/** Counts waiting actions by member, the highest count first. So the member with a stolen token is on top, however long the list is. */
export async function countByMember(owner: string, deps: Reading): Promise<WaitingBy[]> {
  const subjects = await subjectsOf(owner, deps.store)
  const lookThrough = Math.max(1, Math.floor(LOOK_THROUGH / subjects.length))
  const counted: WaitingBy[] = []
  for (const askedBy of subjects) {
    const { open, isWhole } = await openOf({ owner, actor: askedBy }, lookThrough, deps)
    if (open.length > 0) counted.push({ askedBy, open: open.length, ...(!isWhole && { atLeast: true }) })
  }
  return counted.sort((one, other) => other.open - one.open || (one.askedBy < other.askedBy ? -1 : 1))
}
