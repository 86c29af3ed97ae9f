import { digestOfSigned, prepareDecision, sealDecision } from './decision-credential.ts'
import type { SingleDecision } from './decision-document.ts'
import { aCertificate, created } from './sample-certificate.ts'
import { sealed, signed } from './sample-keys.ts'

/** The certificate that the sample decides about, signed. */
export const theOriginal = (): object => JSON.parse(sealed(aCertificate()))

const HOST = 'did:web:registry.example:issuers:host'
export const decisionKey = `${HOST}#decisions-1`

/** Recognised in part, with one of two units. */
export function aDecision(changes: Partial<SingleDecision> = {}): SingleDecision {
  const { id, qualification } = aCertificate()
  return {
    id: 'urn:uuid:0d6c3c0e-52a1-4c06-8b9d-7a1c5b1e2f30',
    host: { id: HOST, name: 'Labour Authority of Lautan', url: 'https://labour.example' },
    original: { id, digest: digestOfSigned(theOriginal()) },
    qualification: { id: qualification.id, title: qualification.title },
    result: 'part',
    units: [{ code: 'U1', title: 'Lay "bricks" — ก่ออิฐ' }],
    measures: [],
    entitles: [
      { kind: 'wage', text: 'Grade B (skilled)', source: 'https://labour.example/rule', readOn: '2026-05-01' },
    ],
    basis: 'Skills Recognition Order, article 12',
    reason: 'Plastering of ceilings is not part of it',
    appeal: 'To the board of the authority, within 30 days',
    validFrom: '2026-06-18T00:00:00Z',
    ...changes,
  }
}

export function sealedDecision(decision = aDecision()): Record<string, unknown> {
  const prepared = prepareDecision(decision, { created, verificationMethod: decisionKey })
  return JSON.parse(sealDecision(prepared, signed(prepared.bytes)))
}
