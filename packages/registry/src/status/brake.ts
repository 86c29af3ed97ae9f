import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { ownersOf } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'

/** Unless two officers set another number. */
const USUAL_ROOM = 20
const WINDOW_MS = HOUR_MS

interface Counted {
  /** The commit that takes trust away, as it will be: `{stream}/{number}`, of a certificate without the word. */
  effect: string
  at: string
}

/** Each entry carries those of the hour before it, so the last one alone says how much was done. */
interface BrakeEvent {
  type: 'counted'
  effect: string
  before: readonly Counted[]
}

interface Effect {
  /** In whose name: a body, or an authority that kept the power. */
  owner: string
  effect: string
  actor: string
}

interface Deps {
  store: CommitStore
  now: Date
}

/**
 * Takes one place in the last hour of the owner; `false` where none is left. It is recorded before anything is done, under the
 * condition of the next number, so of two who look at the last place one gets it, in whatever function they run. What is counted is the
 * very commit that follows: tried again it is the same one, and what is undone later stays counted (I72).
 *
 * A person who is a member of several owners has an hour of their own as well, over all of them, with the number of the owner in whose
 * name they act (U002). For everybody else the owner's count is enough, and costs no second write.
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
 * One officer suspends so many accreditations and keys alone in an hour, over all authorities (U002). A whole body is one act, which is
 * never counted: so nothing that must be stopped at once has to wait. Throws `member-limit-reached`.
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
      `This officer has suspended ${USUAL_ROOM} accreditations and keys in an hour. Suspend the whole body in one act ("all": true), or ask another officer to go on.`,
      { retryAfter: Math.ceil((Date.parse(leaving.at) + WINDOW_MS - deps.now.getTime()) / 1_000) },
    )
  await count(effect, actor, hour, deps)
}

interface Hour {
  stream: StreamId
  last: Commit<BrakeEvent> | undefined
  /** What was counted in the hour before now, the oldest first. */
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

async function roomOf(owner: string, reader: CommitReader): Promise<number> {
  return entityAt(owner, await trustOf(reader)(owner), EVERYTHING)?.brake ?? USUAL_ROOM
}
