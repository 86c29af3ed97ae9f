import { HOUR_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Patience, untilWon } from '../lost-race.ts'
import type { NoteOpener, NoteSealer } from '../ports.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'

export type SecretEvent = { type: 'webhook-secret-made'; sealed: string }

const shapes: EventShapes<SecretEvent> = { 'webhook-secret-made': ['sealed'] }

/** Bytes of a secret: Standard Webhooks asks for 24 to 64. */
const BYTES = 32
/** The secret before signs beside the new one for so long, so that a receiver can change over. */
export const OVERLAP_HOURS = 24
/** New secrets within that time. Each message has one signature more for each. */
const MOST_NEW = 3

/** Every secret of a body, sealed, oldest first. */
export async function secretHistory(body: string, reader: CommitReader): Promise<readonly Commit<SecretEvent>[]> {
  const commits = await reader.read<SecretEvent>(streams.webhookSecrets(body))
  requireKnown(commits, shapes)
  return commits
}

/** The newest secret, those made shortly before it, and the one that they replaced. */
function countingOf(history: readonly Commit<SecretEvent>[], now: Date): readonly Commit<SecretEvent>[] {
  const since = new Date(now.getTime() - OVERLAP_HOURS * HOUR_MS).toISOString()
  const recent = history.filter(({ recordedAt }) => recordedAt > since).length
  return history.slice(-(recent + 1))
}

/**
 * Makes a secret and returns it in clear, for the only time. Only for a member who may propose for this body. Throws `conflict` after
 * three within a day: the secret that the receiver has would no longer sign.
 */
export async function makeSecret(
  { body, subject }: { body: string; subject: string },
  deps: {
    store: CommitStore
    sealer: NoteSealer
    random: (bytes: number) => Uint8Array
    now: Date
    patience: Patience
  },
): Promise<{ secret: string; signsAlone: string }> {
  const { store, sealer, random, now, patience } = deps
  await requireMember({ owner: body, subject, role: 'propose' }, { reader: store })
  const secret = `whsec_${Buffer.from(random(BYTES)).toString('base64')}`
  const event: SecretEvent = { type: 'webhook-secret-made', sealed: await sealer.seal(body, secret) }
  await untilWon(async () => {
    const history = await secretHistory(body, store)
    if (countingOf(history, now).length > MOST_NEW)
      throw new RegistryError(
        'conflict',
        `${MOST_NEW} secrets were made within ${OVERLAP_HOURS} hours: use the newest, or make another one later`,
        { reason: 'too-many' },
      )
    await store.append(
      nextCommit(streams.webhookSecrets(body), history, {
        events: [event],
        actor: subject,
        now,
        index: `TRAIL#${body}`,
      }),
    )
  }, patience)
  return { secret, signsAlone: new Date(now.getTime() + OVERLAP_HOURS * HOUR_MS).toISOString() }
}

/** The secrets that sign now, the newest first. */
export async function presentSecrets(
  body: string,
  { store, opener, now }: { store: CommitReader; opener: NoteOpener; now: Date },
): Promise<string[]> {
  const counting = countingOf(await secretHistory(body, store), now)
  const sealed = counting.flatMap(({ events }) => events.map((event) => event.sealed))
  return Promise.all(sealed.reverse().map((text) => opener.open(body, text)))
}
