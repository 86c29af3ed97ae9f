import { MACHINES_DIFFER_MS } from '../clocks.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { isLostRace } from '../lost-race.ts'
import type { EventSender } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { pauses } from './delivery.ts'

/** The whole answer of one system, so only the last commit is read. */
interface Consent {
  type: 'asked'
  url: string
  isWanted: boolean
  /** How often it was asked in vain since an officer last did something about it. */
  refusals: number
}

const shapes: EventShapes<Consent> = { asked: ['url', 'isWanted', 'refusals'] }

/**
 * True if the system at this address said that it wants events, so that nobody gets any only because a body named them. It is asked
 * once for an address. After a refusal it is asked again, with the pauses of an event, so a stranger gets a few questions and no message. `since`: the last
 * moment at which officers recorded the address, or asked to have something sent again. Refusals of before do not count.
 */
export async function isWanted(
  owner: string,
  { url, since }: { url: string; since: string },
  { store, sender, clock }: { store: CommitStore; sender: EventSender; clock: () => Date },
): Promise<boolean> {
  const stream = streams.deliveryConsent(owner)
  const last = await store.latest<Consent>(stream)
  if (last !== undefined) requireKnown([last], shapes)
  const answered = last?.events[0]
  const known = last !== undefined && answered?.url === url ? answered : undefined
  if (known?.isWanted) return true
  const isOld = last === undefined || last.recordedAt < since
  const refusals = known === undefined || isOld ? 0 : known.refusals
  if (last !== undefined && refusals > 0) {
    const pause = pauses[Math.min(refusals, pauses.length) - 1] ?? 0
    if (clock().getTime() + MACHINES_DIFFER_MS < Date.parse(last.recordedAt) + pause) return false
  }
  const isAgreed = await sender.isWantedAt(url)
  const event: Consent = { type: 'asked', url, isWanted: isAgreed, refusals: isAgreed ? 0 : refusals + 1 }
  const change = { events: [event], actor: 'system:deliver', now: clock() }
  await store.append(nextCommit(stream, last === undefined ? [] : [last], change)).catch((error: unknown) => {
    // Another call asked at the same moment.
    if (!isLostRace(error)) throw error
  })
  return isAgreed
}
