import { canonicalJson } from '@sijil/credentials'
import { leafHash } from '@sijil/tlog'
import { digestOf } from '../artefacts.ts'
import type { CatalogueEvent, DescriptionEvent, FrameworkEvent } from '../catalogue/events.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { DAY_MS } from '../clocks.ts'
import type { ComplianceEvent } from '../corridors/compliance.ts'
import type { TrackEvent } from '../corridors/events.ts'
import type { GapEvent } from '../corridors/gaps.ts'
import type { ReceiptEvent } from '../corridors/receipts.ts'
import { RegistryError } from '../errors.ts'
import type { JointEvent } from '../joint/events.ts'
import type { RecognitionEvent } from '../recognition/events.ts'
import type { SingleEvent } from '../recognition/single-events.ts'
import type { Commit, IndexKey } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { releasedEntry } from './released.ts'

/** There are three logs, so that neither the many certificates nor the statements of owners hide the few decisions about trust. */
export const logNames = ['registry', 'certificates', 'catalogue'] as const
export type LogName = (typeof logNames)[number]
export const isLogName = (text: string): text is LogName => logNames.some((name) => name === text)

/** First line of a log's checkpoints, and the name of the key that signs them: a URL without scheme (C2SP tlog-checkpoint). */
export const originOf = (baseUrl: string, log: LogName): string => `${new URL(baseUrl).host}/log/${log}`

/** Index of the single decisions and receipts that were approved on that day. */
export const decidedOn = (at: number): IndexKey => `DECIDED#${new Date(at).toISOString().slice(0, 10)}`

interface Logged {
  /** Names the entry within its log. It is part of a stream's id. */
  key: string
  /** The stored text. `bytesOf` makes the hashed bytes from it. */
  entry: string
  /** The text of which the entry is the hash, where it is a file. It is stored before the entry is. */
  record?: string
}

interface LogKind {
  /** Whether the text has the form of a key. The store is asked for no other text. */
  isKey(text: string): boolean
  /** The moment from which a new log reads commits. */
  begin(now: Date): Date
  /** Indexes that hold its commits from `since` to `until`. Where there are many commits, there is one index a day. */
  sources(since: Date, until: Date): IndexKey[]
  /** The entry for a commit, or `undefined` if this log does not record such commits. */
  logged(commit: Commit<unknown>): Logged | undefined
  /** The second entry of a commit with this entry, once its stream says that the certificate was released. It is its own key. */
  released?(entry: string): string
  keyOf(entry: string): string
  /** The bytes that the leaf hash covers. */
  bytesOf(entry: string): Uint8Array
}

/** A new log looks this far back. A registry that issued earlier, without a log, needs `since` in its first run. */
const FIRST_DAYS = 31

/** Index of the certificates reserved on the UTC day of `at`, in milliseconds since 1970. */
export const pendingOn = (at: number): IndexKey => `PENDING#${new Date(at).toISOString().slice(0, 10)}`

/** Entries that are SHA-256 hashes, base64url. Each is its own key. */
const ofHashes: Pick<LogKind, 'isKey' | 'keyOf' | 'bytesOf'> = {
  isKey: (text) => /^[\w-]{43}$/.test(text),
  keyOf: (entry) => entry,
  bytesOf: (entry) => new Uint8Array(Buffer.from(entry, 'base64url')),
}

