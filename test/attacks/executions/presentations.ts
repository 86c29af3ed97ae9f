import { expect } from 'vitest'
import { type Doc, without } from '../edit.ts'
import { type Executions, type Heard, hear, heard, outcomeOf } from '../execution.ts'
import { aStranger, type Stranger, signAsStranger } from '../forge.ts'
import { masonry, type Stand } from '../stand.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const OWN_ANSWER =
  'POST /verify answers with a verdict; the status line speaks at VCALM’s adapter only, which is asked as well'

interface Terms {
  challenge?: string
  domain?: string
}

const present = (holder: Stranger, credentials: unknown[], terms: Terms = {}): Promise<Doc> =>
  signAsStranger(
    { '@context': [v2], type: ['VerifiablePresentation'], holder: holder.did, verifiableCredential: credentials },
    holder,
    { proofPurpose: 'authentication', ...terms },
  )

const shown = (stand: Stand, verifiablePresentation: unknown, options: Terms = {}) =>
  stand.ask('/verify', { body: { verifiablePresentation, options } })

const shownToVcalm = (stand: Stand, verifiablePresentation: unknown, options: Terms) =>
  stand.ask('/presentations/verify', { body: { verifiablePresentation, options } })

const verdictsOf = ({ text }: Heard): string[] =>
  (JSON.parse(text) as { credentials: { verdict: string }[] }).credentials.map(({ verdict }) => verdict)

const terms = { challenge: 'uXb3pA', domain: 'verifier.example' }

export const presentations: Executions = {
  O003: {
    async carryOut(stand) {
      const holder = aStranger()
      const presentation = await present(holder, [await stand.document('mra-title')], {
        ...terms,
        domain: 'other.example',
      })
      expect((await shownToVcalm(stand, presentation, terms)).status).toBe(400)
      return [heard(await shown(stand, presentation, terms))]
    },
    differs: { because: OWN_ANSWER, status: 200 },
  },
  O005: {
    async carryOut(stand) {
      const [alice, mallory, issuer] = [aStranger(), aStranger(), aStranger()]
      const credential = await signAsStranger(
        {
          '@context': [v2],
          type: ['VerifiableCredential'],
          issuer: issuer.did,
          credentialSubject: { id: alice.did, name: 'A' },
        },
        issuer,
      )
      // The same with the subject written as a keyword.
      const subject = { ...without(credential.credentialSubject as Doc, 'id'), '@id': alice.did }
      const hidden = await signAsStranger({ ...credential, credentialSubject: subject }, issuer)
      const own = await shown(stand, await present(alice, [credential]))
      expect(own.json().verdict).toBe('indeterminate')
      const answers = [
        await shown(stand, await present(mallory, [credential])),
        await shown(stand, await present(mallory, [hidden])),
      ]
      return hear(answers)
    },
  },
  O006: {
    async carryOut(stand) {
      const holder = aStranger()
      const both = await Promise.all(['mra-title', 'revoked'].map((name) => stand.document(name)))
      const answers = await hear([
        shown(stand, await present(holder, both, terms), terms),
        shown(stand, await present(holder, both.toReversed(), terms), terms),
      ])
      for (const answer of answers) expect(outcomeOf(answer, 'status')).toBe('failed')
      // Each certificate has its own verdict, in the order in which they were sent.
      expect(answers.map(verdictsOf)).toEqual([
        ['valid', 'invalid'],
        ['invalid', 'valid'],
      ])
      const alone = await shown(stand, await present(holder, both.slice(0, 1), terms), terms)
      expect(alone.json()).toMatchObject({ verdict: 'valid', credentials: [{ verdict: 'valid' }] })
      return answers
    },
  },
  O011: {
    async carryOut(stand) {
      const holder = aStranger()
      const { document, uuid } = await stand.issued('demo-ph-tesda', masonry(stand))
      const presentation = await present(holder, [document], terms)
      expect((await shown(stand, presentation, terms)).json().verdict).toBe('valid')
      await stand.change('demo-ph-tesda', uuid, 'revoke', { reason: 'misconduct' })
      return [heard(await shown(stand, presentation, terms))]
    },
  },
}
