import { trustOf } from '@sijil/registry/trust'
import { bodyDeskPage } from '@sijil/web'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogueAnswers } from '../../functions/answers/pages/catalogue.ts'
import type { PageParts } from '../../functions/answers/pages/parts.ts'
import { foundQualifications } from '../../packages/views/src/desk/own-qualifications.ts'
import { aContext } from '../../packages/web/src/test-values.ts'
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

/** The desk of the body that stated all of them, after a search. */
function deskPage(search: string, language: 'en' | 'th'): string {
  const units = Array.from({ length: 8 }, (_, at) => ({ code: `U-${at}`, title: `Task ${at} on a site` }))
  const stated = Array.from({ length: ROWS }, (_, n) => ({
    id: `demo-body.trade-${n}`,
    title: `Trade ${n}`,
    statedBy: 'Harbour Crafts (demonstration)',
    recordedOn: '2026-01-01',
    today: { edition: '2026', units },
    editions: ['2026'],
  }))
  return bodyDeskPage(
    {
      body: { id: 'demo-body', name: 'Harbour Crafts (demonstration)' },
      roles: ['propose', 'approve', 'read'],
      decides: true,
      ...foundQualifications({ stated, assigned: [] }, search),
      proposals: [],
      waits: { proposals: [], actions: [], batches: [], reports: [] },
      numbers: {},
      ends: { grants: [], keys: [], cannotSign: false },
      isPart: false,
      accredits: false,
    },
    { ...aContext({ language }), desk: 'issuers', officer: 'one', formToken: { name: 't', of: () => 'x' } },
  )
}

test('in a browser it is clear, as is the desk of its owner, on a phone and on a desktop, axe finds nothing, and a press opens the next fifty', async () => {
  const browser = await openBrowser()
  const site = await openSite((path) => pages.get(path))
  afterAll(async () => {
    await browser.close()
    await site.close()
  })
  const reader = await openReader(browser)
  pages.set('/desk', deskPage('', 'en'))
  pages.set('/desk?lang=th', deskPage('trade', 'th'))
  for (const address of [addresses.first, addresses.thai, '/desk', '/desk?lang=th']) {
    const page = await reader.open(site.origin + address, 390)
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      expect(await scrollsSideways(page), `${address} at ${width} px`).toBe(false)
      if (!address.includes('lang=th')) expect(await axeFindings(page), `at ${width} px`).toEqual([])
    }
    // Few elements, so that a cheap telephone lays the page out at once.
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(4_000)
  }
  const page = await reader.open(site.origin + addresses.first, 390)
  await page.locator(`a[href^="${next}"]`).first().click()
  await page.getByText('51 to 100 of').first().waitFor()
  expect(reader.faults).toEqual([])
})
