import { type BodyStatement, practiceParts, type StatedBy, type StateStatement, states } from '@sijil/qualifications'
import {
  type DescriptionCommits,
  descriptionOf,
  ownerOfDescription,
  streamOfDescription,
} from '../catalogue/description-at.ts'
import type { DescriptionEvent } from '../catalogue/events.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { nextCommit } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps } from './decide-deps.ts'
import { actsForOwner, requireAsProposed } from './own-records.ts'
import { verdictFaults } from './verdict-words.ts'

/** What a body states about itself, or the root of a state about its state. */
export type DescriptionChange = {
  /** RFC 3339 UTC. */
  effectiveAt: string
  /** Number of commits that the proposal was made on. A later statement makes it fail. */
  version?: number
} & (
  | {
      verb: 'describe-body'
      /** With its own id, or with the id of a body of the baseline that was assigned to it. */
      described: `body:${string}`
      statement: BodyStatement
    }
  | { verb: 'describe-state'; described: `state:${string}`; statement: StateStatement }
)

/**
 * Records what a body or a state is said to be. Throws `not-found` for one that is not the owner's (I36), `conflict` for a proposal about
 * an earlier version, and `validation-failed` with every fault.
 */
export async function describe(
  change: DescriptionChange,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  const { described, effectiveAt, version } = change
  const stream = streamOfDescription(described)
  if (stream === undefined) throw noSuchRecord()
  const commits = await descriptionOf(described, deps.store)
  const owner = await requireOwner(change, commits, authority, deps)
  requireAsProposed(commits, version)
  const faults = textFaults(change)
  if (faults.length > 0) throw new RegistryError('validation-failed', 'it cannot be described like this', { faults })
  const statedBy: StatedBy = { id: owner.id, name: owner.identity.name }
  const event: DescriptionEvent =
    change.verb === 'describe-body'
      ? { type: 'body-described', statement: change.statement, statedBy }
      : { type: 'state-described', statement: change.statement, statedBy }
  const stated = { events: [event], actor, effectiveAt, now: deps.now, index: 'DESCRIPTIONS' } as const
  await deps.store.append(nextCommit(stream, commits, stated))
}

const noSuchRecord = () =>
  new RegistryError('not-found', 'you own no description with this id', { reason: 'not-below' })

/** A body of the baseline has the owner to which the root of its state assigned it. A state is described by the root of the whole state. */
async function requireOwner(
  { verb, described }: DescriptionChange,
  commits: DescriptionCommits,
  by: string,
  deps: DecideDeps,
): Promise<Entity> {
  const entity = entityAt(by, await trustOf(deps.store)(by), EVERYTHING)
  if (entity === undefined || entity.sandbox || entity.kind === 'centre') throw noSuchRecord()
  const owns =
    verb === 'describe-body'
      ? await actsForOwner(by, ownerOfDescription(described, commits, deps.now.toISOString()), deps)
      : isWholeRoot(entity, deps.policy) && isOwnState(described, entity) && (await actsForOwner(by, by, deps))
  if (!owns) throw noSuchRecord()
  return entity
}

/** A fictional state has no page that would show its description. */
const isOwnState = (described: string, { identity: { state } }: Entity): boolean =>
  described === `state:${state}` && states.some(({ iso2 }) => iso2 === state)

function textFaults(change: DescriptionChange): Fault[] {
  if (change.verb === 'describe-state')
    return (['standards', 'assurance'] as const).flatMap((kind) =>
      change.statement[kind].flatMap(({ text }, at) => verdictFaults(`/${kind}/${at}/text`, text)),
    )
  const { awards, mandate, practice, note } = change.statement
  return [
    ...awards.flatMap(({ title }, at) => verdictFaults(`/awards/${at}/title`, title)),
    ...verdictFaults('/mandate/text', mandate?.text),
    ...verdictFaults('/mandate/law', mandate?.law),
    ...practiceParts.flatMap((part) => verdictFaults(`/practice/${part}`, practice?.[part])),
    ...verdictFaults('/note', note),
  ]
}
