import {
  activities,
  artefacts,
  CORRIDOR_LICENCE,
  isStepId,
  type ReportedCorridor,
  type ReportedStep,
  type ReportedTrack,
  restrictedArtefacts,
  roadmap,
} from '@sijil/qualifications'
import type {
  CorridorsValues,
  ListedTrack,
  ReportedCorridorValues,
  ReportedTrackValues,
  ShownStep,
  StateOf,
} from '@sijil/web'
import { declaredRows, declaredTracks } from './declared-corridors.ts'
import { qualificationsNamed } from './named-qualifications.ts'
import { noSuchThing } from './reference.ts'
import type { TrackWork } from './track-work.ts'
import type { View, ViewDeps } from './view.ts'

type CorridorDeps = Pick<ViewDeps, 'descriptions'>
interface Table {
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}

const published = { licence: CORRIDOR_LICENCE }

/** Every corridor, or every one of a state, with what is said of each step. */
export async function corridorsView(
  { state }: { state?: string | undefined },
  deps: CorridorDeps & Pick<ViewDeps, 'corridors' | 'now'>,
): Promise<View<object, CorridorsValues>> {
  const { corridors } = await deps.descriptions()
  const all = [
    ...(await declaredTracks(deps)),
    ...corridors.flatMap((corridor) => corridor.tracks.map((track) => listedOf(corridor, track))),
  ]
  const states = [...new Map(all.flatMap((track) => track.states.map((of) => [of.state, of] as const))).values()]
  const ofState = states.find((of) => of.state === state)
  const isAsked = ({ states: own }: { states: readonly StateOf[] }) =>
    state === undefined || own.some((of) => of.state === state)
  const values = {
    tracks: all.filter(isAsked),
    ...(ofState && { ofState }),
    states: states.toSorted((one, other) => (one.state < other.state ? -1 : 1)),
    pilots: corridors
      .filter(({ kind }) => kind !== 'roadmap')
      .map(({ id, states, note, reportedOn }) => ({ id, states: states.map(named), note, reportedOn }))
      .filter(isAsked),
  }
  return { json: { ...published, ...values }, values: () => values }
}

/** One corridor. Throws `not-found`. */
export async function corridorView(id: string, deps: CorridorDeps): Promise<View<object, ReportedCorridorValues>> {
  const corridor = await requireCorridor(id, deps)
  const tracks = corridor.tracks.map((track) => listedOf(corridor, track))
  return { json: { ...published, ...corridor }, values: () => ({ corridor, tracks }) }
}

/** One track. Throws `not-found`. */
export async function trackView(
  named: NamedTrack,
  deps: CorridorDeps & Pick<ViewDeps, 'qualifications' | 'now'>,
): Promise<View<object, Promise<ReportedTrackValues>>> {
  const { corridor, track } = await requireTrack(named, deps)
  const { kind, note, describedBy } = corridor
  return {
    json: { ...published, corridor: { id: corridor.id, kind, note }, ...track, ...(describedBy && { describedBy }) },
    values: async () => ({
      corridor,
      track,
      listed: listedOf(corridor, track),
      qualifications: await qualificationsNamed(
        [
          ...track.pairs.flatMap(({ from, to }) => [from, ...to]),
          ...(track.areas ?? []).flatMap(({ qualifications }) => qualifications),
        ],
        deps,
      ),
    }),
  }
}

interface NamedTrack {
  id: string
  track: string
}

/** One row for each step of each track, or of one of them. */
export async function stepsTable(
  named: NamedTrack | undefined,
  deps: CorridorDeps & Pick<ViewDeps, 'corridors' | 'reader' | 'now'>,
): Promise<Table> {
  if (named !== undefined && isDeclared(named.id)) return { columns: COLUMNS, rows: await declaredRows(named, deps) }
  const { corridors } = await deps.descriptions()
  const found = named === undefined ? undefined : await requireTrack(named, deps)
  const all =
    found === undefined
      ? corridors.flatMap((corridor) => corridor.tracks.map((track) => ({ corridor, track })))
      : [found]
  return {
    columns: COLUMNS,
    rows: [
      ...(named === undefined ? await declaredRows(undefined, deps) : []),
      ...all.flatMap(({ corridor, track }) =>
        track.steps.map((step) => [
          corridor.id,
          track.id,
          track.states.join('; '),
          track.skillsArea,
          step.step,
          roadmap.find(({ id }) => id === step.step)?.title ?? '',
          step.progress,
          ...(step.progress === 'nothing' ? ['', '', ''] : [step.basis, step.by ?? '', track.reportedOn]),
        ]),
      ),
    ],
  }
}

const COLUMNS = ['corridor', 'track', 'states', 'skillsArea', 'step', 'title', 'progress', 'basis', 'by', 'on']

/** The id of a corridor that states founded here begins with that of the authority. Those of reports have no dot. */
export const isDeclared = (id: string): boolean => id.includes('.')

/** What each step is for. */
export const stepsView = (): View<object, object> => ({
  json: { ...published, steps: roadmap, activities },
  values: () => ({}),
})

/** The template of one step, or of the thirteen activities. Throws `not-found`. */
export function templateOfStep(step: string): Table {
  if (step === 'activities')
    return {
      columns: ['activity', 'title', 'state', 'owner', 'due', 'evidence'],
      rows: activities.map((title, at) => [String(at + 1), title, '', '', '', '']),
    }
  if (!isStepId(step)) throw noSuchThing()
  const { artefacts: asked } = roadmap.find(({ id }) => id === step) ?? { artefacts: [] }
  return {
    columns: ['step', 'artefact', 'title', 'access', 'part', 'document', 'day', 'sha256'],
    rows: asked.map((id) => [step, id, artefacts[id], restrictedArtefacts.has(id) ? 'hash-only' : '', '', '', '', '']),
  }
}

/** The work of a track as it was reported. Throws `not-found`. */
export async function reportedWork(named: NamedTrack, deps: CorridorDeps): Promise<TrackWork> {
  const { corridor, track } = await requireTrack(named, deps)
  return {
    listed: listedOf(corridor, track),
    occupations: track.occupations.map((isco) => ({ isco, descriptions: [], roles: [] })),
    qualifications: [
      ...track.pairs.map(({ from }) => from),
      ...(track.areas ?? []).flatMap(({ qualifications }) => qualifications),
    ],
  }
}

async function requireCorridor(id: string, { descriptions }: CorridorDeps): Promise<ReportedCorridor> {
  const found = (await descriptions()).corridors.find((corridor) => corridor.id === id)
  if (found === undefined) throw noSuchThing()
  return found
}

async function requireTrack({ id, track: wanted }: NamedTrack, deps: CorridorDeps) {
  const corridor = await requireCorridor(id, deps)
  const track = corridor.tracks.find((each) => each.id === wanted)
  if (track === undefined) throw noSuchThing()
  return { corridor, track }
}

const named = (state: string) => ({ state })

const listedOf = (corridor: ReportedCorridor, track: ReportedTrack): ListedTrack => ({
  corridor: corridor.id,
  id: track.id,
  skillsArea: track.skillsArea,
  states: track.states.map(named),
  ...(track.origin && { origin: named(track.origin) }),
  ...(track.host && { host: named(track.host) }),
  steps: track.steps.map(shownStep),
})

const shownStep = (step: ReportedStep): ShownStep =>
  step.progress === 'nothing'
    ? step
    : { step: step.step, progress: step.progress, basis: step.basis, ...(step.by && { by: named(step.by) }) }
