import { beforeAll, expect, test } from 'vitest'
import { asPage, TESDA } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const today = () => new Date().toISOString().slice(0, 10)
const about = 'qualification=ph-masonry-nc2'
const paths = [`/issuers/${TESDA}`, '/centres/demo-ph-centre-taguig']

test.each(paths)('R010: %s refuses a day that has not come, in words, as a page and as JSON', async (path) => {
  const address = `${path}?as-of=2099-01-01&${about}`
  const page = await registry.ask(address, { headers: asPage })
  expect(page.status).toBe(400)
  expect(page.headers.get('cache-control')).toBe('no-store')
  for (const words of ['That day has not come yet', 'counts days in UTC', `href="${path}?${about}"`])
    expect(page.text).toContain(words)
  expect((await registry.ask(`${address}&lang=th`, { headers: asPage })).text).toContain('วันนั้นยังมาไม่ถึง')

  const json = await registry.ask(address)
  expect(json.status).toBe(400)
  expect(json.json()).toMatchObject({
    detail: `There is no record of a future day. In UTC, today is ${today()}.`,
    errors: [{ pointer: '/as-of', detail: `must not be later than ${today()}` }],
  })
})

test.each(paths)('%s answers for today, and for no day that it was not asked about', async (path) => {
  expect((await registry.ask(`${path}?as-of=${today()}`)).json()).toMatchObject({ asOf: today() })
})
