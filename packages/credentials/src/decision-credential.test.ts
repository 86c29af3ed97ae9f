import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { canonicalDecision } from './canonical.ts'
import { contextDocuments } from './compile-profile.ts'
import {
  claimsToBeDecision,
  decisionHash,
  digestOfSigned,
  parseDecision,
  prepareDecision,
  verifyDecisionProof,
} from './decision-credential.ts'
import { fromDecision, type SingleDecision } from './decision-document.ts'
import { examineCredential } from './general/examine-credential.ts'
import { verifyIndependently } from './independent/verify-independently.ts'
import { parseProfile } from './profile.ts'
import { DocumentFault } from './read-json.ts'
import { aCertificate, created } from './sample-certificate.ts'
import { aDecision, decisionKey, sealedDecision, theOriginal } from './sample-decision.ts'
import { publicKey } from './sample-keys.ts'

const now = new Date('2026-06-20T00:00:00Z')
const jsonld: { canonize(document: object, options: object): Promise<string> } = createRequire(import.meta.url)(
  'jsonld',
)
const documentLoader = async (url: string) => ({
  contextUrl: null,
  documentUrl: url,
  document: contextDocuments.get(url),
  tag: 'static',
})
const reference = (document: object) =>
  jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    documentLoader,
    safe: true,
    base: null,
  })

const everyPart = aDecision({
  result: 'measures',
  units: Array.from({ length: 12 }, (_, at) => ({ code: `U${at}`, title: `Unit ${at}` })),
  measures: ['Test in plastering ceilings, by 30 June 2027', 'First aid course'],
  conditions: 'Only with the employer',
  qualification: { id: 'https://registry.example/qualifications/x', title: 'Masonry', edition: '2024' },
  replaces: 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11',
  validUntil: '2031-10-01T23:59:59Z',
})
const aRegistration = (changes: Partial<SingleDecision> = {}) =>
  aDecision({
    result: 'temporary',
    validUntil: '2026-12-17T23:59:59Z',
    registration: {
      activity: 'training',
      scope: 'Brickwork',
      place: 'Bang Na',
      isSupervised: true,
      isRenewable: false,
    },
    ...changes,
  })
const prepared = (decision: SingleDecision) => prepareDecision(decision, { created, verificationMethod: decisionKey })

test.each([
  ['in part', aDecision()],
  ['with every member', everyPart],
  ['that registers for a time (R-042)', aRegistration()],
])(
  'R-007: a decision %s has the canonical form that jsonld.js gives it, and is read back as it was',
  async (_, decision) => {
    const { document } = prepared(decision)
    expect(canonicalDecision(document)).toBe(await reference(document))
    expect(fromDecision(document)).toEqual(decision)
  },
)

test('R-007, R-020: a signed decision verifies with its key here, and with the library of other verifiers', async () => {
  const document = parseDecision(sealedDecision(everyPart))
  expect(verifyDecisionProof(document, publicKey)).toBe(true)
  expect(decisionHash(document)).toBe(prepared(everyPart).hash)
  expect(await verifyIndependently(document, { didDocument: theirs(), now })).toEqual({ verified: true })
  const { reason: _, ...silent } = aDecision()
  expect(
    verifyDecisionProof(parseDecision({ ...sealedDecision(silent), validFrom: '2020-01-01T00:00:00Z' }), publicKey),
  ).toBe(false)
})

test('our general mode finds no fault in the form of a decision, as outside software does', async () => {
  const { faults } = await examineCredential(sealedDecision(), { now, keyFor: async () => undefined })
  expect(faults).toEqual([])
})

test('K002: the library of other verifiers says verified of a decision with a wrong digest; the digest is ours to compare', async () => {
  const other = { ...theOriginal(), id: 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11' }
  const decision = aDecision({ original: { id: aCertificate().id, digest: digestOfSigned(other) } })
  const document = sealedDecision(decision)
  expect(await verifyIndependently(document, { didDocument: theirs(), now })).toEqual({ verified: true })
  expect(decision.original.digest).not.toBe(digestOfSigned(theOriginal()))
})

test('the digest does not depend on spaces or on the order of members, and covers the proof', () => {
  const original = theOriginal()
  const turned = Object.fromEntries(Object.entries(original).reverse())
  expect(digestOfSigned(JSON.parse(JSON.stringify(turned, null, 2)))).toBe(digestOfSigned(original))
  const { proof: _, ...unsigned } = original as { proof: unknown }
  expect(digestOfSigned(unsigned)).not.toBe(digestOfSigned(original))
})

test.each<[string, Partial<SingleDecision>]>([
  ['about itself', { original: { ...aDecision().original, id: aDecision().id } }],
  ['that replaces itself', { replaces: aDecision().id }],
  ['in part without units', { units: [] }],
  ['after measures without a measure', { result: 'measures' }],
  ['for a time without an end', { result: 'temporary' }],
  ['that ends before it begins', { validUntil: '2020-01-01T00:00:00Z' }],
  ['refused with units', { result: 'refused' }],
  ['that registers without an end in its result', aRegistration({ result: 'full', units: [] })],
  ['with a digest of another function', { original: { ...aDecision().original, digest: `uEyA${'A'.repeat(43)}` } }],
  ['with a hidden letter', { conditions: 'Only\u202Ehere' }],
])('K002, K007: a decision %s is not signed', (_, changes) => {
  expect(() => prepared(aDecision(changes))).toThrow(DocumentFault)
})

test('R-020: a refusal needs its reason', () => {
  const { reason: _, ...silent } = aDecision({ result: 'refused', units: [] })
  expect(() => prepared(silent)).toThrow(DocumentFault)
  expect(fromDecision(prepared({ ...silent, reason: 'The trade is reserved by law' }).document).result).toBe('refused')
})

test.each<[string, (document: Record<string, unknown>) => Record<string, unknown>]>([
  ['a further member', (document) => ({ ...document, holder: { name: 'A person' } })],
  [
    'a context of its own',
    (document) => ({ ...document, '@context': [...(document['@context'] as string[]), 'https://x.example'] }),
  ],
  [
    'two resources',
    (document) => ({ ...document, relatedResource: [...(document.relatedResource as object[]), { id: 'urn:uuid:x' }] }),
  ],
  ['no proof', ({ proof: _, ...document }) => document],
])('K002: a decision with %s is refused before any cryptography', (_, change) => {
  expect(() => parseDecision(change(sealedDecision()))).toThrow(DocumentFault)
})

test('K002: a decision is no certificate, and a certificate no decision', () => {
  expect(() => parseProfile(sealedDecision())).toThrow(expect.objectContaining({ code: 'not-a-certificate' }))
  expect(claimsToBeDecision(sealedDecision())).toBe(true)
  expect(claimsToBeDecision(theOriginal())).toBe(false)
  expect(() => parseDecision(theOriginal())).toThrow(DocumentFault)
})

function theirs() {
  const [id = ''] = decisionKey.split('#')
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: [{ id: decisionKey, type: 'Multikey', controller: id, publicKeyMultibase: publicKey }],
    assertionMethod: [decisionKey],
  }
}
