import type { LevelRecord } from '@sijil/qualifications'
import type { Commit } from '@sijil/registry'
import type { CorridorVersions, GapCommits, StepAt, TrackCommits } from '@sijil/registry/corridors'
import { type JointCommits, proposedText } from '@sijil/registry/joint'
import { catalogueRecord, recordHash } from '@sijil/registry/log'
import type { TimelineEntry, TrackEntry } from '@sijil/web'

/** The permanent address of a decision: the entry of the log that holds it. */
export const entryOf = (commit: Parameters<typeof catalogueRecord>[0]): string => recordHash(catalogueRecord(commit))

/** What the parties declared of the steps of a track. */
export const stepEntriesOf = (commit: TrackCommits[number]): TrackEntry[] =>
  commit.events.map((event) => ({
    type: event.type,
    step: event.step,
    declaredBy: event.declaredBy,
    recordedAt: commit.recordedAt,
    entry: entryOf(commit as Commit<(typeof commit.events)[number]>),
    ...(event.type === 'step-declared' && { progress: event.statement.progress, on: event.statement.on }),
    ...(event.type === 'step-withdrawn' && { basis: event.basis }),
  }))

const gapEntriesOf = (commit: GapCommits[number]): TimelineEntry[] =>
  commit.events.map((event) => ({
    type: event.type,
    gaps: event.type === 'gaps-opened' ? event.gaps.map(({ id }) => id) : [event.gap],
    declaredBy: event.declaredBy,
    recordedAt: commit.recordedAt,
    entry: entryOf(commit as Commit<(typeof commit.events)[number]>),
  }))

/** The proposal, the joins and the leaving of one version of a corridor, or of a level record. */
function jointEntriesOf(of: 'corridor' | 'level', commits: JointCommits): TimelineEntry[] {
  const { number = 1 } = proposedText(commits) ?? {}
  return commits.flatMap((commit) =>
    commit.events.map(({ type }) => ({
      ...{ type, of, number, by: commit.by ?? '', recordedAt: commit.recordedAt },
      entry: entryOf(commit as Commit<(typeof commit.events)[number]>),
    })),
  )
}

/** Everything that happened to a track, by the moment of its record. A step that became done by all has no record of its own. */
export function timelineOf({
  track,
  versions,
  commits,
  gaps,
  levelRecords,
  steps,
}: {
  track: string
  versions: CorridorVersions
  commits: TrackCommits
  gaps: GapCommits
  levelRecords: readonly JointCommits<LevelRecord>[]
  steps: readonly StepAt[]
}): readonly TimelineEntry[] {
  const own = levelRecords.filter((commits) => proposedText(commits)?.content.track === track)
  return [
    ...versions.flatMap((version) => jointEntriesOf('corridor', version)),
    ...commits.flatMap(stepEntriesOf),
    ...steps.flatMap(({ step, settled }): TimelineEntry[] =>
      settled === undefined ? [] : [{ type: 'step-settled', step, recordedAt: settled.at }],
    ),
    ...gaps.flatMap(gapEntriesOf),
    ...own.flatMap((version) => jointEntriesOf('level', version)),
  ].toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : one.recordedAt > other.recordedAt ? 1 : 0))
}
