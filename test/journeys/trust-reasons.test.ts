import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, officerOf, pathOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, type Proposal } from './trust.ts'

const ELECTRICIAN = 'th-belec-1'
const granted = { basis: 'B.E. 2569/4', reason: 'Its workshops were inspected' }
const suspended = { basis: 'B.E. 2569/9', reason: 'Complaint 12 is looked into' }

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
})
afterAll(() => registry.close())

interface Shown {
  id: string
  basis: string
  reason?: string
  state: string
}
const path = () => `${officers.base}/accreditations`
const accreditations = async () =>
  (await registry.ask(`/issuers/${DSD}/accreditations`)).json<{ accreditations: Shown[] }>().accreditations
let id: string

test('a decision may state a reason apart from its legal basis: both are in the proposal, and its hash covers them', async () => {
  await officers.decide(`${path()}/${DSD}.main/amend`, {
    scope: { qualifications: ['th-brick-1'], places: ['TH'] },
    basis: 'narrowed',
    effectiveFrom: '2020-01-01',
  })
  const scope = { qualifications: [ELECTRICIAN], places: ['TH'] }
  const terms = { grantee: DSD, scope, effectiveFrom: '2025-01-01' }
  const proposed = (await officers.first(path(), { ...terms, ...granted })).json<Proposal>()
  expect(proposed.change).toMatchObject(granted)
  const page = await officers.first(path(), { ...terms, ...granted, reason: 'x'.repeat(501) })
  expect(problemOf(page)).toMatchObject({ status: 422, errors: [{ pointer: '/reason' }] })
  const other = (await officers.first(path(), { ...terms, ...granted, reason: 'Something else' })).json<Proposal>()
  expect(other.hash).not.toBe(proposed.hash)
  const address = `${officers.base}/proposals/${proposed.id}/approve`
  expect((await officers.second(address, { hash: other.hash })).status).toBe(409)
  expect((await officers.second(address, { hash: proposed.hash })).status).toBe(200)
  id = `${DSD}.${proposed.change.grant}`
})

test('both are in the evidence of the chain, in a verdict and on its page', async () => {
  const issued = await officerOf(registry, DSD).issue(aThaiBricklayer('TH-W-9', { qualification: ELECTRICIAN }))
  const link = async () => {
    const { issuer } = await verify(registry, { verifiableCredential: issued.verifiableCredential })
    return issuer.onIssueDate.chain.at(-1)
  }
  expect(await registry.later(link)).toMatchObject({ id: DSD, ...granted })
  const shown = async () => (await registry.ask(pathOf(issued), { headers: asPage })).text
  expect(await registry.later(async () => (await shown()).includes(`${granted.basis}: ${granted.reason}`))).toBe(true)
})

test('a suspension shows both in the feed of changes, as page, JSON and Atom, and on the page of the body', async () => {
  expect((await officers.first(`${path()}/${id}/suspend`, suspended)).status).toBe(200)
  const feed = async () =>
    (await registry.ask(`/changes?id=${DSD}`))
      .json<{ changes: { events: object[] }[] }>()
      .changes.flatMap(({ events }) => events)
  expect(await registry.later(feed)).toContainEqual(
    expect.objectContaining({ type: 'accreditation-suspended', ...suspended }),
  )
  expect(await feed()).toContainEqual(expect.objectContaining({ type: 'accredited', ...granted }))
  const words = `${suspended.basis}: ${suspended.reason}`
  for (const address of [`/changes?id=${DSD}`, `/changes.atom?id=${DSD}`, `/issuers/${DSD}`]) {
    const text = async () => (await registry.ask(address, { headers: asPage })).text
    expect(await registry.later(async () => (await text()).includes(words))).toBe(true)
  }
})

test('a decision about a key may state both as well, and needs neither', async () => {
  const { authority } = officers
  await officers.decide(`/issuers/${DSD}/keys`, { authority, purpose: 'certificates', algorithm: 'Ed25519' })
  const address = `/issuers/${DSD}/keys/certificates-2`
  const lost = { basis: 'Key rules, section 3', reason: 'A card that opens it was lost' }
  const found = { reason: 'The card was found in the safe' }
  const seen = { reason: 'Signatures that nobody asked for' }
  expect(problemOf(await officers.first(`${address}/suspend`, { authority, reason: '' })).status).toBe(422)
  expect((await officers.first(`${address}/suspend`, { authority, ...lost })).status).toBe(200)
  expect(await officers.decide(`${address}/resume`, { authority, ...found })).toMatchObject({ change: found })
  await officers.decide(`${address}/retire`, { authority })
  await officers.decide(`${address}/compromise`, { authority, ...seen, compromisedFrom: '2026-01-01T00:00:00Z' })

  const asked = `/changes?id=${DSD}&kind=keys`
  const events = async () =>
    (await registry.ask(asked)).json<{ changes: { events: object[] }[] }>().changes.flatMap((change) => change.events)
  const kid = 'certificates-2'
  expect(await registry.later(async () => (await events()).slice(0, 4))).toEqual([
    { type: 'key-compromised', kid, ...seen },
    { type: 'key-retired', kid },
    { type: 'key-resumed', kid, ...found },
    { type: 'key-suspended', kid, ...lost },
  ])
  for (const path of [asked, '/changes.atom']) {
    const { text } = await registry.ask(path, { headers: asPage })
    for (const words of [`${lost.basis}: ${lost.reason}`, found.reason, seen.reason]) expect(text).toContain(words)
    expect(text.match(/Why: /g)).toHaveLength(3)
  }
})

test('a decision without a reason shows none, and an audit from outside gets the same from the entries', async () => {
  const [main, ...others] = await accreditations()
  expect(main).toMatchObject({ id: `${DSD}.main` })
  expect(main).not.toHaveProperty('reason')
  expect(others.find((one) => one.id === id)).toMatchObject({ ...granted, state: 'suspension' })
  const { code, stderr } = await runHere(['log', 'audit', '--state', 'audit.json'], {
    folder: registry.folder,
    environment: { SIJIL_URL: registry.baseUrl },
  })
  expect({ code, stderr }).toMatchObject({ code: 0 })
})
