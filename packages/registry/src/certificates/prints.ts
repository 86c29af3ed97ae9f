import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'

/** Why a certificate is printed again. A closed list, so that nobody writes about a person. */
export const duplicateReasons = ['lost', 'damaged', 'not-received', 'other'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

/** `copy`: 1 for the first print. Each further one is a duplicate and has a reason. */
export type PrintEvent = { type: 'printed'; copy: number; reason?: DuplicateReason }

const shapes: EventShapes<PrintEvent> = { printed: ['copy'] }

/** The prints of a certificate, oldest first. Strongly consistent. */
export async function printsOf(
  owner: string,
  uuid: string,
  reader: CommitReader,
): Promise<readonly Commit<PrintEvent>[]> {
  const commits = await reader.read<PrintEvent>(streams.prints(owner, uuid))
  requireKnown(commits, shapes)
  return commits
}
