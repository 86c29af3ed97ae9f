import type { Certifier, Framework, Qualification, StatedBy } from '@sijil/qualifications'
import { baselineAt } from '../catalogue/baseline-at.ts'
import { descriptionOf } from '../catalogue/description-at.ts'
import type { CatalogueEvent, DescriptionEvent, FrameworkEvent } from '../catalogue/events.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { type Commit, type IndexKey, nextCommit, type StreamId, streams } from '../stream.ts'
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
  kind: 'qualification' | 'framework' | 'body'
  /** Id of a baseline record, without a dot: `ph-masonry-nc2`, `PQF`, `ph-tesda`. */
  record: string
  owner: string
  effectiveAt: string
  /** Number of commits that the proposal was made on. A later statement makes it fail. */
  version?: number
}

type Commits = readonly Commit<CatalogueEvent | FrameworkEvent | DescriptionEvent>[]

const kinds: Record<
  Assignment['kind'],
  { stream: (id: string) => StreamId; index: IndexKey; read: (id: string, deps: DecideDeps) => Promise<Commits> }
> = {
  qualification: {
    stream: streams.qualification,
    index: 'CATALOGUE',
    read: async (id, { store }) => (await catalogueOf(store)(id)).commits,
  },
  framework: {
    stream: streams.framework,
    index: 'FRAMEWORKS',
    read: async (id, { store }) => (await frameworkOf(id, store)).commits,
  },
  body: {
    stream: (id) => streams.description('body', id),
    index: 'DESCRIPTIONS',
    read: (id, { store }) => descriptionOf(`body:${id}`, store),
  },
}

export const streamOfRecord = ({ kind, record }: Pick<Assignment, 'kind' | 'record'>): StreamId =>
  kinds[kind].stream(record)

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
  const commits = await kinds[kind].read(record, deps)
  const baseline = baselineAt<Qualification | Framework | Certifier>(commits, EVER)
  if (root === undefined || !isWholeRoot(root, deps.policy) || baseline?.state !== root.identity.state)
    throw new RegistryError('not-found', 'no such record of your state', { reason: 'not-below' })
  const isFit =
    owner !== undefined &&
    !owner.sandbox &&
    owner.identity.state === root.identity.state &&
    owner.identity.demonstration === root.identity.demonstration &&
    (owner.kind === 'authority' || (kind !== 'framework' && owner.kind === 'body'))
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
  const { index } = kinds[kind]
  await deps.store.append(
    nextCommit<CatalogueEvent | FrameworkEvent | DescriptionEvent>(streamOfRecord({ kind, record }), commits, {
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
