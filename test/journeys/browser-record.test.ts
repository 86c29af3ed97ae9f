import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../../functions/routes.ts'
import { startGateway } from '../../infra/local/gateway.ts'
import { openBrowser, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'

let registry: OpenRegistry
let browser: Browser

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const linkOf = (name: string): string =>
  registry.demonstration.certificates.find((certificate) => certificate.case === name)?.link ?? ''
const pathOf = (name: string) => new URL(linkOf(name)).pathname

test('a revocation shows at the next reload', async () => {
  const token = await registry.token('demo-ph-tesda', 'credentials:issue credentials:status')
  const today = new Date().toISOString().slice(0, 10)
  const issued = await registry.ask('/issuers/demo-ph-tesda/credentials', {
    token,
    headers: { 'idempotency-key': 'browser-journey' },
    body: {
      qualification: 'ph-masonry-nc2',
      holder: { name: 'ROSA EXAMPLE' },
      certificateNumber: 'DEMO-BROWSER-1',
      awardedOn: today,
    },
  })
  expect(issued.status).toBe(201)
  const { id, link } = issued.json<{ id: string; link: string }>()
  const visited = await visit(browser, link)
  expect(await visited.page.locator('.verdict h1').textContent()).toBe('Valid')
  const revoked = await registry.ask(`/issuers/demo-ph-tesda/credentials/${id.slice('urn:uuid:'.length)}/revoke`, {
    token,
    body: { reason: 'issued-in-error' },
  })
  expect(revoked.status).toBeLessThan(300)
  await visited.page.reload()
  expect(await visited.page.locator('.verdict h1').textContent()).toBe('Not valid: revoked')
  await visited.page.getByText('issued in error').first().waitFor()
  expect(visited.faults).toEqual([])
  await visited.close()
})

describe('W013: while the store does not answer', () => {
  let closeDown: () => Promise<void>
  let down: string
  let before: string | undefined

  /** Starts the function of the pages again with the address of a store that does not exist. */
  beforeAll(async () => {
    before = process.env.AWS_ENDPOINT_URL_DYNAMODB
    process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:9'
    vi.resetModules()
    const [pages, paper] = await Promise.all([import('../../functions/pages.ts'), import('../../functions/paper.ts')])
    type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>
    const gateway = await startGateway({
      port: 0,
      baseUrl: registry.baseUrl,
      routes: routes.filter((row) => row.function === 'pages' || row.function === 'paper'),
      handlers: { pages: pages.handler as Handler, paper: paper.handler as Handler },
    })
    closeDown = gateway.close
    down = gateway.url
  })
  afterAll(async () => {
    // The SDK reads the address at the first request, so it is restored only now.
    process.env.AWS_ENDPOINT_URL_DYNAMODB = before
    await closeDown?.()
  })

  test.each([true, false])('a link says that nothing can be confirmed now, with scripts: %s', async (scripts) => {
    const { page, close } = await visit(browser, down + pathOf('in-force'), { scripts })
    expect(await page.locator('h1').textContent()).toBe('Cannot confirm now')
    expect(await page.locator('.verdict.am').count()).toBe(1)
    expect(await page.locator('main').innerText()).toContain('neither a yes nor a no')
    await close()
  })

  test('a code and a file say the same, and the start page still opens', async () => {
    const { page, close } = await visit(browser, `${down}/`, { scripts: false })
    expect(await page.locator('h1').textContent()).toBe('Check a skills certificate')
    await page.locator('#code').fill(pathOf('in-force').slice('/v/'.length))
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    expect(await page.locator('h1').textContent()).toBe('Cannot confirm now')
    await page.goto(`${down}/`)
    const file = registry.fileOf('in-force')
    await page.locator('#document').setInputFiles(file)
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.locator('.verdict.am').waitFor()
    expect(await page.locator('h1').textContent()).toMatch(/^Cannot (?:confirm now|say)$/)
    await close()
  })
})
