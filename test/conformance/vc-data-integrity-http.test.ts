import { canonicalizeReference } from '@sijil/credentials/general'
import { afterAll, describe, expect, test } from 'vitest'
import { issueByLibrary } from './bazaar.ts'
import { aDidKey, issueWith } from './did-keys.ts'
import { proofOf, signed } from './hand-signed.ts'
import { aCredential, anOldCredential, type Json, refusedByVerifiers } from './inputs.ts'
import { openSandbox, type Verified } from './sandbox.ts'

/**
 * What w3c/vc-di-eddsa-test-suite and w3c/vc-di-ecdsa-test-suite require of issuers and verifiers, with their shared part
 * (w3c-ccg/data-integrity-test-suite-assertion). Runs for each kind of key and both versions of the data model.
 */
const sandbox = await openSandbox()
afterAll(sandbox.close)
const { issuer, issue, issued, verify } = sandbox

const V1 = 'https://www.w3.org/2018/credentials/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const versions = {
  '2.0': aCredential,
  // In VCDM 1.1 a stranger's document must name the context of its proof.
  '1.1': (by: string, more: Json = {}) => anOldCredential(by, { '@context': [V1, DATA_INTEGRITY], ...more }),
}
const suites = [
  { algorithm: 'Ed25519', cryptosuite: 'eddsa-rdfc-2022', options: {}, hash: 'sha256', bytes: 64 },
  { algorithm: 'P-256', cryptosuite: 'ecdsa-rdfc-2019', options: { keyType: 'P-256' }, hash: 'sha256', bytes: 64 },
  { algorithm: 'P-384', cryptosuite: 'ecdsa-rdfc-2019', options: { keyType: 'P-384' }, hash: 'sha384', bytes: 96 },
] as const
const rows = suites.flatMap((suite) =>
  (['2.0', '1.1'] as const).map((version) => ({ ...suite, version, about: `${suite.algorithm}, VCDM ${version}` })),
)

async function isVerified(credential: unknown): Promise<boolean> {
  const answer = await verify(credential, { checks: ['proof'] })
  const { verified, errors = [] } = answer.json<Verified>()
  expect([answer.status, errors.length > 0]).toEqual(verified ? [200, false] : [400, true])
  return verified
}

