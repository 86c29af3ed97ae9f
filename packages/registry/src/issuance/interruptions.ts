import { NEW_KEY_MS } from '../clocks.ts'
import { isAway, RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import type { KeyRecord } from '../trust/entity.ts'

/** Withheld certificates of one qualification that pause issuing. So many failures of our own verification are no accident (F10). */
const MOST_WITHHELD = 3

/**
 * The whole state of an issuer's interruptions after this commit, so only the last commit is read. Nothing is written while issuing
 * works, so requests do not compete for this stream.
 */
interface InterruptionsChanged {
  type: 'interruptions-changed'
  /** By qualification: certificates that failed verification and were withheld since an operator last resumed issuing. */
  withheld: Readonly<Record<string, { certificates: readonly string[]; since: string }>>
  /** The signing key could not be used. */
  key?: { kid: string; since: string }
  /** Id or address of the operator's findings, when issuing was resumed. */
  reference?: string
}

type Last = Commit<InterruptionsChanged> | undefined
const stateOf = (last: Last) => last?.events[0]
const withheldIn = (last: Last) => stateOf(last)?.withheld ?? {}

export interface Interruptions {
  last: Last
  /** Qualifications whose issuing is paused. */
  paused: readonly { qualification: string; since: string }[]
  key: { kid: string; since: string } | undefined
}

/** Reads the interruptions of an issuer, with one consistent read of one small item. */
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
    `Issuing of ${qualification} is paused for this issuer: ${MOST_WITHHELD} of these certificates did not pass their own verification and were withheld. Nothing else is affected. An alarm was raised. The operator of the registry resumes it.`,
  )

/**
 * Counts a certificate that did not verify, each one once. The count is durable before the reservation is abandoned, so a crash between
 * the two cannot lose it. The third one of a qualification pauses it. Its request gets the error that this answers.
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

/**
 * Signs. If the key cannot be used, the issuer gets a public mark (F8). The next signature removes it. A key that was made here a moment
 * ago gets no mark: KMS may not know it everywhere yet.
 */
export async function markingKey<T>(
  sign: () => Promise<T>,
  { issuer, signing, interruptions }: { issuer: string; signing: KeyRecord; interruptions: Interruptions },
  deps: { store: CommitStore; now: Date },
): Promise<T> {
  const { last, key } = interruptions
  const { kid } = signing
  try {
    const signature = await sign()
    if (key !== undefined) await mark({ key: undefined })
    return signature
  } catch (error) {
    const isKey = error instanceof RegistryError && error.code === 'signing-key-unavailable'
    if (isKey && isNew(signing, deps.now))
      throw new RegistryError('dependency-unavailable', 'The key of this issuer is new. Send the same request again.', {
        cause: error,
        retryAfter: NEW_KEY_RETRY_SECONDS,
      })
    if (isKey && key === undefined) await mark({ key: { kid, since: deps.now.toISOString() } })
    throw error
  }

  /** A mark decides nothing. If this write loses a race, or the store does not answer, the next request writes it. */
  async function mark(what: Pick<InterruptionsChanged, 'key'>): Promise<void> {
    await change(issuer, last, what, 'system:issue', deps).catch((error: unknown) => {
      if (!isLostRace(error) && !isAway(error)) throw error
    })
  }
}

const NEW_KEY_RETRY_SECONDS = 10

/** A lent key is older than its record: its body made it. */
const isNew = ({ addedAt, lent }: KeyRecord, now: Date): boolean =>
  lent === undefined && now.getTime() - Date.parse(addedAt) < NEW_KEY_MS

/** Form of a reference to findings: the id of a ticket or a page. A sentence is refused, as it could name a person. */
const REFERENCE = /^[\w./:#-]{1,100}$/

/** Lets an operator resume a paused qualification after the cause was found. Clears its count. Throws `validation-failed` or `conflict`. */
export async function resumeIssuing(
  { issuer, qualification, reference }: { issuer: string; qualification: string; reference: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  if (typeof reference !== 'string' || !REFERENCE.test(reference))
    throw new RegistryError('validation-failed', 'the reference is 1 to 100 letters, digits and . / : # _ -')
  const { last } = await interruptionsOf(issuer, store)
  const { [qualification]: counted, ...withheld } = withheldIn(last)
  if (counted === undefined)
    throw new RegistryError('conflict', 'no certificate of this qualification was withheld from this issuer')
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
