import type { KeptEvidence, StepId } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'
import { corridorAt } from './corridor-at.ts'
import { plansAt, type StepPlan } from './plan-at.ts'
import { isCorridorId, readCorridor, readPlan, readTrack } from './reader.ts'
import { type StepAt, trackAt } from './track-at.ts'

export interface PartyTrack {
  corridor: string
  track: string
  steps: readonly StepAt[]
  plans: readonly StepPlan[]
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
  const [declared, planned] = await Promise.all([readTrack(id, track, store), readPlan(id, track, store)])
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
  const kept = planned.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.type === 'evidence-kept' && stated.has(event.commitment)
        ? { ...event.evidence, step: event.step, commitment: event.commitment, by: event.declaredBy.id }
        : [],
    ),
  )
  return { corridor: id, track, steps, plans: plansAt(planned, { today: moment.slice(0, 10), done }), kept }
}

const commitmentIn = (one: { access: string; commitment?: string }) => one.commitment ?? []
