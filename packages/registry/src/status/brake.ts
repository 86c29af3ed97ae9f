import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/** Unless two officers set another number. */
const USUAL_ROOM = 20
const WINDOW_MS = 3_600_000

interface Counted {
  /** The commit by which a certificate goes out of force, as it will be: `{issuer}/{uuid}/{number}`. */
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

/**
 * Takes one place in the last hour of the owner; `false` where none is left. It is recorded before anything is done, under the
 * condition of the next number, so of two who look at the last place one gets it, in whatever function they run. What is counted is the
 * very commit that follows: tried again it is the same one, and what is undone later stays counted (I72).
 */
export async function takeRoom(
  { owner, effect, actor }: Effect,
  { store, now }: { store: CommitStore; now: Date },
): Promise<boolean> {
  const stream = streams.brake(owner)
  const [last, room] = await Promise.all([store.latest<BrakeEvent>(stream), roomOf(owner, store)])
  if (room === 'unlimited') return true
  const since = new Date(now.getTime() - WINDOW_MS).toISOString()
  const [event] = last?.events ?? []
  const known = last && event ? [...event.before, { effect: event.effect, at: last.recordedAt }] : []
  const before = known.filter(({ at }) => at > since)
  if (before.some((counted) => counted.effect === effect)) return true
  if (before.length >= room) return false
  const counted: BrakeEvent = { type: 'counted', effect, before }
  await store.append(nextCommit(stream, last ? [last] : [], { events: [counted], actor, now }))
  return true
}

/** The sandbox vouches for nothing, so nothing is lost in it. */
async function roomOf(owner: string, reader: CommitReader): Promise<number | 'unlimited'> {
  const entity = entityAt(owner, await trustOf(reader)(owner), EVERYTHING)
  return entity?.sandbox ? 'unlimited' : (entity?.brake ?? USUAL_ROOM)
}
