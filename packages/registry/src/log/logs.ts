import { leafHash } from '@sijil/tlog'
import { canonicalJson } from '../canonical-json.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import type { Commit, IndexKey } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'

/** Two logs, so that the volume of one does not hide the few and weighty entries of the other. */
export const logNames = ['registry', 'certificates'] as const
export type LogName = (typeof logNames)[number]
export const isLogName = (text: string): text is LogName => logNames.some((name) => name === text)

/** First line of its checkpoints, and the name of the key that signs them. C2SP tlog-checkpoint: a URL without scheme. */
export const originOf = (baseUrl: string, log: LogName): string => `${new URL(baseUrl).host}/log/${log}`

interface Logged {
  /** Names the entry within its log; part of a stream's id. */
  key: string
  /** As it is stored: see `bytesOf`. */
  entry: string
}

interface LogKind {
  /** What a key looks like: nothing else is asked of the store. */
  isKey(text: string): boolean
  /** From when on a log that has not begun is made. */
  begin(now: Date): string
  /** Indexes that hold its commits from `since` on; by day where there are many. */
  sources(since: string, now: Date): IndexKey[]
  /** What is logged of a commit. */
  logged(commit: Commit<unknown>): Logged | undefined
  keyOf(entry: string): string
  /** The bytes that are hashed. */
  bytesOf(entry: string): Uint8Array
}

/** A registry that issued before it had a log says `since` once. */
const FIRST_DAYS = 31

/** What was reserved on the day of that moment. */
export const pendingOn = (at: number): IndexKey => `PENDING#${new Date(at).toISOString().slice(0, 10)}`

/** Every log there is. */
export const logs: Record<LogName, LogKind> = {
  /** Decisions about authorities, bodies and centres: canonical JSON, without which person acted. */
  registry: {
    isKey: (text) => /^[a-z0-9-]{1,64}\/trust\/(?:0|[1-9]\d{0,8})$/.test(text),
    begin: () => new Date(0).toISOString(),
    sources: () => ['ENTITIES', 'TRUST'],
    logged(commit) {
      const entry = publicEntry(commit as Commit<TrustEvent>)
      return { key: `${commit.stream}/${commit.number}`, entry }
    },
    keyOf(entry) {
      const { stream, number } = JSON.parse(entry) as PublicEntry
      return `${stream}/${number}`
    },
    bytesOf: (entry) => new TextEncoder().encode(entry),
  },
  /** The hash of everything that was reserved: reserving comes before signing, so whatever was signed is in it (I15). */
  certificates: {
    isKey: (text) => /^[\w-]{43}$/.test(text),
    begin: (now) => new Date(now.getTime() - FIRST_DAYS * DAY_MS).toISOString(),
    sources(since, now) {
      // An index is named by the day that the document claims, which may be the one before.
      const first = Date.parse(since) - DAY_MS
      const days: IndexKey[] = []
      for (let at = first; at < now.getTime() + 2 * DAY_MS; at += DAY_MS) {
        days.push(pendingOn(at))
      }
      return days
    },
    logged({ events }) {
      const [reserved] = events as readonly CertificateEvent[]
      return reserved?.type === 'reserved' ? { key: reserved.hash, entry: reserved.hash } : undefined
    },
    keyOf: (entry) => entry,
    bytesOf: (entry) => new Uint8Array(Buffer.from(entry, 'base64url')),
  },
}

/** A trust commit as the world may know it. */
export interface PublicEntry {
  stream: string
  number: number
  events: readonly object[]
  effectiveAt: string
  recordedAt: string
  /** Id of whoever decided it; absent: the operator, or the events say it themselves. */
  by?: string
}

/** C2SP tlog-tiles writes the length of an entry in two bytes. */
const MAX_LENGTH = 65_535

/** An entry says what was decided and in whose name, not by which person, nor by what name a key is known to its keeper. */
export function publicEntry(commit: Commit<TrustEvent>): string {
  const entry = wholeEntry(commit)
  if (Buffer.byteLength(entry) <= MAX_LENGTH) return entry
  const { stream, number, events, effectiveAt, recordedAt, by } = commit
  // Two people are told that it is too long (`requireLoggable`). What comes another way must not stop the log, nor change in silence.
  const types = events.map((event) => ({
    type: event.type,
    tooLong: true,
    leafHash: hashOf(canonicalJson(publicEvent(event))),
  }))
  return canonicalJson({ stream, number, events: types, effectiveAt, recordedAt, by })
}

const wholeEntry = ({ stream, number, events, effectiveAt, recordedAt, by }: Commit<TrustEvent>): string =>
  canonicalJson({ stream, number, events: events.map(publicEvent), effectiveAt, recordedAt, by })

/** RFC 6962 §2.1, base64url. */
const hashOf = (text: string) => Buffer.from(leafHash(new TextEncoder().encode(text))).toString('base64url')

/** What two people decide is short enough to stand in the log word for word. Throws `validation-failed`. */
export function requireLoggable(commit: Commit<unknown>): void {
  const isTrust = commit.index === 'TRUST' || commit.index === 'ENTITIES'
  if (isTrust && Buffer.byteLength(wholeEntry(commit as Commit<TrustEvent>)) > MAX_LENGTH)
    throw new RegistryError('validation-failed', 'this decision is too long for the public log: say it more briefly')
}

function publicEvent(event: TrustEvent): object {
  if (event.type !== 'key-added') return event
  const { keyRef: _, ...key } = event.key
  return { type: event.type, key }
}
