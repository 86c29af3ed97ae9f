import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'

/**
 * What happens to a letter of good standing at the authority that it is for. The link is sealed for its officers, and the certificate is
 * not named in any list of its issuer as one that was sent.
 */
export type LetterEvent =
  /** `from`: the issuer. `until`: the last moment of the certificate. `sealed`: its link. */
  | { type: 'arrived'; from: string; qualification: string; until: string; sealed: string }
  /** An officer of the authority read the link. */
  | { type: 'opened' }

const shapes: EventShapes<LetterEvent> = { arrived: ['from', 'qualification', 'until', 'sealed'], opened: [] }

export interface Letter {
  authority: string
  /** UUID of the certificate. */
  id: string
  from: string
  qualification: string
  arrivedAt: string
  until: string
  sealed: string
  commits: readonly Commit<LetterEvent>[]
}

/** Strongly consistent. Undefined: no such letter was sent to this authority. */
export async function readLetter(
  { authority, id }: { authority: string; id: string },
  reader: Pick<CommitReader, 'read'>,
): Promise<Letter | undefined> {
  const commits = await reader.read<LetterEvent>(streams.letter(authority, id))
  requireKnown(commits, shapes)
  const [first] = commits
  const [event] = first?.events ?? []
  if (first === undefined || event?.type !== 'arrived') return undefined
  const { from, qualification, until, sealed } = event
  return { authority, id, from, qualification, arrivedAt: first.recordedAt, until, sealed, commits }
}
