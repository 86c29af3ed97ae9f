import { ANY_SITE } from '@sijil/qualifications'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import {
  aGrant,
  aQuestion,
  chainOf,
  type DrawnGrant,
  drawnGrants,
  drawnGraphs,
  type Graph,
  idOf,
  recorded,
} from '../../../../test/support/random-grants.ts'
import { noon } from '../../../../test/support/registry-world.ts'
import { runs } from '../../../../test/support/whole.ts'
import { startOfDay } from '../moments.ts'
import { accreditationStatus } from './accreditation-status.ts'
import { EVERYTHING } from './entity.ts'
import type { Right } from './events.ts'
import { entityAt } from './fold.ts'
import { grantsBelow, listGiven } from './grants-below.ts'
import { accreditationsInForce, vouchedFor } from './in-force.ts'
import type { TrustPolicy } from './policy.ts'
import { type TrustReader, trustOf } from './reader.ts'
import { statusChanges } from './status-changes.ts'
import { MAX_CHAIN_LENGTH, type Place, walkGrants } from './walk-grants.ts'

const numRuns = runs(40, 500)
const rights: readonly Right[] = ['issue', 'accredit']

const placesIn = ({ entities }: Graph): readonly string[] => entities.map((_, place) => idOf(place))

/** The grants above an entity: every path that a walk takes. */
const waysUp = (id: string, trust: TrustReader, outside: readonly string[] = []): Promise<readonly string[]> =>
  walkGrants<Place, readonly string[]>(
    { id },
    {
      trust,
      recorded: EVERYTHING,
      async answer(entity, _, follow) {
        const above = await Promise.all(
          entity.grants.flatMap(({ grantors }) => grantors.map((one) => follow({ id: one }))),
        )
        return [entity.id, ...above.flat().map((way) => `${entity.id} ${way}`)]
      },
      nowhere: [],
    },
    outside,
  )

/** Each entity has a grant from each of the others. */
const everyCircle = (count: number): Graph => {
  const others = (place: number) => Array.from({ length: count }, (_, at) => at).filter((at) => at !== place)
  const { entities, policy } = chainOf(count)
  const grants = (place: number) => others(place).map((other) => aGrant({ grantors: [other] }))
  return { policy, entities: entities.map((entity, place) => ({ ...entity, grants: grants(place) })) }
}

test('a walk takes every path once, visits no entity twice in a path, and stops at the longest chain', async () => {
  const ways = await waysUp(idOf(0), trustOf(await recorded(everyCircle(8))))
  expect(new Set(ways).size).toBe(ways.length)
  for (const way of ways) expect(new Set(way.split(' ')).size).toBe(way.split(' ').length)
  expect(Math.max(...ways.map((way) => way.split(' ').length))).toBe(MAX_CHAIN_LENGTH)
  expect(ways.length).toBe(1 + 7 + 7 * 6 + 7 * 6 * 5 + 7 * 6 * 5 * 4)
})

test('a walk never visits a place in `outside`, or an entity that is not registered', async () => {
  const trust = trustOf(await recorded(chainOf(4)))
  expect(await waysUp('e3', trust)).toEqual(['e3', 'e3 e2', 'e3 e2 e1', 'e3 e2 e1 e0'])
  expect(await waysUp('e3', trust, ['e1'])).toEqual(['e3', 'e3 e2'])
  expect(await waysUp('e3', trust, ['e3'])).toEqual([])
  expect(await waysUp('nobody', trust)).toEqual([])
})

test('a chain of five links counts, and one of six does not', async () => {
  const standing = async (length: number) => {
    const graph = chainOf(length)
    const asking = { trust: trustOf(await recorded(graph)), policy: graph.policy }
    return (await accreditationStatus(aQuestion(idOf(length - 1)), asking)).standing
  }
  expect(await Promise.all([2, 3, 4, 5, 6, 7].map(standing))).toEqual([
    ...['authorised', 'authorised', 'authorised', 'authorised'],
    ...['unknown', 'unknown'],
  ])
})

interface Answered {
  /** Who may do what: `e3 issue`. */
  authorised: readonly string[]
  chains: readonly (readonly { id: string; standing: string; root?: true | undefined }[])[]
  inForce: readonly string[]
  vouchedFor: readonly string[]
}

