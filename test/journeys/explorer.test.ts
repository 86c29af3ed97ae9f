import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { officerOf } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
})
afterAll(() => registry.close())

const scope = { qualifications: [QUALIFICATION], places: ['TH'] }
const reviewed = {
  reviewer: 'ONEC review panel',
  reviewedOn: '2026-01-20',
  findings: 'Seven of eight principles met.',
  gaps: ['No appeal in writing'],
  checklist: [
    { principle: 'Assessors are trained', met: 'yes' },
    { principle: 'Appeals are heard', met: 'no' },
  ],
}
const list = async (query: string) =>
  (await registry.ask(`/issuers?${query}`)).json<{ issuers: { id: string; standing: string; pilot: boolean }[] }>()
const ids = async (query: string) => (await list(query)).issuers.map(({ id }) => id)
const page = async (path: string) => {
  const { text, status } = await registry.ask(path, { headers: { accept: 'text/html' } })
  expect(status).toBe(200)
  return text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
}

test('one question of a form gets the same answer as a page and as JSON', async () => {
  const query = 's=&c=TH&field=07&occupation=&level=&standing=authorised'
  expect(await ids(query)).toEqual([DSD])
  expect(await page(`/issuers?${query}`)).toContain('Bodies: 1,')
  expect(await ids('c=TH&field=09')).toEqual([])
  expect(await page('/issuers?c=TH&field=09')).toContain('Without Field of study: Health and welfare')
})

test('the page of a qualification names the bodies that may issue it today, each with its country and a link', async () => {
  const path = `/qualifications/${QUALIFICATION}`
  const { text } = await registry.ask(path, { headers: { accept: 'text/html' } })
  const [, section = ''] = /Who may issue it today(.*?)<\/section>/s.exec(text) ?? []
  const links = [...section.matchAll(/href="(\/issuers\/[^"?]+)/g)].map(([, link]) => link)
  expect(links).toEqual([`/issuers/${DSD}`])
  expect(section.replace(/<[^>]+>/g, ' ')).toMatch(/Department of Skill Development, .*Thailand/)
  expect((await registry.ask(path)).json()).toMatchObject({ issuers: `/issuers?qualification=${QUALIFICATION}` })
  expect(await ids(`qualification=${QUALIFICATION}`)).toEqual([DSD])
  expect(await ids('qualification=nothing')).toEqual([])
  expect(await page(`/issuers?qualification=${QUALIFICATION}&c=PH`)).toContain('Without Qualification: National Skill')
  // The address of the form keeps the qualification.
  const listed = await registry.ask(`/issuers?qualification=${QUALIFICATION}`, { headers: { accept: 'text/html' } })
  expect(listed.text).toContain(`<input type="hidden" name="qualification" value="${QUALIFICATION}">`)
})

test('a pilot, a review with its gaps and a kept power can be found and are shown in words, in both languages', async () => {
  await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, {
    scope,
    basis: 'Act 5',
    effectiveFrom: '2020-01-01',
    pilot: true,
    mayChangeStatus: true,
    assurance: reviewed,
  })
  expect(await registry.later(() => ids('standing=pilot'))).toEqual([DSD])
  const english = await page(`/issuers/${DSD}?qualification=${QUALIFICATION}`)
  for (const words of [
    'was allowed to certify National Skill Standard: Bricklayer, level 1. The accreditation came from Office of the Education Council (demonstration)',
    'This rests on a pilot',
    'The authority or body that granted it may also suspend and revoke certificates issued under it.',
    'Gaps: 1',
    'No appeal in writing',
    'Not met Appeals are heard',
    'Terms changed: Act 5.By Office of the Education Council (demonstration) (Thailand). Recorded later',
  ])
    expect(english).toContain(words)
  expect(await page(`/issuers/${DSD}?lang=th&qualification=${QUALIFICATION}`)).toContain('ได้รับอนุญาตให้ออกใบรับรอง')
  expect(await page(`/issuers/${DSD}?qualification=ph-masonry-nc2`)).toContain('was known here, but was not allowed to')
})

