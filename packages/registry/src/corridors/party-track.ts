import type { KeptEvidence, StepId } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'
import { corridorAt } from './corridor-at.ts'
import type { PlanCommits } from './events.ts'
import { type Gap, gapsAt, readGaps } from './gaps.ts'
import { plansAt, type StepPlan } from './plan-at.ts'
import { isCorridorId, readCorridor, readPlan, readTrack } from './reader.ts'
import { type StepAt, trackAt } from './track-at.ts'

export interface PartyTrack {
  corridor: string
  track: string
  steps: readonly StepAt[]
  plans: readonly StepPlan[]
  /** Each with its office and day, if it is planned. */
  gaps: readonly (Gap & { owner?: string; due?: string; overdue: boolean })[]
  /** What is not public, with the bits that show that a document is the one that was declared. */
  kept: readonly (KeptEvidence & { step: StepId; commitment: string; by: string })[]
}

/** One track as a party reads it: with owners, days and what is not public. Throws `not-found` for every other authority (I36). */
export async function trackForParty(
  { authority, corridor: id, track }: { authority: string; corridor: string; track: string },
  { store, now }: { store: Pick<CommitReader, 'read'>; now: Date },
): Promise<PartyTrack> {
  const moment = now.toISOString()
  const versions = isCorridorId(id) ? await readCorridor(id, store) : []
  const corridor = corridorAt(versions, { effective: moment, recorded: moment })
  const text = corridor?.current?.text
  const isParty = text?.parties.some((party) => party.id === authority) === true
  if (corridor === undefined || !isParty || !text?.content.tracks.some((one) => one.id === track))
    throw new RegistryError('not-found', 'no corridor names you as a party', { reason: 'not-below' })
  const [declared, planned, registered] = await Promise.all([
    readTrack(id, track, store),
    readPlan(id, track, store),
    readGaps(id, track, store),
  ])
  const steps = trackAt(declared, corridor, moment)
  const done = new Set(steps.filter(({ progress }) => progress === 'done').map(({ step }) => step))
  // Without its commitment in the record it is of nothing: the write of the declaration failed.
  const stated = new Set(
    declared.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.type === 'step-declared'
          ? event.statement.evidence.flatMap(commitmentIn)
          : event.type === 'evidence-attached'
            ? event.evidence.flatMap(commitmentIn)
            : [],
      ),
    ),
  )
  for (const { closed } of gapsAt(registered))
    for (const commitment of (closed?.evidence ?? []).flatMap(commitmentIn)) stated.add(commitment)
  const kept = planned.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.type === 'evidence-kept' && stated.has(event.commitment)
        ? { ...event.evidence, step: event.step, commitment: event.commitment, by: event.declaredBy.id }
        : [],
    ),
  )
  const today = moment.slice(0, 10)
  const gaps = gapsAt(registered).map((gap) => ({ ...gap, ...gapPlan(gap, planned, today) }))
  return { corridor: id, track, steps, plans: plansAt(planned, { today, done }), gaps, kept }
}

function gapPlan({ id, closed }: Gap, planned: PlanCommits, today: string) {
  const last = planned
    .flatMap(({ events }) => events)
    .findLast((event) => event.type === 'gap-planned' && event.gap === id)
  if (last?.type !== 'gap-planned') return { overdue: false }
  return { owner: last.owner, due: last.due, overdue: closed === undefined && last.due < today }
}

const commitmentIn = (one: { access: string; commitment?: string }) => one.commitment ?? []
