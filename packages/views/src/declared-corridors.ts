import { CORRIDOR_LICENCE, type CorridorText, type PartyState, roadmap, type TrackText } from '@sijil/qualifications'
import {
  type Corridor,
  type CorridorVersions,
  corridorAt,
  type GapCommits,
  gapsAt,
  isCorridorId,
  readCorridor,
  readGaps,
  readTrack,
  type StepAt,
  type TrackCommits,
  trackAt,
} from '@sijil/registry/corridors'
import { type Joint, jointAt, proposedText } from '@sijil/registry/joint'
import type {
  DeclaredCorridorValues,
  DeclaredTrackValues,
  ListedTrack,
  ShownLevelRecord,
  ShownStep,
  ShownVersionOf,
  TrackEntry,
} from '@sijil/web'
import { partiesOf } from './comparisons.ts'
import { qualificationsNamed } from './named-qualifications.ts'
import { noSuchThing } from './reference.ts'
import { shownParty } from './shown-party.ts'
import { entryOf, stepEntriesOf, timelineOf } from './track-timeline.ts'
import type { TrackWork } from './track-work.ts'
import type { View, ViewDeps } from './view.ts'

type DeclaredDeps = Pick<ViewDeps, 'reader' | 'now' | 'trust' | 'baseUrl'>

interface DeclaredTrack {
  corridor: Corridor
  text: CorridorText
  track: TrackText
  steps: readonly StepAt[]
  /** What is in its register. Absent where the answer counts none. */
  gaps?: GapCommits
}

/** The tracks of every corridor that states founded here, as far as all have joined. From memory, at most ten seconds old. */
async function tracksNow({ corridors, now }: Pick<ViewDeps, 'corridors' | 'now'>): Promise<readonly DeclaredTrack[]> {
  const moment = now.toISOString()
  return (await corridors()).flatMap(({ versions, tracks, gaps }) => {
    const corridor = corridorAt(versions, { effective: moment, recorded: moment })
    if (corridor?.current === undefined) return []
    const text = corridor.current.text.content
    return text.tracks.map((track) => {
      const steps = trackAt(tracks.get(track.id) ?? [], corridor, moment)
      return { corridor, text, track, steps, gaps: gaps.get(track.id) ?? [] }
    })
  })
}

export const declaredTracks = async (deps: Pick<ViewDeps, 'corridors' | 'now'>): Promise<readonly ListedTrack[]> =>
  (await tracksNow(deps)).map(listedOf)

/** The steps as rows of a table: of one track, or of every one. */
export async function declaredRows(
  named: { id: string; track: string } | undefined,
  deps: Pick<ViewDeps, 'corridors' | 'reader' | 'now'>,
): Promise<readonly (readonly string[])[]> {
  const all = named === undefined ? await tracksNow(deps) : [await requireTrack(named, deps)]
  return all.flatMap(rowsOf)
}

function rowsOf({ corridor, text, track, steps }: DeclaredTrack): readonly (readonly string[])[] {
  const states = [...new Set(text.states.map(({ state }) => state))].join('; ')
  return steps.map(({ step, progress, declarations }) => {
    const title = roadmap.find(({ id }) => id === step)?.title ?? ''
    const row = [corridor.id, track.id, states, track.skillsArea, step, title, progress]
    if (progress === 'nothing') return [...row, '', '', '']
    const by = declarations.map(({ declaredBy }) => declaredBy.name).join('; ')
    return [...row, 'declared', by, declarations.map(({ statement }) => statement.on).join('; ')]
  })
}

/** A feed shows so many. */
const MOST_IN_FEED = 100

/** What was declared of every track, newest first. From memory, at most ten seconds old. */
export async function declaredChanges(
  deps: Pick<ViewDeps, 'corridors' | 'now'>,
): Promise<readonly (TrackEntry & { listed: ListedTrack })[]> {
  const histories = await deps.corridors()
  return (await tracksNow(deps))
    .flatMap((one) => {
      const listed = listedOf(one)
      const own = histories.find(({ versions }) => isOf(versions, one.corridor.id))
      return (own?.tracks.get(one.track.id) ?? []).flatMap(stepEntriesOf).map((entry) => ({ ...entry, listed }))
    })
    .toSorted((one, other) => (one.recordedAt < other.recordedAt ? 1 : -1))
    .slice(0, MOST_IN_FEED)
}

