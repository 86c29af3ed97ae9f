import { beforeAll, expect, test } from 'vitest'
import { asPage, TESDA } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const pageAt = async (path: string) => (await registry.ask(path, { headers: asPage })).text

test('the pages that mention qualifications lead to their search', async () => {
  for (const path of ['/', '/issuers']) expect(await pageAt(path), path).toContain('href="/qualifications"')
  expect(await pageAt('/states/PH')).toContain('href="/qualifications?state=PH"')
  const issuer = await pageAt(`/issuers/${TESDA}`)
  expect(issuer).toContain(`href="/qualifications?body=${TESDA}"`)
  expect(issuer).toContain('href="/qualifications/ph-masonry-nc2"')
})

test('qualifications are found as a page, as JSON and as a table', async () => {
  const found = (await registry.ask(`/qualifications?q=masonry&body=${TESDA}`)).json<{ qualifications: object[] }>()
  expect(found.qualifications).toContainEqual(
    expect.objectContaining({ id: 'ph-masonry-nc2', framework: 'PQF', level: 2 }),
  )
  expect(await pageAt('/qualifications?q=masonry&lang=th')).toContain('href="/qualifications/ph-masonry-nc2?lang=th"')
  const table = await registry.ask('/qualifications.csv?q=masonry', { headers: asPage })
  expect(table.headers.get('content-type')).toContain('text/csv')
  expect(table.text).toContain('"ph-masonry-nc2","Masonry NC II"')
})

test('Q017: a parameter twice, a filter 500 times and a long text are refused by name', async () => {
  for (const [query, pointer] of [
    ['state=PH&state=TH', '/state'],
    [Array.from({ length: 500 }, () => 'level=PQF.2').join('&'), '/level'],
    [`q=${'x'.repeat(5_000)}`, '/q'],
  ]) {
    const refused = await registry.ask(`/qualifications?${query}`, { headers: { accept: 'application/json' } })
    expect([refused.status, refused.json<{ errors: object[] }>().errors]).toMatchObject([400, [{ pointer }]])
  }
})

test('R-004: every edition of the catalogue has a template of its own, which names it and leads back to it', async () => {
  const ids: string[] = []
  for (let page = ''; ; ) {
    const found = (await registry.ask(`/qualifications?limit=100${page}`)).json<{
      qualifications: { id: string }[]
      next?: string
    }>()
    ids.push(...found.qualifications.map(({ id }) => id))
    if (found.next === undefined) break
    page = `&page=${encodeURIComponent(found.next)}`
  }
  expect(new Set(ids).size).toBeGreaterThan(20)
  const editionsOf = async (id: string) => {
    const { edition, editions = [] } = (await registry.ask(`/qualifications/${id}`)).json<{
      edition: string
      editions?: { id: string }[]
    }>()
    return [...new Set([edition, ...editions.map((each) => each.id)])]
  }
  const templateOf = async (id: string, edition: string) => {
    const path = `/qualifications/${id}/template.csv?edition=${encodeURIComponent(edition)}`
    const [, row = ''] = (await registry.ask(path)).text.split(/\r?\n/)
    return row.split('","').slice(0, 2)
  }
  const made = await Promise.all(
    ids.map(async (id) =>
      Promise.all((await editionsOf(id)).map(async (edition) => [id, edition, await templateOf(id, edition)] as const)),
    ),
  )
  for (const [id, edition, cells] of made.flat()) expect(cells).toEqual([`"${id}`, edition])
})
