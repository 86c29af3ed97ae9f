import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, checkOf, type Issued, officerOf, pathOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, type Proposal, QUALIFICATION } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
let issued: Issued
let certificate: string
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  issued = await body.issue(aThaiBricklayer('TH-O-1'))
  certificate = `${officers.base}/credentials/${DSD}/${issued.id.slice('urn:uuid:'.length)}`
})
afterAll(() => registry.close())

const scope = { qualifications: [QUALIFICATION], places: ['TH'] }
const main = () => `${officers.base}/accreditations/${DSD}.main`
const read = async (path: string, client = DSD) =>
  registry.ask(path, { token: await registry.token(client, 'credentials:read') })
/** The text that people read on a page, without markup. */
const shown = async () => (await registry.ask(pathOf(issued), { headers: asPage })).text.replace(/<[^>]+>/g, '')
const stated = () =>
  verify(registry, { verifiableCredential: issued.verifiableCredential }).then((verdict) => checkOf(verdict, 'status'))

test('I27: an authority that kept no such power gets the answer that there is no such certificate', async () => {
  for (const [verb, content] of [
    ['suspend', { reason: 'under-investigation' }],
    ['revoke', { reason: 'misconduct' }],
    ['reinstate', {}],
  ] as const)
    expect(problemOf(await officers.first(`${certificate}/${verb}`, content)).status).toBe(404)
})

test('I27: if its accreditation keeps the power one officer suspends at once, and the body cannot lift it', async () => {
  await officers.decide(`${main()}/amend`, {
    scope,
    basis: 'Act 5',
    effectiveFrom: '2020-01-01',
    mayChangeStatus: true,
  })
  const suspended = await officers.first(`${certificate}/suspend`, { reason: 'under-investigation' })
  expect([suspended.status, suspended.json()]).toMatchObject([200, { state: 'suspended', by: officers.authority }])
  expect(await stated()).toMatchObject({ outcome: 'failed', reason: 'suspended' })
  const token = await registry.token(DSD, 'credentials:status')
  const path = `/issuers/${DSD}/credentials/${issued.id}/reinstate`
  expect(problemOf(await registry.ask(path, { token, body: {} })).status).toBe(409)
  const { history } = (await read(`/issuers/${DSD}/credentials/${issued.id}`)).json<{ history: object[] }>()
  expect(history.at(-1)).toMatchObject({ event: 'suspended', by: officers.authority, actor: expect.any(String) })
  const page = await shown()
  expect(page).toContain(
    'Office of the Education Council (demonstration) (Thailand) suspended this certificate of Department of',
  )
  expect(page).toContain('the issuer cannot lift that')
})

test('two officers lift it, and two revoke: proposed, approved, carried out', async () => {
  const carryOut = ({ id }: Proposal) => officers.second(`${officers.base}/proposals/${id}/carry-out`, {})
  const lifting = await officers.decide(`${certificate}/reinstate`, {})
  expect(lifting.state).toBe('approved')
  expect((await carryOut(lifting)).json()).toMatchObject({ state: 'in-force' })
  expect(await stated()).toMatchObject({ outcome: 'passed' })
  const superseded = await officers.first(`${certificate}/revoke`, { reason: 'superseded' })
  expect(problemOf(superseded).status).toBe(422)
  const revoked = await carryOut(await officers.decide(`${certificate}/revoke`, { reason: 'obtained-by-fraud' }))
  expect([revoked.status, revoked.json()]).toMatchObject([200, { state: 'revoked', reason: 'obtained-by-fraud' }])
  expect(await stated()).toMatchObject({ outcome: 'failed', reason: 'revoked' })
  const page = await shown()
  expect(page).toContain(
    'Office of the Education Council (demonstration) (Thailand) cancelled this certificate of Department of',
  )
  expect(page).not.toContain('ask the issuer')
})

/** A proposal as the list of the authority shows it. */
const listed = async (id: string) => {
  const { proposals } = (await officers.first(`${officers.base}/proposals`)).json<{ proposals: Listed[] }>()
  return proposals.find((each) => each.id === id)
}
type Listed = Proposal & { affected?: number }

test('the list of proposals says whether a proposal about a certificate was carried out yet', async () => {
  const { id: other } = await body.issue(aThaiBricklayer('TH-O-3'))
  const path = `${officers.base}/credentials/${DSD}/${other.slice('urn:uuid:'.length)}/revoke`
  const { id } = await officers.decide(path, { reason: 'misconduct' })
  expect((await listed(id))?.state).toBe('approved')
  await officers.second(`${officers.base}/proposals/${id}/carry-out`, {})
  expect((await listed(id))?.state).toBe('carried-out')
  const rejecting = await officers.first(`${officers.base}/proposals/${id}/reject`, {})
  expect(problemOf(rejecting).status).toBe(409)
})

test('a withdrawal says, when proposed and when approved, how many certificates since its day it touches; the body gets their list', async () => {
  const early = await body.issue(aThaiBricklayer('TH-O-2'))
  const list = async (query: string, client = DSD) => read(`/issuers/${client}/credentials?affected=${query}`, client)
  const before = (await list(`${DSD}.main`)).json<{ certificates: { id: string }[] }>().certificates
  expect(before.map((each) => each.id)).toContain(early.id)
  expect(before.map((each) => each.id)).not.toContain(issued.id)
  const proposed = await officers.first(`${main()}/withdraw`, { basis: 'closed' })
  const proposal = proposed.json<Proposal & { affected: number }>()
  // The withdrawal counts from now on, so certificates from before stay valid, with a notice.
  expect(proposed).toMatchObject({ status: 202 })
  expect(proposal).toMatchObject({ affected: 0, issuedUnder: before.length })
  const late = await body.issue(aThaiBricklayer('TH-O-4'))
  const touched = { affected: 1, issuedUnder: before.length + 1 }
  expect(await listed(proposal.id)).toMatchObject({ state: 'open', ...touched })
  const path = `${officers.base}/proposals/${proposal.id}/approve`
  const approved = (await officers.second(path, { hash: proposal.hash })).json()
  expect(approved).toMatchObject({ state: 'carried-out', ...touched })
  const after = await list(`${DSD}.main`)
  expect(after.json<{ certificates: { id: string }[] }>().certificates.map((each) => each.id)).toEqual([late.id])
  expect(after.text).not.toContain('SOMCHAI')
  const all = await list(`${DSD}.main&since=2020-01-01`)
  expect(all.json<{ certificates: object[] }>().certificates).toHaveLength(before.length + 1)
  const verdictOf = async ({ verifiableCredential }: Issued) =>
    (await verify(registry, { verifiableCredential })).verdict
  expect(await registry.later(() => verdictOf(late))).toBe('invalid')
  expect(await verdictOf(early)).toBe('valid')
  const undated = await read(`/issuers/${DSD}/credentials?since=2020-01-01`)
  expect(problemOf(undated).status).toBe(400)
  expect(problemOf(await list(`${DSD}.main&since=soon`))).toMatchObject({
    status: 400,
    errors: [{ pointer: '/since' }],
  })
  // If a mistyped parameter were ignored, the answer would list everything.
  expect(problemOf(await read(`/issuers/${DSD}/credentials?affects=${DSD}.main`))).toMatchObject({
    status: 400,
    errors: [{ pointer: '/affects' }],
  })
  for (const query of [`${TESDA}.main`, `${DSD}.none`, 'x']) expect(problemOf(await list(query)).status).toBe(404)
  expect(problemOf(await read(`/issuers/${DSD}/credentials?affected=${DSD}.main`, TESDA)).status).toBe(404)
})