/** Everything that differs between the logs. */
export const logs: Record<LogName, LogKind> = {
  /** Decisions about authorities, bodies and centres, as canonical JSON. The person who acted is left out. */
  registry: {
    isKey: (text) => /^[a-z0-9-]{1,64}\/trust\/(?:0|[1-9]\d{0,8})$/.test(text),
    begin: () => new Date(0),
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
  /**
   * The hash of every reservation, of every approved decision about a single certificate, and of every receipt. Recording comes before signing, so the log
   * covers everything that was signed (I15). What was released has a second entry.
   */
  certificates: {
    begin: (now) => new Date(now.getTime() - FIRST_DAYS * DAY_MS),
    sources(since, until) {
      // An index is named by the day that the document states, which may be the day before it was recorded.
      const first = Math.floor(since.getTime() / DAY_MS) - 1
      const days: IndexKey[] = []
      for (let day = first; day * DAY_MS <= until.getTime(); day++)
        days.push(pendingOn(day * DAY_MS), decidedOn(day * DAY_MS))
      return days
    },
    logged({ events }) {
      const [first] = events as readonly (CertificateEvent | SingleEvent | ReceiptEvent)[]
      // A row that somebody else wrote may have any text there.
      const isSigned = first?.type === 'reserved' || first?.type === 'decided' || first?.type === 'portfolio-received'
      const hash = isSigned && ofHashes.isKey(first.hash) ? first.hash : undefined
      return hash === undefined ? undefined : { key: hash, entry: hash }
    },
    released: releasedEntry,
    ...ofHashes,
  },
  /** The hash of every statement about a qualification, a framework, a body, an arrangement or a state, of every class decision, of every decision about a joint version, and of everything that states declare of corridors and of work plans. The statement itself is a file, so a bundle stays small. */
  catalogue: {
    begin: () => new Date(0),
    sources: () => ['CATALOGUE', 'FRAMEWORKS', 'DESCRIPTIONS', 'RECOGNITIONS', 'JOINT'],
    logged(commit) {
      const record = catalogueRecord(commit as Commit<CatalogueRecordEvent>)
      const entry = recordHash(record)
      return { key: entry, entry, record }
    },
    ...ofHashes,
  },
}

/** Everything that the log `catalogue` holds. */
export type CatalogueRecordEvent =
  | CatalogueEvent
  | FrameworkEvent
  | DescriptionEvent
  | RecognitionEvent
  | JointEvent
  | TrackEvent
  | GapEvent
  | ComplianceEvent

/** The text of a statement, whose hash the log `catalogue` holds: canonical JSON, without the person who acted. */
export const catalogueRecord = (commit: Commit<CatalogueRecordEvent>): string => publicText(commit)

/** SHA-256, base64url. It is the entry of the log `catalogue`, and the digest in the name of the record's file. */
export const recordHash = (record: string): string =>
  Buffer.from(digestOf(new TextEncoder().encode(record)), 'hex').toString('base64url')

/** The public part of a commit about trust or the catalogue. */
export interface PublicEntry {
  stream: string
  number: number
  events: readonly object[]
  effectiveAt: string
  recordedAt: string
  /** Id of the authority or body that decided it. Absent: the operator did, or the events name it. */
  by?: string
}

/** C2SP tlog-tiles writes the length of an entry in two bytes. */
const MAX_LENGTH = 65_535

/** An entry states the decision and the authority behind it. It leaves out the person, and the key store's own id of a key. */
export function publicEntry(commit: Commit<TrustEvent>): string {
  const entry = wholeEntry(commit)
  if (Buffer.byteLength(entry) <= MAX_LENGTH) return entry
  const { stream, number, events, effectiveAt, recordedAt, by } = commit
  // `requireLoggable` refuses proposals that are too long. A long commit from another source must not stop the log. Its hash is logged,
  // so that it cannot be changed unnoticed.
  const types = events.map((event) => ({
    type: event.type,
    tooLong: true,
    leafHash: hashOf(canonicalJson(publicEvent(event))),
  }))
  return canonicalJson({ stream, number, events: types, effectiveAt, recordedAt, by })
}

const wholeEntry = (commit: Commit<TrustEvent>): string =>
  publicText({ ...commit, events: commit.events.map(publicEvent) })

/** Leaves out who acted. */
const publicText = ({ stream, number, events, effectiveAt, recordedAt, by }: Commit<object>): string =>
  canonicalJson({ stream, number, events, effectiveAt, recordedAt, by })

/** RFC 6962 §2.1, base64url. */
const hashOf = (text: string) => Buffer.from(leafHash(new TextEncoder().encode(text))).toString('base64url')

/** Throws `validation-failed` if a proposed decision is too long for the log to hold it word for word. */
export function requireLoggable(commit: Commit<unknown>): void {
  const isTrust = commit.index === 'TRUST' || commit.index === 'ENTITIES'
  if (isTrust && Buffer.byteLength(wholeEntry(commit as Commit<TrustEvent>)) > MAX_LENGTH)
    throw new RegistryError('validation-failed', 'this decision is too long for the public log: shorten its text')
}

function publicEvent(event: TrustEvent): object {
  if (event.type !== 'key-added') return event
  const { keyRef: _, ...key } = event.key
  return { type: event.type, key }
}
