import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { checkOf, type Issued, officerOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, type Proposal, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
})
afterAll(() => registry.close())

const path = (verb = '') => `${officers.base}/accreditations${verb && `/${DSD}.main/${verb}`}`
const grantsOf = async () =>
  (await registry.ask(`/issuers/${DSD}/accreditations`)).json<{ accreditations: { id: string; state: string }[] }>()
    .accreditations
/** Reads from the store, and not from memory. */
const stateOf = async ({ id }: Proposal) =>
  (await officers.second(`${officers.base}/proposals`))
    .json<{ proposals: Proposal[] }>()
    .proposals.find((each) => each.id === id)?.state

const another = { scope: { qualifications: ['th-belec-1'], places: ['TH'] }, basis: 'decision 4' }
const aGrant = async () => (await officers.first(path(), { grantee: DSD, ...another })).json<Proposal>()

/** The token of that officer with other claims, signed with the key of the identity provider. */
async function tokenWith(change: object): Promise<string> {
  const [, two] = registry.demonstration.officers
  const token = await registry.token(two?.client ?? '', 'registry:propose registry:approve')
  const jwk = JSON.parse(await readFile(join(registry.folder, 'identity-key.json'), 'utf8'))
  const claims = JSON.parse(JSON.stringify({ ...decodeJwt(token), ...change }))
  const { alg = '', ...header } = decodeProtectedHeader(token)
  return new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(createPrivateKey({ key: jwk, format: 'jwk' }))
}
const approve = async ({ id, hash }: Proposal, token?: string) => {
  const address = `${officers.base}/proposals/${id}/approve`
  return token === undefined ? officers.second(address, { hash }) : registry.ask(address, { token, body: { hash } })
}

describe('an officer approves only with a sign-in as a person that is less than ten minutes old', () => {
  const seconds = () => Math.floor(registry.now().getTime() / 1_000)

  test.each([
    ['a sign-in of eleven minutes ago', () => ({ auth_time: seconds() - 660 })],
    ['a sign-in that lies ahead', () => ({ auth_time: seconds() + 60 })],
    ['a program, whose token has no sign-in', () => ({ auth_time: undefined })],
    ['a sign-in that is no number', () => ({ auth_time: String(seconds()) })],
  ])('%s is refused, and nothing has changed', async (_, change) => {
    const [before, proposal] = [await grantsOf(), await aGrant()]
    const refused = await approve(proposal, await tokenWith(change()))
    expect(problemOf(refused)).toMatchObject({
      status: 403,
      type: `${registry.baseUrl}/problems/fresh-sign-in-required`,
    })
    expect([await stateOf(proposal), await grantsOf()]).toEqual(['open', before])
  })

  test.each([
    ['no way at all', { acr: undefined }],
    ['a way that the registry does not accept', { acr: 'urn:example:password', amr: ['pwd'] }],
  ])('a sign-in that states %s is refused with what to do, and nothing has changed', async (_, change) => {
    const [before, proposal] = [await grantsOf(), await aGrant()]
    const refused = await approve(proposal, await tokenWith(change))
    expect(problemOf(refused)).toMatchObject({
      status: 403,
      type: `${registry.baseUrl}/problems/stronger-sign-in-required`,
      detail: expect.stringMatching(/needs a sign-in that states acr "0"\. Sign in again/),
    })
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_user_authentication')
    expect([await stateOf(proposal), await grantsOf()]).toEqual(['open', before])
  })

  test('the same token with a sign-in of nine minutes ago approves', async () => {
    const proposal = await aGrant()
    const approved = await approve(proposal, await tokenWith({ auth_time: seconds() - 540 }))
    expect([approved.status, await stateOf(proposal)]).toEqual([200, 'carried-out'])
  })
})

