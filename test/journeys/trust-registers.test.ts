import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, checkOf, day, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const CENTRE = 'demo-ph-centre-taguig'
const ACCOUNTANTS = 'demo-asean-acpacc'
/** The registers of the recognition arrangements, and a title in each. */
const registersOfTitles = {
  'demo-asean-acpecc': 'asean-acpe',
  'demo-asean-aac': 'asean-aa',
  [ACCOUNTANTS]: 'asean-acpa',
  'demo-asean-atprs': 'asean-atp-receptionist',
} as const
const aTitle = (certificateNumber: string, qualification: string = registersOfTitles[ACCOUNTANTS]) => ({
  qualification,
  holder: { name: 'NURUL BINTI EXAMPLE' },
  certificateNumber,
  awardedOn: day(20),
})
const HALL = 'demo-th-hall'

interface Centre {
  id: string
  decisions: { entry: string }[]
  accreditations: { decisions: { entry: string }[] }[]
}

describe('GET /registers', () => {
  test('R-047: answers an officer of an authority with status and title, never a name', async () => {
    await officerOf(registry, TESDA).issue(aBricklayer('REG-1'))
    const { first } = await officersOf(registry)
    const answer = await first(`/registers?issuer=${TESDA}&number=REG-1`)
    expect(answer.json()).toEqual({
      issuer: TESDA,
      certificates: [
        { qualification: 'ph-masonry-nc2', title: 'Masonry NC II', state: 'in-force', issuedAt: expect.any(String) },
      ],
    })
    expect(answer.text).not.toContain('JUAN')
    expect(problemOf(await first(`/registers?issuer=${TESDA}&number=REG-2`)).status).toBe(404)
    expect(problemOf(await first('/registers?issuer=nobody&number=REG-1')).status).toBe(404)
    for (const query of ['', `?issuer=${TESDA}`, '?number=REG-1'])
      expect(problemOf(await first(`/registers${query}`)).status).toBe(400)
  })

  test('R-047: one question goes to several registers, and each that has the number gives its own answer', async () => {
    const { first } = await officersOf(registry)
    await officerOf(registry, DSD).issue(aThaiBricklayer('REG-3'))
    await officerOf(registry, ACCOUNTANTS).issue(aTitle('REG-3'))
    const asked = (issuers: readonly string[]) =>
      first(`/registers?number=REG-3&${issuers.map((issuer) => `issuer=${issuer}`).join('&')}`)
    const answer = await asked([TESDA, DSD, ACCOUNTANTS, 'nobody', ONEC, 'sandbox', DSD])
    const entry = { state: 'in-force', issuedAt: expect.any(String) }
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        registers: [
          { issuer: DSD, certificates: [{ ...entry, qualification: QUALIFICATION, title: expect.any(String) }] },
          { issuer: ACCOUNTANTS, certificates: [{ ...entry, qualification: 'asean-acpa', title: expect.any(String) }] },
        ],
      },
    ])
    expect(answer.text).not.toMatch(/SOMCHAI|NURUL|REG-3|urn:uuid/)
    expect(problemOf(await asked([TESDA, 'nobody'])).status).toBe(404)
    for (const issuers of [[], [TESDA, ''], [TESDA, 'No/Issuer'], Array.from({ length: 21 }, () => TESDA)])
      expect(problemOf(await asked(issuers)).status).toBe(400)
    expect(problemOf(await first(`/registers?issuer=${TESDA}&number=REG-3&number=REG-1`)).status).toBe(400)
    const signedOut = await registry.ask(`/registers?issuer=${TESDA}&issuer=${DSD}&number=REG-3`)
    expect(problemOf(signedOut).status).toBe(401)
  })

  test('R-047: one question finds a number in the registers of engineers, architects, accountants and tourism', async () => {
    const { first } = await officersOf(registry)
    const registers = Object.entries(registersOfTitles)
    for (const [register, title] of registers) await officerOf(registry, register).issue(aTitle('ASEAN-1', title))
    // One of them has ended since. Each register gives its own answer.
    const engineers = officerOf(registry, 'demo-asean-acpecc')
    await engineers.change(await engineers.issue(aTitle('ASEAN-2', 'asean-acpe')), 'suspend', {
      reason: 'under-investigation',
    })
    const asked = (number: string) =>
      first(`/registers?number=${number}&${registers.map(([register]) => `issuer=${register}`).join('&')}`)
    const answer = await asked('ASEAN-1')
    expect(answer.json()).toEqual({
      registers: registers.map(([issuer, qualification]) => ({
        issuer,
        certificates: [
          { qualification, title: expect.stringContaining('ASEAN'), state: 'in-force', issuedAt: expect.any(String) },
        ],
      })),
    })
    expect(answer.text).not.toMatch(/NURUL|ASEAN-1|urn:uuid/)
    const { registers: found } = (await asked('ASEAN-2')).json<{
      registers: { issuer: string; certificates: object[] }[]
    }>()
    expect(found).toMatchObject([{ issuer: 'demo-asean-acpecc', certificates: [{ state: 'suspended' }] }])
    for (const [register] of registers) {
      const { issuer } = (await registry.ask(`/issuers/${register}`)).json<{ issuer: { name: string } }>()
      expect(issuer.name).toMatch(/\(demonstration\)$/)
    }
  })

  test('without a token 401, with the token of a body 403', async () => {
    const path = `/registers?issuer=${TESDA}&number=REG-1`
    expect(problemOf(await registry.ask(path)).status).toBe(401)
    const { token } = officerOf(registry, TESDA)
    expect(problemOf(await registry.ask(path, { token: await token })).status).toBe(403)
  })
})

