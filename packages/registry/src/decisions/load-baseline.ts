import { canonicalJson } from '@sijil/credentials'
import type { Baseline } from '@sijil/qualifications'
import type { BaselineEvent, BaselineStated } from '../catalogue/events.ts'
import { RegistryError } from '../errors.ts'
import { isLostRace } from '../lost-race.ts'
import { type Commit, type CommitStore, type IndexKey, nextCommit, type StreamId, streams } from '../stream.ts'

export interface LoadBaselineRequest {
  baseline: Baseline
  /** SHA-256 of the file, in hex. Two files of one version cannot both be loaded. */
  digest: string
}

interface LoadDeps {
  store: Pick<CommitStore, 'read' | 'append'>
  now: Date
}

const ACTOR = 'system:baseline'
const AT_ONCE = 10

/**
 * Loads the baseline into the registry: one commit for each record that is new or differs from the last version. Answers how many it
 * wrote. Repeated after a crash, it continues; repeated after it finished, it changes nothing. Throws `conflict` for another file of a
 * version that was loaded, for a version below the last one, and while another version is unfinished. Throws `write-conflict` with the name
 * of a record that somebody else changed in the same moment.
 */
export async function loadBaseline(
  { baseline, digest }: LoadBaselineRequest,
  { store, now }: LoadDeps,
): Promise<{ written: number }> {
  const { version, readOn, qualifications } = baseline
  const stream = streams.baseline()
  const history = await store.read<BaselineEvent>(stream)
  const events = history.flatMap((commit) => commit.events)
  const begun = events.filter((event) => event.type === 'baseline-begun')
  const last = begun.at(-1)
  const isFinished = events.at(-1)?.type === 'baseline-loaded'
  requireNext({ version, digest }, last, isFinished)
  if (last?.baseline === version && isFinished) return { written: 0 }

  // 1. The version is recorded before its records, so that no other file can be loaded between them.
  const ids = qualifications.map(({ id }) => id)
  const begin: BaselineEvent = { type: 'baseline-begun', baseline: version, readOn, digest, qualifications: ids }
  const stated = { actor: ACTOR, now }
  const start = last?.baseline === version ? undefined : nextCommit(stream, history, { ...stated, events: [begin] })
  if (start !== undefined) await store.append(start)

  // 2. One commit for each record. The first version counts at every moment, like the records that were part of the software before.
  const always = (begun[0]?.baseline ?? version) === version
  const records = recordsOf(baseline)
  let written = 0
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE)
    const wrote = await Promise.all(
      some.map(async ({ stream: own, index, record }, place) => {
        const event: BaselineStated<object> = { type: 'baseline-stated', baseline: version, readOn, record }
        // In the order of the file, which lists keep.
        const moment = new Date(now.getTime() + at + place)
        const change = { actor: ACTOR, now: moment, index, events: [always ? { ...event, always } : event] }
        // Nearly every stream is new in a registry that loads its first baseline.
        if (begun.length === 0 && (await isBegun(nextCommit(own, [], change), store))) return 1
        const commits = await store.read<BaselineStated<object>>(own)
        if (isKnown(event, commits)) return 0
        await appendOrName(nextCommit(own, commits, change), store)
        return 1
      }),
    )
    written += wrote.reduce((sum: number, each) => sum + each, 0)
  }

  // 3. From here on an unknown id is really unknown.
  const done: BaselineEvent = { type: 'baseline-loaded', baseline: version, digest }
  const later = { ...stated, now: new Date(now.getTime() + records.length) }
  await store.append(
    nextCommit(stream, start === undefined ? history : [...history, start], { ...later, events: [done] }),
  )
  return { written }
}

/** Writes the first commit of a stream. False: it has one. */
async function isBegun(commit: Commit<object>, store: LoadDeps['store']): Promise<boolean> {
  try {
    await store.append(commit)
    return true
  } catch (error) {
    if (isLostRace(error)) return false
    throw error
  }
}

/** Names the record that somebody else changed in the same moment. A repeated command goes on after what they wrote. */
async function appendOrName(commit: Commit<object>, store: LoadDeps['store']): Promise<void> {
  try {
    await store.append(commit)
  } catch (error) {
    if (!isLostRace(error)) throw error
    const message = `${commit.stream} was changed meanwhile: repeat the command`
    throw new RegistryError('write-conflict', message, { cause: error })
  }
}

/** What `loadBaseline` would write: the streams of records that are new or changed. Writes nothing, and throws the same errors. */
export async function rehearseBaseline(
  request: LoadBaselineRequest,
  { store, now }: LoadDeps,
): Promise<{ stated: readonly StreamId[]; isLoaded: boolean }> {
  const streamsOf: StreamId[] = []
  const silent: LoadDeps['store'] = {
    read: (stream) => store.read(stream),
    append: async ({ stream }) => void streamsOf.push(stream),
  }
  await loadBaseline(request, { store: silent, now })
  const isRecord = (stream: StreamId) => stream !== streams.baseline()
  return { stated: streamsOf.filter(isRecord), isLoaded: streamsOf.length === 0 }
}

/** For a registry that is founded: loads the baseline, unless one was loaded before. */
export async function loadFirstBaseline(request: LoadBaselineRequest, deps: LoadDeps): Promise<{ written: number }> {
  const events = (await deps.store.read<BaselineEvent>(streams.baseline())).flatMap((commit) => commit.events)
  return events.some(({ type }) => type === 'baseline-loaded') ? { written: 0 } : loadBaseline(request, deps)
}

function requireNext(
  { version, digest }: { version: number; digest: string },
  last: (BaselineEvent & { type: 'baseline-begun' }) | undefined,
  isFinished: boolean,
): void {
  if (last === undefined) return
  if (version === last.baseline && digest !== last.digest)
    throw new RegistryError(
      'conflict',
      `version ${version} was loaded from another file: give the corrected file the next version`,
    )
  if (version < last.baseline) throw new RegistryError('conflict', `version ${last.baseline} was loaded already`)
  if (version > last.baseline && !isFinished)
    throw new RegistryError(
      'conflict',
      `version ${last.baseline} is not finished: repeat the command with its file first`,
    )
}

interface LoadedRecord {
  stream: StreamId
  index: IndexKey
  record: object
}

function recordsOf({
  qualifications,
  frameworks,
  bodies,
  arrangements,
  states,
  corridors = [],
}: Baseline): LoadedRecord[] {
  // Frameworks first, because qualifications are read with theirs.
  return [
    ...frameworks.map((record) => ({ stream: streams.framework(record.id), index: 'FRAMEWORKS' as const, record })),
    ...qualifications.map((record) => ({
      stream: streams.qualification(record.id),
      index: 'CATALOGUE' as const,
      record,
    })),
    ...bodies.map((record) => described('body', record.id, record)),
    ...arrangements.map((record) => described('arrangement', record.id, record)),
    ...states.map((record) => described('state', record.state, record)),
    ...corridors.map((record) => described('corridor', record.id, record)),
  ]
}

const described = (kind: 'body' | 'arrangement' | 'state' | 'corridor', id: string, record: object): LoadedRecord => ({
  stream: streams.description(kind, id),
  index: 'DESCRIPTIONS',
  record,
})

/** True if this version wrote it already, or if the last version said the same. */
function isKnown(
  { baseline, record }: BaselineStated<object>,
  commits: readonly Commit<BaselineStated<object>>[],
): boolean {
  const last = commits.flatMap(({ events }) => events.filter(({ type }) => type === 'baseline-stated')).at(-1)
  return last !== undefined && (last.baseline === baseline || canonicalJson(last.record) === canonicalJson(record))
}
