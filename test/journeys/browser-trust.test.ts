import { createPrivateKey, sign } from 'node:crypto'
import { parseDid, possessionText } from '@sijil/credentials'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleChain, sampleChainKey, sampleChainPrivateKey } from '../../packages/credentials/src/sample-chain.ts'
import { axeFindings, openBrowser, openReader, type Reader, scrollsSideways } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { day } from './certificate.ts'
import { DSD, officersOf, QUALIFICATION } from './trust.ts'

/** Decisions of officers about bodies and centres, as any reader sees them in a browser. */

let registry: OpenRegistry
let browser: Browser
let officers: Awaited<ReturnType<typeof officersOf>>
let plain: Reader
let narrow: Reader

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  officers = await officersOf(registry)
  ;[plain, narrow] = await Promise.all([openReader(browser, { scripts: false }), openReader(browser, { width: 320 })])
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const open = (path: string) => plain.open(registry.baseUrl + path)

/** Reloads the page as if a minute had passed. */
async function soon(page: Page, text: string): Promise<void> {
  await registry.later(() => page.reload())
  expect(await page.locator('main').innerText()).toContain(text)
}

async function expectReadable(path: string): Promise<void> {
  const page = await narrow.open(registry.baseUrl + path)
  expect(await axeFindings(page)).toEqual([])
  expect(await scrollsSideways(page)).toBe(false)
}

const scope = { qualifications: [QUALIFICATION], places: ['TH'] }

test('R-088: an unanswered item of a checklist is shown as a gap, and its evidence is one press away', async () => {
  const checklist = [
    { theme: 'assessors', principle: 'Assessors are trained', met: 'yes', evidence: 'https://evidence.example/a' },
    { theme: 'review', principle: 'Results are published', met: 'no' },
  ]
  const reviewed = { reviewer: 'Review panel', reviewedOn: day(30), findings: 'Two themes looked at.', gaps: [] }
  const amend = (assurance: object) => ({ scope, basis: 'Act 5', assurance: { ...reviewed, ...assurance } })
  const path = `${officers.base}/accreditations/${DSD}.main/amend`
  for (const evidence of ['http://evidence.example/a', 'https://me@evidence.example/', 'javascript:alert(1)']) {
    const refused = await officers.first(path, amend({ checklist: [{ ...checklist[0], evidence }] }))
    expect(refused.status, evidence).toBe(422)
  }
  await officers.decide(path, amend({ checklist }))
  const page = await open(`/issuers/${DSD}`)
  await soon(page, 'Themes answered: 2 of 7.')
  const review = page.locator('#assurance')
  expect(await review.getByText('Not answered', { exact: true }).count()).toBe(5)
  expect(await review.locator('li').allInnerTexts()).toEqual([
    'Not answered Certification body: mandate, governance, independence, means',
    'Not answered Approval and monitoring of assessment centres',
    'Not answered Assessment: fair, reliable, with its evidence kept',
    'Not answered Certificates: security, register, replacement and appeals',
    'Not answered Recognition: information, comparison of levels, contact points',
    'Not met Results are published',
    'Met Assessors are trained Evidence at evidence.example',
  ])
  const link = review.getByRole('link', { name: 'Evidence at evidence.example' })
  expect(await link.getAttribute('href')).toBe('https://evidence.example/a')
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
  await expectReadable(`/issuers/${DSD}`)
})

