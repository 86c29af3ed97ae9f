import type { Scope } from '@sijil/qualifications'
import { type Commit, type CommitStore, nextCommit, streams } from '@sijil/registry'
import type { GrantTerms, Right, TrustEvent, TrustPolicy } from '@sijil/registry/trust'
import * as fc from 'fast-check'
import type { TrustQuestion } from '../../packages/registry/src/trust/accreditation-status.ts'
import { baselineHistory } from './baseline.ts'
import { MemoryStore } from './memory-store.ts'
import { FROM, identity, noon } from './registry-world.ts'

/** Small graphs of grants as no officer would make them: with circles, joint grantors, roots of two states, and dead ends. */

/** When something counts: long ago, some years ago, and twice on the day that is asked about. */
const MOMENTS = [FROM, '2024-06-01T00:00:00.000Z', '2026-03-02T08:00:00.000Z', '2026-03-02T10:00:00.000Z'] as const
const MOST_ENTITIES = 8
const SCOPES: readonly Scope[] = [
  {},
  { qualifications: { framework: 'PQF' }, places: ['PH'] },
  { qualifications: ['ph-masonry-nc2'], places: ['PH'] },
  { qualifications: ['ph-masonry-nc1', 'ph-masonry-nc2'] },
  { places: ['MY'] },
  { sites: ['e2', 'e3'] },
  { qualifications: [] },
]

interface DrawnChange {
  type: 'suspended' | 'lifted' | 'withdrawn' | 'joined' | 'amended'
  by: number
  at: number
  scope: number
  until?: number | undefined
}

export interface DrawnGrant {
  right: Right
  /** Places of entities; `before` is the one before its holder. */
  grantors: readonly (number | 'before')[]
  onBehalfOf?: number | undefined
  awaits: boolean
  scope: number
  from: number
  until?: number | undefined
  pilot: boolean
  changes: readonly DrawnChange[]
}

interface DrawnEntity {
  kind: 'authority' | 'body' | 'centre'
  state: string
  sandbox: boolean
  demonstration: boolean
  from: number
  under?: number | undefined
  successor?: { place: number; from: number } | undefined
  grants: readonly DrawnGrant[]
}

export interface Graph {
  entities: readonly DrawnEntity[]
  policy: TrustPolicy
}

export const idOf = (place: number): string => `e${place}`

const often = <T>(...weighted: [weight: number, value: T][]): fc.Arbitrary<T> =>
  fc.oneof(...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))
const rarely = <T>(one: fc.Arbitrary<T>, of = 8): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: one }, { weight: of - 1, arbitrary: fc.constant(undefined) })
const chance = (of: number): fc.Arbitrary<boolean> => often([1, true], [of - 1, false])
// One more than there are: nobody is registered at that place.
const place = fc.nat(MOST_ENTITIES)
const moment = often([6, 0], [1, 1], [1, 2], [1, 3])
const scope = often([9, 0], [4, 1], [3, 2], [2, 3], [1, 4], [2, 5], [1, 6])

