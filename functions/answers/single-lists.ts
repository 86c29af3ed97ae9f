import { createPageToken, readPage } from '@sijil/http'
import type { CommitReader } from '@sijil/registry'
import { type ListedLetter, listLetters, listSingles } from '@sijil/registry/decisions'
import type { SingleRecord } from '@sijil/registry/recognition'

interface SingleLists {
  decisions: readonly SingleRecord[]
  letters: readonly ListedLetter[]
  /** The token of the next page of decisions. */
  next?: string
  /** The token of the next page of letters. */
  nextLetters?: string
}

/** Both lists of an authority, each by its own pages: decisions about single certificates, and letters of good standing. */
export async function listsOf(
  { authority, subject, query }: { authority: string; subject: string; query: Readonly<Record<string, string>> },
  deps: { reader: CommitReader; now: Date },
): Promise<SingleLists> {
  const [singles, letters] = [{ index: `SINGLES#${authority}` }, { index: `LETTERS#${authority}` }]
  const made = await listSingles({ authority, subject, ...readPage(query, singles) }, deps)
  const arrived = await listLetters({ authority, subject, ...readPage(query, letters, 'letters') }, deps)
  return {
    decisions: made.decisions,
    letters: arrived.letters,
    ...(made.next && { next: createPageToken(made.next, singles) }),
    ...(arrived.next && { nextLetters: createPageToken(arrived.next, letters) }),
  }
}
