import { type Letter, type LetterEvent, readLetter } from '../certificates/letter.ts'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import type { NoteOpener } from '../ports.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { requireOfficer } from '../trust/members.ts'

/** A letter in the list of an authority, without its link and without a person. */
export type ListedLetter = Pick<Letter, 'id' | 'from' | 'qualification' | 'arrivedAt' | 'until'>

interface OfOfficer {
  authority: string
  subject: string
}

/**
 * Letters of good standing for this authority that count, newest first. `after` is the `next` of the page before. A page has fewer than
 * `limit` where some of it count no more.
 */
export async function listLetters(
  { authority, subject, limit, after }: OfOfficer & { limit: number; after?: string },
  { reader, now }: { reader: CommitReader; now: Date },
): Promise<{ letters: ListedLetter[]; next?: string }> {
  await requireOfficer({ owner: authority, subject }, { reader })
  const { commits, next } = await reader.list<LetterEvent>(`LETTERS#${authority}`, {
    limit,
    newestFirst: true,
    ...(after && { after }),
  })
  const letters = await Promise.all(
    commits.map(({ stream }) => countingLetter({ authority, id: stream.split('/').at(-1) ?? '' }, reader, now)),
  )
  const counting = letters.flatMap((letter) => {
    if (letter === undefined) return []
    const { id, from, qualification, arrivedAt, until } = letter
    return [{ id, from, qualification, arrivedAt, until }]
  })
  return { letters: counting, ...(next && { next }) }
}

/**
 * The link of a letter, for an officer of the authority that it is for. The opening is recorded before it is read. Throws `not-found` for
 * a letter that ended, and for one of another authority.
 */
export async function openLetter(
  { authority, subject, id }: OfOfficer & { id: string },
  { store, opener, now }: { store: CommitStore; opener: NoteOpener; now: Date },
): Promise<{ letter: ListedLetter; link: string }> {
  await requireOfficer({ owner: authority, subject }, { reader: store })
  const letter = await countingLetter({ authority, id }, store, now)
  if (letter === undefined)
    throw new RegistryError('not-found', 'no such letter counts at this authority', { reason: 'not-below' })
  const { from, qualification, arrivedAt, until, sealed, commits } = letter
  const change = { events: [{ type: 'opened' as const }], actor: subject, now, index: `TRAIL#${authority}` as const }
  await store.append(nextCommit<LetterEvent>(streams.letter(authority, id), commits, change))
  return { letter: { id, from, qualification, arrivedAt, until }, link: await opener.open(authority, sealed) }
}

/** A letter ends with its certificate: by its last day, by a revocation or an erasure, or when a new link took the place of its link. */
async function countingLetter(
  of: { authority: string; id: string },
  reader: CommitReader,
  now: Date,
): Promise<Letter | undefined> {
  const letter = await readLetter(of, reader)
  if (letter === undefined || Date.parse(letter.until) < now.getTime()) return undefined
  const record = await readRecord(letter.from, of.id, reader)
  const isThere = record !== undefined && record.erased === undefined && record.linkSince === undefined
  if (!isThere || !('generation' in record) || record.state === 'revoked') return undefined
  return letter
}