test('the page of a certificate says that an authority changed its status, and names no person', async () => {
  const issued = await officerOf(registry, DSD).issue(aThaiBricklayer('TH-E-1'))
  const path = `${officers.base}/credentials/${DSD}/${issued.id.slice('urn:uuid:'.length)}/suspend`
  expect((await officers.first(path, { reason: 'under-investigation' })).status).toBe(200)
  const text = await page(new URL(issued.link).pathname)
  expect(text).toContain('Changed by an authority: Office of the Education Council (demonstration)')
  expect(text).not.toMatch(/officer-1|SOMCHAI/)
})

const AGENT = 'demo-th-agent'
const ofAgent = async () =>
  (await registry.ask(`/issuers/${AGENT}/accreditations?qualification=${QUALIFICATION}`)).json<{
    standing: string
    chain: { id: string; principal?: true; onBehalfOf?: { id: string } }[]
    failing?: { id: string }
  }>()

test('the chain of a body that acts for another shows both, and its page says so', async () => {
  const identity = { name: 'Agent (demonstration)', state: 'TH', website: 'https://agent.example', demonstration: true }
  await officers.decide(`${officers.base}/bodies`, { id: AGENT, identity })
  const grant = { grantee: AGENT, scope, basis: 'Act 6', onBehalfOf: DSD }
  const toItself = await officers.first(`${officers.base}/accreditations`, { ...grant, onBehalfOf: AGENT })
  expect(toItself.status).toBe(422)
  await officers.decide(`${officers.base}/accreditations`, grant)
  expect(await registry.later(async () => (await ofAgent()).standing)).toBe('authorised')
  const { chain } = await ofAgent()
  expect(chain.map(({ id, principal = false }) => [id, principal])).toEqual([
    [ONEC, false],
    [DSD, true],
    [AGENT, false],
  ])
  expect(chain.at(-1)?.onBehalfOf).toMatchObject({ id: DSD })
  expect(await page(`/issuers/${AGENT}`)).toContain('It acts on behalf of Department of Skill Development')
})

test('a suspended body is listed as suspended, and its answer gives the day and the authority', async () => {
  await officers.first(`${officers.base}/accreditations/${DSD}.main/suspend`, { basis: 'records under review' })
  // A body that acts on its behalf is suspended with it.
  expect(await registry.later(() => ids('standing=suspended&c=TH'))).toEqual([AGENT, DSD])
  expect(await registry.later(ofAgent)).toMatchObject({ standing: 'suspended', failing: { id: DSD } })
  expect(await ids('standing=authorised&c=TH')).toEqual([])
  expect(await page(`/qualifications/${QUALIFICATION}`)).toContain('lists no body that may issue it today')
  const text = await page(`/issuers/${DSD}?qualification=${QUALIFICATION}`)
  expect(text).toMatch(/was not allowed to certify .*: it had been suspended since/)
  expect(text).toContain(
    'Suspended: records under review.By Office of the Education Council (demonstration) (Thailand).',
  )
  expect(await page(`/issuers/${DSD}?as-of=2025-01-01&qualification=${QUALIFICATION}`)).toContain(
    'On 1 Jan 2025, DSD (demonstration) was allowed to certify',
  )
})

test('authorities are listed by state as a page and as JSON, and a root is called one', async () => {
  const all = (await registry.ask('/authorities?state=PH')).json<{ authorities: { id: string; state: string }[] }>()
  expect(all.authorities).toMatchObject([{ id: 'demo-ph-pqfncc', state: 'PH', legalReference: expect.any(String) }])
  const text = await page('/authorities?state=PH')
  for (const words of [
    'Authorities: 1,',
    'Accepted here as a root',
    'Republic Act 10968',
    'registrar@ph-pqfncc.example',
  ])
    expect(text).toContain(words)
  expect(await page('/authorities?state=VN')).toContain('No contact is recorded.')
  expect(await page('/authorities?state=TH')).toContain('not stated')
  expect(await page('/authorities?state=MM&lang=en')).toContain('No authority of this country is listed.')
  expect((await registry.ask('/authorities?state=xx')).status).toBe(400)
  // A form with nothing chosen asks for everything.
  expect(await page('/authorities?state=')).toContain('Authorities: 8,')
  expect(await page(`/issuers/${ONEC}?as-of=&qualification=`)).toContain('Answers, as of')
  expect(await page(`/issuers/${ONEC}`)).toContain('was accepted here as a root')
})
