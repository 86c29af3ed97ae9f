import {
  type Framework,
  type FrameworkStatement,
  type LevelRow,
  type LevelTableStatement,
  type Placement,
  type ReferencingStatement,
  referenceFramework,
  type StatedBy,
} from '@sijil/qualifications'
import type { CatalogueEvent, FrameworkEvent } from '../catalogue/events.ts'
import { EVER, type FrameworkHistory, frameworkAt } from '../catalogue/framework-at.ts'
import { editionsAt, qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { Grounds } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { stateOf } from '../trust/place.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps } from './decide-deps.ts'
import { frameworkNameFaults } from './framework-names.ts'
import { isVouchedFor } from './overseers.ts'
import { isOwnRecord, requireAsProposed } from './own-records.ts'
import { verdictFaults } from './verdict-words.ts'

interface Dated {
  /** RFC 3339 UTC. */
  effectiveAt: string
  /** Number of commits that the proposal was made on. A later statement makes it fail. */
  version?: number
}

/** What the authority of a framework states about it. Its state follows from the authority. */
export type FrameworkChange = Dated & {
  /** `{authority}.{local}` */
  framework: string
} & (
    | { verb: 'state-framework'; statement: Omit<FrameworkStatement, 'state' | 'stateName'> }
    | { verb: 'state-referencing'; referencing: ReferencingStatement }
    | { verb: 'confirm-levels'; table: LevelTableStatement }
  )

/** Where the authority of a framework places an edition of a qualification of its state, or that it takes the placement back. */
export type PlacementChange = Dated & { qualification: string; edition: string } & (
    | { verb: 'place-edition'; placement: Placement }
    | ({ verb: 'end-placement'; framework: string } & Grounds)
  )

interface Decided {
  authority: string
  actor: string
}

const noSuchFramework = () =>
  new RegistryError('not-found', 'you own no framework with this id', { reason: 'not-below' })

/**
 * Records a statement about a framework. Throws `not-found` for one of another authority (I36), `conflict` for a proposal about an earlier
 * version, and `validation-failed` with every fault.
 */
export async function stateFramework(change: FrameworkChange, by: Decided, deps: DecideDeps): Promise<void> {
  const { framework: id, effectiveAt, version } = change
  const history = await frameworkOf(id, deps.store)
  const owner = await requireAuthority(history, by.authority, deps)
  requireAsProposed(history.commits, version)
  const known = frameworkAt(history, EVER)
  if (known === undefined && change.verb !== 'state-framework') throw noSuchFramework()
  const faults = [
    ...(change.verb === 'state-framework'
      ? await frameworkNameFaults(change.statement, owner.identity.state, deps.store)
      : []),
    ...faultsOf(change, known, deps.now),
  ]
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the framework cannot be stated as described', { faults })
  const events = [eventOf(change, owner)]
  const stated = { events, actor: by.actor, effectiveAt, now: deps.now, index: 'FRAMEWORKS' } as const
  await deps.store.append(nextCommit(streams.framework(id), history.commits, stated))
}

/** Records a placement, or its end. Only editions of the authority's own state can be placed. Throws as `stateFramework` does. */
export async function placeEdition(change: PlacementChange, by: Decided, deps: DecideDeps): Promise<void> {
  const { qualification: id, edition, effectiveAt, version } = change
  const named = change.verb === 'place-edition' ? change.placement.framework : change.framework
  const [history, framework] = await Promise.all([catalogueOf(deps.store)(id), frameworkOf(named, deps.store)])
  const owner = await requireAuthority(framework, by.authority, deps)
  const record = frameworkAt(framework, EVER)
  if (record === undefined) throw noSuchFramework()
  requireAsProposed(history.commits, version)
  const present = qualificationAt(history, { ...EVER, edition })
  const isStated = editionsAt(history, EVER).some((one) => one.id === edition)
  if (present === undefined || !isStated || present.state !== owner.identity.state)
    throw new RegistryError('not-found', 'your state has no qualification with this edition', { reason: 'not-below' })
  const isPlaced = present.levelConfirmedBy !== undefined
  if (change.verb === 'end-placement' && !(isPlaced && present.framework === named))
    throw new RegistryError('conflict', 'this edition is not placed in this framework', { reason: 'not-placed' })
  if (change.verb === 'place-edition') {
    if (isPlaced && present.framework !== named)
      throw new RegistryError(
        'conflict',
        'this edition is placed in another framework: that placement must end first',
        {
          reason: 'placed-in-another',
        },
      )
    const faults = levelFaults(change.placement.level, record)
    if (faults.length > 0)
      throw new RegistryError('validation-failed', 'the edition cannot be placed as described', { faults })
  }
  const statedBy = nameOf(owner)
  const event: CatalogueEvent =
    change.verb === 'place-edition'
      ? { type: 'edition-placed', edition, placement: change.placement, statedBy }
      : { type: 'placement-ended', edition, framework: named, statedBy, basis: change.basis }
  const stated = { events: [event], actor: by.actor, effectiveAt, now: deps.now, index: 'CATALOGUE' } as const
  await deps.store.append(nextCommit(streams.qualification(id), history.commits, stated))
}

/** The owner of the framework, or its successor, while it may decide anything here. */
async function requireAuthority(history: FrameworkHistory, by: string, deps: DecideDeps): Promise<Entity> {
  if (!(await isOwnRecord(history, by, deps))) throw noSuchFramework()
  const owner = entityAt(by, await trustOf(deps.store)(by), EVERYTHING)
  if (owner?.kind !== 'authority' || !(await isVouchedFor(owner, deps))) throw noSuchFramework()
  return owner
}

const nameOf = ({ id, identity }: Entity): StatedBy => ({ id, name: identity.name })

function eventOf(change: FrameworkChange, owner: Entity): FrameworkEvent {
  const statedBy = nameOf(owner)
  switch (change.verb) {
    case 'state-framework':
      return { type: 'framework-stated', statement: { ...change.statement, ...stateOf(owner) }, statedBy }
    case 'state-referencing':
      return { type: 'referencing-stated', referencing: change.referencing, statedBy }
    case 'confirm-levels':
      return { type: 'levels-confirmed', table: change.table, statedBy }
    default:
      return change satisfies never
  }
}

function faultsOf(change: FrameworkChange, known: Framework | undefined, now: Date): Fault[] {
  switch (change.verb) {
    case 'state-framework': {
      const { levels, levelTitles, descriptors = [] } = change.statement
      return [
        ...oneForEach('/levelTitles', 'name', levelTitles, levels),
        ...oneForEach('/descriptors', 'text', descriptors, levels),
        ...descriptors.flatMap((text, at) => verdictFaults(`/descriptors/${at}`, text)),
      ]
    }
    case 'state-referencing':
      return endorsementFaults(change.referencing, now)
    case 'confirm-levels':
      return tableFaults(change.table.rows, known?.levels ?? 0)
    default:
      return change satisfies never
  }
}

const oneForEach = (pointer: string, what: string, texts: readonly string[], levels: number): Fault[] =>
  texts.length === 0 || texts.length === levels
    ? []
    : [
        {
          pointer,
          detail: `must be empty, or have one ${what} for each of the ${levels} levels`,
          reason: 'one-name-a-level',
        },
      ]

/** A report that the Committee has endorsed names the day. Any other report has none. */
function endorsementFaults({ status, endorsedOn }: ReferencingStatement, now: Date): Fault[] {
  const pointer = '/endorsedOn'
  if (status !== 'endorsed')
    return endorsedOn === undefined
      ? []
      : [{ pointer, detail: 'must be absent: the report is not endorsed', reason: 'not-endorsed' }]
  if (endorsedOn === undefined)
    return [{ pointer, detail: 'is missing: the day on which the Committee endorsed it', reason: 'missing' }]
  return endorsedOn > now.toISOString().slice(0, 10)
    ? [{ pointer, detail: 'must not be in the future', reason: 'in-the-future' }]
    : []
}

/** One row for each national level, in order, and no higher national level at a lower AQRF level (Q012). */
function tableFaults(rows: readonly LevelRow[], levels: number): Fault[] {
  const faults: Fault[] = []
  let highest = 0
  rows.forEach(({ national, aqrf }, at) => {
    if (national !== at + 1)
      faults.push({ pointer: `/rows/${at}/national`, detail: `must be ${at + 1}: each level once, in order` })
    if (aqrf === null) return
    if (!Number.isInteger(aqrf) || aqrf < 1 || aqrf > referenceFramework.levels)
      faults.push({
        pointer: `/rows/${at}/aqrf`,
        detail: `must be a level from 1 to ${referenceFramework.levels}, or null`,
        reason: 'not-a-choice',
      })
    else if (aqrf < highest)
      faults.push({
        pointer: `/rows/${at}/aqrf`,
        detail: `must not be below ${highest}, the level of a lower national level`,
        reason: 'below-a-lower-level',
      })
    else highest = aqrf
  })
  if (rows.length !== levels)
    faults.push({ pointer: '/rows', detail: `must have one row for each of the ${levels} levels` })
  return faults
}

function levelFaults(level: number, { levels }: Framework): Fault[] {
  const most = levels ?? 0
  return Number.isInteger(level) && level >= 1 && level <= most
    ? []
    : [{ pointer: '/level', detail: `must be a level from 1 to ${most}`, reason: 'not-a-choice' }]
}
