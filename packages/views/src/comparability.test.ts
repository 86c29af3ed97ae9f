import type { Comparison } from '@sijil/qualifications'
import { type JointCommits, jointHash } from '@sijil/registry/joint'
import { expect, test } from 'vitest'
import { AUTHORITY, aWorld, noon } from '../../../test/support/registry-world.ts'
import { comparabilityView } from './comparability.ts'

const pair = { from: 'ph-masonry-nc2', to: 'th-brick-1' }
const recordedAt = '2026-02-01T00:00:00.000Z'
const edition = 'not stated by the source'

/** One version of a comparison, as it is on record. `counted` says how often its text is read to be hashed. */
function version(at: number, counted: { texts: number }): JointCommits<Comparison> {
  const named = {
    kind: 'comparison',
    id: `${AUTHORITY}.c${at}`,
    number: 1,
    parties: [{ registry: 'r', id: AUTHORITY }],
  }
  const content: Comparison = {
    from: { qualification: pair.from, edition },
    to: { qualification: pair.to, edition },
    catalogueAt: new Date(Date.parse(recordedAt) + at).toISOString(),
    rows: [],
    aspects: {},
  }
  const hash = jointHash({ ...named, content })
  const text = Object.defineProperty({ ...named, content }, 'parties', {
    get: () => {
      counted.texts += 1
      return named.parties
    },
  })
  const commit = { number: 0, actor: 'officer', effectiveAt: recordedAt, recordedAt }
  return [{ ...commit, stream: `x/${at}`, events: [{ type: 'joint-proposed', text, hash }] }] as never
}

test('M001: of 2,000 comparisons of one pair the newest hundred are shown, and the others cost nothing but their order', async () => {
  const world = await aWorld()
  const view = async (many: number) => {
    const counted = { texts: 0 }
    const all = Array.from({ length: many }, (_, at) => version(at, counted))
    const catalogue = world.verifying(noon).catalogue
    let reads = 0
    const { json } = await comparabilityView(pair, {
      ...world.verifying(noon),
      reader: world.store,
      catalogue: (id) => {
        reads += 1
        return catalogue(id)
      },
      comparisons: async () => all,
      skillSets: async () => [],
    })
    return { ...(json as { versions: { id: string }[]; cut?: number }), reads, ...counted }
  }
  const [few, many] = [await view(101), await view(2_000)]
  expect([few.cut, many.cut, many.versions.length]).toEqual([100, 100, 100])
  expect(many.versions[0]?.id).toBe(`${AUTHORITY}.c1999`)
  expect([many.reads, many.texts]).toEqual([few.reads, few.texts])
})
