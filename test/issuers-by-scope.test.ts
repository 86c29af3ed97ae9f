import { nextCommit, streams } from '@sijil/registry'
import type { TrustEvent } from '@sijil/registry/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import { aRegistry, ENTITIES } from './support/listed-issuers.ts'
import { MemoryStore } from './support/memory-store.ts'
import { FROM, identity } from './support/registry-world.ts'

describe('issuers are found by scope and accreditation status', () => {
  const masonry = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }
  /**
   * An authority, and four bodies that it accredited: three for masonry (one in force, one suspended, one as a pilot), and one for
   * dressmaking.
   */
  async function accredited(store: MemoryStore): Promise<void> {
    const board = 'board'
    const tell = teller(store)
    await tell(board, { type: 'authority-registered', identity: identity({ name: 'Board' }) }, 'ENTITIES')
    for (const id of ['mason', 'paused', 'trial', 'tailor']) {
      const scope = id === 'tailor' ? { qualifications: ['ph-dressmaking-nc2'], places: ['PH'] } : masonry
      const did = `did:web:registry.example:issuers:${id}`
      await tell(id, { type: 'body-registered', identity: identity({ name: id }), did, sandbox: false }, 'ENTITIES')
      const grant = { grant: 'main', right: 'issue', grantors: [board], basis: 'decision 1', scope } as const
      await tell(id, { type: 'accredited', ...grant, ...(id === 'trial' && { pilot: true }) })
    }
    await tell('paused', { type: 'accreditation-suspended', grant: 'main', by: board, basis: 'review' })
  }
  const teller =
    (store: MemoryStore) =>
    async (id: string, event: TrustEvent, index: 'ENTITIES' | 'TRUST' = 'TRUST') => {
      const stream = streams.trust(id)
      const history = await store.read<TrustEvent>(stream)
      const stated = { events: [event], actor: 'registrar', effectiveAt: FROM, now: new Date(FROM), index }
      await store.append(nextCommit(stream, history, stated))
    }

  let few: Awaited<ReturnType<typeof aRegistry>>
  beforeAll(async () => {
    const store = new MemoryStore()
    await accredited(store)
    few = await aRegistry(20, store)
  })

  test.each([
    ['field', { field: '0732' }, ['mason', 'paused', 'trial']],
    ['broad field', { field: '07', c: 'PH' }, ['mason', 'paused', 'tailor', 'trial']],
    ['occupation', { occupation: '7112' }, ['mason', 'paused', 'trial']],
    ['major group', { occupation: '7' }, ['mason', 'paused', 'tailor', 'trial']],
    ['national level', { level: 'PQF.2', field: '0732' }, ['mason', 'paused', 'trial']],
    ['a level without an accreditation', { level: 'PQF.1', field: '0732' }, []],
    ['an AQRF level that nobody has confirmed', { level: 'AQRF.2' }, []],
    ['authorised now', { standing: 'authorised', field: '0732' }, ['mason', 'trial']],
    ['suspended', { standing: 'suspended' }, ['paused']],
    ['withdrawn', { standing: 'withdrawn' }, []],
    ['a pilot', { standing: 'pilot' }, ['trial']],
    [
      'all filters together',
      { s: 'MAS', c: 'PH', field: '0732', occupation: '71', level: 'PQF.2', standing: 'authorised' },
      ['mason'],
    ],
    ['another state', { c: 'TH', field: '0732' }, []],
    ['empty fields of the form', { s: '', c: '', field: '', occupation: '', level: '', standing: 'pilot' }, ['trial']],
  ] as [string, Record<string, string>, string[]][])('%s', async (_, query, ids) => {
    const answer = await few.list(query)
    expect(answer.status).toBe(200)
    expect(answer.ids).toEqual(ids)
    const { text } = await few.page(query)
    for (const id of ids) expect(text).toContain(`href="/issuers/${id}"`)
    expect(text.match(/href="\/issuers\/[a-z0-9-]+"/g) ?? []).toHaveLength(ids.length)
  })

  test.each([
    ['field', 'x'],
    ['field', '07321'],
    ['occupation', '7a'],
    ['level', 'PQF'],
    ['level', '2'],
    ['standing', 'good'],
  ])('a text without the form of a code is refused: %s=%s', async (name, value) => {
    expect((await few.list({ [name]: value })).status).toBe(400)
  })

  test('without a filter, each body is listed with its accreditation status', async () => {
    const { issuers } = await few.list({ limit: '100' })
    const standing = Object.fromEntries(issuers.map((each) => [each.id, (each as { standing?: string }).standing]))
    expect(standing).toMatchObject({ mason: 'authorised', paused: 'suspended', trial: 'authorised', 'i-2': 'unknown' })
  })

  test('among ten thousand entities, a page examines a hundred bodies, and the next page continues there', async () => {
    const store = new MemoryStore()
    const many = await aRegistry(ENTITIES, store)
    await accredited(store)
    const first = await many.list({ field: '0732', s: 'institute' })
    expect(first).toMatchObject({ ids: [], read: { streams: 100 } })
    expect((await many.page({ field: '0732', s: 'institute' })).text).toContain('Bodies searched for this page: 100.')
    const second = await many.list({ field: '0732', s: 'institute', page: first.next ?? '' })
    expect(second).toMatchObject({ ids: [], read: { streams: 100 } })
    expect((await many.list({ field: '0731', s: 'institute', page: first.next ?? '' })).status).toBe(400)
    // The index has names and states, so bodies that these filters exclude are not examined.
    expect((await many.list({ field: '0732', s: 'mason' })).ids).toEqual(['mason'])
  })

  test('the pages together list each body once, for every page size', async () => {
    for (const limit of ['1', '2', '3', '100']) {
      const seen: string[] = []
      let page: string | undefined
      do {
        const { ids, next } = await few.list({ field: '07', limit, ...(page && { page }) })
        expect(ids.length).toBeLessThanOrEqual(Number(limit))
        seen.push(...ids)
        page = next
      } while (page !== undefined)
      expect(seen.toSorted()).toEqual(['mason', 'paused', 'tailor', 'trial'])
    }
  })
})
