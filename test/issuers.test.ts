import { beforeAll, describe, expect, test } from 'vitest'
import { aRegistry, ENTITIES } from './support/listed-issuers.ts'

describe('GET /issuers among ten thousand entities', () => {
  let registry: Awaited<ReturnType<typeof aRegistry>>
  beforeAll(async () => {
    registry = await aRegistry(ENTITIES)
  })

  test('reads one page of the index and the streams of the fifty that it shows', async () => {
    const { ids, next, read } = await registry.list()
    expect(ids).toHaveLength(50)
    expect(next).toBeTypeOf('string')
    expect(read).toEqual({ streams: 50, pages: 1 })
    expect((await registry.list({ limit: '5' })).read).toEqual({ streams: 5, pages: 1 })
  })

  test('lists each body once over all pages, and neither a centre nor a sandbox', async () => {
    const seen: string[] = []
    let page: string | undefined
    do {
      const { ids, next } = await registry.list({ limit: '100', ...(page && { page }) })
      seen.push(...ids)
      page = next
    } while (page !== undefined)
    const bodies = Array.from({ length: ENTITIES }, (_, n) => n).filter((n) => n % 10 > 1)
    expect(seen.toSorted()).toEqual(bodies.map((n) => `i-${n}`).toSorted())
  })

  test('searches a text only in the index, and reads only the streams of the bodies it found', async () => {
    const last = await registry.list({ s: 'very LAST' })
    expect(last.ids).toEqual([`i-${ENTITIES - 1}`])
    expect(last.next).toBeUndefined()
    expect(last.read.streams).toBe(1)
    expect(last.read.pages).toBeLessThanOrEqual(50)
    expect((await registry.list({ s: 'สถาบันเจ็ด' })).ids).toEqual(['i-7'])
    expect(await registry.list({ s: 'nobody of that name' })).toMatchObject({ ids: [], read: { streams: 0 } })
  })

  test('finds all words of a search in any order, also if they stand in names of different languages', async () => {
    for (const s of ['LAST institute the', 'institute, very', 'inst LAST'])
      expect((await registry.list({ s })).ids, s).toEqual([`i-${ENTITIES - 1}`])
    expect((await registry.list({ s: 'สถาบันเจ็ด institute' })).ids).toEqual(['i-7'])
    expect((await registry.list({ s: 'last institute nobody' })).ids).toEqual([])
  })

  test('finds a name without its accents and capitals', async () => {
    expect((await registry.list({ s: 'so lao dong' })).ids).toEqual(['i-8'])
    expect((await registry.list({ s: 'SỞ Lao động' })).ids).toEqual(['i-8'])
  })

  test('keeps state and text for the next page, in JSON and on the page', async () => {
    const first = await registry.list({ c: 'TH', s: 'institute' })
    const second = await registry.list({ c: 'TH', s: 'institute', page: first.next ?? '' })
    expect(new Set([...first.ids, ...second.ids]).size).toBe(100)
    for (const { state } of [...first.issuers, ...second.issuers]) expect(state).toBe('TH')
    const { text } = await registry.page({ c: 'TH', s: 'institute' })
    expect(text).toContain(`href="/issuers?s=institute&amp;c=TH&amp;page=${first.next}" rel="next"`)
    expect(text).toContain('Bodies on this page: 50')
  })

  test('refuses the page token of another question, an invalid one, and a limit above 100', async () => {
    const { next = '' } = await registry.list({ c: 'TH' })
    const others: Record<string, string>[] = [
      { c: 'PH', page: next },
      { page: next },
      { c: 'TH', page: 'x' },
      { limit: '101' },
    ]
    for (const query of others) expect((await registry.list(query)).status).toBe(400)
  })
})

test('a small registry has one page, which says how many bodies there are', async () => {
  const few = await aRegistry(20)
  const { ids, next } = await few.list()
  expect(ids).toHaveLength(16)
  expect(next).toBeUndefined()
  const { text } = await few.page()
  expect(text).toContain('Bodies: 16')
  expect(text).not.toContain('rel="next"')
  expect((await few.page({ s: 'nobody' })).text).toContain('No body matches')
})

test('a search through more than ten thousand entities continues on the next page', async () => {
  const many = await aRegistry(10_200)
  const { ids, next, read } = await many.list({ s: 'Institute 10199' })
  expect(ids).toEqual([])
  expect(read).toEqual({ streams: 0, pages: 50 })
  const { text } = await many.page({ s: 'Institute 10199' })
  expect(text).toContain('No body on this page matches.')
  expect(text).toContain('rel="next"')
  expect((await many.list({ s: 'Institute 10199', page: next ?? '' })).ids).toEqual(['i-10199'])
})
