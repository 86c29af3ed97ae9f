import { trustOf } from '@sijil/registry/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueAnswers } from '../../functions/answers/pages/catalogue.ts'
import type { PageParts } from '../../functions/answers/pages/parts.ts'
import { axeFindings, openBrowser, openReader, scrollsSideways } from '../support/browser.ts'
import { aWorld, noon } from '../support/registry-world.ts'
import { historyOf } from '../support/stated-qualifications.ts'
import { openSite } from './site.ts'

/** The pages of a catalogue that is as long as a region may have one. */
const ROWS = 10_000
const trades = ['Masonry', 'Welding', 'ช่างก่ออิฐและฉาบปูน', 'Caregiving', 'အခြေခံ ငြမ်းဆင်လုပ်ငန်း', 'Thợ xây']
const histories = Array.from({ length: ROWS }, (_, n) =>
  historyOf(`trade-${n}`, {
    statement: { title: `${trades[n % trades.length]} ${n}`, code: `C-${n}` },
    edition: {
      level: { framework: 'PQF', national: 1 + (n % 5) },
      units: Array.from({ length: 8 }, (_, at) => ({
        code: `U-${n}-${at}`,
        title: `Task ${(n + at) % 300} on a site`,
      })),
    },
  }),
)

const addresses = {
  first: '/qualifications',
  found: '/qualifications?q=task+17&level=PQF.3',
  thai: '/qualifications?lang=th',
}
const pages = new Map<string, string>()
let cost: number[] = []
let next = ''

beforeAll(async () => {
  const { store } = await aWorld()
  const answers = catalogueAnswers({
    baseUrl: 'https://sijil.example',
    policy: { demonstration: true },
    trust: trustOf(store),
    qualifications: async () => histories,
    clock: () => noon,
  } as Partial<PageParts> as PageParts)
  const answer = async (address: string, wants: 'json' | 'html') => {
    const query = Object.fromEntries(new URL(address, 'https://sijil.example').searchParams)
    const language = query.lang ?? 'en'
    return (await answers['GET /qualifications'].answer({ params: {}, query, wants, language } as never)).body
  }
  const first = (await answer(addresses.first, 'json')) as unknown as { count: number; next: string }
  expect(first.count).toBe(ROWS)
  next = `/qualifications?page=${first.next}`
  for (const address of [...Object.values(addresses), next]) {
    const before = process.cpuUsage()
    pages.set(address, (await answer(address, 'html')) as string)
    const { user, system } = process.cpuUsage(before)
    cost = [...cost, (user + system) / 1_000]
  }
})

test(`a page of ${ROWS} qualifications has fifty of them, at most 100 KB, and costs at most half a second of the processor`, () => {
  for (const [address, page] of pages) {
    const rows = new Set(page.match(/\/qualifications\/demo-body\.trade-\d+/g))
    expect([address, rows.size]).toEqual([address, 50])
    expect(page.length, address).toBeLessThan(100_000)
  }
  expect(pages.get(addresses.first)).toContain('1 to 50 of 10000, by title')
  expect(pages.get(next)).toContain('51 to 100 of 10000, by title')
  expect(Math.max(...cost)).toBeLessThan(500)
})

test('in a browser it is clear on a phone and on a desktop, axe finds nothing, and a press opens the next fifty', async () => {
  const browser = await openBrowser()
  const site = await openSite((path) => pages.get(path))
  afterAll(async () => {
    await browser.close()
    await site.close()
  })
  const reader = await openReader(browser)
  for (const address of [addresses.first, addresses.thai]) {
    const page = await reader.open(site.origin + address, 390)
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      expect(await scrollsSideways(page), `${address} at ${width} px`).toBe(false)
      if (address === addresses.first) expect(await axeFindings(page), `at ${width} px`).toEqual([])
    }
    // Few elements, so that a cheap telephone lays the page out at once.
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(2_500)
  }
  const page = await reader.open(site.origin + addresses.first, 390)
  await page.locator(`a[href^="${next}"]`).first().click()
  await page.getByText('51 to 100 of').first().waitFor()
  expect(reader.faults).toEqual([])
})