const changes = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record<DrawnChange>({
        type: often([3, 'suspended'], [2, 'lifted'], [1, 'withdrawn'], [3, 'joined'], [2, 'amended']),
        by: place,
        at: fc.nat(MOMENTS.length - 1),
        scope,
        until: rarely(fc.nat(MOMENTS.length - 1)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
)

export const drawnGrants: fc.Arbitrary<DrawnGrant> = fc.record({
  right: often<Right>([6, 'accredit'], [4, 'issue'], [1, 'assess']),
  grantors: fc.oneof(
    { weight: 6, arbitrary: fc.constant(['before'] as const) },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.tuple(place) },
    { weight: 2, arbitrary: fc.tuple(place, fc.constant('before' as const)) },
    { weight: 1, arbitrary: fc.tuple(place, place) },
  ),
  onBehalfOf: rarely(place, 5),
  awaits: chance(10),
  scope,
  from: moment,
  until: rarely(fc.nat(MOMENTS.length - 1), 10),
  pilot: chance(8),
  changes,
})

const drawnEntities: fc.Arbitrary<DrawnEntity> = fc.record({
  kind: often<DrawnEntity['kind']>([6, 'authority'], [4, 'body'], [1, 'centre']),
  state: often([12, 'PH'], [1, 'MY'], [2, 'ASEAN']),
  sandbox: chance(25),
  demonstration: often([15, true], [1, false]),
  from: often([15, 0], [1, 2]),
  under: rarely(place, 4),
  successor: rarely(fc.record({ place, from: moment }), 10),
  grants: fc.array(drawnGrants, { maxLength: 3 }),
})

const places = fc.uniqueArray(fc.nat(MOST_ENTITIES - 1), { maxLength: 3 }).map((all) => all.map(idOf))
const policies: fc.Arbitrary<TrustPolicy> = fc
  .record({
    demonstration: often([12, true], [1, false]),
    roots: rarely(places),
    states: rarely(often<string[]>([3, ['PH']], [1, ['MY', 'ASEAN']]), 10),
    refused: rarely(places),
  })
  .map(({ demonstration, roots, states, refused }) => ({
    demonstration,
    ...(roots && { roots }),
    ...(states && { states }),
    ...(refused && { refused }),
  }))

/** Every other graph has a chain from its first to its last entity, which the other grants can only add to. */
const ofChain = (entity: DrawnEntity, index: number): DrawnEntity => ({
  ...entity,
  state: 'PH',
  sandbox: false,
  demonstration: true,
  from: 0,
  grants: index === 0 ? entity.grants.filter(({ right }) => right !== 'accredit') : [aGrant(), ...entity.grants],
})

export const drawnGraphs: fc.Arbitrary<Graph> = fc.record({
  entities: fc
    .tuple(drawnEntities, fc.array(drawnEntities, { minLength: 1, maxLength: MOST_ENTITIES - 1 }), fc.boolean())
    // The first is a root more often than not, so that something stands.
    .map(([first, others, isChain]) => {
      const entities = [{ ...first, kind: 'authority' as const, under: undefined }, ...others]
      return isChain ? entities.map(ofChain) : entities
    }),
  policy: policies,
})

/** A long chain of one entity after another, each with what the one before it gave it. */
export const chainOf = (length: number): Graph => ({
  policy: { demonstration: true },
  entities: Array.from({ length }, (_, at) => ({
    kind: at === length - 1 ? 'body' : 'authority',
    state: 'PH',
    sandbox: false,
    demonstration: true,
    from: 0,
    grants: at === 0 ? [] : [aGrant({ right: at === length - 1 ? 'issue' : 'accredit' })],
  })),
})

export const aGrant = (change: Partial<DrawnGrant> = {}): DrawnGrant => ({
  right: 'accredit',
  grantors: ['before'],
  awaits: false,
  scope: 0,
  from: 0,
  pilot: false,
  changes: [],
  ...change,
})

const at = (index: number): string => MOMENTS[index] as string

/** Recorded as it was drawn: what the verbs would refuse is recorded as well, for a list of another registry may hold it. */
export async function recorded({ entities }: Graph): Promise<MemoryStore> {
  const store = new MemoryStore()
  for (const [index, entity] of entities.entries()) await record(store, index, entity)
  return store
}

async function record(store: CommitStore, index: number, entity: DrawnEntity): Promise<void> {
  const id = idOf(index)
  const commits: Commit<TrustEvent>[] = []
  const say = async (event: TrustEvent, effectiveAt: string, isFirst = false) => {
    const now = new Date(Date.parse(FROM) + 1_000 * commits.length)
    const commit = nextCommit(streams.trust(id), commits, {
      events: [event],
      actor: 'a',
      now,
      effectiveAt,
      index: isFirst ? 'ENTITIES' : 'TRUST',
    })
    commits.push(commit)
    await store.append(commit)
  }
  const { kind, state, sandbox, demonstration, under, successor, grants } = entity
  const stated = {
    identity: identity({ name: id, state, demonstration }),
    ...(under !== undefined && under !== index && { under: idOf(under) }),
  }
  const did = `did:web:registry.example:issuers:${id}`
  await say(
    kind === 'body' ? { ...stated, type: 'body-registered', did, sandbox } : { ...stated, type: `${kind}-registered` },
    at(entity.from),
    true,
  )
  for (const [number, grant] of grants.entries()) await say(eventOf(grant, index, number), at(grant.from))
  for (const [number, { changes }] of grants.entries()) {
    for (const { type, by, at: from, scope: changed, until } of changes) {
      const change = { grant: grantId(index, number), by: idOf(by), basis: 'decision' }
      await say(
        type === 'amended'
          ? { type: 'accreditation-amended', ...change, ...termsOf({ scope: changed, until }) }
          : { type: `accreditation-${type}`, ...change },
        at(from),
      )
    }
  }
  if (successor !== undefined)
    await say({ type: 'succeeded', successor: idOf(successor.place), basis: 'Act 2' }, at(successor.from))
}

const grantId = (entity: number, number: number): string => `${idOf(entity)}-g${number}`

function termsOf({
  scope: named,
  until,
  pilot,
}: Pick<DrawnGrant, 'scope' | 'until'> & { pilot?: boolean }): GrantTerms {
  return {
    scope: SCOPES[named] ?? {},
    ...(until !== undefined && { until: at(until) }),
    ...(pilot && { pilot: true }),
  }
}

function eventOf(grant: DrawnGrant, index: number, number: number): TrustEvent {
  const id = grantId(index, number)
  const named = grant.grantors.map((one) => idOf(one === 'before' ? Math.max(0, index - 1) : one))
  const [first, ...others] = [...new Set(named)]
  if (first === undefined)
    return { type: 'established', grant: id, right: grant.right, law: 'Act 1', ...termsOf(grant) }
  return {
    type: 'accredited',
    grant: id,
    right: grant.right,
    grantors: [first, ...others],
    basis: 'decision',
    ...(grant.onBehalfOf !== undefined && { onBehalfOf: idOf(grant.onBehalfOf) }),
    ...(grant.awaits && { awaits: [others[0] ?? first] }),
    ...termsOf(grant),
  }
}

export const aQuestion = (issuer: string, change: Partial<TrustQuestion> = {}): TrustQuestion => ({
  issuer,
  right: 'issue',
  qualification: baselineHistory('ph-masonry-nc2'),
  place: 'PH',
  site: undefined,
  effective: noon.toISOString(),
  recorded: noon.toISOString(),
  ...change,
})
