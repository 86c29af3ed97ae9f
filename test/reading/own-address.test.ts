import { beforeAll, describe, expect, test } from 'vitest'
import { pathOf } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

/** Chat applications take the mark after a link for a part of it, and people type a slash after an address. */
let registry: SharedRegistry
let path: string
beforeAll(async () => {
  registry = await sharedRegistry()
  path = pathOf({ link: registry.demonstration.certificates.find(({ link }) => link)?.link ?? '' })
})

const redirectOf = async (asked: string, request: { method?: string } = {}) => {
  const { status, headers } = await registry.ask(asked, { ...request, headers: { accept: '*/*' } })
  return [status, headers.get('location'), headers.get('cache-control')]
}
const to = (own: string) => [308, registry.baseUrl + own, 'no-store']

describe('the link of a certificate', () => {
  test.each(['.', ',', ')', ';', '!', '/', ').', '%29', '//'])(
    'followed by %s leads to its own address',
    async (mark) => {
      expect(await redirectOf(path + mark)).toEqual(to(path))
      expect(await redirectOf(`${path}${mark}?lang=th&host=MY`)).toEqual(to(`${path}?lang=th&host=MY`))
      expect(await redirectOf(path + mark, { method: 'HEAD' })).toEqual(to(path))
    },
  )

  test('followed by a mark and a slash ends at its own address', async () => {
    const response = await fetch(`${registry.baseUrl}${path}./?lang=th`)
    expect([response.status, response.url]).toEqual([200, `${registry.baseUrl}${path}?lang=th`])
  })

  test('is not guessed: another text in its place is not found', async () => {
    for (const wrong of ['/v/abc.', `${path}x.`, `${path}.x`, '/v/.'])
      expect((await redirectOf(wrong))[0], wrong).toBe(404)
  })

  test('takes no form with a slash: the answer to a POST is not a redirect', async () => {
    expect((await redirectOf(`${path}/`, { method: 'POST' }))[0]).toBe(404)
  })
})

describe('the address of a page', () => {
  test.each([
    '/issuers',
    '/states/PH',
    '/desk',
    '/desk/sign-in',
    '/qualifications/ph-masonry-nc2',
    '/issuers/%E0%B8%81',
  ])('%s with a slash leads to the address without it, with its query', async (page) => {
    expect(await redirectOf(`${page}/`)).toEqual(to(page))
    expect(await redirectOf(`${page}//?a=1&b=%20`)).toEqual(to(`${page}?a=1&b=%20`))
  })

  test('redirects only pages: an address for programs with a slash is not found', async () => {
    for (const page of ['/lists/', '/status-lists/none/', '/nothing/', '/assets/none/'])
      expect((await redirectOf(page))[0], page).toBe(404)
  })

  test('never redirects to another host', async () => {
    for (const page of ['//evil.example/', '//evil.example/issuers/', '/issuers//evil.example/', '/.//evil.example/']) {
      const response = await fetch(registry.baseUrl + page, { redirect: 'manual' })
      const location = response.headers.get('location') ?? registry.baseUrl
      expect(new URL(location, `${registry.baseUrl}${page}`).origin, page).toBe(registry.baseUrl)
    }
  })
})
