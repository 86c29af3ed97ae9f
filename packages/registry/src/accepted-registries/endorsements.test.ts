import { didForIssuer } from '@sijil/credentials'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  after,
  aWorld,
  BODY,
  identity,
  MINUTE,
  noon,
  OFFICER,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { publishBundle, readBundle } from '../log/bundle.ts'
import { readVerifierKeys } from '../log/log-keys.ts'
import { sequenceLog } from '../log/sequence.ts'
import { nextCommit, streams } from '../stream.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { acceptList } from './accepted-lists.ts'
import { acceptedRegistries } from './accepted-registries.ts'
import { registerExternalSigner } from './external-signers.ts'
import { importRegistry } from './import-registry.ts'

const COUNCIL = 'demo-council'
const HOST_ROOT = 'demo-pqf'
const LISTED = 'demo-listed'
const policy = { demonstration: true }
const HOUR = 60 * MINUTE

/** A regional registry that knows the host's body only by its DID, and the host, which accepts that list as an endorsement. */
let region: World
let host: World
beforeEach(async () => {
  region = await aWorld({ baseUrl: 'https://region.example' })
  host = await aWorld()
  await decisionsIn(region).authority(COUNCIL, 'ASEAN')
  const did = didForIssuer(host.baseUrl, BODY)
  await registerExternalSigner(
    { id: LISTED, identity: identity(), elsewhere: { did, keys: [] }, actor: OFFICER },
    { store: region.store, now: noon, baseUrl: region.baseUrl },
  )
  await decisionsIn(region).grant(LISTED, [COUNCIL], { scope: { qualifications: ['ph-masonry-nc2'] } })
  await addMember(
    { owner: HOST_ROOT, subject: OFFICER, roles: ['propose'], actor: 'registrar' },
    { store: host.store, now: noon },
  )
})

async function importNow(now: Date, kind: { kind: 'regional-endorsement' } | { states: string[] }): Promise<void> {
  const { store, artefacts, keys: signer, baseUrl } = region
  await sequenceLog('registry', { store, artefacts, signer, keys: signer, baseUrl, now, seen: new Set() })
  await publishBundle({ store, artefacts, signer, policy, baseUrl, now })
  const keys = await readVerifierKeys('registry', baseUrl, store)
  await acceptList(
    { authority: HOST_ROOT, actor: OFFICER, registry: baseUrl, keys, basis: 'memorandum 3', ...kind },
    { store: host.store, policy, baseUrl: host.baseUrl, now },
  )
  const file: unknown = JSON.parse((await readBundle({ store, artefacts })) ?? '')
  await importRegistry({ authority: HOST_ROOT, subject: OFFICER, file }, { store: host.store, now })
}

async function verify(document: unknown, now: Date) {
  const lists = acceptedRegistries(host.store, {
    trust: trustOf(host.store),
    catalogue: catalogueOf(host.store),
    policy,
    baseUrl: host.baseUrl,
    clock: () => now.getTime(),
  })
  return verifyDocument(document, {
    ...host.verifying(now),
    findRemote: async (did) => (await lists.find(did))?.list,
    endorsements: lists.endorsements,
  })
}