describe.each(rows)('an issuer: $about', ({ algorithm, cryptosuite, options, bytes, version }) => {
  const make = version === '1.1' ? anOldCredential : aCredential
  const chosen = algorithm === 'Ed25519' ? {} : { cryptosuite, ...options }

  test('secures with one proof, whose members are those of the suite', async () => {
    const secured = await issued(make(issuer), chosen)
    const proof = secured.proof as Record<string, string>
    expect(Object.keys(proof).sort()).toEqual(
      ['created', 'cryptosuite', 'proofPurpose', 'proofValue', 'type', 'verificationMethod'].sort(),
    )
    expect(proof).toMatchObject({ type: 'DataIntegrityProof', cryptosuite, proofPurpose: 'assertionMethod' })
    expect(proof.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(URL.canParse(proof.verificationMethod ?? '')).toBe(true)
    expect(proof.proofValue).toMatch(/^z[1-9A-HJ-NP-Za-km-z]+$/)
    // The length of a signature in base58. A leading zero changes it by a letter.
    expect(proof.proofValue?.length).toBeGreaterThan((bytes * Math.log(256)) / Math.log(58) - 4)
    expect(proof.proofValue?.length).toBeLessThanOrEqual(2 + (bytes * Math.log(256)) / Math.log(58))
  })

  test('names the contexts that define the terms of its proof', async () => {
    const { '@context': context, proof } = await issued(make(issuer), chosen)
    expect(context).toEqual(version === '1.1' ? [V1, DATA_INTEGRITY] : [V2])
    const { proofValue: _, ...members } = proof as Json
    const canonical = await canonicalizeReference({ '@context': context, ...members })
    expect(canonical).toContain('<https://w3id.org/security#DataIntegrityProof>')
    expect(canonical).toContain(`"${cryptosuite}"^^<https://w3id.org/security#cryptosuiteString>`)
    expect(canonical).toContain('<https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod>')
    expect(canonical).toContain('^^<http://www.w3.org/2001/XMLSchema#dateTime>')
  })

  test('issues documents that a verifier accepts', async () => {
    expect(await isVerified(await issued(make(issuer), chosen))).toBe(true)
  })

  const person = { id: 'urn:uuid:1a0e4ef5-091f-4060-842e-18e519ab9440', name: 'Alice', description: 'About Alice.' }
  const named = { name: 'https://schema.org/name', description: 'https://schema.org/description' }
  test.each<[string, Json]>(
    version === '1.1'
      ? [
          ['an inline context', { '@context': [V1, named], credentialSubject: person }],
          ['a nested context', { '@context': [V1, { '@context': named }], credentialSubject: person }],
          ['milliseconds', { issuanceDate: '2020-03-16T22:37:26.544Z' }],
        ]
      : [
          ['terms of the base context', { credentialSubject: person }],
          ['a nested context', { '@context': [V2, { '@context': { alumniOf: 'https://www.example.org/alumniOf' } }] }],
          ['a subject without id', { credentialSubject: { name: 'Alice' } }],
        ],
  )('documents of the suites are secured and verify: %s', async (_, more) => {
    const document = make(issuer, { id: 'urn:uuid:36245ee9-9074-4b05-a777-febff2e69757', ...more })
    const secured = await issued(document, chosen)
    const { proof: __, '@context': context, ...members } = secured
    const { '@context': given, ...rest } = document
    expect(members).toEqual(rest)
    // The context is appended and never put in front, so each term keeps the meaning that the document gave it.
    expect(context).toEqual(version === '1.1' ? [...(given as unknown[]), DATA_INTEGRITY] : given)
    expect(await isVerified(secured)).toBe(true)
  })

  test('does not name a context twice', async () => {
    const context = [version === '1.1' ? V1 : V2, DATA_INTEGRITY]
    const secured = await issued(make(issuer, { '@context': context }), chosen)
    expect(secured['@context']).toEqual(context)
    expect(await isVerified(secured)).toBe(true)
  })

  test('refuses an undefined term or type before signing', async () => {
    for (const more of [
      { credentialSubject: { id: 'did:example:subject', undefinedTerm: 'IfDroppedWillVerify' } },
      { type: ['VerifiableCredential', 'UndefinedType'] },
      { undefinedTerm: 'x' },
    ])
      expect((await issue(make(issuer, more), chosen)).status).toBe(400)
  })
})

describe.each(rows)('a verifier: $about', ({ algorithm, hash, version }) => {
  const key = aDidKey(algorithm)
  const make = versions[version]
  const document = make(key.did)

  test('accepts the signature of a stranger, by hand and by another implementation', async () => {
    expect(await isVerified(await signed(key, document))).toBe(true)
    expect(await isVerified(await issueByLibrary(key, document))).toBe(true)
  })

  test.each(refusedByVerifiers)('refuses: $about', async ({ change }) => {
    expect(await isVerified(change(await issueWith(key, document)))).toBe(false)
  })

  // The signatures over these bad proofs are good, so only the rule itself can refuse them.
  test.each<[string, Json]>([
    ['no verification method', { verificationMethod: undefined }],
    ['a verification method that does not exist', { verificationMethod: 'did:key:invalidVm' }],
    ['no purpose', { proofPurpose: undefined }],
    ['the purpose of a holder', { proofPurpose: 'authentication' }],
    ['the purpose of an invocation', { proofPurpose: 'capabilityInvocation' }],
    ['an unknown cryptosuite', { cryptosuite: 'UnknownCryptosuite' }],
    ['no cryptosuite', { cryptosuite: undefined }],
    ['an empty cryptosuite', { cryptosuite: '' }],
    ['the name of a JCS suite', { cryptosuite: key.cryptosuite.replace('rdfc', 'jcs') }],
    ['a creation that is no date', { created: 'invalidDate' }],
    ['an expiry in the past', { expires: '2024-02-01T00:00:00Z' }],
    ['a previous proof that is a number', { previousProof: 4 }],
    ['a previous proof that does not exist', { previousProof: 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544' }],
  ])('refuses a proof that was signed with %s', async (_, proof) => {
    let secured: Json
    try {
      secured = await signed(key, document, { proof })
    } catch {
      // This value cannot be written as a graph, so it is tested as a change of a good proof.
      const good = await signed(key, document)
      secured = { ...good, proof: { ...(good.proof as Json), ...proof } }
    }
    expect(await isVerified(secured)).toBe(false)
  })

  test('refuses a signature over another hash, or over another canonical form', async () => {
    expect(await isVerified(await signed(key, document, { hash }))).toBe(true)
    for (const other of (['sha256', 'sha384', 'sha512'] as const).filter((name) => name !== hash))
      expect(await isVerified(await signed(key, document, { hash: other }))).toBe(false)
    expect(await isVerified(await signed(key, document, { canonical: async (part) => JSON.stringify(part) }))).toBe(
      false,
    )
  })

  test('refuses terms and types that were signed under a context that the document does not name', async () => {
    const context = document['@context'] as unknown[]
    for (const more of [{ undefinedTerm: 'x' }, { type: ['VerifiableCredential', 'UndefinedType'] }]) {
      const wider = { ...document, '@context': [...context, { '@vocab': 'https://example.org/undefined#' }], ...more }
      expect(await isVerified({ ...(await signed(key, wider)), '@context': context })).toBe(false)
    }
  })

  test('refuses a signature that is too long, too short, or in another encoding', async () => {
    const secured = await signed(key, document)
    const proof = secured.proof as Json
    const value = String(proof.proofValue)
    for (const proofValue of [
      `${value}${value.slice(1, 44)}`,
      value.slice(0, -8),
      value.slice(1),
      `u${value.slice(1)}`,
    ])
      expect(await isVerified({ ...secured, proof: { ...proof, proofValue } })).toBe(false)
  })

  describe('sets and chains', () => {
    const id = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'
    const third = aDidKey(algorithm)
    const chain = async (previousProof: unknown, first = third) => {
      const previous = await proofOf(first, document, { proof: { id } })
      const last = await proofOf(key, document, { proof: { previousProof }, previous: [previous] })
      return { ...document, proof: [previous, last] }
    }

    test('accepts a set of two proofs by the issuer', async () => {
      const proof = [await proofOf(key, document), await proofOf(key, document, { proof: { id } })]
      expect(await isVerified({ ...document, proof })).toBe(true)
      expect(await isVerified({ ...document, proof: proof.toReversed() })).toBe(true)
    })

    test.each([
      ['a string', id],
      ['an array', [id]],
    ])('accepts a chain of a third party and the issuer, with previousProof as %s', async (_, named) => {
      expect(await isVerified(await chain(named))).toBe(true)
    })

    test('refuses a chain whose first proof has another id, fails, or is missing', async () => {
      const good = await chain(id)
      const [first, last] = good.proof as [Json, Json]
      for (const proof of [
        [{ ...first, id: 'urn:uuid:00000000-0000-4000-8000-000000000000' }, last],
        [{ ...first, created: '2024-01-02T00:00:00Z' }, last],
        [last],
        last,
        [first],
        [first, { ...last, previousProof: undefined }],
        [first, { ...last, previousProof: [id, 'urn:uuid:00000000-0000-4000-8000-000000000000'] }],
      ])
        expect(await isVerified({ ...good, proof })).toBe(false)
    })

    test('refuses a set by strangers alone, even with good signatures (V038)', async () => {
      const proof = [await proofOf(third, document), await proofOf(aDidKey(algorithm), document)]
      expect(await isVerified({ ...document, proof })).toBe(false)
    })
  })
})
