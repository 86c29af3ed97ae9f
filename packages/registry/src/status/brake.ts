import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { ownersOf } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'

/** Certificates that may go out of force in an hour, unless two officers set another number. */
const USUAL_ROOM = 20
const WINDOW_MS = HOUR_MS

interface Counted {
  /** Name of the commit that will take effect: `{stream}/{number}`. For a certificate it is `{issuer}/{uuid}/{number}`. */
  effect: string
  at: string
}

/** Each event repeats those of the hour before it, so the last event alone gives the count. */
interface BrakeEvent {
  type: 'counted'
  effect: string
  before: readonly Counted[]
}

interface Effect {
  /** The body, or the authority that kept the power, in whose name the member acts. */
  owner: string
  effect: string
  actor: string
}

interface Deps {
  store: CommitStore
  now: Date
}

/**
 * Takes one place in the owner's last hour. Answers `false` if none is left. The place is recorded before the change, on condition of the
 * next number, so only one of two requests gets the last place, in whatever function they run. The entry names the commit that follows.
 * A retry therefore counts once, and a change that is undone later stays counted (I72).
 *
 * A person who is a member of several owners also has one hour over all of them, with the number of the owner in whose name they act
 * (U002). For everybody else the owner's count is enough and needs no second write.
 */
export async function takeRoom({ owner, effect, actor }: Effect, deps: Deps): Promise<boolean> {
  const [room, owners] = await Promise.all([roomOf(owner, deps.store), ownersOf(actor, deps.store)])
  const counts = owners.length > 1 ? [streams.brakeOf(actor), streams.brake(owner)] : [streams.brake(owner)]
  const hours = await Promise.all(counts.map((stream) => hourOf(stream, deps)))
  const open = hours.filter(({ before }) => !isCounted(effect, before))
  if (open.some(({ before }) => before.length >= room)) return false
  for (const hour of open) await count(effect, actor, hour, deps)
  return true
}

/**
 * Limits how many accreditations and keys one officer suspends alone in an hour, over all authorities (U002). Suspending a whole body is
 * never counted, so that an urgent stop never waits. Throws `member-limit-reached`, with the time until there is room.
 */
export async function requireUnilateralRoom(
  { effect, actor }: Pick<Effect, 'effect' | 'actor'>,
  deps: Deps,
): Promise<void> {
  const hour = await hourOf(streams.unilateralBy(actor), deps)
  if (isCounted(effect, hour.before)) return
  const leaving = hour.before.at(-USUAL_ROOM)
  if (leaving !== undefined)
    throw new RegistryError(
      'member-limit-reached',
      `This officer has suspended ${USUAL_ROOM} accreditations and keys in an hour. Suspend the whole body in one step ("all": true), or ask another officer to continue.`,
      {
        reason: 'too-many-suspended',
        retryAfter: Math.ceil((Date.parse(leaving.at) + WINDOW_MS - deps.now.getTime()) / 1_000),
      },
    )
  await count(effect, actor, hour, deps)
}

interface Hour {
  stream: StreamId
  last: Commit<BrakeEvent> | undefined
  /** Entries of the last hour, the oldest first. */
  before: readonly Counted[]
}

async function hourOf(stream: StreamId, { store, now }: Deps): Promise<Hour> {
  const last = await store.latest<BrakeEvent>(stream)
  const since = new Date(now.getTime() - WINDOW_MS).toISOString()
  const [event] = last?.events ?? []
  const known = last && event ? [...event.before, { effect: event.effect, at: last.recordedAt }] : []
  return { stream, last, before: known.filter(({ at }) => at > since) }
}

const isCounted = (effect: string, before: readonly Counted[]): boolean =>
  before.some((counted) => counted.effect === effect)

async function count(effect: string, actor: string, { stream, last, before }: Hour, { store, now }: Deps) {
  const event: BrakeEvent = { type: 'counted', effect, before }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [event], actor, now }))
}

/** How many certificates may go out of force in an hour in the name of this owner. */
export async function roomOf(owner: string, reader: CommitReader): Promise<number> {
  return entityAt(owner, await trustOf(reader)(owner), EVERYTHING)?.brake ?? USUAL_ROOM
}
