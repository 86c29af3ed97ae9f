import { didForIssuer } from '@sijil/credentials'
import { publishBundle, readBundle, readVerifierKeys, sequenceLog } from '@sijil/registry/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerExternalSigner } from '../../packages/registry/src/accepted-registries/external-signers.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aWorld, identity, type World } from '../support/registry-world.ts'
import { decisionsIn } from '../support/trust-world.ts'
import { isWhole } from '../support/whole.ts'
import { asPage, type Issued, officerOf, pathOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, QUALIFICATION } from './trust.ts'

const COUNCIL = 'demo-council'
const ELECTRICIAN = 'th-belec-1'

/** Our registry over HTTP, and one of the region. Its council accredits our body by its DID for two qualifications. */
let registry: OpenRegistry
let region: World
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
let issued: Issued
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  region = await aWorld({ baseUrl: 'https://region.example' })
  const { store, baseUrl } = region
  const council = decisionsIn(region)
  await council.authority(COUNCIL, 'ASEAN')
  const elsewhere = { did: didForIssuer(registry.baseUrl, DSD), keys: [] }
  await registerExternalSigner(
    { id: 'demo-listed', identity: identity({ state: 'TH' }), elsewhere, actor: COUNCIL },
    { store, now: registry.now(), baseUrl },
  )
  await council.grant('demo-listed', [COUNCIL], { scope: { qualifications: [QUALIFICATION, ELECTRICIAN] } })
})
afterAll(() => registry.close())

/** The present bundle of the council's registry, and the keys of its log. */
async function published() {
  const { store, artefacts, keys, baseUrl } = region
  const [now, policy] = [registry.now(), { demonstration: true }]
  await sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now, seen: new Set() })
  await publishBundle({ store, artefacts, signer: keys, policy, baseUrl, now })
  return {
    bundle: (await readBundle({ store, artefacts })) ?? '',
    keys: await readVerifierKeys('registry', baseUrl, store),
  }
}
const judged = async () => {
  const verdict = await verify(registry, { verifiableCredential: issued.verifiableCredential })
  const { checks, endorsements } = verdict as typeof verdict & { endorsements?: object[] }
  return {
    verdict: verdict.verdict,
    endorsements,
    outcomes: checks.map(({ name, outcome, reason }) => [name, reason ?? outcome]),
    chain: verdict.issuer.today.chain.map(({ id }) => id),
  }
}

test('R-127: after two officers imported it, the list of a council stands beside our answer with its source, and changes nothing in it', async () => {
  issued = await body.issue(aThaiBricklayer('TH-R-1'))
  const before = await judged()
  expect(before).toMatchObject({ verdict: 'valid', endorsements: undefined })
  const { bundle, keys } = await published()
  const terms = { registry: region.baseUrl, keys, basis: 'memorandum 3', kind: 'regional-endorsement' }
  const unaccepted = await officers.first(`${officers.base}/lists/bundles`, bundle)
  expect(problemOf(unaccepted).status).toBe(404)
  expect(await officers.decide(`${officers.base}/lists`, terms)).toMatchObject({ state: 'carried-out' })
  expect((await officers.first(`${officers.base}/lists/bundles`, bundle)).status).toBe(200)
  const endorsements = [{ registry: region.baseUrl, by: [`${COUNCIL} (demonstration)`], madeAt: expect.any(String) }]
  const endorsed = async () => (await judged()).endorsements
  // Accepted lists stay in memory for ten seconds. On the whole this waits in real time, like memories.test.ts.
  if (isWhole) await expect.poll(endorsed, { timeout: 60_000, interval: 500 }).toEqual(endorsements)
  else expect(await registry.later(endorsed)).toEqual(endorsements)
  expect(await judged()).toEqual({ ...before, endorsements: expect.anything() })
  const { lists } = (await registry.ask('/lists')).json<{ lists: object[] }>()
  expect(lists).toMatchObject([
    { registry: region.baseUrl, kind: 'regional-endorsement', acceptedBy: officers.authority },
  ])
  const page = (await registry.ask(pathOf(issued), { headers: asPage })).text
  expect(page).toContain(`${COUNCIL} (demonstration)`)
  expect(page).toContain('region.example')
  expect(page).toContain('An endorsement grants nothing')
})

test('R-127: an issuer that only the council’s registry lists is unknown here', async () => {
  const { verifiableCredential } = await region.issue({}, { deps: { now: registry.now() } })
  const verdict = await verify(registry, { verifiableCredential })
  expect([verdict.verdict, verdict.issuer.today.standing]).toEqual(['indeterminate', 'unknown'])
  expect(verdict).not.toHaveProperty('endorsements')
})

test('R-127: a qualification that the council endorses and our authority did not allow cannot be issued, and no answer says that it can', async () => {
  const scope = { qualifications: [QUALIFICATION], places: ['TH'] }
  const narrowed = { scope, basis: 'narrowed', effectiveFrom: '2020-01-01' }
  await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, narrowed)
  const refused = await body.request(aThaiBricklayer('TH-R-2', { qualification: ELECTRICIAN }), 'th-r-2')
  expect(problemOf(refused)).toMatchObject({ status: 403, type: `${registry.baseUrl}/problems/type-not-in-scope` })
  const asked = async () => (await registry.ask(`/issuers/${DSD}/accreditations?qualification=${ELECTRICIAN}`)).json()
  expect(await registry.later(asked)).toMatchObject({ standing: 'not-for-this' })
  const question = { entity_id: DSD, authority_id: registry.baseUrl, action: 'issue', resource: ELECTRICIAN }
  expect((await registry.ask('/authorization', { body: question })).json()).toMatchObject({ authorized: false })
  const root = { ...question, entity_id: COUNCIL, action: 'recognize', resource: 'trust' }
  expect((await registry.ask('/recognition', { body: root })).json()).toMatchObject({ recognized: false })
})

test('R-127: after our authority withdrew it the certificate is invalid, though the council still endorses its issuer', async () => {
  const withdrawal = { basis: 'fraud', effectiveFrom: '2020-01-01' }
  await officers.decide(`${officers.base}/accreditations/${DSD}.main/withdraw`, withdrawal)
  expect(await registry.later(async () => (await judged()).verdict)).toBe('invalid')
  const { outcomes, endorsements } = await judged()
  expect(outcomes).toContainEqual(['issuer-trust', 'issuer-withdrawn'])
  expect(endorsements).toHaveLength(1)
})
