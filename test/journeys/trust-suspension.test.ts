import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf } from '../support/desk.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { officerOf, problemOf } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, QUALIFICATION } from './trust.ts'

/** One officer suspends a body. The best of several accreditations decides its status, so all of them must be suspended. */

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
/** The renewal of its accreditation, for the same qualification. */
let renewal: string
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  const terms = { grantee: DSD, scope: { qualifications: [QUALIFICATION], places: ['TH'] }, basis: 'decision 5' }
  const { change } = await officers.decide(`${officers.base}/accreditations`, terms)
  renewal = `${DSD}.${change.grant}`
})
afterAll(() => registry.close())

const main = `${DSD}.main`
const path = (id: string, verb: string) => `${officers.base}/accreditations/${id}/${verb}`
const standing = async () =>
  (await registry.ask(`/issuers/${DSD}/accreditations?qualification=${QUALIFICATION}`)).json().standing

test('a single accreditation is suspended alone, and the body issues under the other one', async () => {
  const answer = await officers.first(path(main, 'suspend'), { basis: 'complaint 1' })
  expect([answer.status, answer.json()]).toMatchObject([200, { id: main, state: 'suspended' }])
  await body.issue(aThaiBricklayer('TH-S-1'))
  await officers.decide(path(main, 'lift'), { basis: 'settled' })
})

test('with "all" no accreditation is left: issuing stops at once, and public answers follow within a minute', async () => {
  const answer = await officers.first(path(main, 'suspend'), { basis: 'fraud 2', reason: 'forged marks', all: true })
  expect(answer.status).toBe(200)
  expect(answer.json<{ suspended: string[] }>().suspended).toEqual(expect.arrayContaining([main, renewal]))
  const refused = await body.request(aThaiBricklayer('TH-S-2'), 'th-s-2')
  expect(problemOf(refused)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/issuer-suspended` })
  expect(await registry.later(standing)).toBe('suspended')
})

test('two officers lift each one, and the first that is lifted counts again', async () => {
  await officers.decide(path(renewal, 'lift'), { basis: 'settled' })
  await body.issue(aThaiBricklayer('TH-S-2'), 'th-s-2b')
  await officers.decide(path(main, 'lift'), { basis: 'settled' })
  expect(await registry.later(standing)).toBe('authorised')
})

test('at the desk one mark suspends all; any other value of the mark is refused', async () => {
  const desk = deskOf(registry)
  const [one] = registry.demonstration.officers
  const cookie = await desk.cookie(one?.client ?? '')
  const formToken = await desk.formToken(cookie)
  const page = await desk.ask('GET', `/desk${officers.base}/accreditations/${main}`, { headers: { cookie } })
  // Before the mark is set, the page says how many certificates all accreditations together affect.
  expect(page.text).toMatch(/data-affected-with-all>All of them together: (?:<b>\d+<\/b>|One) /)
  const send = (all: string) =>
    desk.ask('POST', `/desk${path(main, 'suspend')}`, {
      headers: { cookie },
      formToken,
      fields: { basis: 'Section 9', why: 'Complaint 3', all },
    })
  expect((await send('perhaps')).status).toBe(422)
  expect((await send('yes')).status).toBe(303)
  const { accreditations } = (await registry.ask(`/issuers/${DSD}/accreditations`)).json<{
    accreditations: { id: string; right: string; state: string }[]
  }>()
  expect(accreditations.length).toBeGreaterThan(1)
  const states = async () =>
    (await registry.ask(`/issuers/${DSD}/accreditations`))
      .json<{ accreditations: { state: string }[] }>()
      .accreditations.map(({ state }) => state)
  expect(await registry.later(states)).toEqual(accreditations.map(() => 'suspension'))
})

test('another authority finds nothing to suspend', async () => {
  const token = await registry.token('demo-ph-pqfncc-officer-1', 'registry:propose')
  const answer = await registry.ask(`/authorities/demo-ph-pqfncc/accreditations/${main}/suspend`, {
    token,
    body: { basis: 'x', all: true },
  })
  expect(problemOf(answer).status).toBe(404)
})
