import { decodeList, setEntries } from '@sijil/credentials'
import { artefactLifetimes, type CheckedReader, type NamedArtefact } from '../artefacts.ts'
import { DAY_MS } from '../clocks.ts'

/** One version of one list, as it was published. */
export interface ListPublished {
  type: 'published'
  /** The signed credential. */
  artefact: NamedArtefact
  /** Number of set entries. */
  count: number
  /** Set entries that changed in the time for which an index may lag, in the form of `packEntries`. */
  recent: string
  validUntil: string
  /** Every change recorded up to this moment is in the list. RFC 3339 UTC. */
  through: string
}

/** A version from before there were files. It has a stream of its own, so that the code of then can be put back and reads it. */
export interface ListInCommit {
  type: 'published'
  text: string
  /** All set entries. */
  set: string
  validUntil: string
  through: string
}

/** A version from which the next one is made. */
export interface ListVersion {
  /** Undefined: the file is gone, so the list is made again from all changes. */
  text: string | undefined
  entries: ReadonlySet<number>
  /** The next version reads the changes from a quarter of an hour before. Undefined: it reads all. */
  through: string | undefined
  validUntil: string
  /** The next version of a list of revocations has at least so many entries (I28). */
  count: number
}

export async function openVersion(
  { artefact, recent, through, validUntil, count }: ListPublished,
  recordedAt: string,
  { artefacts, now }: { artefacts: CheckedReader; now: Date },
): Promise<ListVersion> {
  const bytes = isExpired(recordedAt, now) ? undefined : await artefacts.read(artefact)
  if (bytes === undefined)
    return { text: undefined, entries: unpackEntries(recent), through: undefined, validUntil, count }
  const text = new TextDecoder().decode(bytes)
  const { credentialSubject } = JSON.parse(text) as { credentialSubject: { encodedList: string } }
  return { text, entries: new Set(setEntries(decodeList(credentialSubject.encodedList))), through, validUntil, count }
}

export function openInCommit({ text, set, through, validUntil }: ListInCommit): ListVersion {
  const entries = unpackEntries(set)
  return { text, entries, through, validUntil, count: entries.size }
}

/** Whether the lifetime of its file may have ended. Then the file is not asked for, because its absence is no fault. */
const isExpired = (recordedAt: string, now: Date) =>
  now.getTime() - Date.parse(recordedAt) > (artefactLifetimes.lists - 1) * DAY_MS

/** The sorted entries as differences in base 36, joined by dots. */
export function packEntries(entries: Iterable<number>): string {
  let previous = 0
  return [...entries]
    .toSorted((a, b) => a - b)
    .map((entry) => {
      const step = entry - previous
      previous = entry
      return step.toString(36)
    })
    .join('.')
}

export function unpackEntries(packed: string): Set<number> {
  let entry = 0
  return new Set(packed === '' ? [] : packed.split('.').map((step) => (entry += Number.parseInt(step, 36))))
}
