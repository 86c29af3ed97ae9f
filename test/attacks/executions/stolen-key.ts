import { documentHash, parseProfile } from '@sijil/credentials'
import { expect } from 'vitest'
import { DSD, officersOf } from '../../journeys/trust.ts'
import { type Doc, put } from '../edit.ts'
import { type Executions, hear, outcomeOf, verifyAll } from '../execution.ts'
import { copyOf, signAsBody } from '../forge.ts'
import { masonry, type Stand } from '../stand.ts'

const thai = (stand: Stand) => ({ ...masonry(stand), qualification: 'th-brick-1' })
const seconds = (moment: Date) => `${moment.toISOString().slice(0, 19)}Z`

interface Stolen {
  kid: string
  document: Doc
  compromisedFrom: Date
}

let stolen: Promise<Stolen> | undefined
/** Once for both attacks: others may answer from memory for ten seconds. */
function stolenKey(stand: Stand): Promise<Stolen> {
  stolen ??= steal(stand)
  return stolen
}

/** A key of its own, with which one certificate was issued and witnessed; stolen a second later, and declared so by two officers. */
async function steal(stand: Stand): Promise<Stolen> {
  const { authority, decide } = await officersOf(stand)
  await decide(`/issuers/${DSD}/keys`, { authority, purpose: 'certificates', algorithm: 'Ed25519' })
  const { document } = await stand.issued(DSD, thai(stand))
  const kid = String((document.proof as Doc).verificationMethod).split('#')[1] ?? ''
  const hash = documentHash(parseProfile(document))
  const place = async () => (await stand.ask(`/log/certificates/index/${hash}`)).status
  await expect.poll(place, { timeout: 15_000, interval: 300 }).toBe(200)
  const seenAt = new Date()
  const note = new Uint8Array(await (await fetch(`${stand.baseUrl}/log/certificates/checkpoint`)).arrayBuffer())
  const cosigned = await stand.witness.cosign(note, seenAt)
  const kept = await stand.ask('/log/certificates/cosignatures', {
    body: Buffer.from(cosigned).toString(),
    headers: { 'content-type': 'text/plain' },
  })
  expect([kept.status, kept.json()]).toEqual([200, { added: 1 }])

  // A cosignature is to the second.
  await new Promise((later) => setTimeout(later, 1_100))
  const compromisedFrom = new Date()
  await decide(`/issuers/${DSD}/keys/${kid}/compromise`, { authority, compromisedFrom: compromisedFrom.toISOString() })
  await expect
    .poll(
      async () =>
        (await stand.ask(`/issuers/${DSD}/did.json`)).json<{ assertionMethod: string[] }>().assertionMethod.join(),
      { timeout: 20_000, interval: 500 },
    )
    .not.toContain(`#${kid}`)
  await new Promise((later) => setTimeout(later, 10_000))
  return { kid, document, compromisedFrom }
}

export const stolenKeys: Executions = {
  V053: {
    async carryOut(stand) {
      const known = await stolenKey(stand)
      const answers = await verifyAll(stand, [known.document])
      for (const { text } of answers) {
        expect(text).toContain('"witnessedAt"')
        expect(text).toContain(`"compromisedFrom":"${known.compromisedFrom.toISOString()}"`)
      }
      return answers
    },
  },
  V054: {
    async carryOut(stand) {
      const known = await stolenKey(stand)
      const { kid, document, compromisedFrom } = known
      const name = '/credentialSubject/identifier/0/identityHash'
      const backDated = { kid, created: seconds(new Date(compromisedFrom.getTime() - 3_600_000)) }
      const honest = { kid, created: String((document.proof as Doc).created) }
      const forged = await Promise.all([
        // The id of a real one, other claims; and an id of nobody's.
        signAsBody(put(document, name, 'CANARY MALLORY'), DSD, stand, backDated),
        signAsBody(put(document, name, 'CANARY MALLORY'), DSD, stand, honest),
        signAsBody(put(copyOf(document), name, 'CANARY MALLORY'), DSD, stand, backDated),
      ])
      const answers = await verifyAll(stand, forged)
      for (const answer of answers) {
        expect(outcomeOf(answer, 'proof')).toBe('passed')
        expect(outcomeOf(answer, 'recorded')).toBe('failed')
      }
      // What was signed before survives beside them.
      expect((await hear([stand.verify(document)]))[0]?.verdict).toBe('valid')
      return answers
    },
  },
}