describe('the register of centres (R-012)', () => {
  test('can be downloaded as JSON and as CSV', async () => {
    const { centres } = (await registry.ask('/centres')).json<{ centres: Record<string, unknown>[] }>()
    expect(centres).toMatchObject([
      { id: CENTRE, state: 'PH', accreditations: [{ right: 'assess', state: 'force', grantors: [TESDA] }] },
      { id: 'demo-xs-centre-tanjung', state: 'XS' },
    ])
    const csv = await registry.ask('/centres?format=csv')
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/)
    expect(csv.text.split('\r\n')).toHaveLength(4)
    expect(csv.text).toContain(`"${CENTRE}","Example Assessment Center, Taguig (demonstration)","PH"`)
    expect(problemOf(await registry.ask('/centres?format=xml')).status).toBe(400)
  })

  test('R-012: downloaded for the day of an assessment, it lists the centres that were allowed on that day, with each decision in the signed log', async () => {
    const officers = await officersOf(registry)
    const identity = { name: 'Hall (demonstration)', state: 'TH', website: 'https://hall.example', demonstration: true }
    await officers.decide(`${officers.base}/centres`, { id: HALL, identity })
    const scope = { qualifications: ['th-brick-1'], places: ['TH'] }
    const grant = { grantee: HALL, right: 'assess', scope, basis: 'decision 2', effectiveFrom: day(30) }
    const { change } = await officers.decide(`${officers.base}/accreditations`, grant)
    const withdraw = `${officers.base}/accreditations/${HALL}.${change.grant}/withdraw`
    await officers.decide(withdraw, { basis: 'closed', effectiveFrom: day(5) })
    const on = async (asOf: string) =>
      (await registry.ask(`/centres?as-of=${asOf}`)).json<{ asOf: string; centres: Centre[] }>()
    const find = async (asOf: string) => (await on(asOf)).centres.find(({ id }) => id === HALL)
    expect(await registry.later(() => find(day(0)))).toMatchObject({ accreditations: [{ state: 'withdrawal' }] })
    expect(await find(day(40))).toMatchObject({ accreditations: [{ state: 'future' }] })
    const then = await find(day(10))
    expect(then).toMatchObject({ accreditations: [{ state: 'force', grantors: [officers.authority] }] })
    expect((await on(day(10))).asOf).toBe(`${day(10)}T23:59:59.999Z`)
    const decisions = [...(then?.decisions ?? []), ...(then?.accreditations[0]?.decisions ?? [])]
    expect(decisions).toMatchObject([
      { entry: `${HALL}/trust/0`, by: [officers.authority] },
      { entry: `${HALL}/trust/1`, by: [officers.authority] },
    ])
    for (const [place, { entry }] of decisions.entries()) {
      const where = () => registry.ask(`/log/registry/index/${entry}`)
      expect(await registry.later(async () => (await where()).status)).toBe(200)
      const logged = (await registry.ask(`/changes/${(await where()).json().index}`)).json<{
        events: { type: string }[]
      }>()
      expect(logged).toMatchObject({ id: HALL, events: [{ type: ['centre-registered', 'accredited'][place] }] })
    }
    const csv = (await registry.ask(`/centres?format=csv&as-of=${day(10)}`)).text
    expect(csv.split('\r\n')[0]).toMatch(/"entries of the log","as of"$/)
    expect(csv).toContain(
      `"force","${day(30)}","","","th-brick-1","${HALL}/trust/0 ${HALL}/trust/1","${day(10)}T23:59:59.999Z"`,
    )
    for (const asOf of ['2099-01-01', 'yesterday', '2026-02-31'])
      expect(problemOf(await registry.ask(`/centres?as-of=${asOf}`))).toMatchObject({ status: 400 })
  }, 120_000)

  test('has a page for each centre, to which certificates point, and none for another body', async () => {
    const page = await registry.ask(`/centres/${CENTRE}`, { headers: asPage })
    expect(page.text).toContain('Example Assessment Center, Taguig')
    for (const id of [TESDA, 'nobody']) expect(problemOf(await registry.ask(`/centres/${id}`)).status).toBe(404)
  })

  test('has every centre that a certificate may name, and a verdict says whether that centre was in scope', async () => {
    const officer = officerOf(registry, TESDA)
    const issued = await officer.issue(aBricklayer('CENTRE-1', { centre: { id: CENTRE } }))
    const verdict = await verify(registry, { verifiableCredential: issued.verifiableCredential })
    expect(verdict.verdict).toBe('valid')
    expect(checkOf(verdict, 'centre')).toMatchObject({ outcome: 'passed', evidence: { centre: CENTRE } })
    const refused = await officer.request(aBricklayer('CENTRE-2', { centre: { id: 'nowhere' } }), 'centre-2')
    expect(problemOf(refused)).toMatchObject({ status: 422, errors: [{ pointer: '/centre/id' }] })
  })
})

describe('GET /status-lists/{id}?timestamp=', () => {
  test('refuses a moment that could still change, in the words of the specification', async () => {
    const issued = await officerOf(registry, TESDA).issue(aBricklayer('LIST-1'))
    const [entry] = issued.verifiableCredential.credentialStatus as { statusListCredential: string }[]
    const path = new URL(String(entry?.statusListCredential)).pathname
    for (const moment of ['2099-01-01T00:00:00Z', registry.now().toISOString(), 'yesterday', '']) {
      expect(problemOf(await registry.ask(`${path}?timestamp=${moment}`))).toMatchObject({
        status: 400,
        type: 'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR',
      })
    }
    expect(problemOf(await registry.ask(`${path}?timestamp=2019-01-01T00:00:00Z`))).toMatchObject({
      status: 400,
      detail: 'There was no such list at that moment.',
    })
  })
})
