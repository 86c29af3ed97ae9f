import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { checkOf, day, type Issued, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, type Proposal, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
})
afterAll(() => registry.close())

const verdictOn = ({ verifiableCredential }: Issued) => verify(registry, { verifiableCredential })
const accreditationsOf = async (issuer = DSD, query = '') => {
  const answer = await registry.ask(`/issuers/${issuer}/accreditations${query}`)
  return answer.json<{ accreditations: { id: string; state: string; right: string }[] } & Record<string, unknown>>()
}
const scope = { qualifications: ['th-belec-1'], places: ['TH'] }

describe('accredit, issue, suspend, verify, lift', () => {
  let id: string
  let issued: Issued
  const anElectrician = (number: string) => aThaiBricklayer(number, { qualification: 'th-belec-1' })

  test('before it is accredited for a qualification, the body cannot issue it', async () => {
    // Narrows the first grant of the body, so that only the new one can allow this qualification.
    await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, {
      scope: { qualifications: [QUALIFICATION], places: ['TH'] },
      basis: 'narrowed',
      effectiveFrom: '2020-01-01',
    })
    const refused = await body.request(anElectrician('TH-E-0'), 'th-e-0')
    expect(problemOf(refused)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/type-not-in-scope` })
  })

  test('one officer proposes: nothing has changed', async () => {
    const path = `${officers.base}/accreditations`
    const proposed = await officers.first(path, {
      grantee: DSD,
      scope,
      basis: 'B.E. 2569/1',
      effectiveFrom: '2025-01-01',
    })
    expect(proposed.status).toBe(202)
    const { id: proposal, hash, state, change } = proposed.json<Proposal>()
    expect(state).toBe('open')
    expect((await accreditationsOf()).accreditations.map(({ id: each }) => each)).not.toContain(
      `${DSD}.${change.grant}`,
    )
    const own = await officers.first(`${officers.base}/proposals/${proposal}/approve`, { hash })
    expect(problemOf(own)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/four-eyes-required` })
    const other = await officers.second(`${officers.base}/proposals/${proposal}/approve`, { hash: 'x'.repeat(43) })
    expect(problemOf(other).status).toBe(409)
    const approved = await officers.second(`${officers.base}/proposals/${proposal}/approve`, { hash })
    expect([approved.status, approved.json<Proposal>().state]).toEqual([200, 'carried-out'])
    id = `${DSD}.${change.grant}`
    const listed = await officers.second(`${officers.base}/proposals`)
    expect(listed.json<{ proposals: Proposal[] }>().proposals[0]).toMatchObject({ id: proposal, state: 'carried-out' })
  })

  test('the other officer approves: the body may issue, and the verdict names the grantor and says that the grant was recorded later', async () => {
    issued = await body.issue(anElectrician('TH-E-1'))
    const verdict = await verdictOn(issued)
    expect(verdict.verdict).toBe('valid')
    expect(verdict.issuer.onIssueDate.chain).toMatchObject([{ id: ONEC }, { id: DSD, recordedLater: true }])
    const open = () => registry.ask(new URL(issued.link).pathname, { headers: { accept: 'text/html' } })
    expect(await registry.later(async () => (await open()).text)).toContain('Recorded after that day.')
  })

  test('one officer alone suspends, at once: nothing new can be issued, and the old certificate stays valid with a notice', async () => {
    const suspended = await officers.first(`${officers.base}/accreditations/${id}/suspend`, { basis: 'complaint 4' })
    expect(suspended.status).toBe(200)
    expect(suspended.json()).toMatchObject({ id, state: 'suspended', affected: 0, issuedUnder: expect.any(Number) })
    const refused = await body.request(anElectrician('TH-E-2'), 'th-e-2')
    expect(problemOf(refused)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/issuer-suspended` })
    expect(await registry.later(async () => (await verdictOn(issued)).issuer.today.standing)).toBe('suspended')
    const verdict = await verdictOn(issued)
    expect([verdict.verdict, verdict.issuer.onIssueDate.standing]).toEqual(['valid', 'authorised'])
  })

  test('lifting the suspension takes two officers again', async () => {
    await officers.decide(`${officers.base}/accreditations/${id}/lift`, { basis: 'settled', effectiveFrom: day(0) })
    await body.issue(anElectrician('TH-E-2'), 'th-e-2b')
    expect(await registry.later(async () => (await verdictOn(issued)).issuer.today.standing)).toBe('authorised')
    const again = await officers.first(`${officers.base}/accreditations/${id}/lift`, { basis: 'settled' })
    expect(problemOf(again).status).toBe(409)
  })
})

describe('a refused decision', () => {
  test.each([
    ['amend', { scope, basis: 'x', effectiveFrom: '2025-01-01' }],
    ['suspend', { basis: 'x' }],
    ['lift', { basis: 'x' }],
    ['withdraw', { basis: 'x', effectiveFrom: '2025-01-01' }],
  ])('%s: a grant of another authority does not exist', async (verb, content) => {
    for (const id of [`${TESDA}.main`, 'demo-my-jpk.main', `${DSD}.none`, 'nobody.main', 'x', `${DSD}.main.x`])
      expect(problemOf(await officers.first(`${officers.base}/accreditations/${id}/${verb}`, content)).status).toBe(404)
  })

  test('I36: one in the name of another authority gets the answer of an authority that does not exist', async () => {
    const content = { grantee: 'demo-my-jpk', scope, basis: 'x', effectiveFrom: '2025-01-01' }
    const foreign = await officers.first('/authorities/demo-my-mqa/accreditations', content)
    const unknown = await officers.first('/authorities/nobody-at-all/accreditations', content)
    expect(problemOf(foreign).status).toBe(404)
    expect(foreign.text).toBe(unknown.text)
    const listed = await officers.first('/authorities/demo-my-mqa/proposals')
    expect([problemOf(listed).status, listed.text]).toEqual([
      404,
      (await officers.first('/authorities/nobody-at-all/proposals')).text,
    ])
  })

  test('an accreditation of a body of another state, because a root speaks for its own state alone', async () => {
    const abroad = await officers.first(`${officers.base}/accreditations`, {
      grantee: 'demo-my-jpk',
      scope,
      basis: 'x',
      effectiveFrom: '2025-01-01',
    })
    expect(problemOf(abroad)).toMatchObject({ status: 422, detail: 'a grantor of TH cannot accredit anybody of MY' })
    const same = { grantee: DSD, scope, basis: 'x', effectiveFrom: '2025-01-01' }
    expect((await officers.first(`${officers.base}/accreditations`, same)).status).toBe(202)
  })

  test('one that a body asks for, because its tokens lack the scope', async () => {
    const token = await registry.token(DSD, 'credentials:issue credentials:status credentials:read')
    const answer = await registry.ask(`${officers.base}/accreditations`, { token, body: {} })
    expect(problemOf(answer)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/insufficient-scope` })
  })

  test('R008: one that states when it was recorded', async () => {
    for (const more of [{ recordedAt: '2020-01-01T00:00:00Z' }, { approvedBy: 'x' }]) {
      const answer = await officers.first(`${officers.base}/accreditations`, {
        grantee: DSD,
        scope,
        basis: 'x',
        effectiveFrom: '2025-01-01',
        ...more,
      })
      expect(problemOf(answer).status).toBe(422)
    }
  })
})

