import { createHash } from 'node:crypto'
import {
  canonicalizeReference,
  examineCredential,
  prepareSandboxDocument,
  sealSandboxDocument,
} from '@sijil/credentials/general'
import { describe, expect, test } from 'vitest'
import { isReadByLibrary, issueByLibrary, verifiesByLibrary } from './bazaar.ts'
import { aDidKey, base58, CREATED, issueWith, NOW, noKeys } from './did-keys.ts'
import { aCredential, acceptedByIssuers, anOldCredential, type Json } from './inputs.ts'
import { chainVector, eddsaVector, keyOfVector } from './vectors.ts'
import { examine, verifies } from './verified.ts'

const key = aDidKey()
const other = aDidKey()

test('the vector of the recommendation verifies', async () => {
  const { proofs, issuerKey } = await examineCredential(eddsaVector, { now: NOW, keyFor: keyOfVector })
  expect(proofs).toMatchObject([{ outcome: 'passed', controller: 'https://vc.example/issuers/5678' }])
  expect(issuerKey).toEqual({ outcome: 'passed' })
  const { proof: _, ...document } = eddsaVector
  // Appendix B.1: the hash of the canonical document.
  const canonical = await canonicalizeReference(document)
  expect(createHash('sha256').update(canonical).digest('hex')).toBe(
    '517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017',
  )
})

test('the proof chain of the recommendation verifies, but belongs to no issuer if none of its proofs is by the issuer', async () => {
  const { proofs, issuerKey } = await examineCredential(chainVector, { now: NOW, keyFor: keyOfVector })
  expect(proofs.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed', 'passed'])
  expect(issuerKey).toEqual({ outcome: 'failed', reason: 'issuer-mismatch' })
})

test('a chain of the recommendation fails if an earlier proof is changed, missing or moved', async () => {
  const outcomes = async (proof: object[]) => {
    const { faults, proofs } = await examineCredential({ ...chainVector, proof }, { now: NOW, keyFor: keyOfVector })
    return faults.length > 0 ? faults.map(({ code }) => code) : proofs.map(({ outcome }) => outcome)
  }
  const [first, second, third, fourth] = chainVector.proof
  const forged = { ...first, proofValue: second.proofValue }
  expect(await outcomes([forged, second, third, fourth])).toEqual(['failed', 'passed', 'failed', 'passed'])
  expect(await outcomes([first, third, fourth])).toEqual(['proof-malformed'])
  expect(await outcomes([fourth, third, second, first])).toEqual(['passed', 'passed', 'passed', 'passed'])
  expect(await outcomes([first, second, { ...third, previousProof: third.id }, fourth])).toEqual(['proof-malformed'])
})

test.each(acceptedByIssuers(key.did).filter(isReadByLibrary))(
  'another implementation verifies what this one signed: $about',
  async ({ credential }) => {
    expect(await verifiesByLibrary(key, await issueWith(key, credential))).toBe(true)
  },
)

test.each([
  ['2.0', aCredential(key.did)],
  [
    '2.0 with the examples context',
    aCredential(key.did, {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
      type: ['VerifiableCredential', 'A'],
    }),
  ],
  [
    '1.1',
    anOldCredential(key.did, {
      '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/data-integrity/v2'],
    }),
  ],
])('this implementation verifies what another one signed: VCDM %s', async (_, credential) => {
  expect(await verifies(await issueByLibrary(key, credential))).toBe(true)
})

describe('sets and chains', () => {
  /** Adds a proof that signs the document together with the proofs it names (Data Integrity §4.3). */
  async function addProof(
    secured: Json,
    signer = key,
    options: { id?: string; previousProof?: string | string[] } = {},
  ): Promise<Json> {
    const proofs = [secured.proof].flat() as Json[]
    const named = [options.previousProof ?? []].flat()
    const { proof: _, ...document } = secured
    const previous = proofs.filter(({ id }) => typeof id === 'string' && named.includes(id))
    const proof = {
      type: 'DataIntegrityProof',
      cryptosuite: signer.cryptosuite,
      created: CREATED,
      verificationMethod: signer.verificationMethod,
      proofPurpose: 'assertionMethod',
      ...options,
    }
    const sha256 = (text: string) => createHash('sha256').update(text).digest()
    const bytes = Buffer.concat([
      sha256(await canonicalizeReference({ '@context': document['@context'], ...proof })),
      sha256(await canonicalizeReference(previous.length === 0 ? document : { ...document, proof: previous })),
    ])
    const proofValue = base58(signer.sign(bytes))
    return { ...document, proof: [...proofs, { ...proof, proofValue }] }
  }
  const id = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'
  const byThirdParty = async () => {
    const { proof: _, ...document } = await issueWith(key, aCredential(key.did))
    return addProof({ ...document, proof: [] }, other, { id })
  }

  test('a set of two proofs by one key verifies', async () => {
    expect(await verifies(await addProof(await issueWith(key, aCredential(key.did))))).toBe(true)
  })

  test.each([
    ['a string', id],
    ['an array', [id]],
  ])('a chain of a third party and the issuer verifies, with previousProof as %s', async (_, previousProof) => {
    expect(await verifies(await addProof(await byThirdParty(), key, { previousProof }))).toBe(true)
  })

  test('a set of strangers is not verified, even with good signatures (V038)', async () => {
    expect(await verifies(await byThirdParty())).toBe(false)
  })

  test('one bad proof among good ones fails the set (V033, V034)', async () => {
    const good = await issueWith(key, aCredential(key.did))
    const two = await addProof(good)
    const [first, second] = two.proof as [Json, Json]
    const forged = { ...second, created: '2024-01-01T00:00:01Z' }
    for (const proof of [
      [first, forged],
      [forged, first],
    ])
      expect(await verifies({ ...two, proof })).toBe(false)
  })

  test('a chain that names a failing proof is not verified', async () => {
    const chain = await addProof(await byThirdParty(), key, { previousProof: id })
    const [first, second] = chain.proof as [Json, Json]
    expect(await verifies({ ...chain, proof: [{ ...first, created: '2024-01-01T00:00:01Z' }, second] })).toBe(false)
    // The last proof without the proof that it names, and then without a named proof.
    expect(await verifies({ ...chain, proof: second })).toBe(false)
    expect(await verifies({ ...chain, proof: [first, { ...second, previousProof: undefined }] })).toBe(false)
  })

  test('more than four proofs are refused', async () => {
    let secured = await issueWith(key, aCredential(key.did))
    for (let count = 1; count < 4; count++) secured = await addProof(secured)
    expect(await verifies(secured)).toBe(true)
    expect((await examine(await addProof(secured))).faults).toMatchObject([{ code: 'proof-malformed' }])
  })
})

