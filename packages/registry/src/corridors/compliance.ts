import type { ActionLine, ComplianceStatement, Profession } from '@sijil/qualifications'
import { cachedWhole } from '../histories.ts'
import { listStreams } from '../joint/reader.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import type { Declarer } from './events.ts'

/** Two officers of the root of the state decided it. A later one of the same state takes its place, and both stay readable. */
export interface ComplianceEvent {
  type: 'compliance-declared'
  line: ActionLine
  statement: ComplianceStatement
  declaredBy: Declarer
}

const shapes: EventShapes<ComplianceEvent> = { 'compliance-declared': ['line', 'statement', 'declaredBy'] }

export type ComplianceCommits = readonly Commit<ComplianceEvent>[]

/** Everything that states declared of one line. Strongly consistent. Throws `UnknownEvent`. */
export async function readCompliance(
  { arrangement, line }: { arrangement: Profession; line: string },
  reader: Pick<CommitReader, 'read'>,
): Promise<ComplianceCommits> {
  const commits = await reader.read<ComplianceEvent>(streams.compliance(arrangement, line))
  requireKnown(commits, shapes)
  return commits
}

async function listCompliance(reader: CommitReader): Promise<readonly ComplianceCommits[]> {
  const found = await listStreams<ComplianceEvent>(streams.compliance('', '').slice(0, -1), reader)
  for (const commits of found) requireKnown(commits, shapes)
  return found
}

/** What was declared of every line, from memory, at most ten seconds old. */
export function cachedCompliance(
  reader: CommitReader,
  clock: () => number,
): () => Promise<readonly ComplianceCommits[]> {
  return cachedWhole(() => listCompliance(reader), clock)
}
