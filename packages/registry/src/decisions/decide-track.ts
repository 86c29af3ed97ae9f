import {
  claimsIn,
  type Evidence,
  evidenceFaults,
  type KeptEvidence,
  type OfferedEvidence,
  roadmap,
  type StepId,
} from '@sijil/qualifications'
import { digestOf } from '../artefacts.ts'
import { type Corridor, corridorAt, foundedOn } from '../corridors/corridor-at.ts'
import type { Declarer, PlanCommits, PlanEvent, StepStatement, TrackCommits, TrackEvent } from '../corridors/events.ts'
import { isCorridorId, readCorridor, readPlan, readTrack } from '../corridors/reader.ts'
import { type StepAt, stepHash, stepsBefore, trackAt } from '../corridors/track-at.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import type { Entity } from '../trust/entity.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { verdictFaults } from './verdict-words.ts'
import { findAuthority } from './version-parties.ts'

interface NamedStep {
  corridor: string
  id: string
  step: StepId
}

/** What a party decides about one step of a track. It decides for itself alone. */
export type TrackChange = { track: NamedStep } & (
  | ({ verb: 'declare-step'; evidence: readonly OfferedEvidence[] } & Omit<StepStatement, 'evidence'>)
  | { verb: 'join-step'; hash: string }
  | { verb: 'withdraw-step'; basis: string }
  | { verb: 'attach-evidence'; evidence: readonly OfferedEvidence[] }
  /** Only the parties read it. */
  | { verb: 'plan-step'; office: string; due: string }
)

interface Known {
  corridor: Corridor
  commits: TrackCommits
  steps: readonly StepAt[]
  step: StepAt
  declaredBy: Declarer
}

/**
 * Records it. Throws `not-found` where the authority is no party of a corridor in force with such a track (I36), `conflict` for what was
 * declared already or changed since, and `validation-failed` with every fault.
 */
export async function decideTrack(
  change: TrackChange,
  { authority, actor }: { authority: string; actor: string },
  deps: CarryOutDeps,
): Promise<void> {
  const { track } = change
  const known = await requireParty(authority, track, deps)
  const write = (event: TrackEvent) => {
    const stated = { events: [event], actor, now: deps.now, index: 'JOINT' } as const
    return deps.store.append(nextCommit(streams.track(track.corridor, track.id), known.commits, stated))
  }
  const { declaredBy } = known
  const { step } = track
  switch (change.verb) {
    case 'declare-step': {
      const { progress, on, part } = change
      refuse([
        ...(progress === 'done' ? orderFaults(known, authority) : []),
        ...dayFaults(on, known, authority, deps.now),
        ...verdictFaults('/part', part),
        ...claimsIn('/part', part),
        ...offeredFaults(change.evidence, known),
      ])
      if (known.step.declarations.some((one) => one.declaredBy.id === authority && one.statement.progress === 'done'))
        throw new RegistryError('conflict', 'you have declared this step already: withdraw that first')
      await keep(change.evidence, known, { actor, track }, deps)
      const statement: StepStatement = { progress, on, part, evidence: change.evidence.map(publicOf) }
      const hash = stepHash({ corridor: track.corridor, track: track.id, step }, statement)
      return write({ type: 'step-declared', step, statement, hash, declaredBy })
    }
    case 'join-step': {
      const of = known.step.declarations.find(({ hash }) => hash === change.hash)
      if (of === undefined)
        throw new RegistryError('conflict', 'this is not what a party declares now', {
          faults: [{ pointer: '/hash', detail: 'must be the hash of a declaration' }],
        })
      if (known.step.declarations.some((one) => one.declaredBy.id === authority && one.hash === change.hash))
        throw new RegistryError('conflict', 'you have joined this already', { reason: 'nothing-changes' })
      const isEach = roadmap.find(({ id }) => id === step)?.parties === 'each'
      refuse([
        ...(isEach ? [{ pointer: '/step', detail: 'must be a step that all declare together: declare your own' }] : []),
        ...(of.statement.progress === 'done' ? orderFaults(known, authority) : []),
      ])
      return write({ type: 'step-joined', step, hash: change.hash, declaredBy })
    }
    case 'withdraw-step': {
      requireDeclared(known, authority)
      const later = known.steps.some(
        ({ step: id, declarations }) =>
          stepsBefore(id).includes(step) &&
          declarations.some((one) => one.declaredBy.id === authority && one.statement.progress === 'done'),
      )
      if (later) throw new RegistryError('conflict', 'you have declared a later step: withdraw that first')
      refuse(verdictFaults('/basis', change.basis))
      return write({ type: 'step-withdrawn', step, basis: change.basis, declaredBy })
    }
    case 'attach-evidence': {
      requireDeclared(known, authority)
      refuse(offeredFaults(change.evidence, known))
      await keep(change.evidence, known, { actor, track }, deps)
      return write({ type: 'evidence-attached', step, evidence: change.evidence.map(publicOf), declaredBy })
    }
    case 'plan-step': {
      const event: PlanEvent = { type: 'step-planned', step, owner: change.office, due: change.due, declaredBy }
      return writePlan([event], { actor, track }, deps)
    }
    default:
      return change satisfies never
  }
}