describe('a rejection', () => {
  test('by one officer ends a proposal: nobody can approve it any more, and nothing has changed', async () => {
    const proposal = await aGrant()
    const address = `${officers.base}/proposals/${proposal.id}/reject`
    const rejected = await officers.second(address, { why: 'not agreed' })
    expect([rejected.status, rejected.json()]).toMatchObject([
      200,
      { id: proposal.id, state: 'rejected', decidedBy: registry.demonstration.officers[1]?.client },
    ])
    const refused = problemOf(await approve(proposal))
    expect(refused).toMatchObject({ status: 409, detail: 'this proposal is rejected' })
    expect(await stateOf(proposal)).toBe('rejected')
    expect((await grantsOf()).map(({ id }) => id)).not.toContain(`${DSD}.${proposal.change.grant}`)
    const again = await officers.first(address, {})
    expect([again.status, again.json()]).toMatchObject([200, { state: 'rejected' }])
  })

  test('may come from the officer who proposed; a carried-out proposal cannot be rejected', async () => {
    const proposal = await aGrant()
    const rejected = await officers.first(`${officers.base}/proposals/${proposal.id}/reject`, {})
    expect([rejected.status, rejected.json<Proposal>().state]).toEqual([200, 'rejected'])
    const done = await officers.decide(path(), { grantee: DSD, ...another })
    const refused = await officers.first(`${officers.base}/proposals/${done.id}/reject`, {})
    expect(problemOf(refused).status).toBe(409)
    expect(await stateOf(done)).toBe('carried-out')
  })
})

describe('a proposal of one officer changes no verdict before another officer approved it', () => {
  /** Longer than memory keeps any answer about trust. */
  const REMEMBERED_MS = 11_000
  let issued: Issued
  const judged = async (name: string) => {
    const verdict = await verify(registry, { verifiableCredential: issued.verifiableCredential })
    return { verdict: verdict.verdict, today: verdict.issuer.today.standing, ...checkOf(verdict, name) }
  }
  const good = { verdict: 'valid', today: 'authorised', outcome: 'passed' }
  const bothProposed: Record<string, Proposal> = {}

  test('neither a compromise of the key nor a withdrawal from the beginning', async () => {
    issued = await body.issue(aThaiBricklayer('TH-P-1'))
    const { verificationMethod } = issued.verifiableCredential.proof as { verificationMethod: string }
    const key = `/issuers/${DSD}/keys/${verificationMethod.split('#')[1]}/compromise`
    const compromisedFrom = '2020-01-02T00:00:00Z'
    const compromise = await officers.first(key, { authority: officers.authority, compromisedFrom })
    const withdrawal = await officers.first(path('withdraw'), { basis: 'fraud', effectiveFrom: '2020-01-01' })
    expect([compromise.status, withdrawal.status]).toEqual([202, 202])
    Object.assign(bothProposed, { compromise: compromise.json<Proposal>(), withdrawal: withdrawal.json<Proposal>() })
    registry.pass(REMEMBERED_MS)
    expect(await judged('issuer-key')).toMatchObject(good)
    expect(await judged('issuer-trust')).toMatchObject(good)
    expect((await registry.ask(`/issuers/${DSD}/keys`)).text).not.toContain('compromisedFrom')
    const asked = await registry.ask(`/issuers/${DSD}/accreditations?qualification=${QUALIFICATION}`)
    expect(asked.json()).toMatchObject({ standing: 'authorised' })
    expect((await body.request(aThaiBricklayer('TH-P-2'), 'th-p-2')).status).toBe(201)
  })

  test('each of the two changes the verdict once it is approved', async () => {
    const { compromise, withdrawal } = bothProposed
    if (compromise === undefined || withdrawal === undefined) throw new Error('nothing was proposed')
    expect((await approve(withdrawal)).status).toBe(200)
    expect(await registry.later(() => judged('issuer-trust'))).toMatchObject({
      verdict: 'invalid',
      outcome: 'failed',
      reason: 'issuer-withdrawn',
    })
    expect(await judged('issuer-key')).toMatchObject({ outcome: 'passed' })
    expect((await approve(compromise)).status).toBe(200)
    expect(await registry.later(() => judged('issuer-key'))).toMatchObject({ reason: 'key-compromised' })
  })
})