describe('a withdrawal from the beginning', () => {
  test('makes every certificate that rested on it invalid, and says beforehand how many there are', async () => {
    const issued = await body.issue(aThaiBricklayer('TH-W-1'))
    const before = await accreditationsOf(DSD, `?qualification=${QUALIFICATION}`)
    expect(before.standing).toBe('authorised')
    const listed = await body.get(`/credentials?affected=${DSD}.main`)
    const { certificates } = listed.json<{ certificates: { id: string }[] }>()
    expect(certificates.map(({ id }) => id)).toContain(issued.id)
    const withdrawal = { basis: 'fraud', effectiveFrom: '2020-01-01' }
    const proposed = await officers.first(`${officers.base}/accreditations/${DSD}.main/withdraw`, withdrawal)
    const { id, hash, affected } = proposed.json<Proposal & { affected: number }>()
    expect([proposed.status, affected]).toEqual([202, certificates.length])
    expect((await officers.second(`${officers.base}/proposals/${id}/approve`, { hash })).status).toBe(200)
    expect(await registry.later(async () => (await verdictOn(issued)).verdict)).toBe('invalid')
    const verdict = await verdictOn(issued)
    expect(checkOf(verdict, 'issuer-trust')).toMatchObject({ outcome: 'failed', reason: 'issuer-withdrawn' })
    expect(await registry.later(() => accreditationsOf(DSD, `?qualification=${QUALIFICATION}`))).toMatchObject({
      standing: 'withdrawn',
      failing: { id: DSD, standing: 'withdrawn' },
    })
  })
})
