import type { CertificateEvent } from '../certificates/record.ts'
import { DAY_MS, MINUTE_MS } from '../clocks.ts'
import { type Commit, type CommitReader, ownerOf, pagesOf } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

/** A certificate that was reserved, with the time in which its signature was made (I15). */
export interface RecordedSignature {
  /** Its stream. It names no person. */
  certificate: string
  /** The name of its key in KMS. */
  key: string
  from: string
  until: string
  /** Whether it was released. Only then it must have a signature. */
  isReleased: boolean
}

/** A reservation that nobody continued is abandoned by then. */
const OPEN_MS = 30 * MINUTE_MS
const PAGE = 100

/**
 * All certificates that were reserved between two moments, in order, and the names of all keys that sign certificates. An
 * operator compares them with the signatures that KMS made.
 */
export async function recordedSignatures(
  { since, until }: { since: string; until: string },
  reader: CommitReader,
): Promise<{ recorded: RecordedSignature[]; keys: string[] }> {
  const trust = trustOf(reader)
  const recorded: RecordedSignature[] = []
  const held = async (owner: string) =>
    (entityAt(owner, await trust(owner), EVERYTHING)?.keys ?? []).filter(({ purpose }) => purpose === 'certificates')
  // Also of issuers that reserved nothing in this time, because a signature with their keys is recorded nowhere.
  const keys = new Set<string>()
  for await (const commits of pagesOf(reader, 'ENTITIES', { limit: PAGE, newestFirst: false }))
    for (const { stream } of commits) for (const { keyRef } of await held(ownerOf(stream))) keys.add(keyRef)
  for (const day of daysBetween(since, until)) {
    const pages = pagesOf<CertificateEvent>(reader, `PENDING#${day}`, { limit: PAGE, newestFirst: false, since, until })
    for await (const commits of pages)
      for (const { stream, recordedAt } of commits) {
        const history = await reader.read<CertificateEvent>(stream)
        const kid = kidOf(history)
        const key = (await held(ownerOf(stream))).find((one) => one.kid === kid)?.keyRef ?? 'unknown'
        const settled = history.find(({ events }) => events.some(({ type }) => type === 'issued' || type === 'burned'))
        recorded.push({
          certificate: stream,
          key,
          from: recordedAt,
          until: settled?.recordedAt ?? new Date(Date.parse(recordedAt) + OPEN_MS).toISOString(),
          isReleased: history.some(({ events }) => events.some(({ type }) => type === 'issued')),
        })
      }
  }
  return { recorded, keys: [...keys] }
}

function kidOf(history: readonly Commit<CertificateEvent>[]): string | undefined {
  const [event] = history.flatMap(({ events }) => events.flatMap((one) => (one.type === 'reserved' ? one : [])))
  return event?.kid
}

function* daysBetween(since: string, until: string): Generator<string> {
  for (let at = Math.floor(Date.parse(since) / DAY_MS) * DAY_MS; at <= Date.parse(until); at += DAY_MS)
    yield new Date(at).toISOString().slice(0, 10)
}
