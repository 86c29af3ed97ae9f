import { addKey, retireKey } from '@sijil/registry/decisions'
import type { Verification } from '@sijil/registry/verification'
import { expect } from 'vitest'
import { at, type Doc, put, take } from '../edit.ts'
import { type Executions, type Heard, hear, heard, outcomeOf, verifyAll } from '../execution.ts'
import { aStranger, base58, copyOf, signAsBody, signAsStranger, signRecorded } from '../forge.ts'
import { masonry, type Stand } from '../stand.ts'

const body = 'demo-ph-tesda'
const rotated = 'demo-my-jpk'
const good = (stand: Stand) => stand.document('in-force')

const proofValues = (value: string): string[] => [
  '',
  'z',
  `u${value.slice(1)}`,
  base58(new Uint8Array(63).fill(7)),
  base58(new Uint8Array(65).fill(7)),
  `${value.slice(0, -1)}0`,
  `z${'2'.repeat(50_000)}`,
]

/** Signs with ECDSA in the sandbox, because our own certificates have only one suite. */
async function ecdsaDocument(stand: Stand): Promise<Doc> {
  const answer = await stand.ask('/issuers/sandbox/credentials/issue', {
    token: await stand.as('sandbox'),
    body: {
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        issuer: stand.didOf('sandbox'),
        credentialSubject: { id: 'did:example:subject' },
      },
      options: { cryptosuite: 'ecdsa-rdfc-2019' },
    },
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.json<{ verifiableCredential: Doc }>().verifiableCredential
}

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
function malleated(value: string): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  const number = [...value.slice(1)].reduce((sum, digit) => sum * 58n + BigInt(alphabet.indexOf(digit)), 0n)
  const hex = number.toString(16).padStart(128, '0')
  const other = (ORDER - BigInt(`0x${hex.slice(64)}`)).toString(16).padStart(64, '0')
  return base58(Buffer.from(hex.slice(0, 64) + other, 'hex'))
}

export const proof: Executions = {
  V031: {
    async carryOut(stand) {
      const answers = await verifyAll(stand, [take(await good(stand), '/proof')])
      for (const { text } of answers) expect(text.toLowerCase()).not.toContain('partial')
      return answers
    },
  },
  V033: {
    async carryOut(stand) {
      const document = await good(stand)
      const altered = { ...(document.proof as Doc), proofValue: base58(new Uint8Array(64).fill(9)) }
      return verifyAll(stand, [put(document, '/proof', [document.proof, altered])])
    },
  },
  V034: {
    async carryOut(stand) {
      const document = await good(stand)
      const signed = await signAsStranger(document, aStranger())
      return verifyAll(stand, [put(document, '/proof', [signed.proof, document.proof])])
    },
  },
  V036: {
    carryOut: async (stand) =>
      verifyAll(stand, [await signAsBody(await good(stand), body, stand, { proofPurpose: 'authentication' })]),
  },
  V038: {
    async carryOut(stand) {
      const stranger = { ...aStranger(), method: 'did:web:evil.example#k' }
      return verifyAll(stand, [await signAsStranger(await good(stand), stranger)])
    },
  },
  V039: {
    async carryOut(stand) {
      const stranger = { ...aStranger(), method: `${stand.didOf(body)}#certificates-9` }
      return verifyAll(stand, [await signAsStranger(await good(stand), stranger)])
    },
  },
  V041: {
    async carryOut(stand) {
      const model = await good(stand)
      const spoofed = put(copyOf(model), '/issuer/name', 'Ministry of Labour')
      const answers = await verifyAll(stand, [await signRecorded(spoofed, { body, model }, stand)])
      for (const answer of answers) {
        expect(outcomeOf(answer, 'proof')).toBe('passed')
        expect(outcomeOf(answer, 'recorded')).toBe('passed')
      }
      return answers
    },
  },
  V043: {
    async carryOut(stand) {
      const ecdsa = await ecdsaDocument(stand)
      return verifyAll(stand, [
        put(await good(stand), '/proof/cryptosuite', 'eddsa-jcs-2022'),
        put(await good(stand), '/proof/cryptosuite', 'ecdsa-rdfc-2019'),
        put(ecdsa, '/proof/cryptosuite', 'ecdsa-jcs-2019'),
        put(ecdsa, '/proof/cryptosuite', 'eddsa-rdfc-2022'),
      ])
    },
  },
  V044: {
    async carryOut(stand) {
      const document = await good(stand)
      const answers: Heard[] = []
      // Only the time differs from the released certificate. The recorded hash does not cover it.
      for (const created of ['2090-01-01T00:00:00Z', '1970-01-01T00:00:00Z']) {
        answers.push(heard(await stand.verify(await signAsBody(document, body, stand, { created }))))
      }
      for (const answer of answers) expect(outcomeOf(answer, 'recorded')).toBe('passed')
      return answers
    },
  },
  V046: {
    async carryOut(stand) {
      const document = await ecdsaDocument(stand)
      const other = put(document, '/proof/proofValue', malleated(String(at(document, '/proof/proofValue'))))
      expect(other).not.toEqual(document)
      const [first, second] = await verifyAll(stand, [document, other])
      const withoutTime = ({ text }: Heard) => ({ ...JSON.parse(text), evaluatedAt: '', issuer: '' })
      // The answer is the same, because nothing is stored by signature (I13).
      expect(second && withoutTime(second)).toEqual(first && withoutTime(first))
      return second ? [second] : []
    },
    differs: {
      because: 'certificates have eddsa-rdfc-2022 only, and what the sandbox signs with ECDSA is never valid',
      verdict: 'indeterminate',
    },
  },
  V048: {
    async carryOut(stand) {
      const document = await good(stand)
      return verifyAll(
        stand,
        proofValues(String(at(document, '/proof/proofValue'))).map((value) =>
          put(document, '/proof/proofValue', value),
        ),
      )
    },
  },
  V049: {
    async carryOut(stand) {
      const document = await good(stand)
      const named = { previousProof: 'urn:uuid:3f1c2a52-7c5e-4f3e-8b8e-0a1f5a3d2b10' }
      return verifyAll(stand, [
        put(document, '/proof/previousProof', named.previousProof),
        await signAsBody(document, body, stand, named),
      ])
    },
  },
  V051: {
    async carryOut(stand) {
      const { document } = await stand.issued(rotated, { ...masonry(stand), qualification: 'my-log-l4' })
      expect((await stand.verify(document)).json().verdict).toBe('valid')
      const kid = String(at(document, '/proof/verificationMethod')).split('#')[1] ?? ''
      await addKey(
        { id: rotated, purpose: 'certificates', algorithm: 'Ed25519', actor: 'system:test' },
        { ...stand.parts, now: stand.now() },
      )
      const now = stand.now()
      await retireKey({ id: rotated, kid, actor: 'system:test' }, { ...stand.parts, now })
      // Signatures of the new key count at once, although the old state of the body may be in memory.
      const next = await stand.issued(rotated, { ...masonry(stand), qualification: 'my-log-l4' })
      expect(at(next.document, '/proof/verificationMethod')).not.toBe(at(document, '/proof/verificationMethod'))
      const later = await stand.verify(next.document)
      const keyOfOld = async () => {
        const { checks } = (await stand.verify(document)).json<Pick<Verification, 'checks'>>()
        return checks.find(({ name }) => name === 'issuer-key')
      }
      // The read path keeps the state of a body for at most ten seconds.
      expect(await stand.later(keyOfOld)).toMatchObject({
        outcome: 'passed',
        evidence: { key: kid, retiredAt: now.toISOString() },
      })
      return hear([stand.verify(document), later])
    },
  },
}
