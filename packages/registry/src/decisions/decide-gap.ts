import {
  type Artefact,
  artefacts,
  type Comparison,
  claimsIn,
  evidenceFaults,
  type OfferedEvidence,
} from '@sijil/qualifications'
import { type Gap, type GapEvent, gapsAt, type OpenedGap, readGaps } from '../corridors/gaps.ts'
import { RegistryError } from '../errors.ts'
import { jointAt, readJoint } from '../joint/joint-at.ts'
import { nextCommit, streams } from '../stream.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { keep, publicOf, refuse, requireParty, writePlan } from './decide-track.ts'
import { verdictFaults } from './verdict-words.ts'

/** What a party decides about the gaps of a track. */
export type GapChange = { register: { corridor: string; id: string } } & (
  | { verb: 'open-gaps'; comparison: { id: string; number: number } }
  /** The action is public. Its office and its day are for the parties. */
  | { verb: 'plan-gap'; gap: string; action: string; office: string; due: string }
  | { verb: 'close-gap'; gap: string; evidence: readonly OfferedEvidence[] }
)

const anyArtefact = { artefacts: Object.keys(artefacts) as Artefact[] }

/** Records it. Throws `not-found` where the authority is no party, `conflict` for what changes nothing, and `validation-failed`. */
export async function decideGap(
  change: GapChange,
  { authority, actor }: { authority: string; actor: string },
  deps: CarryOutDeps,
): Promise<void> {
  const { corridor, id } = change.register
  // A gap is none of a step, so any step shows that the authority is a party of the track.
  const track = { corridor, id, step: '5' as const }
  const known = await requireParty(authority, track, deps)
  const commits = await readGaps(corridor, id, deps.store)
  const gaps = gapsAt(commits)
  const { declaredBy } = known
  const write = (event: GapEvent) =>
    deps.store.append(
      nextCommit(streams.gaps(corridor, id), commits, { events: [event], actor, now: deps.now, index: 'JOINT' }),
    )
  if (change.verb === 'open-gaps') return write({ ...(await gapsIn(change, authority, gaps, deps)), declaredBy })
  const gap = gaps.find((one) => one.id === change.gap)
  if (gap === undefined) throw new RegistryError('not-found', 'this track has no such gap', { reason: 'not-below' })
  if (gap.closed !== undefined)
    throw new RegistryError('conflict', 'this gap is closed already', { reason: 'nothing-changes' })
  if (change.verb === 'plan-gap') {
    const { action, office, due } = change
    refuse([...verdictFaults('/action', action), ...claimsIn('/action', action)])
    const planned = { type: 'gap-planned', gap: gap.id, owner: office, due, declaredBy } as const
    await writePlan([planned], { actor, track }, deps)
    return write({ type: 'gap-action', gap: gap.id, action, declaredBy })
  }
  refuse([
    ...(change.evidence.length === 0 ? [{ pointer: '/evidence', detail: 'must be what closes the gap' }] : []),
    ...evidenceFaults(change.evidence, anyArtefact),
    ...change.evidence.flatMap(({ access, title }, at) =>
      access === 'public' ? verdictFaults(`/evidence/${at}/title`, title) : [],
    ),
  ])
  await keep(change.evidence, known, { actor, track }, deps)
  return write({ type: 'gap-closed', gap: gap.id, evidence: change.evidence.map(publicOf), declaredBy })
}

/** The units of a comparison that the register does not have as open. A comparison that ended says nothing any more. */
async function gapsIn(
  { comparison: { id, number } }: Extract<GapChange, { verb: 'open-gaps' }>,
  authority: string,
  gaps: readonly Gap[],
  { store, now }: CarryOutDeps,
): Promise<Omit<Extract<GapEvent, { type: 'gaps-opened' }>, 'declaredBy'>> {
  const moment = now.toISOString()
  const commits = await readJoint<Comparison>({ kind: 'comparison', id, number }, store)
  const joint = jointAt(commits, { effective: moment, recorded: moment })
  const isParty = joint?.text.parties.some((party) => party.id === authority) === true
  if (joint === undefined || !isParty || joint.state === 'ended')
    throw new RegistryError('validation-failed', 'no gaps can be opened from this', {
      faults: [{ pointer: '/comparison', detail: 'must be a version that counts and names you as a party' }],
    })
  const { from, to, rows } = joint.text.content
  const isOpen = (unit: string) =>
    gaps.some((one) => one.closed === undefined && one.unit === unit && isPair(one.from, from) && isPair(one.to, to))
  const found = rows.flatMap(({ unit, result, note = '' }): Omit<OpenedGap, 'id'>[] =>
    result === 'match' || isOpen(unit) ? [] : [{ unit, result, note }],
  )
  if (found.length === 0)
    throw new RegistryError('conflict', 'the register has every gap of this comparison', { reason: 'nothing-changes' })
  const opened = found.map((gap, at) => ({ id: `g${gaps.length + at + 1}`, ...gap }))
  return { type: 'gaps-opened', comparison: { id, number }, from, to, gaps: opened }
}

const isPair = (one: { qualification: string }, other: { qualification: string }) =>
  one.qualification === other.qualification
