import type { LevelRecord } from '@sijil/qualifications'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { stepsBefore } from '../corridors/track-at.ts'
import { type Fault, RegistryError } from '../errors.ts'
import type { Party } from '../joint/events.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { requireParty } from './decide-track.ts'

/** What an authority states of a level record. Both states follow from the corridor. */
export type LevelProposal = Omit<LevelRecord, 'origin' | 'host'>

/**
 * The text of a level record, once nothing speaks against it: both parties are of one corridor in force, one of them of the state of the
 * edition, and all steps before 7b are done. Throws `not-found` where the authority is no party of such a track (I36), and
 * `validation-failed` with every fault.
 */
export async function levelRecordText(
  proposal: LevelProposal,
  { authority, parties, here }: { authority: string; parties: readonly Party[]; here: string },
  deps: CarryOutDeps,
): Promise<LevelRecord> {
  const { corridor: id, track, edition } = proposal
  const { corridor, steps } = await requireParty(authority, { corridor: id, id: track, step: '7b' }, deps)
  const text = corridor.current?.text
  const states = parties.map(
    (party) =>
      text?.content.states[
        text.parties.findIndex((one) => one.id === party.id && one.registry === party.registry && here === one.registry)
      ],
  )
  const [one, other] = states
  const question = { effective: deps.now.toISOString(), recorded: deps.now.toISOString(), edition: edition.edition }
  const record = qualificationAt(await catalogueOf(deps.store)(edition.qualification), question)
  const open = stepsBefore('7b').filter((step) => steps.find((each) => each.step === step)?.progress !== 'done')
  const named = text?.content.tracks.find((each) => each.id === track)?.areas.flatMap((area) => area.qualifications)
  const [origin, host] = one !== undefined && one.state === record?.state ? [one, other] : [other, one]
  const isPair = parties.length === 2 && origin !== undefined && host !== undefined && origin.state !== host.state
  const faults: Fault[] = [
    ...(record === undefined
      ? [{ pointer: '/edition', detail: 'must be an edition on record', reason: 'no-such-edition' as const }]
      : []),
    ...(named?.includes(edition.qualification)
      ? []
      : [{ pointer: '/edition', detail: 'must be of a qualification of the track' }]),
    ...(isPair && (record === undefined || origin.state === record.state)
      ? []
      : [{ pointer: '/parties', detail: 'must be one party of the state of the edition, and one of another state' }]),
    ...(open.length === 0
      ? []
      : [{ pointer: '/track', detail: `must have every step before 7b done by all. Open: ${open.join(', ')}` }]),
  ]
  if (faults.length > 0 || origin === undefined || host === undefined)
    throw new RegistryError('validation-failed', 'the level record cannot be proposed as described', { faults })
  return { ...proposal, origin, host }
}
