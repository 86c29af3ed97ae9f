import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { countingAt, type Moments } from './dated.ts'

/** The officer of a body whose name stands on its printed certificates. */
export interface SealedSignatory {
  /** Their name as KMS ciphertext, because no commit holds a readable person. */
  sealed: string
  /** Their office, such as "Executive Director". */
  title: string
}

/** `null`: nobody is named from then on. */
export type SignatoryEvent = { type: 'signatory-set'; signatory: SealedSignatory | null }

const shapes: EventShapes<SignatoryEvent> = { 'signatory-set': ['signatory'] }

/** Every signatory, oldest record first. Strongly consistent. */
export async function signatoryHistory(body: string, reader: CommitReader): Promise<readonly Commit<SignatoryEvent>[]> {
  const commits = await reader.read<SignatoryEvent>(streams.own(body, 'signatory'))
  requireKnown(commits, shapes)
  return commits
}

/** Who signs for a body at a moment, by what was recorded by another. */
export async function signatoryAt(
  body: string,
  moments: Moments,
  reader: CommitReader,
): Promise<SealedSignatory | undefined> {
  return signatoryIn(await signatoryHistory(body, reader), moments)
}

export const signatoryIn = (history: readonly Commit<SignatoryEvent>[], moments: Moments) =>
  countingAt(history, moments)?.events[0]?.signatory ?? undefined
