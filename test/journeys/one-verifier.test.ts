import { checkNames } from '@sijil/registry/verification'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, checkOf, day, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const verdictOn = async (name: string) => verify(registry, { verifiableCredential: await registry.document(name) })

test('R-001, R-018, R-126, D-04: one verifier accepts an ASEAN CPA, a TESDA NC II and a Thai level 1, each by its own chain', async () => {
  const accountant = {
    qualification: 'asean-acpa',
    holder: { name: 'NURUL BINTI EXAMPLE' },
    certificateNumber: 'ONE-1',
    awardedOn: day(20),
  }
  // For each: issuer, certificate, title, root, and levels.
  const all = [
    ['demo-asean-acpacc', accountant, 'ASEAN Chartered Professional Accountant (ASEAN CPA)', 'demo-asean-acpacc', []],
    [TESDA, aBricklayer('ONE-2'), 'Masonry NC II', TESDA, ['PQF', 'AQRF']],
    [DSD, aThaiBricklayer('ONE-3'), 'National Skill Standard: Bricklayer, level 1', ONEC, []],
  ] as const
  for (const [body, input, title, root, levels] of all) {
    const { verifiableCredential } = await officerOf(registry, body).issue(input)
    const { verdict, certificate, issuer, levels: found } = await verify(registry, { verifiableCredential })
    expect([body, verdict]).toEqual([body, 'valid'])
    expect(certificate).toMatchObject({ qualification: { title } })
    expect(issuer.onIssueDate.chain[0]?.id).toBe(root)
    expect(found.filter(({ level }) => level !== undefined).map(({ framework }) => framework)).toEqual(levels)
  }
})

test.each([
  ['in-force', { 'issuer-trust': 'passed', qualification: 'passed', status: 'passed' }],
  ['out-of-scope', { 'issuer-trust': 'failed', status: 'passed' }],
  ['revoked', { 'issuer-trust': 'passed', status: 'failed' }],
  ['issuer-unknown', { 'issuer-trust': 'not_performed', status: 'not_performed' }],
])('R-089: one result lists every check as passed, failed or not performed, and why: %s', async (name, expected) => {
  const verdict = await verdictOn(name)
  expect(verdict.checks.map((check) => check.name)).toEqual(checkNames)
  for (const { outcome, reason } of verdict.checks) {
    expect(['passed', 'failed', 'not_performed']).toContain(outcome)
    expect(reason === undefined).toBe(outcome === 'passed')
  }
  for (const [check, outcome] of Object.entries(expected)) expect(checkOf(verdict, check)?.outcome, check).toBe(outcome)
  expect(Object.keys(verdict.issuer)).toEqual(['onIssueDate', 'today'])
})

test('D-11: the licensed body signs, and the chain goes up to the national body that licensed it', async () => {
  const document = await registry.document('issuer-suspended-since')
  expect((document.issuer as { id: string }).id).toMatch(/:issuers:demo-id-lsp$/)
  const { verdict, issuer } = await verify(registry, { verifiableCredential: document })
  expect(verdict).toBe('valid')
  expect(issuer.onIssueDate.chain.map(({ id }) => id)).toEqual(['demo-id-bnsp', 'demo-id-lsp'])
  // A centre assesses for the body that allowed it, and signs nothing itself.
  const assessed = checkOf(await verdictOn('in-force'), 'centre')
  expect(assessed).toMatchObject({ outcome: 'passed', evidence: { centre: 'demo-ph-centre-taguig' } })
  expect(problemOf(await registry.ask('/issuers/demo-ph-centre-taguig/keys')).status).toBe(404)
})

test('D-12: a listed body may sign the qualifications and levels of its scope until the day that the scope states', async () => {
  const officers = await officersOf(registry)
  const body = officerOf(registry, DSD)
  const scope = { qualifications: [QUALIFICATION], places: ['TH'] }
  const amend = (terms: object) =>
    officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, {
      basis: 'D-12',
      effectiveFrom: day(0),
      ...terms,
    })
  const refused = async (number: string, change: Record<string, unknown> = {}) =>
    problemOf(await body.request(aThaiBricklayer(number, change), number)).type
  const outside = `${registry.baseUrl}/problems/type-not-in-scope`

  await amend({ scope })
  const { accreditations } = (await registry.ask(`/issuers/${DSD}/accreditations`)).json<{ accreditations: object[] }>()
  expect(accreditations).toContainEqual(expect.objectContaining({ id: `${DSD}.main`, scope }))
  expect(await refused('D-12-1', { qualification: 'th-belec-1' })).toBe(outside)
  await body.issue(aThaiBricklayer('D-12-2'))
  // No framework gives this qualification a level, so a scope limited to levels does not cover it.
  await amend({ scope: { ...scope, levels: { from: 1, to: 2 } } })
  expect(await refused('D-12-3')).toBe(outside)
  const until = new Date(registry.now().getTime() + 2_000)
  until.setMilliseconds(0)
  await amend({ scope, until: until.toISOString().replace('.000Z', 'Z') })
  await body.issue(aThaiBricklayer('D-12-4'))
  // The scope ends with that second.
  registry.pass(3_001)
  expect(await refused('D-12-5')).toBe(outside)
})
