import { RegistryError } from '../errors.ts'
import { cachedHistories } from '../histories.ts'
import { type Commit, type CommitReader, type Consistency, type StreamId, streams } from '../stream.ts'
import type { FrameworkEvent } from './events.ts'
import type { FrameworkHistory } from './framework-at.ts'
import { readPacked } from './packed.ts'
import type { QualificationHistory } from './qualification-at.ts'
import {
  type CatalogueReader,
  catalogueOf,
  frameworkHistory,
  frameworkOf,
  historyOf,
  isLookedUp,
  isStated,
  namedIn,
} from './reader.ts'

/** A process remembers at most so many qualifications, and of these at most so many bytes of statements, written as JSON. */
export interface CatalogueMemory {
  most: number
  mostBytes: number
}
const MEMORY: CatalogueMemory = { most: 20_000, mostBytes: 128 * 1024 * 1024 }

/**
 * Reads the catalogue for verdicts: from memory for ten seconds, then only what is new. The first read of a qualification begins with its
 * packed record and reads its stream from there on, so a long stream costs as little as a short one. The packed record only saves reads:
 * what stands in the stream behind it counts at once.
 */
export function cachedCatalogue(
  reader: Pick<CommitReader, 'read' | 'latest'>,
  clock: () => number,
  { most, mostBytes }: CatalogueMemory = MEMORY,
): CatalogueReader {
  const whole = catalogueOf(reader)
  const read = (id: string, known?: QualificationHistory) => followCatalogue(id, known, reader, whole)
  return cachedHistories(read, clock, { isKnown: isStated, most, weigh: bytesOf, heaviest: mostBytes })
}

type Known = Pick<QualificationHistory, 'commits' | 'frameworks'>

/** The history of today, read from `known` or the packed record on. It is the same object if nothing was stated since. */
async function followCatalogue(
  id: string,
  known: QualificationHistory | undefined,
  reader: Pick<CommitReader, 'read' | 'latest'>,
  whole: CatalogueReader,
): Promise<QualificationHistory> {
  if (!isLookedUp(id)) return historyOf(id, [])
  const before: Known | Awaited<ReturnType<typeof readPacked>> = known ?? (await readPacked(id, reader))
  if (before === undefined || before === 'unreadable') return whole(id)
  const [commits, kept] = await Promise.all([
    readOn(streams.qualification(id), before.commits, reader),
    Promise.all((before.frameworks ?? []).map((framework) => followFramework(framework, reader))),
  ])
  const named = namedIn(commits)
  const isSame = known?.commits === commits && kept.every((each, at) => known.frameworks?.[at] === each)
  if (known !== undefined && isSame) return known
  const frameworks = named.map((each) => kept.find((framework) => framework.id === each) ?? frameworkOf(each, reader))
  return historyOf(id, commits, await Promise.all(frameworks))
}

/** A framework changes seldom, and its answer is remembered for ten seconds anyway. So one that is a second old is good enough. */
async function followFramework(
  framework: FrameworkHistory,
  reader: Pick<CommitReader, 'read'>,
): Promise<FrameworkHistory> {
  const stream = streams.framework(framework.id)
  const commits = await readOn<FrameworkEvent>(stream, framework.commits, reader, { mayLag: true })
  return commits === framework.commits ? framework : frameworkHistory(stream, commits)
}

async function readOn<E>(
  stream: StreamId,
  known: readonly Commit<E>[],
  reader: Pick<CommitReader, 'read'>,
  consistency: Consistency = {},
): Promise<readonly Commit<E>[]> {
  const read = await reader.read<E>(stream, { from: known.length, ...consistency })
  const later = read.filter(({ number }) => number >= known.length)
  if (later.some(({ number }, place) => number !== known.length + place))
    throw new RegistryError('internal', 'a record is not complete')
  return later.length === 0 ? known : [...known, ...later]
}

const weights = new WeakMap<object, number>()

/** Of commits that two histories share, only the first look costs time. */
function bytesOf({ commits, frameworks = [] }: QualificationHistory): number {
  let bytes = 0
  for (const commit of [...commits, ...frameworks.flatMap((framework) => framework.commits)]) {
    const known = weights.get(commit) ?? JSON.stringify(commit.events).length
    weights.set(commit, known)
    bytes += known
  }
  return bytes
}
