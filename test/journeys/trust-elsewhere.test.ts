import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { multikeyFromSpki, parseDid, possessionText } from '@sijil/credentials'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleChain, sampleChainKey, sampleChainPrivateKey } from '../../packages/credentials/src/sample-chain.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { problemOf } from './certificate.ts'
import { officersOf, type Proposal } from './trust.ts'

const ID = 'demo-th-elsewhere'
const DID = 'did:web:body.example:skills'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
})
afterAll(() => registry.close())

/** What the body itself sends: its key, and a signature by it over the text that names this registry. */
function keyOf(kid: string, purpose: 'certificates' | 'lists', { key, publicKeyMultibase } = sampleKey()) {
  const claim = { registry: registry.baseUrl, did: parseDid(DID), kid, publicKeyMultibase }
  const possession = sign(null, Buffer.from(possessionText(claim)), key).toString('base64url')
  return { kid, purpose, publicKeyMultibase, possession }
}
const sampleKey = () => ({
  key: createPrivateKey({ key: Buffer.from(sampleChainPrivateKey, 'base64'), format: 'der', type: 'pkcs8' }),
  publicKeyMultibase: sampleChainKey,
})
function anotherKey() {
  const { privateKey: key, publicKey } = generateKeyPairSync('ed25519')
  return { key, publicKeyMultibase: multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' })) }
}
interface Key {
  kid: string
  x5c?: string[]
}

/** What is remembered of trust is ten seconds old at most. */
async function soon<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 15_000
  for (;;) {
    const answer = await ask()
    if (isSo(answer) || Date.now() > end) return answer
    await new Promise((later) => setTimeout(later, 300))
  }
}
const keysOf = async () => (await registry.ask(`/issuers/${ID}/keys`)).json<{ keys: Key[] }>().keys

const aBody = (change = {}) => ({
  id: ID,
  identity: {
    name: 'A body with its own system (demonstration)',
    state: 'TH',
    website: 'https://body.example',
    mandate: 'licence 7',
    demonstration: true,
  },
  elsewhere: { did: DID, keys: [keyOf('key-1', 'certificates')] },
  ...change,
})

describe('a body that signs elsewhere', () => {
  test('is proposed with its DID and its keys, each shown to be held, and approved by another officer', async () => {
    const forged = { ...keyOf('key-1', 'certificates'), kid: 'key-2' }
    const refused = await officers.first(`${officers.base}/bodies`, aBody({ elsewhere: { did: DID, keys: [forged] } }))
    expect(refused.status).toBe(422)
    expect(problemOf(refused).errors).toEqual([expect.objectContaining({ pointer: '/elsewhere/keys/0/possession' })])
    expect((await officers.decide(`${officers.base}/bodies`, aBody())).state).toBe('carried-out')
    const keys = (await registry.ask(`/issuers/${ID}/keys`)).json()
    expect(keys).toMatchObject({ did: DID, keys: [{ kid: 'key-1', verificationMethod: `${DID}#key-1` }] })
    // Its DID document is its own to publish; nothing is fetched from there.
    expect((await registry.ask(`/issuers/${ID}/did.json`)).status).toBe(404)
  })

  test('once accredited, TRQP answers for its DID', async () => {
    const question = { entity_id: DID, authority_id: registry.baseUrl, action: 'issue', resource: 'th-brick-1' }
    const ask = async () => (await registry.ask('/authorization', { body: question })).json<{ authorized: boolean }>()
    expect((await ask()).authorized).toBe(false)
    await officers.decide(`${officers.base}/accreditations`, {
      grantee: ID,
      scope: { qualifications: ['th-brick-1'] },
      basis: 'decision 12',
    })
    expect((await soon(ask, ({ authorized }) => authorized)).authorized).toBe(true)
  })

  test('nobody issues for it here, and its next key is shown to be held as well', async () => {
    const made = await officers.first(`/issuers/${ID}/keys`, { authority: officers.authority, purpose: 'lists' })
    expect(made.status).toBe(422)
    const path = `/issuers/${ID}/keys`
    // One key, one purpose (I23).
    const { purpose, ...same } = keyOf('key-2', 'lists')
    const twice = await officers.first(path, { authority: officers.authority, purpose, elsewhere: same })
    expect(twice.status).toBe(422)
    const { purpose: _, ...elsewhere } = keyOf('key-2', 'lists', anotherKey())
    const proposal = await officers.decide(path, { authority: officers.authority, purpose, elsewhere })
    expect(proposal.state).toBe('carried-out')
    const keys = await soon(keysOf, (known) => known.length === 2)
    expect(keys.map(({ kid }) => kid)).toEqual(['key-1', 'key-2'])
  })

  test('the chain of a national CA is shown where it belongs to the key, and refused where it does not', async () => {
    const path = `/issuers/${ID}/keys/key-1/certify`
    const wrong = await officers.first(path, { authority: officers.authority, x5c: [sampleChain[1]] })
    expect(wrong.status).toBe(422)
    const proposal: Proposal = await officers.decide(path, { authority: officers.authority, x5c: sampleChain })
    expect(proposal.state).toBe('carried-out')
    const keys = await soon(keysOf, (known) => known.some(({ x5c }) => x5c !== undefined))
    expect(keys.find(({ kid }) => kid === 'key-1')?.x5c).toEqual(sampleChain)
  })
})
