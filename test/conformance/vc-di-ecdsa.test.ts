import { createHash } from 'node:crypto'
import { canonicalizeReference, examineCredential } from '@sijil/credentials/general'
import { describe, expect, test } from 'vitest'
import { isReadByLibrary, issueByLibrary, verifiesByLibrary } from './bazaar.ts'
import { aDidKey, issueWith, NOW } from './did-keys.ts'
import { aCredential, acceptedByIssuers, anOldCredential, type Json, refusedByVerifiers } from './inputs.ts'
import { keyOfVector, p256Vector, p384Vector } from './vectors.ts'
import { examine, verifies } from './verified.ts'

// Appendix B.1 and B.2: the hash of the proof's options, then that of the document.
test.each([
  [
    'P-256',
    p256Vector,
    'sha256',
    '3a8a522f689025727fb9d1f0fa99a618da023e8494ac74f51015d009d35abc2e517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017',
  ],
  [
    'P-384',
    p384Vector,
    'sha384',
    'e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc18bf6e01df72c5b62f91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96',
  ],
] as const)(
  "the recommendation's vector with %s verifies, and forges its issuer",
  async (_, vector, digest, signed) => {
    const { proof, ...document } = vector
    const { proofValue: __, ...options } = proof
    const hashOf = async (part: object) =>
      createHash(digest)
        .update(await canonicalizeReference(part, { digest }))
        .digest('hex')
    expect((await hashOf({ '@context': document['@context'], ...options })) + (await hashOf(document))).toBe(signed)
    const { proofs, issuerKey } = await examineCredential(vector, { now: NOW, keyFor: keyOfVector })
    expect(proofs).toMatchObject([{ outcome: 'passed' }])
    // https://vc.example/issuers/5678 did not sign it. An unrelated did:key did.
    expect(issuerKey).toEqual({ outcome: 'failed', reason: 'issuer-mismatch' })
  },
)

describe.each(['P-256', 'P-384'] as const)('%s', (algorithm) => {
  const key = aDidKey(algorithm)

  test.each(acceptedByIssuers(key.did))('is signed and verifies: $about', async ({ credential }) => {
    expect(await verifies(await issueWith(key, credential))).toBe(true)
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
      '1.1',
      anOldCredential(key.did, {
        '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/data-integrity/v2'],
      }),
    ],
  ])('this implementation verifies what another one signed: VCDM %s', async (_, credential) => {
    expect(await verifies(await issueByLibrary(key, credential))).toBe(true)
  })

  test.each(refusedByVerifiers)('a verifier refuses: $about', async ({ change }) => {
    expect(await verifies(change(await issueWith(key, aCredential(key.did))))).toBe(false)
  })

  test('a signature under the name of the other cryptosuite is refused (V043)', async () => {
    const secured = await issueWith(key, aCredential(key.did))
    for (const cryptosuite of ['eddsa-rdfc-2022', 'ecdsa-jcs-2019']) {
      const { faults, proofs } = await examine({ ...secured, proof: { ...(secured.proof as Json), cryptosuite } })
      expect(faults.length > 0 || proofs.some(({ outcome }) => outcome === 'failed')).toBe(true)
    }
  })
})
