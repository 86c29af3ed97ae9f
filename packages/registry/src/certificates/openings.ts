import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'

/** Names that one member may open in an hour, over all bodies. A clerk corrects and renews fewer by hand. */
const MOST_OPENED = 30

/** For what a member opened it. */
export type OpeningPurpose = 'show' | 'correct' | 'renew' | 'print'

/** Each event repeats the moments of those in the hour before it, so that the last event alone gives the count. It names no person. */
interface OpeningEvent {
  type: 'opened'
  issuer: string
  certificate: string
  purpose: OpeningPurpose
  before: readonly string[]
}

interface Opening {
  issuer: string
  uuid: string
  subject: string
  purpose: OpeningPurpose
}

/**
 * Records that a member opens the details of a holder, before they are read. The actor of the commit is that member, and the index lists
 * it for the body. Throws `member-limit-reached`, with the time until there is room.
 */
export async function recordOpening(
  { issuer, uuid, subject, purpose }: Opening,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.openingsBy(subject)
  const last = await store.latest<OpeningEvent>(stream)
  const since = new Date(now.getTime() - HOUR_MS).toISOString()
  const before =
    last === undefined ? [] : [...(last.events[0]?.before ?? []), last.recordedAt].filter((at) => at > since)
  const leaving = before.at(-MOST_OPENED)
  if (leaving !== undefined)
    throw new RegistryError(
      'member-limit-reached',
      `This member has opened the details of ${MOST_OPENED} holders in an hour. Wait, or ask another member to continue.`,
      {
        reason: 'too-many-opened',
        retryAfter: Math.ceil((Date.parse(leaving) + HOUR_MS - now.getTime()) / 1_000),
      },
    )
  const event: OpeningEvent = { type: 'opened', issuer, certificate: uuid, purpose, before }
  await store.append(
    nextCommit(stream, last ? [last] : [], { events: [event], actor: subject, now, index: `OPENINGS#${issuer}` }),
  )
}
