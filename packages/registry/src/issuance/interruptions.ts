import { isAway, RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'

/** So many certificates of one kind that did not pass their own verification are no accident (F10). */
const MOST_WITHHELD = 3

/**
 * What keeps an issuer from issuing, as it stands after a commit: so the last one is all that is read. Trouble alone writes here, hence
 * nobody waits for anybody when all is well.
 */
interface InterruptionsChanged {
  type: 'interruptions-changed'
  /** By qualification: what did not verify and was withheld since an operator last resumed it. */
  withheld: Readonly<Record<string, { certificates: readonly string[]; since: string }>>
  /** The signing key could not be used. */
  key?: { kid: string; since: string }
  /** Where an operator who resumed wrote down what was found. */
  reference?: string
}

type Last = Commit<InterruptionsChanged> | undefined
const stateOf = (last: Last) => last?.events[0]
const withheldIn = (last: Last) => stateOf(last)?.withheld ?? {}

export interface Interruptions {
  last: Last
  /** Qualifications of which no certificate is issued. */
  paused: readonly { qualification: string; since: string }[]
  key: { kid: string; since: string } | undefined
}

/** One consistent read of one small item. */
export async function interruptionsOf(issuer: string, reader: CommitReader): Promise<Interruptions> {
  const last = await reader.latest<InterruptionsChanged>(streams.interruptions(issuer))
  const paused = Object.entries(withheldIn(last))
    .filter(([, { certificates }]) => certificates.length >= MOST_WITHHELD)
    .map(([qualification, { since }]) => ({ qualification, since }))
  return { last, paused, key: stateOf(last)?.key }
}

export function requireNotPaused({ paused }: Interruptions, qualification: string): void {
  if (paused.some((pause) => pause.qualification === qualification)) throw isPaused(qualification)
}

const isPaused = (qualification: string) =>
  new RegistryError(
    'issuing-paused',
    `Issuing of ${qualification} is paused for this issuer: ${MOST_WITHHELD} of these certificates did not pass their own verification and were withheld. Nothing else is affected. Whoever operates the registry was called, and resumes it.`,
  )

/**
 * Counts a certificate that did not verify, each once. Durable before its reservation is burned, so that a crash between the two counts
 * it again and not never. The third of a kind is the pause, and its request is told so.
 */
export async function recordWithheld(
  { issuer, qualification, uuid }: { issuer: string; qualification: string; uuid: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<RegistryError | undefined> {
  const { last } = await interruptionsOf(issuer, store)
  const before = withheldIn(last)[qualification]
  const certificates = [...new Set([...(before?.certificates ?? []), uuid])]
  const since = now.toISOString()
  if (certificates.length !== before?.certificates.length) {
    const withheld = { ...withheldIn(last), [qualification]: { certificates, since } }
    await change(issuer, last, { withheld }, 'system:issue', { store, now })
  }
  return certificates.length >= MOST_WITHHELD ? isPaused(qualification) : undefined
}

/** What signs says here how it went: a key that cannot be used marks its issuer for all to see (F8), and unmarks it by signing. */
export async function markingKey<T>(
  sign: () => Promise<T>,
  { issuer, kid, interruptions }: { issuer: string; kid: string; interruptions: Interruptions },
  deps: { store: CommitStore; now: Date },
): Promise<T> {
  const { last, key } = interruptions
  try {
    const signature = await sign()
    if (key !== undefined) await mark({ key: undefined })
    return signature
  } catch (error) {
    const isKey = error instanceof RegistryError && error.code === 'signing-key-unavailable'
    if (isKey && key === undefined) await mark({ key: { kid, since: deps.now.toISOString() } })
    throw error
  }

  /** A mark decides nothing: who loses the race for it, or finds the store away, leaves it to the next request. */
  async function mark(what: Pick<InterruptionsChanged, 'key'>): Promise<void> {
    await change(issuer, last, what, 'system:issue', deps).catch((error: unknown) => {
      if (!isLostRace(error) && !isAway(error)) throw error
    })
  }
}

/** Where the findings are: a ticket or a page, never a sentence that could name somebody. */
const REFERENCE = /^[\w./:#-]{1,100}$/

/** An operator's act, once the cause is known: what was counted is put aside, and the kind may be issued again. */
export async function resumeIssuing(
  { issuer, qualification, reference }: { issuer: string; qualification: string; reference: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  if (typeof reference !== 'string' || !REFERENCE.test(reference))
    throw new RegistryError('validation-failed', 'the reference is 1 to 100 letters, digits and . / : # _ -')
  const { last } = await interruptionsOf(issuer, store)
  const { [qualification]: counted, ...withheld } = withheldIn(last)
  if (counted === undefined) throw new RegistryError('conflict', 'nothing of this kind was withheld from this issuer')
  await change(issuer, last, { withheld, reference }, 'system:operator', { store, now })
}

async function change(
  issuer: string,
  last: Last,
  what: Partial<InterruptionsChanged>,
  actor: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const { reference: _, ...before } = stateOf(last) ?? { type: 'interruptions-changed' as const, withheld: {} }
  const { key, ...event } = { ...before, ...what }
  const stream = streams.interruptions(issuer)
  const events = [{ ...event, ...(key && { key }) }]
  await store.append(nextCommit(stream, last === undefined ? [] : [last], { events, actor, now }))
}
