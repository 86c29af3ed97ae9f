import { type Comparison, comparisonFaults, type SkillSet, type UnitsOfBoth } from '@sijil/qualifications'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { LEVEL_RECORD } from '../corridors/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { joinJoint, leaveJoint, proposeJoint } from '../joint/decide-joint.ts'
import { type JointText, type Party, proposedText } from '../joint/events.ts'
import { readJoint } from '../joint/joint-at.ts'
import { isOwnerId } from '../stream.ts'
import type { Entity } from '../trust/entity.ts'
import type { Grounds } from '../trust/events.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { type LevelProposal, levelRecordText } from './level-record-text.ts'
import { actsForOwner } from './own-records.ts'
import { type CorridorProposal, corridorText, isCorridor } from './propose-corridor.ts'
import { setFaults } from './skill-set-faults.ts'
import { decisionTextFaults, verdictFaults } from './verdict-words.ts'
import { findAuthority, partyFaults, stateFaults } from './version-parties.ts'

type VersionName = Pick<JointText, 'kind' | 'id' | 'number'>

/** What an authority decides about a version that several authorities can join. `effectiveAt`: RFC 3339 UTC. */
export type VersionChange = { joint: VersionName; effectiveAt: string } & (
  | {
      verb: 'propose-comparison'
      parties: readonly Party[]
      comparison: Omit<Comparison, 'catalogueAt'>
      /** The moment of the proposal. The editions are read as they were on record then. */
      catalogueAt?: string
    }
  | { verb: 'propose-corridor'; parties: readonly Party[]; corridor: CorridorProposal }
  | {
      verb: 'propose-skill-set'
      parties: readonly Party[]
      set: SkillSet
      catalogueAt?: string
    }
  | { verb: 'propose-level-record'; parties: readonly Party[]; levelRecord: LevelProposal }
  | { verb: 'join-version'; hash: string }
  | ({ verb: 'leave-version'; hash: string } & Grounds)
)

/**
 * Records it. Throws `not-found` for a version of another authority (I36), `conflict` for another text than the one that was seen, and
 * `validation-failed` with every fault.
 */
export async function decideVersion(
  change: VersionChange,
  { authority, actor }: { authority: string; actor: string },
  deps: CarryOutDeps,
): Promise<void> {
  const { joint, effectiveAt } = change
  const own = await findAuthority(authority, deps)
  if (own === undefined) throw noSuchVersion()
  const here = new URL(deps.baseUrl).host
  const act = { by: { registry: here, id: authority }, actor, effectiveAt }
  switch (change.verb) {
    case 'propose-comparison': {
      if (joint.kind !== 'comparison' || !isLocalId(joint.id, authority)) throw noSuchVersion()
      const { parties, comparison, catalogueAt = deps.now.toISOString() } = change
      const content: Comparison = { ...comparison, catalogueAt }
      const faults = [
        ...noteFaults(comparison),
        ...(await partyFaults(parties, own, here, deps)),
        ...(await editionFaults(content, { own, parties, here }, deps)),
      ]
      if (faults.length > 0)
        throw new RegistryError('validation-failed', 'the comparison cannot be proposed as described', { faults })
      return proposeJoint({ ...joint, parties, content }, act, deps)
    }
    case 'propose-corridor': {
      if (!isCorridor(joint) || !isLocalId(joint.id, authority)) throw noSuchVersion()
      const { parties, corridor } = change
      const entities = await requireEntities(parties, own, here, deps)
      const content = await corridorText(corridor, { ...joint, parties, entities }, deps)
      return proposeJoint({ ...joint, parties, content }, act, deps)
    }
    case 'propose-skill-set': {
      if (joint.kind !== 'skill-set' || !isLocalId(joint.id, authority)) throw noSuchVersion()
      const { parties, set, catalogueAt = deps.now.toISOString() } = change
      const faults = [
        ...(await partyFaults(parties, own, here, deps)),
        ...(await setFaults(set, { catalogueAt, parties, here }, deps)),
      ]
      if (faults.length > 0)
        throw new RegistryError('validation-failed', 'the set cannot be proposed as described', { faults })
      return proposeJoint({ ...joint, parties, content: { ...set, catalogueAt } }, act, deps)
    }
    case 'propose-level-record': {
      if (joint.kind !== LEVEL_RECORD || !isLocalId(joint.id, authority)) throw noSuchVersion()
      const { parties, levelRecord } = change
      const content = await levelRecordText(levelRecord, { authority, parties, here }, deps)
      const faults = await partyFaults(parties, own, here, deps)
      if (faults.length > 0)
        throw new RegistryError('validation-failed', 'the level record cannot be proposed as described', { faults })
      return proposeJoint({ ...joint, parties, content }, act, deps)
    }
    case 'join-version':
      return joinJoint({ ...joint, hash: change.hash }, act, deps)
    case 'leave-version': {
      const basis = change.reason === undefined ? change.basis : `${change.basis}: ${change.reason}`
      const faults = decisionTextFaults('/basis', basis)
      if (faults.length > 0)
        throw new RegistryError('validation-failed', 'nobody leaves a version with this text', { faults })
      const by = { registry: here, id: await leftFor(authority, joint, here, deps) }
      return leaveJoint({ ...joint, hash: change.hash, basis }, { ...act, by }, deps)
    }
    default:
      return change satisfies never
  }
}