test('the page of an issuer shows the X.509 chain of its key, certificate by certificate', async () => {
  const [id, did, kid] = ['demo-th-elsewhere', 'did:web:body.example:skills', 'key-1']
  const key = createPrivateKey({ key: Buffer.from(sampleChainPrivateKey, 'base64'), format: 'der', type: 'pkcs8' })
  const claim = { registry: registry.baseUrl, did: parseDid(did), kid, publicKeyMultibase: sampleChainKey }
  const possession = sign(null, Buffer.from(possessionText(claim)), key).toString('base64url')
  const identity = { name: 'A body (demonstration)', state: 'TH', website: 'https://body.example', demonstration: true }
  const keys = [{ kid, purpose: 'certificates', publicKeyMultibase: sampleChainKey, possession }]
  await officers.decide(`${officers.base}/bodies`, { id, identity, elsewhere: { did, keys } })
  const page = await open(`/issuers/${id}`)
  expect(await page.locator('main').innerText()).not.toContain('X.509')
  await officers.decide(`/issuers/${id}/keys/${kid}/certify`, { authority: officers.authority, x5c: sampleChain })
  await soon(page, 'X.509 chain shown with key-1')
  const certificates = await page.locator('h3:has-text("X.509") ~ ol li').allInnerTexts()
  expect(certificates).toEqual([
    expect.stringMatching(
      /^CN=Certification body \(demonstration\)\nUntil 31 Oct 2126\n(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/,
    ),
    expect.stringMatching(/^CN=National CA \(demonstration\)\nUntil 31 Oct 2126\n(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
  ])
  expect(await page.locator('main').innerText()).toContain('No verdict here depends on them')
  await expectReadable(`/issuers/${id}`)
})

test('pages show a name in Thai or Burmese in its own language, and a search finds it', async () => {
  const names = [
    { id: DSD, path: `/issuers/${DSD}`, text: 'กรมพัฒนาฝีมือแรงงาน', language: 'th' },
    { id: 'demo-th-hall', path: '/centres/demo-th-hall', text: 'စစ်ဆေးရေးစင်တာ', language: 'my' },
  ] as const
  const { text, language, id } = names[1]
  const identity = { name: 'Hall (demonstration)', state: 'TH', website: 'https://hall.example', demonstration: true }
  await officers.decide(`${officers.base}/centres`, { id, identity: { ...identity, localName: { text, language } } })
  await officers.decide(`${officers.base}/accreditations`, { grantee: id, right: 'assess', scope, basis: 'decision 2' })
  for (const name of names) {
    const page = await open(name.path)
    await soon(page, name.text)
    for (const place of ['.head', '#chain']) {
      const shown = page.locator(`${place} bdi[lang="${name.language}"]`)
      expect(await shown.last().innerText(), `${name.id} in ${place}`).toBe(name.text)
    }
  }
  const list = await open('/issuers')
  await list.locator('#s').fill('พัฒนาฝีมือ')
  await list.getByRole('search').getByRole('button').click()
  expect(await list.locator('main bdi[lang="th"]').allInnerTexts()).toContain(names[0].text)
})

test('the answer is for the day that a reader fills in; a day ahead is refused in words, and the qualification stays chosen', async () => {
  const page = await open(`/issuers/${DSD}`)
  const send = async (asOf: string) => {
    await page.getByLabel('Show the record as of').fill(asOf)
    await page.locator('form[action^="/issuers/"] button').click()
  }
  const ask = async (asOf: string) => {
    await send(asOf)
    return page.locator('#explained').innerText()
  }
  await page.locator('#qualification').selectOption(QUALIFICATION)
  expect(await ask('2021-03-04')).toMatch(/On 4 Mar 2021, DSD \(demonstration\) was allowed to certify/)
  const asked = new URL(page.url())
  expect([asked.searchParams.get('as-of'), asked.searchParams.get('qualification')]).toEqual([
    '2021-03-04',
    QUALIFICATION,
  ])
  expect(await page.locator('#as-of').inputValue()).toBe('2021-03-04')
  expect(await page.locator('#qualification').inputValue()).toBe(QUALIFICATION)
  expect(await ask('2019-12-31')).toContain(
    'We cannot say what it was allowed to do on 31 Dec 2019. That is neither a yes nor a no.',
  )
  await send('2099-01-01')
  await page.getByRole('heading', { name: 'That day has not come yet' }).waitFor()
  await page.getByRole('link', { name: 'Show today’s record' }).click()
  await page.locator('#explained').waitFor()
  expect(await page.locator('#qualification').inputValue()).toBe(QUALIFICATION)
})