describe('R-127: a list of the kind "regional endorsement"', () => {
  test('is shown beside our own answer, with its grantors, and changes no verdict', async () => {
    const { verifiableCredential } = await host.issue()
    expect((await verify(verifiableCredential, after(MINUTE))).endorsements).toBeUndefined()
    await importNow(noon, { kind: 'regional-endorsement' })
    const answer = await verify(verifiableCredential, after(MINUTE))
    expect(answer).toMatchObject({
      verdict: 'valid',
      endorsements: [{ registry: region.baseUrl, by: [`${COUNCIL} (demonstration)`], madeAt: noon.toISOString() }],
    })
  })

  test('I21: a malformed list does not stop our own answer', async () => {
    const { verifiableCredential } = await host.issue()
    const stream = streams.trust(LISTED)
    const change = { events: [{ type: 'accredited', grant: 'x', right: 'issue' }], actor: 'x', now: noon } as const
    await region.store.append(nextCommit(stream, await region.store.read(stream), { ...change, index: 'TRUST' }))
    await importNow(after(MINUTE), { kind: 'regional-endorsement' })
    const answer = await verify(verifiableCredential, after(2 * MINUTE))
    expect(answer.verdict).toBe('valid')
    expect(answer.endorsements).toBeUndefined()
  })

  test('grants nothing: a body that our authority suspended stays suspended, and a body that only the list names stays unknown', async () => {
    await importNow(noon, { kind: 'regional-endorsement' })
    await decisionsIn(host).suspend(BODY, HOST_ROOT, { effectiveAt: '2026-01-01T00:00:00.000Z' }, noon)
    const { verifiableCredential } = await region.issue()
    expect((await verify(verifiableCredential, after(MINUTE))).issuer.today.standing).toBe('unknown')
  })

  test('endorses one qualification and not another, and endorses nothing once it has expired or the body is suspended there', async () => {
    await importNow(noon, { kind: 'regional-endorsement' })
    const other = await host.issue({ qualification: 'ph-masonry-nc1', certificateNumber: '26-MAS1-1' })
    expect((await verify(other.verifiableCredential, after(MINUTE))).endorsements).toBeUndefined()
    const { verifiableCredential } = await host.issue({}, { key: 'second' })
    expect((await verify(verifiableCredential, after(25 * HOUR))).endorsements).toBeUndefined()
    await decisionsIn(region).suspend(LISTED, COUNCIL, {}, after(MINUTE))
    await importNow(after(2 * MINUTE), { kind: 'regional-endorsement' })
    expect((await verify(verifiableCredential, after(3 * MINUTE))).endorsements).toBeUndefined()
  })

  test('endorses no certificate of ours if it is limited to sites of its own registry, even if a centre has the same id', async () => {
    for (const { is, by } of [
      { is: decisionsIn(host), by: HOST_ROOT },
      { is: decisionsIn(region), by: COUNCIL },
    ]) {
      await is.centre('hall')
      await is.grant('hall', [by], { right: 'assess' })
    }
    const { verifiableCredential } = await host.issue({ centre: { id: 'hall' } })
    await importNow(noon, { kind: 'regional-endorsement' })
    expect((await verify(verifiableCredential, after(MINUTE))).endorsements).toHaveLength(1)
    const scope = { qualifications: ['ph-masonry-nc2'], sites: ['hall'] }
    await decisionsIn(region).amend(LISTED, COUNCIL, { scope }, after(MINUTE))
    await importNow(after(2 * MINUTE), { kind: 'regional-endorsement' })
    expect((await verify(verifiableCredential, after(3 * MINUTE))).endorsements).toBeUndefined()
  })

  test('an accepted list of the usual kind needs states and endorses nothing; a list that endorses has no states', async () => {
    const { verifiableCredential } = await host.issue()
    await importNow(noon, { states: ['SG'] })
    expect((await verify(verifiableCredential, after(MINUTE))).endorsements).toBeUndefined()
    await importNow(after(MINUTE), { kind: 'regional-endorsement' })
    const lists = acceptedRegistries(host.store, {
      trust: trustOf(host.store),
      catalogue: catalogueOf(host.store),
      policy,
      baseUrl: host.baseUrl,
      clock: Date.now,
    })
    const [list] = await lists.all()
    expect(list).toMatchObject({ kind: 'regional-endorsement', acceptedBy: HOST_ROOT })
    expect(list).not.toHaveProperty('states')
  })

  test('a certificate stays open in a registry that knows its body only by the DID', async () => {
    const { verifiableCredential } = await host.issue()
    const lists = acceptedRegistries(region.store, {
      trust: trustOf(region.store),
      catalogue: catalogueOf(region.store),
      policy,
      baseUrl: region.baseUrl,
      clock: Date.now,
    })
    const answer = await verifyDocument(verifiableCredential, {
      ...region.verifying(after(MINUTE)),
      findRemote: async (did) => (await lists.find(did))?.list,
    })
    expect(answer.verdict).toBe('indeterminate')
    expect(answer.checks).toContainEqual(expect.objectContaining({ name: 'issuer-key', reason: 'key-not-at-hand' }))
  })
})
