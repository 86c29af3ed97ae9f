import { type Did, didForIssuer, possessionText } from '@sijil/credentials'
import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  AUTHORITY,
  after,
  anInput,
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
import { addKey, compromiseKey, retireKey } from '../decisions/keys.ts'
import { issueCertificate } from '../issuance/issue.ts'
import { nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { addMember, roles } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { acceptedRegistries } from './accepted-registries.ts'
import { addExternalKey, type ExternalKey, registerExternalSigner } from './external-signers.ts'

const ID = 'demo-elsewhere'
const policy = { demonstration: true }

/** An external signer, and the registry that lists it. */
let own: World
let host: World
let did: Did
let key: ExternalKey
beforeEach(async () => {
  own = await aWorld({ baseUrl: 'https://body.example' })
  host = await aWorld()
  did = didForIssuer(own.baseUrl, BODY)
  key = await keyOf(BODY, 'certificates')
})

/** One of its keys, with a proof of possession. */
async function keyOf(issuer: string, purpose: 'certificates' | 'lists', registry = host.baseUrl): Promise<ExternalKey> {
  const entity = entityAt(issuer, await trustOf(own.store)(issuer), EVERYTHING)
  const found = entity?.keys.findLast((one) => one.purpose === purpose)
  if (found === undefined) throw new Error('no such key')
  const { kid, publicKeyMultibase } = found
  const text = possessionText({ registry, did, kid, publicKeyMultibase })
  const signature = await own.keys.sign(found, issuer, purpose, Buffer.from(text))
  return { kid, purpose, publicKeyMultibase, possession: Buffer.from(signature).toString('base64url') }
}

const deps = (now = noon) => ({ store: host.store, now, baseUrl: host.baseUrl })
const register = (change = {}, id = ID) =>
  registerExternalSigner(
    { id, identity: identity(), elsewhere: { did, keys: [key], ...change }, actor: OFFICER },
    deps(),
  )
const accredit = () => decisionsIn(host).grant(ID, [AUTHORITY])
async function verify(document: unknown, now = after(MINUTE)) {
  const lists = acceptedRegistries(host.store, {
    trust: trustOf(host.store),
    catalogue: catalogueOf(host.store),
    policy,
    baseUrl: host.baseUrl,
    clock: () => now.getTime(),
  })
  return verifyDocument(document, { ...host.verifying(now), findRemote: async (one) => (await lists.find(one))?.list })
}
const reasons = ({ checks }: Awaited<ReturnType<typeof verify>>) =>
  Object.fromEntries(checks.flatMap(({ name, reason }) => (reason === undefined ? [] : [[name, reason]])))

describe('an external signer', () => {
  test('with pinned keys: the checks of signature and accreditation are answered, the check of the record stays open', async () => {
    const { verifiableCredential } = await own.issue()
    expect((await verify(verifiableCredential)).issuer.today.standing).toBe('unknown')
    await register()
    await accredit()
    const answer = await verify(verifiableCredential)
    expect(reasons(answer)).toEqual({ status: 'kept-elsewhere', recorded: 'kept-elsewhere' })
    expect(answer).toMatchObject({ verdict: 'indeterminate', issuer: { today: { standing: 'authorised' } } })
    expect(answer.list).toBeUndefined()
    expect((await verify({ ...verifiableCredential, validUntil: '2040-01-01T00:00:00Z' })).verdict).toBe('invalid')
  })

  test('a certificate that no log held is judged by today’s accreditation status, for both days', async () => {
    const { verifiableCredential } = await own.issue()
    await register()
    await accredit()
    await decisionsIn(host).suspend(ID, AUTHORITY, {}, after(MINUTE))
    const answer = await verify(verifiableCredential, after(2 * MINUTE))
    expect(answer).toMatchObject({
      verdict: 'invalid',
      issuer: { onIssueDate: { standing: 'suspended' }, today: { standing: 'suspended' } },
    })
  })

  test('a certificate of a compromised key fails, and one of a retired key stays open', async () => {
    const { verifiableCredential } = await own.issue()
    await register()
    await accredit()
    await retireKey({ id: ID, kid: key.kid, actor: OFFICER }, { store: host.store, now: after(MINUTE) })
    expect((await verify(verifiableCredential, after(2 * MINUTE))).verdict).toBe('indeterminate')
    const compromised = { id: ID, kid: key.kid, actor: OFFICER, effectiveAt: noon.toISOString() }
    await compromiseKey(compromised, { store: host.store, now: after(2 * MINUTE) })
    expect(reasons(await verify(verifiableCredential, after(3 * MINUTE)))).toMatchObject({
      'issuer-key': 'key-compromised',
    })
  })

  test('a key that is not pinned does not count, even if its own DID document names it', async () => {
    await register()
    await accredit()
    await addKey({ id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor: OFFICER }, { ...own.at(noon) })
    const { verifiableCredential } = await own.issue({}, { key: 'second' })
    expect(reasons(await verify(verifiableCredential))).toMatchObject({ 'issuer-key': 'key-not-authorized' })
    const second = await keyOf(BODY, 'certificates')
    await addExternalKey({ id: ID, key: second, actor: OFFICER, proposal: 'p' }, deps())
    await addExternalKey({ id: ID, key: second, actor: OFFICER, proposal: 'p' }, deps())
    expect(reasons(await verify(verifiableCredential))).not.toHaveProperty('issuer-key')
    expect(host.store.events('key-added').filter(({ stream }) => stream === `${ID}/trust`)).toHaveLength(2)
  })

  test('I23: this registry issues nothing for it and makes no key for it', async () => {
    await register()
    await accredit()
    await addMember({ owner: ID, subject: OFFICER, roles, actor: OFFICER }, deps())
    const request = { issuer: ID, subject: OFFICER, idempotencyKey: 'one', input: anInput() }
    await expect(issueCertificate(request, host.issuing)).rejects.toMatchObject({ code: 'conflict' })
    const made = addKey({ id: ID, purpose: 'certificates', algorithm: 'Ed25519', actor: OFFICER }, host.at(noon))
    await expect(made).rejects.toMatchObject({ code: 'validation-failed' })
    expect(host.keys.signatures).toEqual([])
  })
})

describe('proof of possession', () => {
  test.each<[string, () => Promise<Partial<ExternalKey>>]>([
    ['made for another registry', () => keyOf(BODY, 'certificates', 'https://other.example')],
    ['of another key', async () => ({ possession: (await keyOf(BODY, 'lists')).possession })],
    ['for another fragment', async () => ({ kid: 'certificates-9' })],
    ['cut short', async () => ({ possession: key.possession.slice(0, -2) })],
    ['that is empty', async () => ({ possession: '' })],
  ])('a signature %s is refused', async (_, change) => {
    const keys = [{ ...key, ...(await change()) }]
    await expect(register({ keys })).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/elsewhere/keys/0/possession' }],
    })
    expect(host.store.events('body-registered').filter(({ stream }) => stream === `${ID}/trust`)).toEqual([])
  })

  test.each([
    ['a DID of this registry', { did: 'did:web:registry.example:issuers:demo-tesda' }, '/elsewhere/did'],
    ['a DID of another method', { did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' }, '/elsewhere/did'],
    ['a DID on the host of this registry', { did: 'did:web:registry.example' }, '/elsewhere/did'],
    ['its own DID in capitals', { did: 'did:web:REGISTRY.example:issuers:demo-tesda' }, '/elsewhere/did'],
    ['a host with a final dot', { did: 'did:web:body.example.:issuers:x' }, '/elsewhere/did'],
    ['a host with escapes', { did: 'did:web:bod%79.example' }, '/elsewhere/did'],
    ['the default port of https', { did: 'did:web:registry.example%3A443:issuers:demo-tesda' }, '/elsewhere/did'],
    ['a path with escapes', { did: 'did:web:body.example:%2E%2E:x' }, '/elsewhere/did'],
    ['a text that is not a DID', { did: 'did:web:a b' }, '/elsewhere/did'],
  ])('%s is refused', async (_, change, pointer) => {
    await expect(register(change)).rejects.toMatchObject({ faults: [{ pointer }] })
  })

  test('a repeated key, a key that is not Ed25519, and a DID of another body are refused', async () => {
    await expect(register({ keys: [key, key] })).rejects.toMatchObject({ faults: [{ pointer: '/elsewhere/keys' }] })
    const other = { ...key, publicKeyMultibase: 'zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv' }
    await expect(register({ keys: [other] })).rejects.toMatchObject({
      faults: [{ pointer: '/elsewhere/keys/0/publicKeyMultibase' }],
    })
    await register()
    await expect(register({}, 'demo-second')).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('a second registration of one id adds nothing to the first', async () => {
  await register()
  await addKey({ id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor: OFFICER }, { ...own.at(noon) })
  const second = await keyOf(BODY, 'certificates')
  for (const keys of [[second], [key, second]])
    await expect(register({ keys })).rejects.toMatchObject({ code: 'conflict' })
  // It does not turn a body whose keys are here into an external signer.
  await expect(register({}, BODY)).rejects.toMatchObject({ code: 'conflict' })
  const keysOf = async (id: string) => entityAt(id, await trustOf(host.store)(id), EVERYTHING)?.keys.length
  expect([await keysOf(ID), await keysOf(BODY)]).toEqual([1, 2])
})

test('a DID of a registry whose list is accepted cannot be registered here', async () => {
  const list = { type: 'list-known', registry: own.baseUrl, authority: AUTHORITY }
  const stream = streams.acceptedRegistries()
  await host.store.append(nextCommit(stream, [], { events: [list], actor: OFFICER, now: noon }))
  await expect(register()).rejects.toMatchObject({ faults: [{ pointer: '/elsewhere/did' }] })
})

describe('I23, R005: a key belongs to one body, under one name', () => {
  const known = (at: string) => ({ code: 'validation-failed', faults: [{ pointer: `${at}/publicKeyMultibase` }] })

  test('another body cannot register it, even with a proof of possession', async () => {
    await register()
    const twin = { ...key, possession: await possessionOf('did:web:twin.example', key.kid) }
    await expect(register({ did: 'did:web:twin.example', keys: [twin] }, 'demo-twin')).rejects.toMatchObject(
      known('/elsewhere/keys/0'),
    )
    expect(await trustOf(host.store)('demo-twin')).toEqual([])
  })

  test('a compromised key cannot come back under another name', async () => {
    await register()
    await compromiseKey({ id: ID, kid: key.kid, actor: OFFICER, effectiveAt: noon.toISOString() }, deps())
    const again = { ...key, kid: 'certificates-2', possession: await possessionOf(did, 'certificates-2') }
    await expect(addExternalKey({ id: ID, key: again, actor: OFFICER }, deps())).rejects.toMatchObject(
      known('/elsewhere'),
    )
  })

  async function possessionOf(ofDid: string, kid: string) {
    const entity = entityAt(BODY, await trustOf(own.store)(BODY), EVERYTHING)
    const found = entity?.keys.findLast((one) => one.purpose === 'certificates')
    if (found === undefined) throw new Error('no such key')
    const claim = { registry: host.baseUrl, did: ofDid as Did, kid, publicKeyMultibase: found.publicKeyMultibase }
    const signature = await own.keys.sign(found, BODY, 'certificates', Buffer.from(possessionText(claim)))
    return Buffer.from(signature).toString('base64url')
  }
})

test.each(['fails-before', 'fails-after'] as const)(
  'registering %s at each write: the repeated request finishes it once',
  async (outcome) => {
    for (const call of [1, 2, 3, 4]) {
      const { port } = withFaults(host.store, [{ method: 'append', call, outcome }])
      const request = { id: ID, identity: identity(), elsewhere: { did, keys: [key] }, actor: OFFICER }
      await registerExternalSigner(request, { ...deps(), store: port }).catch(() => undefined)
    }
    await register()
    const of = (type: string) => host.store.events(type).filter(({ stream }) => stream === `${ID}/trust`)
    expect(
      [of('body-registered'), of('key-added'), host.store.events('did-pinned')].map(({ length }) => length),
    ).toEqual([1, 1, 1])
  },
)
