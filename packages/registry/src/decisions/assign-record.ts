import type { Framework, Qualification, StatedBy } from '@sijil/qualifications'
import { baselineAt } from '../catalogue/baseline-at.ts'
import type { CatalogueEvent, FrameworkEvent } from '../catalogue/events.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { Grounds } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { isWholeRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps } from './decide-deps.ts'
import { requireAsProposed } from './own-records.ts'

/** The root of a state assigns a record of the baseline to the body or authority that owns it from `effectiveAt` on (RFC 3339 UTC). */
export interface Assignment extends Grounds {
  verb: 'assign-record'
  kind: 'qualification' | 'framework'
  /** Id of a baseline record, without a dot: `ph-masonry-nc2`, `PQF`. */
  record: string
  owner: string
  effectiveAt: string
  /** Number of commits that the proposal was made on. A later statement makes it fail. */
  version?: number
}

/**
 * Records an assignment. Only the root of a whole state can assign, and only records of its state, to an entity of its state. Throws
 * `not-found` for any other authority or record, and `conflict` for a proposal about an earlier version.
 */
export async function assignRecord(
  { kind, record, owner: id, basis, effectiveAt, version }: Assignment,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  const [root, owner] = await Promise.all([authority, id].map((one) => entityOf(one, deps)))
  const { commits } =
    kind === 'qualification' ? await catalogueOf(deps.store)(record) : await frameworkOf(record, deps.store)
  const baseline = baselineAt<Qualification | Framework>(commits, EVER)
  if (root === undefined || !isWholeRoot(root, deps.policy) || baseline?.state !== root.identity.state)
    throw new RegistryError('not-found', 'no such record of your state', { reason: 'not-below' })
  const isFit =
    owner !== undefined &&
    !owner.sandbox &&
    owner.identity.state === root.identity.state &&
    owner.identity.demonstration === root.identity.demonstration &&
    (owner.kind === 'authority' || (kind === 'qualification' && owner.kind === 'body'))
  if (!isFit)
    throw new RegistryError('validation-failed', 'the record cannot be assigned to this one', {
      faults: [
        {
          pointer: '/owner',
          detail: `must be ${kind === 'framework' ? 'an authority' : 'a body or an authority'} of your state`,
        },
      ],
    })
  const statedBy: StatedBy = { id: authority, name: root.identity.name }
  const event = { type: 'assigned', owner: id, statedBy, basis } as const
  requireAsProposed(commits, version)
  const stream = kind === 'qualification' ? streams.qualification(record) : streams.framework(record)
  const index = kind === 'qualification' ? 'CATALOGUE' : 'FRAMEWORKS'
  await deps.store.append(
    nextCommit<CatalogueEvent | FrameworkEvent>(stream, commits, {
      events: [event],
      actor,
      effectiveAt,
      now: deps.now,
      index,
    }),
  )
}

const entityOf = async (id: string, { store }: DecideDeps): Promise<Entity | undefined> =>
  entityAt(id, await trustOf(store)(id), EVERYTHING)
