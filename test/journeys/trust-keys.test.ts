import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { checkOf, type Issued, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, type Proposal } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
const issued: Record<string, Issued> = {}
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
})
afterAll(() => registry.close())

interface Key {
  kid: string
  purpose: string
  addedAt: string
  retiredAt?: string
  suspendedAt?: string
  compromisedFrom?: string
  verificationMethod: string
}
const keysOf = async (issuer = DSD) => (await registry.ask(`/issuers/${issuer}/keys`)).json<{ keys: Key[] }>().keys
const documentOf = async () =>
  (await registry.ask(`/issuers/${DSD}/did.json`)).json<{
    verificationMethod: { id: string }[]
    assertionMethod: string[]
  }>()
const fragments = (ids: readonly string[]) => ids.map((id) => id.split('#')[1])
const keyOf = ({ verifiableCredential }: Issued) =>
  (verifiableCredential.proof as { verificationMethod: string }).verificationMethod.split('#')[1]
const decide = (path: string, more: object = {}) =>
  officers.decide(`/issuers/${DSD}/keys${path}`, { authority: officers.authority, ...more })

test('the keys of an issuer are listed with their windows, and without the place where they are kept', async () => {
  const answer = await registry.ask(`/issuers/${DSD}/keys`)
  expect(await keysOf()).toMatchObject([
    { kid: 'certificates-1', purpose: 'certificates', addedAt: expect.any(String) },
    { kid: 'lists-1', purpose: 'lists', addedAt: expect.any(String) },
  ])
  expect(answer.text).not.toMatch(/keyRef|arn:|proposal/)
  expect(problemOf(await registry.ask('/issuers/nobody-at-all/keys')).status).toBe(404)
  expect(problemOf(await registry.ask(`/issuers/${officers.authority}/keys`)).status).toBe(404)
})

test('a second key takes two officers, and then signs new certificates', async () => {
  issued.first = await body.issue(aThaiBricklayer('TH-K-1'))
  await decide('', { purpose: 'certificates' })
  expect(await registry.later(async () => (await keysOf()).map(({ kid }) => kid))).toContain('certificates-2')
  issued.second = await body.issue(aThaiBricklayer('TH-K-2'))
  expect([keyOf(issued.first), keyOf(issued.second)]).toEqual(['certificates-1', 'certificates-2'])
})

test('the retired key stays in the DID document, and its certificates still count', async () => {
  await decide('/certificates-1/retire')
  expect(
    await registry.later(async () => (await keysOf()).find(({ kid }) => kid === 'certificates-1')?.retiredAt),
  ).toBeDefined()
  const { assertionMethod, verificationMethod } = await documentOf()
  expect(fragments(assertionMethod)).toEqual(['certificates-1', 'lists-1', 'certificates-2'])
  expect(JSON.stringify(verificationMethod)).not.toContain('expires')
  const { first } = issued
  if (first === undefined) throw new Error('nothing was issued')
  const verdict = await verify(registry, { verifiableCredential: first.verifiableCredential })
  expect(verdict.verdict).toBe('valid')
})

test('one officer alone suspends a key: nothing can be signed, and the refusal says why', async () => {
  const path = `/issuers/${DSD}/keys/certificates-2`
  expect((await officers.first(`${path}/suspend`, { authority: officers.authority })).status).toBe(200)
  const refused = await body.request(aThaiBricklayer('TH-K-3'), 'th-k-3')
  expect(problemOf(refused)).toMatchObject({ status: 503, detail: expect.stringContaining('suspended') })
  await decide('/certificates-2/resume')
  expect((await body.request(aThaiBricklayer('TH-K-3'), 'th-k-3')).status).toBe(201)
})

test('a key declared compromised proves only certificates that a witness saw before, and leaves the DID document', async () => {
  const moment = registry.now().toISOString()
  const path = `/issuers/${DSD}/keys/certificates-2/compromise`
  // The number of certificates is read from an index.
  registry.showAll()
  const asked = await officers.first(path, { authority: officers.authority, compromisedFrom: moment })
  const proposal = asked.json<Proposal & { affected: number; witnessed: number }>()
  // The key signed TH-K-2 and TH-K-3 so far. No witness has seen either.
  expect([asked.status, proposal.affected, proposal.witnessed]).toEqual([202, 2, 0])
  const listed = (await officers.second(`${officers.base}/proposals`)).json<{ proposals: object[] }>().proposals
  expect(listed).toContainEqual(expect.objectContaining({ id: proposal.id, affected: 2, witnessed: 0 }))
  const address = `${officers.base}/proposals/${proposal.id}/approve`
  const approved = await officers.second(address, { hash: proposal.hash })
  expect([approved.status, approved.json()]).toMatchObject([200, { affected: 2, witnessed: 0 }])
  const { second, first } = issued
  if (first === undefined || second === undefined) throw new Error('nothing was issued')
  const check = async () =>
    checkOf(await verify(registry, { verifiableCredential: second.verifiableCredential }), 'issuer-key')
  expect(await registry.later(check)).toMatchObject({ reason: 'key-compromised' })
  const verdict = await verify(registry, { verifiableCredential: second.verifiableCredential })
  expect(verdict.verdict).not.toBe('valid')
  expect((await verify(registry, { verifiableCredential: first.verifiableCredential })).verdict).toBe('valid')
  expect(await registry.later(async () => fragments((await documentOf()).assertionMethod))).toEqual([
    'certificates-1',
    'lists-1',
  ])
  const { verificationMethod } = await documentOf()
  expect(fragments(verificationMethod.map(({ id }) => id))).toContain('certificates-2')
})

test('R006: the moment of a compromise lies in the past, and can only be moved earlier', async () => {
  const path = `/issuers/${DSD}/keys/certificates-2/compromise`
  const propose = (compromisedFrom: string) => officers.first(path, { authority: officers.authority, compromisedFrom })
  for (const moment of ['2099-01-01T00:00:00Z', registry.now().toISOString()])
    expect(problemOf(await propose(moment))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/compromisedFrom' }],
    })
  await decide('/certificates-2/compromise', { compromisedFrom: '2026-01-01T00:00:00Z' })
  const momentOf = async () => (await keysOf()).find(({ kid }) => kid === 'certificates-2')?.compromisedFrom
  expect(await registry.later(momentOf)).toBe('2026-01-01T00:00:00.000Z')
  expect(problemOf(await propose('2026-01-02T00:00:00Z')).status).toBe(422)
})

test('for an authority, keys of a body that it did not accredit do not exist', async () => {
  for (const verb of ['suspend', 'resume', 'retire']) {
    const answer = await officers.first(`/issuers/${TESDA}/keys/certificates-1/${verb}`, {
      authority: officers.authority,
    })
    expect(problemOf(answer).status).toBe(404)
  }
  const added = await officers.first(`/issuers/${TESDA}/keys`, { authority: officers.authority, purpose: 'lists' })
  expect(problemOf(added).status).toBe(404)
})
