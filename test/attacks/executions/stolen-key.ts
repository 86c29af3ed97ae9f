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
/** Made once for both attacks, because the memories of other functions need ten seconds to expire. */
function stolenKey(stand: Stand): Promise<Stolen> {
  stolen ??= steal(stand)
  return stolen
}

/** A separate key. One certificate was issued with it and witnessed. A second later it was stolen, which two officers declared. */
async function steal(stand: Stand): Promise<Stolen> {
  const { authority, decide } = await officersOf(stand)
  await decide(`/issuers/${DSD}/keys`, { authority, purpose: 'certificates', algorithm: 'Ed25519' })
  const { document } = await stand.issued(DSD, thai(stand))
  const kid = String((document.proof as Doc).verificationMethod).split('#')[1] ?? ''
  const hash = documentHash(parseProfile(document))
  const place = async () => (await stand.ask(`/log/certificates/index/${hash}`)).status
  expect(await stand.later(place)).toBe(200)
  const seenAt = stand.now()
  const note = new Uint8Array(await (await fetch(`${stand.baseUrl}/log/certificates/checkpoint`)).arrayBuffer())
  const cosigned = await stand.witness.cosign(note, seenAt)
  const kept = await stand.ask('/log/certificates/cosignatures', {
    body: Buffer.from(cosigned).toString(),
    headers: { 'content-type': 'text/plain' },
  })
  expect([kept.status, kept.json()]).toEqual([200, { added: 1 }])

  // The time of a cosignature has whole seconds.
  stand.pass(1_100)
  const compromisedFrom = stand.now()
  await decide(`/issuers/${DSD}/keys/${kid}/compromise`, { authority, compromisedFrom: compromisedFrom.toISOString() })
  const did = await stand.later(() => stand.ask(`/issuers/${DSD}/did.json`))
  expect(did.json<{ assertionMethod: string[] }>().assertionMethod.join()).not.toContain(`#${kid}`)
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
        // One has the id of a real certificate with other claims, and one an unknown id.
        signAsBody(put(document, name, 'CANARY MALLORY'), DSD, stand, backDated),
        signAsBody(put(document, name, 'CANARY MALLORY'), DSD, stand, honest),
        signAsBody(put(copyOf(document), name, 'CANARY MALLORY'), DSD, stand, backDated),
      ])
      const answers = await verifyAll(stand, forged)
      for (const answer of answers) {
        expect(outcomeOf(answer, 'proof')).toBe('passed')
        expect(outcomeOf(answer, 'recorded')).toBe('failed')
      }
      // The certificate that was signed before stays valid.
      expect((await hear([stand.verify(document)]))[0]?.verdict).toBe('valid')
      return answers
    },
  },
}