async function stands(graph: Graph, policy: TrustPolicy = graph.policy): Promise<Answered> {
  const trust = trustOf(await recorded(graph))
  const asking = { trust, catalogue: async (id: string) => baselineHistory(id), policy, effective: noon.toISOString() }
  const asked = placesIn(graph).flatMap((id) => rights.map((right) => ({ id, right })))
  const answers = await Promise.all(
    asked.map(async ({ id, right }) => {
      const { standing, chain } = await accreditationStatus(aQuestion(id, { right, site: ANY_SITE }), asking)
      return standing === 'authorised' ? [{ named: `${id} ${right}`, chain }] : []
    }),
  )
  const entities = await Promise.all(placesIn(graph).map(async (id) => entityAt(id, await trust(id), EVERYTHING)))
  const held = await Promise.all(
    entities.flatMap((entity) =>
      entity === undefined
        ? []
        : [Promise.all([entity.id, accreditationsInForce(entity, asking), vouchedFor(entity, asking)])],
    ),
  )
  return {
    authorised: answers.flat().map(({ named }) => named),
    chains: answers.flat().map(({ chain }) => chain),
    inForce: held.flatMap(([, grants]) => grants.map(({ id }) => id)),
    vouchedFor: held.flatMap(([id, , vouched]) => (vouched === undefined ? [] : [id])),
  }
}

test('every authorised entity has a chain from a root, and every link of it is authorised', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, async (graph) => {
      for (const chain of (await stands(graph)).chains) {
        expect(chain[0]?.root).toBe(true)
        expect(new Set(chain.map(({ standing }) => standing))).toEqual(new Set(['authorised']))
      }
    }),
    { numRuns },
  )
})

test('no chain counts if this deployment refuses one of its entities', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, fc.nat(7), async (graph, drawn) => {
      const refused = idOf(drawn % graph.entities.length)
      const policy = { ...graph.policy, refused: [...(graph.policy.refused ?? []), refused] }
      const { chains, inForce, vouchedFor } = await stands(graph, policy)
      expect(chains.flat().map(({ id }) => id)).not.toContain(refused)
      expect(inForce.filter((grant) => grant.startsWith(`${refused}.`))).toEqual([])
      expect(vouchedFor).not.toContain(refused)
    }),
    { numRuns },
  )
})

test('without an accepted root, no entity is authorised and no grant is in force', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, async (graph) => {
      expect(await stands(graph, { ...graph.policy, roots: [] })).toEqual({
        authorised: [],
        chains: [],
        inForce: [],
        vouchedFor: [],
      })
    }),
    { numRuns },
  )
})

const given = (
  graph: Graph,
  place: number,
  change: (grants: readonly DrawnGrant[]) => readonly DrawnGrant[],
): Graph => ({
  ...graph,
  entities: graph.entities.map((entity, at) => (at === place ? { ...entity, grants: change(entity.grants) } : entity)),
})

test('a further grant never takes a right away', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, fc.nat(7), drawnGrants, async (graph, drawn, grant) => {
      const place = drawn % graph.entities.length
      // A root that is granted the right to accredit is no longer a root.
      const right = grant.right === 'accredit' ? 'issue' : grant.right
      const [before, after] = [
        await stands(graph),
        await stands(given(graph, place, (own) => [...own, { ...grant, right }])),
      ]
      expect(after.authorised).toEqual(expect.arrayContaining([...before.authorised]))
      expect(after.inForce).toEqual(expect.arrayContaining([...before.inForce]))
      expect(after.vouchedFor).toEqual(expect.arrayContaining([...before.vouchedFor]))
    }),
    { numRuns },
  )
})

test('every body that loses the right to issue is found below the withdrawn grant', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, fc.nat(7), async (graph, drawn) => {
      const place = drawn % graph.entities.length
      const store = await recorded(graph)
      const holder = entityAt(idOf(place), await trustOf(store)(idOf(place)), EVERYTHING)
      if (holder === undefined) throw new Error('was registered')
      const before = await stands(graph)
      for (const [number, grant] of holder.grants.entries()) {
        const withdrawn = { type: 'withdrawn', by: 0, at: 0, scope: 0 } as const
        const after = await stands(
          given(graph, place, (own) =>
            own.map((one, at) => (at === number ? { ...one, changes: [...one.changes, withdrawn] } : one)),
          ),
        )
        const lost = before.authorised.filter((named) => named.endsWith(' issue') && !after.authorised.includes(named))
        const below = await grantsBelow({ holder, grants: [grant] }, { store, given: await listGiven(store) })
        expect([...below.bodies.keys()]).toEqual(expect.arrayContaining(lost.map((named) => named.split(' ')[0])))
      }
    }),
    { numRuns },
  )
})

test('the status changes of a day lead from its first status to its last, if all were registered before', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, fc.nat(7), async ({ entities, policy }, drawn) => {
      const question = aQuestion(idOf(drawn % entities.length), { right: 'accredit', site: ANY_SITE })
      const store = await recorded({ entities: entities.map((entity) => ({ ...entity, from: 0 })), policy })
      const asking = { trust: trustOf(store), policy }
      const statusAt = async (effective: string) =>
        (await accreditationStatus({ ...question, effective }, asking)).standing
      const [began, stood] = [await statusAt(startOfDay('2026-03-02')), await statusAt(question.effective)]
      const turns = await statusChanges(question, asking)
      if (turns.length === 0) expect(stood).toBe(began)
      else expect([turns[0]?.standing, turns.at(-1)?.standing]).toEqual([began, stood])
    }),
    { numRuns },
  )
})
