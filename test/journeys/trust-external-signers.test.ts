import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import {
  type Certificate,
  fromOpenBadge,
  multikeyFromSpki,
  parseDid,
  parseProfile,
  possessionText,
  prepareCredential,
  sealCredential,
  statusPurposes,
} from '@sijil/credentials'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleChain, sampleChainKey, sampleChainPrivateKey } from '../../packages/credentials/src/sample-chain.ts'
import { spyOnNetwork } from '../attacks/spy.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { checkOf, officerOf, problemOf, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf, type Proposal } from './trust.ts'

const ID = 'demo-th-elsewhere'
const DID = 'did:web:body.example:skills'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
})
afterAll(() => registry.close())

/** The body sends its key, and a signature with it over the text that names this registry. */
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

/** A bricklayer's certificate as the body makes it in its own system. */
async function signedThere(kid: string, { key } = sampleKey(), change: Partial<Certificate> = {}): Promise<object> {
  const { verifiableCredential } = await officerOf(registry, DSD).issue(aThaiBricklayer(`TH-X-${kid}`), `like-${kid}`)
  const like = parseProfile(verifiableCredential)
  const certificate: Certificate = {
    ...fromOpenBadge(like),
    id: 'urn:uuid:3c9a2f10-6d1b-4e57-8a44-0f3b2d9c7e61',
    issuer: { id: parseDid(DID), name: aBody().identity.name, url: 'https://body.example' },
    status: statusPurposes.map((purpose) => ({ purpose, list: `https://body.example/status/${purpose}`, index: 7 })),
    ...change,
  }
  const method = { created: like.proof.created, verificationMethod: `${DID}#${kid}` }
  const prepared = prepareCredential(certificate, method)
  return JSON.parse(sealCredential(prepared, sign(null, prepared.bytes, key)))
}
const judged = (verifiableCredential: object) => verify(registry, { verifiableCredential })
const outcomes = ({ checks }: Awaited<ReturnType<typeof judged>>) =>
  Object.fromEntries(checks.map(({ name, outcome, reason }) => [name, reason ?? outcome]))

describe('an external signer', () => {
  test('is proposed with its DID and its keys, proves that it holds each key, and is approved by another officer', async () => {
    const forged = { ...keyOf('key-1', 'certificates'), kid: 'key-2' }
    const refused = await officers.first(`${officers.base}/bodies`, aBody({ elsewhere: { did: DID, keys: [forged] } }))
    expect(refused.status).toBe(422)
    expect(problemOf(refused).errors).toEqual([expect.objectContaining({ pointer: '/elsewhere/keys/0/possession' })])
    expect((await officers.decide(`${officers.base}/bodies`, aBody())).state).toBe('carried-out')
    const keys = (await registry.ask(`/issuers/${ID}/keys`)).json()
    expect(keys).toMatchObject({ did: DID, keys: [{ kid: 'key-1', verificationMethod: `${DID}#key-1` }] })
    // The body publishes its own DID document. Nothing is fetched from there.
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
      effectiveFrom: '2025-01-01',
    })
    expect((await registry.later(ask)).authorized).toBe(true)
  })

  test('its certificate is verified with the pinned key alone, and no request leaves this machine', async () => {
    const document = await signedThere('key-1')
    const spy = spyOnNetwork()
    try {
      const verdict = await registry.later(() => judged(document))
      // Its record and its lists are its own, so checks that need them stay open.
      expect(verdict.verdict).toBe('indeterminate')
      expect(outcomes(verdict)).toEqual({
        format: 'passed',
        proof: 'passed',
        'issuer-key': 'passed',
        period: 'passed',
        status: 'kept-elsewhere',
        recorded: 'kept-elsewhere',
        'issuer-trust': 'passed',
        centre: 'passed',
        qualification: 'passed',
      })
      expect(verdict.issuer).toMatchObject({
        onIssueDate: { standing: 'authorised', chain: [{ id: officers.authority }, { id: ID }] },
        today: { standing: 'authorised' },
      })
      expect(verdict.certificate).toMatchObject({ certificateNumber: 'TH-X-key-1' })
      const altered = await judged({ ...document, validUntil: '2040-01-01T00:00:00Z' })
      expect([altered.verdict, checkOf(altered, 'proof')?.reason]).toEqual(['invalid', 'signature-mismatch'])
      const hosts = [...spy.connections].map((one) => one.replace(/:\d+$/, ''))
      expect([...hosts, ...spy.lookups].filter((host) => !/^(?:localhost|127\.0\.0\.1)$/.test(host))).toEqual([])
    } finally {
      spy.stop()
    }
  })

  test('no certificate is issued for it here, and its next key needs a proof of possession as well', async () => {
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
    const keys = await registry.later(keysOf)
    expect(keys.map(({ kid }) => kid)).toEqual(['key-1', 'key-2'])
  })

  test('the chain of a national CA is shown if it belongs to the key, and refused otherwise', async () => {
    const path = `/issuers/${ID}/keys/key-1/certify`
    const wrong = await officers.first(path, { authority: officers.authority, x5c: [sampleChain[1]] })
    expect(wrong.status).toBe(422)
    const proposal: Proposal = await officers.decide(path, { authority: officers.authority, x5c: sampleChain })
    expect(proposal.state).toBe('carried-out')
    const keys = await registry.later(keysOf)
    expect(keys.find(({ kid }) => kid === 'key-1')?.x5c).toEqual(sampleChain)
  })

  test('neither an unpinned key of any name nor one pinned for lists proves a certificate; a key pinned for certificates does', async () => {
    const [forLists, forCertificates] = [anotherKey(), anotherKey()]
    const pin = (kid: string, purpose: 'lists' | 'certificates', pair: ReturnType<typeof anotherKey>) => {
      const { purpose: _, ...elsewhere } = keyOf(kid, purpose, pair)
      return officers.decide(`/issuers/${ID}/keys`, { authority: officers.authority, purpose, elsewhere })
    }
    await pin('key-3', 'lists', forLists)
    expect((await registry.later(keysOf)).map(({ kid }) => kid)).toContain('key-3')
    const later = await signedThere('key-4', forCertificates)
    for (const document of [
      later,
      await signedThere('key-9', sampleKey()),
      await signedThere('key-1', anotherKey()),
      await signedThere('key-3', forLists),
    ]) {
      const verdict = await judged(document)
      expect([verdict.verdict, verdict.certificate, verdict.issuer.today.standing]).toEqual([
        'invalid',
        undefined,
        'unknown',
      ])
    }
    await pin('key-4', 'certificates', forCertificates)
    const verdict = await registry.later(() => judged(later))
    expect([verdict.verdict, outcomes(verdict)['issuer-key']]).toEqual(['indeterminate', 'passed'])
  })

  test('after one officer suspends a pinned key its signatures fail, until two officers resume it', async () => {
    const document = await signedThere('key-1')
    const keyCheck = async () => checkOf(await judged(document), 'issuer-key')
    expect(await keyCheck()).toMatchObject({ outcome: 'passed' })
    const path = `/issuers/${ID}/keys/key-1`
    expect((await officers.first(`${path}/suspend`, { authority: officers.authority })).status).toBe(200)
    expect(await registry.later(keyCheck)).toMatchObject({
      outcome: 'not_performed',
      reason: 'key-suspended',
      evidence: { key: 'key-1' },
    })
    await officers.decide(`${path}/resume`, { authority: officers.authority })
    expect(await registry.later(keyCheck)).toMatchObject({ outcome: 'passed' })
  })
})