const isOf = ([first = []]: CorridorVersions, id: string): boolean => proposedText(first)?.id === id

/** One corridor that states founded here, with each of its versions. Throws `not-found`. */
export async function declaredCorridorView(
  id: string,
  deps: DeclaredDeps,
): Promise<View<object, DeclaredCorridorValues>> {
  const { corridor, versions, moment } = await requireCorridor(id, deps)
  const shown = corridor.current ?? corridor.waiting
  if (shown === undefined) throw noSuchThing()
  const { content } = shown.text
  const tracks = await Promise.all(
    content.tracks.map(async (track) => {
      const steps = trackAt(await readTrack(id, track.id, deps.reader), corridor, moment)
      const gaps = await readGaps(id, track.id, deps.reader)
      return listedOf({ corridor, text: content, track, steps, gaps })
    }),
  )
  const values: DeclaredCorridorValues = {
    id,
    title: content.title,
    state: corridor.state,
    version: await versionOf(shown, deps),
    ...(corridor.waiting && corridor.current && { waiting: await versionOf(corridor.waiting, deps) }),
    tracks,
    records: versions.flatMap((commits) => commits.map((commit) => recordOf(commit, versions))),
  }
  return { json: { licence: CORRIDOR_LICENCE, ...values, text: content }, values: () => values }
}

/** One track of such a corridor, with everything that was declared of it. Throws `not-found`. */
export async function declaredTrackView(
  named: { id: string; track: string },
  deps: DeclaredDeps & Pick<ViewDeps, 'qualifications' | 'corridors'>,
): Promise<View<object, Promise<DeclaredTrackValues>>> {
  const { corridor, text, track, versions, commits, steps } = await requireTrack(named, deps)
  const levelRecords = await levelRecordsOn(named, deps)
  const register = await readGaps(named.id, named.track, deps.reader)
  const gaps = gapsAt(register)
  const own = (await deps.corridors()).find((history) => isOf(history.versions, named.id))?.levelRecords ?? []
  const timeline = timelineOf({ track: named.track, versions, commits, gaps: register, levelRecords: own, steps })
  const listed = listedOf({ corridor, text, track, steps })
  const declared = steps.map(({ step, declarations, attached, missing, settled }, at) => ({
    ...(listed.steps[at] ?? ({ step, progress: 'nothing' } as const)),
    declarations,
    attached,
    missing: missing.map((id) => ({ id, ...stateOfParty(corridor.current, id) })),
    ...(settled && { settledAt: settled.at }),
  }))
  const of = { id: corridor.id, title: text.title, state: corridor.state }
  return {
    json: { licence: CORRIDOR_LICENCE, corridor: of, ...track, steps: declared, gaps, levelRecords, timeline },
    values: async () => ({
      corridor: of,
      listed,
      track,
      steps: declared,
      gaps,
      levelRecords,
      timeline,
      qualifications: await qualificationsNamed(
        track.areas.flatMap(({ qualifications }) => qualifications),
        deps,
      ),
    }),
  }
}

/** Every level record of a track, also one that not both have joined, newest first. From memory, at most ten seconds old. */
async function levelRecordsOn(
  { id, track }: { id: string; track: string },
  deps: DeclaredDeps & Pick<ViewDeps, 'corridors'>,
): Promise<readonly ShownLevelRecord[]> {
  const moment = deps.now.toISOString()
  const own = (await deps.corridors()).find(({ versions }) => isOf(versions, id))?.levelRecords ?? []
  const joints = own.flatMap((commits) => jointAt(commits, { effective: moment, recorded: moment }) ?? [])
  return Promise.all(
    joints
      .filter(({ text }) => text.content.track === track)
      .toReversed()
      .map(async (joint) => {
        const { edition, aqrf, hostLevel, host, source } = joint.text.content
        const level = { edition, aqrf, ...(hostLevel !== undefined && { hostLevel }), host, source }
        return { ...(await partiesOf(joint, deps)), ...level }
      }),
  )
}