test('a proof from the future and an expired one fail for their time (V044)', async () => {
  const at = async (created: string) => {
    const prepared = await prepareSandboxDocument(aCredential(key.did), {
      issuer: key.did,
      algorithm: 'Ed25519',
      cryptosuite: 'eddsa-rdfc-2022',
      verificationMethod: key.verificationMethod,
      created,
    })
    return examine(sealSandboxDocument(prepared, key.sign(prepared.bytes)))
  }
  expect((await at('2030-01-01T00:00:00Z')).proofs).toMatchObject([
    { outcome: 'failed', reason: 'proof-time-implausible' },
  ])
  expect((await at('2024-06-01T00:04:00Z')).proofs).toMatchObject([{ outcome: 'passed' }])
})

test.each([
  '',
  'z',
  `m${'1'.repeat(80)}`,
  `z${'2'.repeat(1_000)}`,
  'z0OIl',
  `z${'1'.repeat(63)}`,
  `z${'1'.repeat(65)}`,
])('a proofValue that is no signature is malformed (V048)', async (proofValue) => {
  const secured = await issueWith(key, aCredential(key.did))
  const { faults } = await examine({ ...secured, proof: { ...(secured.proof as Json), proofValue } })
  expect(faults).toMatchObject([
    {
      code: 'proof-malformed',
      pointer: '/proof/proofValue',
      type: 'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
    },
  ])
})

test('a did:key with another key or none in its fragment proves nothing', async () => {
  const secured = await issueWith(key, aCredential(key.did))
  for (const verificationMethod of [
    `${key.did}#${other.multikey}`,
    key.did,
    'did:key:invalidVm',
    'did:key:z6Mk#z6Mk',
  ]) {
    const { proofs } = await examine({ ...secured, proof: { ...(secured.proof as Json), verificationMethod } })
    expect(proofs).toMatchObject([{ outcome: 'failed', reason: 'key-not-authorized' }])
  }
})

test('an unavailable key leaves the question open, unless it cannot be the issuer’s', async () => {
  const secured = await issueWith(key, aCredential(key.did))
  const signedBy = (verificationMethod: string, issuer: string) => ({
    ...secured,
    issuer,
    proof: { ...(secured.proof as Json), verificationMethod },
  })
  const own = await examine(signedBy('did:web:body.example#k', 'did:web:body.example'))
  expect(own.proofs).toMatchObject([{ outcome: 'not_performed', reason: 'key-not-at-hand' }])
  expect(own.issuerKey).toEqual({ outcome: 'not_performed', reason: 'key-not-at-hand' })
  const forged = await examine(signedBy('did:web:evil.example#k', 'did:web:body.example'))
  expect(forged.issuerKey).toEqual({ outcome: 'failed', reason: 'issuer-mismatch' })
})

test('a registered key counts only for the controller that its document names (V039)', async () => {
  const secured = await issueWith(key, aCredential(key.did))
  const lying = async () => ({ controller: 'did:example:victim', publicKeyMultibase: key.multikey })
  const method = 'did:web:evil.example#k'
  const prepared = await prepareSandboxDocument(aCredential('did:example:victim'), {
    issuer: 'did:example:victim',
    algorithm: 'Ed25519',
    cryptosuite: 'eddsa-rdfc-2022',
    verificationMethod: method,
    created: CREATED,
  })
  const forged = sealSandboxDocument(prepared, key.sign(prepared.bytes))
  expect((await examineCredential(forged, { now: NOW, keyFor: lying })).issuerKey).toEqual({
    outcome: 'failed',
    reason: 'issuer-mismatch',
  })
  expect((await examineCredential(secured, { now: NOW, keyFor: noKeys })).issuerKey).toEqual({ outcome: 'passed' })
})