/** Only a party decides, and nobody else learns that there is such a track of which it could. */
export async function requireParty(authority: string, track: NamedStep, deps: CarryOutDeps): Promise<Known> {
  const noSuch = () => new RegistryError('not-found', 'no corridor names you as a party', { reason: 'not-below' })
  const own = await findAuthority(authority, deps)
  const moment = deps.now.toISOString()
  const versions = isCorridorId(track.corridor) ? await readCorridor(track.corridor, deps.store) : []
  const corridor = corridorAt(versions, { effective: moment, recorded: moment })
  const text = corridor?.current?.text
  const place = text?.parties.findIndex(({ id }) => id === authority) ?? -1
  if (own === undefined || corridor === undefined || text === undefined || place < 0) throw noSuch()
  // The state joined, and not another authority that has its id later.
  if (text.content.states[place]?.state !== own.identity.state) throw noSuch()
  if (!text.content.tracks.some(({ id }) => id === track.id)) throw noSuch()
  if (corridor.state !== 'open') throw new RegistryError('conflict', 'a party has left this corridor: it ended for all')
  const commits = await readTrack(track.corridor, track.id, deps.store)
  const steps = trackAt(commits, corridor, moment)
  const step = steps.find((one) => one.step === track.step)
  if (step === undefined) throw noSuch()
  return { corridor, commits, steps, step, declaredBy: declarerOf(own) }
}

export const declarerOf = ({ id, identity: { name, state, stateName } }: Entity): Declarer => ({
  id,
  name,
  state,
  ...(stateName && { stateName }),
})

export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the step cannot be declared as described', { faults: [...faults] })
}

function requireDeclared({ step }: Known, authority: string): void {
  if (!step.declarations.some(({ declaredBy }) => declaredBy.id === authority))
    throw new RegistryError('conflict', 'you have declared nothing of this step', { reason: 'nothing-changes' })
}

/** A step is done after the steps before it, and each party has declared them itself (Z003). */
function orderFaults({ steps, step }: Known, authority: string): Fault[] {
  const before = stepsBefore(step.step)
  const open = steps.find(
    (one) =>
      before.includes(one.step) &&
      (one.settled === undefined ||
        !one.declarations.some(
          ({ declaredBy, statement }) => declaredBy.id === authority && statement.progress === 'done',
        )),
  )
  return open === undefined
    ? []
    : [{ pointer: '/step', detail: `must follow step ${open.step}, which you and all parties declare as done before` }]
}

/** No day before the corridor, before the step that it follows, before a withdrawal, or after today (Z003). */
function dayFaults(on: string, { corridor, steps, step, commits }: Known, authority: string, now: Date): Fault[] {
  const before = stepsBefore(step.step)
  const earliest = [
    foundedOn(corridor) ?? '',
    ...steps
      .filter((one) => before.includes(one.step))
      .flatMap(({ declarations }) => declarations.map(({ statement }) => statement.on)),
    ...commits.flatMap(({ events, recordedAt }) =>
      events.flatMap((event) =>
        event.type === 'step-withdrawn' && event.step === step.step && event.declaredBy.id === authority
          ? recordedAt.slice(0, 10)
          : [],
      ),
    ),
  ]
    .sort()
    .at(-1)
  const isPossible = on <= now.toISOString().slice(0, 10) && on >= (earliest ?? '')
  return isPossible ? [] : [{ pointer: '/on', detail: `must be a day from ${earliest} to today`, reason: 'not-a-day' }]
}

/** Titles of evidence that this track has already, and the words of new ones. */
function offeredFaults(evidence: readonly OfferedEvidence[], { corridor, steps, step }: Known): Fault[] {
  const row = roadmap.find(({ id }) => id === step.step) ?? { artefacts: [] }
  const stated = [
    ...(corridor.current?.text.content.tracks.flatMap(({ demand }) => demand) ?? []),
    ...steps.flatMap(({ declarations, attached }) => [
      ...declarations.flatMap(({ statement }) => statement.evidence),
      ...attached,
    ]),
  ]
  const titles = new Map(stated.flatMap((one) => (one.access === 'public' ? [[one.sha256, one.title] as const] : [])))
  return [
    ...evidenceFaults(evidence, row, titles),
    ...evidence.flatMap(({ access, title }, at) =>
      access === 'public'
        ? [...verdictFaults(`/evidence/${at}/title`, title), ...claimsIn(`/evidence/${at}/title`, title)]
        : [],
    ),
  ]
}

/** SHA-256 over the random bits and the hash of the document. */
export const commitmentOf = ({ nonce, sha256 }: Pick<KeptEvidence, 'nonce' | 'sha256'>): string =>
  digestOf(Buffer.from(nonce + sha256, 'hex'))

export const publicOf = (one: OfferedEvidence): Evidence =>
  one.access === 'public' ? one : { access: 'hash-only', artefact: one.artefact, commitment: commitmentOf(one) }

type Place = { actor: string; track: NamedStep }

/** What only the parties read is written first. Without its commitment in the track it is of nothing. */
export async function keep(
  evidence: readonly OfferedEvidence[],
  { declaredBy }: Known,
  place: Place,
  deps: CarryOutDeps,
): Promise<void> {
  const kept = evidence.flatMap((one): PlanEvent[] =>
    one.access === 'public'
      ? []
      : [{ type: 'evidence-kept', step: place.track.step, evidence: one, commitment: commitmentOf(one), declaredBy }],
  )
  if (kept.length > 0) await writePlan(kept, place, deps)
}

/** It has no index, so no list and no log holds it. */
export async function writePlan(
  events: PlanEvent[],
  { actor, track }: Place,
  { store, now }: CarryOutDeps,
): Promise<void> {
  const commits: PlanCommits = await readPlan(track.corridor, track.id, store)
  await store.append(nextCommit(streams.plan(track.corridor, track.id), commits, { events, actor, now }))
}
