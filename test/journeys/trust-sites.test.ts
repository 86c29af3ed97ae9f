import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, checkOf, day, type Issued, officerOf, pathOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
})
afterAll(() => registry.close())

const [HALL, YARD] = ['demo-th-hall', 'demo-th-yard']
const scope = { qualifications: [QUALIFICATION], places: ['TH'] }
const at = (number: string, id?: string) => aThaiBricklayer(number, id === undefined ? {} : { centre: { id } })
const amend = (sites: readonly string[], more: object = {}) =>
  ({ scope: { ...scope, sites }, pilot: true, basis: 'a trial', effectiveFrom: '2020-01-01', ...more }) as const
const path = () => `${officers.base}/accreditations/${DSD}.main/amend`
const answer = async () =>
  (await registry.ask(`/issuers/${DSD}/accreditations?qualification=${QUALIFICATION}`)).json<Record<string, unknown>>()
let issued: Issued

test('R-081: a pilot can be limited to centres that are registered here, and to no others', async () => {
  for (const id of [HALL, YARD]) {
    const grant = { grantee: id, right: 'assess', scope, basis: 'decision 2', effectiveFrom: day(30) }
    const identity = {
      name: `${id} (demonstration)`,
      state: 'TH',
      website: 'https://hall.example',
      demonstration: true,
    }
    await officers.decide(`${officers.base}/centres`, { id, identity })
    await officers.decide(`${officers.base}/accreditations`, grant)
  }
  const unknown = await officers.first(path(), amend([HALL, 'demo-th-nowhere']))
  expect(problemOf(unknown).status).toBe(422)
  expect(unknown.json()).toMatchObject({ errors: [{ pointer: '/scope/sites/1' }] })
  expect(unknown.text).not.toContain('nowhere')
  const many = await officers.first(path(), amend(Array.from({ length: 201 }, () => HALL)))
  expect(problemOf(many).status).toBe(422)
  expect(await officers.decide(path(), amend([HALL]))).toMatchObject({ state: 'carried-out' })
})

test('R-081: a certificate without such a centre is not issued, and the refusal says why', async () => {
  for (const [number, id] of [['TH-S-1', YARD], ['TH-S-2']] as const) {
    const refused = await body.request(at(number, id), number)
    expect(problemOf(refused)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/type-not-in-scope` })
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/centre/id', detail: 'outside the scope: site' }] })
  }
})

test('R-081: a certificate with such a centre is issued, and verdict and page say PILOT', async () => {
  issued = await body.issue(at('TH-S-3', HALL))
  const { verifiableCredential } = issued
  expect(await registry.later(() => verify(registry, { verifiableCredential }))).toMatchObject({
    verdict: 'valid',
    pilot: true,
  })
  const page = async () => (await registry.ask(pathOf(issued), { headers: asPage })).text
  expect(await registry.later(async () => (await page()).includes('PILOT'))).toBe(true)
})

test('an answer without a site names the only sites at which the accreditation holds', async () => {
  expect(await registry.later(answer)).toMatchObject({ standing: 'authorised', pilot: true, sites: [HALL] })
  expect((await answer()).sentence).toContain('as a pilot, at 1 site only.')
  const question = { entity_id: DSD, authority_id: registry.baseUrl, action: 'issue', resource: QUALIFICATION }
  const given = await registry.ask('/authorization', { body: question })
  // A client that reads only the boolean must not assume that the answer holds at every site.
  expect(given.json()).toMatchObject({ authorized: false, sites: [HALL] })
  expect(given.json().message).toContain('at 1 site only.')
  const at = async (site: string) =>
    (await registry.ask('/authorization', { body: { ...question, context: { site } } })).json()
  expect(await at(HALL)).toMatchObject({ authorized: true })
  expect(await at('another')).toMatchObject({ authorized: false })
  const page = async () => (await registry.ask(`/issuers/${DSD}`, { headers: asPage })).text
  const shows = async (words: string) => (await page()).includes(words)
  expect(await registry.later(() => shows('Only for certificates that name one of these assessment centres'))).toBe(
    true,
  )
  expect(await shows(`Only at: <bdi lang="en">${HALL} (demonstration) (Thailand)</bdi>.`)).toBe(true)
  const { issuers } = (await registry.ask('/issuers?c=TH')).json<{ issuers: { id: string; atSites: boolean }[] }>()
  expect(issuers.find(({ id }) => id === DSD)).toMatchObject({ atSites: true })
})

test('if the centre leaves the scope from the beginning, the certificate is invalid and out of scope on both days', async () => {
  await officers.decide(path(), amend([YARD]))
  const verdict = () => verify(registry, { verifiableCredential: issued.verifiableCredential })
  expect(await registry.later(async () => (await verdict()).verdict)).toBe('invalid')
  const { issuer, ...rest } = await verdict()
  expect(checkOf(rest as never, 'issuer-trust')).toMatchObject({ reason: 'issuer-not-accredited' })
  for (const answered of [issuer.onIssueDate, issuer.today])
    expect(answered).toMatchObject({ standing: 'not-for-this', outside: 'site' })
})
