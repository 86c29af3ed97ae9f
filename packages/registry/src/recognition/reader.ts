import { RegistryError } from '../errors.ts'
import { cachedHistories, type HistoryReader } from '../histories.ts'
import { type Commit, type CommitReader, pagesOf, type StreamId, streams } from '../stream.ts'
import { everyClassDecision } from './class-decision.ts'
import type { ClassDecision, RecognisedEdition } from './decided.ts'
import { type RecognitionCommits, type RecognitionEvent, requireKnownRecognition } from './events.ts'

/** Reads the record of one edition, directly or through a cache. */
export type RecognitionReader = (of: RecognisedEdition) => Promise<RecognitionCommits>

/** Strongly consistent. */
export const recognitionsOf =
  (reader: Pick<CommitReader, 'read'>): RecognitionReader =>
  async ({ qualification, edition }) =>
    checked(await reader.read<RecognitionEvent>(streams.recognition(qualification, edition)))

/** A process remembers the records of so many editions. Most of them are empty. */
const MOST = 20_000

/**
 * For verdicts: from memory for ten seconds, then only what is new, at most a second old. That nothing was decided is remembered as well.
 * Only an edition that a registered body signed is asked about, so invented names cannot fill the memory.
 */
export function cachedRecognitions(reader: Pick<CommitReader, 'read'>, clock: () => number): RecognitionReader {
  const read = async (stream: string, known: RecognitionCommits = []) => {
    const later = await reader.read<RecognitionEvent>(stream as StreamId, { from: known.length, mayLag: true })
    const added = later.filter(({ number }) => number >= known.length)
    return added.length === 0 ? known : checked([...known, ...added])
  }
  const cached: HistoryReader<RecognitionCommits> = cachedHistories(read, clock, { isKnown: () => true, most: MOST })
  return ({ qualification, edition }) => cached(streams.recognition(qualification, edition))
}

/** Every class decision, also a joint one that waits, in the order of the editions' records. Eventually consistent, as every list. */
export async function listClassDecisions(reader: CommitReader, recorded: string): Promise<readonly ClassDecision[]> {
  const found = new Map<StreamId, Commit<RecognitionEvent>[]>()
  for await (const commits of pagesOf<RecognitionEvent>(reader, 'RECOGNITIONS', { limit: 200, newestFirst: false }))
    for (const commit of commits) found.set(commit.stream, [...(found.get(commit.stream) ?? []), commit])
  return [...found].flatMap(([stream, commits]) => {
    commits.sort((one, other) => one.number - other.number)
    return everyClassDecision(editionOf(stream), checked(commits), recorded)
  })
}

/** The edition that a decision is about. Eventually consistent. Undefined: nobody made a decision with this id. */
export async function findDecided(id: string, reader: CommitReader): Promise<RecognisedEdition | undefined> {
  for await (const commits of pagesOf<RecognitionEvent>(reader, 'RECOGNITIONS', { limit: 200, newestFirst: true }))
    for (const { stream, events } of commits)
      if (events.some(({ type, decision }) => decides.has(type) && decision === id)) return editionOf(stream)
  return undefined
}

/** Every class decision from memory, at most ten seconds old. */
export function cachedClassDecisions(
  reader: CommitReader,
  clock: () => number,
): () => Promise<readonly ClassDecision[]> {
  const cached = cachedHistories(() => listClassDecisions(reader, new Date(clock()).toISOString()), clock, {
    isKnown: () => true,
    most: 1,
  })
  return () => cached('all')
}

/** What makes a decision. */
const decides = new Set<RecognitionEvent['type']>(['class-decided', 'joint-class-proposed'])

const PREFIX = 'registry/recognition:'

/** The edition that the name of a stream states. The last colon separates it. */
function editionOf(stream: string): RecognisedEdition {
  const at = stream.lastIndexOf(':')
  return {
    qualification: stream.slice(PREFIX.length, at).replaceAll('%2F', '/'),
    edition: decodeURIComponent(stream.slice(at + 1)),
  }
}

/** Lists and the log are made from the index. A commit without an index would count, but they would not show it. */
function checked(commits: RecognitionCommits): RecognitionCommits {
  if (commits.some(({ index }) => index !== 'RECOGNITIONS'))
    throw new RegistryError('internal', 'a decision is in no index')
  requireKnownRecognition(commits)
  return commits
}
