import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerBodies, answerRules } from '../../infra/aws/too-many-requests.ts'
import { axeFindings, openBrowser, openReader, type Reader } from '../support/browser.ts'

/** The pages of the firewall in a browser, with exactly the headers that AWS WAF sends. */

const answers = answerRules.map(({ action }) => {
  const { customResponse } = action.block as {
    customResponse: { customResponseBodyKey: string; responseHeaders: { name: string; value: string }[] }
  }
  return customResponse
})
let server: Server
let origin: string
let reader: Reader
beforeAll(async () => {
  const bodies = answerBodies('https://registry.example')
  server = createServer((request, response) => {
    const key = (request.url ?? '').slice(1)
    const answer = answers.find(({ customResponseBodyKey }) => customResponseBodyKey === key)
    for (const { name, value } of answer?.responseHeaders ?? []) response.setHeader(name, value)
    const body = bodies[key]
    response.writeHead(429, { 'content-type': 'text/html' }).end(body && 'content' in body ? body.content : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  reader = await openReader(await openBrowser())
})
afterAll(async () => {
  await reader?.close()
  server?.close()
})

test.each([
  ['en', 'Too many requests at once', 'Wait for 60 seconds.'],
  ['th', 'มีคำขอเข้ามามากเกินไป', 'รอ 60 วินาที'],
])(
  'I42, I52: the page in %s reads well on a phone, under its own policy, and axe finds nothing',
  async (language, title, step) => {
    const page = await reader.open(`${origin}/TooMany-${language}`)
    expect(await page.title()).toBe(`${title} · Sijil`)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    expect(await page.locator('h1').allInnerTexts()).toEqual([title])
    expect((await page.locator('li').allInnerTexts())[0]).toBe(step)
    // The style is applied, so the policy allows it.
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(247, 242, 231)')
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await axeFindings(page)).toEqual([])
    expect(reader.faults.filter((fault) => !fault.includes('status of 429'))).toEqual([])
  },
)