/** The work of such a track. Throws `not-found`. */
export async function declaredWork(
  named: { id: string; track: string },
  deps: Pick<ViewDeps, 'reader' | 'now'>,
): Promise<TrackWork> {
  const found = await requireTrack(named, deps)
  const { occupations, areas } = found.track
  return { listed: listedOf(found), occupations, qualifications: areas.flatMap(({ qualifications }) => qualifications) }
}

async function requireCorridor(id: string, { reader, now }: Pick<ViewDeps, 'reader' | 'now'>) {
  const moment = now.toISOString()
  const versions: CorridorVersions = isCorridorId(id) ? await readCorridor(id, reader) : []
  const corridor = corridorAt(versions, { effective: moment, recorded: moment })
  if (corridor === undefined) throw noSuchThing()
  return { corridor, versions, moment }
}

async function requireTrack(
  named: { id: string; track: string },
  deps: Pick<ViewDeps, 'reader' | 'now'>,
): Promise<DeclaredTrack & { versions: CorridorVersions; commits: TrackCommits }> {
  const { corridor, versions, moment } = await requireCorridor(named.id, deps)
  const text = corridor.current?.text.content
  const track = text?.tracks.find(({ id }) => id === named.track)
  if (text === undefined || track === undefined) throw noSuchThing()
  const commits = await readTrack(named.id, named.track, deps.reader)
  return { corridor, text, track, versions, commits, steps: trackAt(commits, corridor, moment) }
}

function listedOf({ corridor, text, track, steps, gaps }: DeclaredTrack): ListedTrack {
  const states = [...new Map(text.states.map((of) => [of.state, of])).values()]
  const named = (state: string | undefined): PartyState | undefined => states.find((of) => of.state === state)
  const [origin, host] = [named(track.origin), named(track.host)]
  return {
    corridor: corridor.id,
    id: track.id,
    skillsArea: track.skillsArea,
    states,
    ...(origin && { origin }),
    ...(host && { host }),
    steps: steps.map(shownStep),
    ...(gaps && { gaps: countedGaps(gaps) }),
  }
}

function countedGaps(commits: GapCommits): { open: number; closed: number } {
  const gaps = gapsAt(commits)
  const closed = gaps.filter((gap) => gap.closed !== undefined).length
  return { open: gaps.length - closed, closed }
}

const shownStep = ({ step, progress }: StepAt): ShownStep =>
  progress === 'nothing' ? { step, progress } : { step, progress, basis: 'declared' }

const stateOfParty = (joint: Joint<CorridorText> | undefined, id: string): PartyState | undefined =>
  joint?.text.content.states[joint.text.parties.findIndex((party) => party.id === id)]

async function versionOf(joint: Joint<CorridorText>, deps: DeclaredDeps): Promise<ShownVersionOf> {
  const { text, hash, state, joined, missing, left, jointFrom, endedFrom } = joint
  return {
    number: text.number,
    hash,
    state,
    joined: await Promise.all(
      joined.map(async ({ party, ...moments }) => ({ ...(await shownParty(party, deps)), ...moments })),
    ),
    missing: await Promise.all(missing.map((party) => shownParty(party, deps))),
    left: await Promise.all(
      left.map(async ({ party, ...moments }) => ({ ...(await shownParty(party, deps)), ...moments })),
    ),
    ...(jointFrom && { jointFrom }),
    ...(endedFrom && { endedFrom }),
  }
}

function recordOf(commit: CorridorVersions[number][number], versions: CorridorVersions) {
  const [event] = commit.events
  const number = versions.findIndex((commits) => commits.some(({ stream }) => stream === commit.stream)) + 1
  return {
    number,
    type: event?.type ?? 'joint-proposed',
    by: commit.by ?? '',
    recordedAt: commit.recordedAt,
    entry: entryOf(commit),
  }
}