/** The party for which an authority leaves: itself, or one that it succeeded, because nobody else could end what that one agreed to. */
async function leftFor(authority: string, named: VersionName, here: string, deps: CarryOutDeps): Promise<string> {
  const { parties = [] } = proposedText(await readJoint(named, deps.store)) ?? {}
  const local = parties.flatMap(({ registry, id }) => (registry === here ? [id] : []))
  // A party that names itself leaves for itself, also where it is the successor of another one.
  for (const id of local.toSorted((one) => (one === authority ? -1 : 1)))
    if (await actsForOwner(authority, id, deps)) return id
  throw noSuchVersion()
}

const noSuchVersion = () => new RegistryError('not-found', 'you own no version with this id', { reason: 'not-below' })

/** Everybody reads notes beside the name of the authority, so none of them passes for a verdict of the registry (Q015). */
const noteFaults = ({ rows, aspects }: Pick<Comparison, 'rows' | 'aspects'>): Fault[] => [
  ...rows.flatMap(({ note }, at) => verdictFaults(`/comparison/rows/${at}/note`, note)),
  ...Object.entries(aspects).flatMap(([name, { note }]) => verdictFaults(`/comparison/aspects/${name}/note`, note)),
]

/** `{authority}.{local}` */
const isLocalId = (id: string, authority: string): boolean => {
  const local = id.startsWith(`${authority}.`) ? id.slice(authority.length + 1) : ''
  return local.length <= 40 && isOwnerId(local)
}

/** The parties of a corridor are all of this registry, because it records what they declare. */
async function requireEntities(
  parties: readonly Party[],
  own: Entity,
  here: string,
  deps: CarryOutDeps,
): Promise<readonly Entity[]> {
  const far = parties.flatMap(({ registry }, at) =>
    registry === here ? [] : [{ pointer: `/parties/${at}`, detail: 'must be an authority of this registry' }],
  )
  const faults = [...far, ...(await partyFaults(parties, own, here, deps))]
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the corridor cannot be proposed as described', { faults })
  const found = await Promise.all(parties.slice(0, 10).map(({ id }) => findAuthority(id, deps)))
  return found.flatMap((entity) => entity ?? [])
}

/** Both editions are on record, and one of them is of the state that compares. */
async function editionFaults(
  comparison: Comparison,
  { own, parties, here }: { own: Entity; parties: readonly Party[]; here: string },
  deps: CarryOutDeps,
): Promise<Fault[]> {
  const { catalogueAt } = comparison
  const [from, to] = await Promise.all(
    [comparison.from, comparison.to].map(async ({ qualification, edition }) =>
      qualificationAt(await catalogueOf(deps.store)(qualification), {
        effective: catalogueAt,
        recorded: catalogueAt,
        edition,
      }),
    ),
  )
  const unknown = Object.entries({ from, to }).flatMap(([side, record]) =>
    record === undefined
      ? [
          {
            pointer: `/comparison/${side}`,
            detail: 'must be an edition of a qualification on record',
            reason: 'no-such-edition' as const,
          },
        ]
      : [],
  )
  if (from === undefined || to === undefined) return unknown
  const { state } = own.identity
  const isOwn = from.state === state || to.state === state
  const ofState: Fault[] = isOwn
    ? []
    : [
        {
          pointer: '/comparison',
          detail: 'must have a qualification of your state',
          reason: 'of-another-state',
        },
      ]
  const isSame = comparison.from.qualification === comparison.to.qualification
  const ofPair: Fault[] = isSame
    ? [{ pointer: '/comparison/to', detail: 'must be another qualification', reason: 'same-qualification' }]
    : []
  const units: UnitsOfBoth = { from: from.units, to: to.units }
  const ofRows = comparisonFaults(comparison, units).map(({ pointer, ...fault }) => ({
    pointer: `/comparison${pointer}`,
    ...fault,
  }))
  const ofParties = await stateFaults([from.state, to.state], { parties, here }, deps)
  return [...ofState, ...ofPair, ...ofRows, ...ofParties]
}
