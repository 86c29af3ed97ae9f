import { expect } from 'vitest'
import { refusedByVerifiers } from '../../conformance/inputs.ts'
import { at, type Doc, put, rename, take, withContext } from '../edit.ts'
import { type Executions, type Heard, outcomeOf, verifyAll } from '../execution.ts'
import { mutantsOf } from '../mutants.ts'
import type { Stand } from '../stand.ts'

const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#'
const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
const alignment = '/credentialSubject/achievement/alignment/0'

const good = (stand: Stand) => stand.document('in-force')
/** Sends one or more changed copies of GOOD, one after another. */
const changed = (change: (document: Doc) => Doc | Doc[]) => ({
  carryOut: async (stand: Stand): Promise<Heard[]> => verifyAll(stand, [change(await good(stand))].flat()),
})

const CORPUS = 'the corpus has faults of every kind, so each has the type of its own fault'

export const form: Executions = {
  V001: {
    async carryOut(stand) {
      const revoked = rename(await stand.document('revoked'), '/credentialStatus', `${CREDENTIALS}credentialStatus`)
      const [answer] = await verifyAll(stand, [revoked])
      expect(answer && outcomeOf(answer, 'status')).toBe('not_performed')
      expect(answer?.text).toContain('credentials#credentialStatus')
      return answer ? [answer] : []
    },
  },
  V003: {
    carryOut: async (stand) => {
      const aliased = withContext(await stand.document('revoked'), {
        cs2: { '@id': `${CREDENTIALS}credentialStatus`, '@type': '@id' },
      })
      return verifyAll(stand, [rename(aliased, '/credentialStatus', 'cs2')])
    },
  },
  V005: {
    async carryOut(stand) {
      const swapped = withContext(await good(stand), {
        targetCode: `${OB}targetName`,
        targetName: `${OB}targetCode`,
      })
      const [code, name] = ['targetCode', 'targetName'].map((member) => at(swapped, `${alignment}/${member}`))
      const document = put(put(swapped, `${alignment}/targetCode`, name), `${alignment}/targetName`, code)
      const answers = await verifyAll(stand, [document])
      for (const { text } of answers) {
        expect(text).not.toContain('RODEL')
        expect(JSON.parse(text)).not.toHaveProperty('certificate')
      }
      return answers
    },
  },
  V006: changed((document) => withContext(document, 'https://evil.example/ctx')),
  V008: changed((document) => {
    const context = { lv: `${OB}licenseNumber` }
    const nested = put(document, '/credentialSubject', { '@context': context, ...(document.credentialSubject as Doc) })
    return rename(nested, '/credentialSubject/licenseNumber', 'lv')
  }),
  V010: changed((document) => rename(document, '/credentialSubject/licenseNumber', `${OB}licenseNumber`)),
  V011: changed((document) => rename(document, '/credentialStatus', 'cred:credentialStatus')),
  V013: changed((document) => put(document, '/credentialSubject/honours', 'with Distinction')),
  V015: {
    carryOut: async (stand) => {
      const endless = await stand.document('no-framework-level')
      return verifyAll(stand, [
        put(endless, '/credentialSubject/achievement/specialization', null),
        put(endless, '/awardedDate', null),
      ])
    },
  },
  V016: changed((document) => [
    put(document, '/credentialSubject', [document.credentialSubject]),
    put(document, `${alignment}/targetCode`, Array(2).fill(at(document, `${alignment}/targetCode`))),
  ]),
  V018: {
    // A sample over HTTP. All mutants are in mutants.test.ts.
    async carryOut(stand) {
      const mutants = mutantsOf(await good(stand)).filter((_, index) => index % 60 === 0)
      expect(mutants.length).toBeGreaterThan(30)
      return verifyAll(
        stand,
        mutants.map(({ document }) => document),
      )
    },
  },
  V020: changed((document) => {
    const [v2, badges] = document['@context'] as string[]
    return [
      put(document, '/@context', ['https://www.w3.org/2018/credentials/v1', badges]),
      put(document, '/@context', [badges, v2]),
      take(document, '/@context'),
      put(document, '/@context', v2),
      put(document, '/@context', { '@vocab': OB }),
    ]
  }),
  V021: {
    async carryOut(stand) {
      const document = await good(stand)
      expect(refusedByVerifiers.length).toBeGreaterThan(40)
      return verifyAll(
        stand,
        // JSON cannot contain `undefined`.
        refusedByVerifiers.map(({ change }) => change(structuredClone(document)) ?? null),
      )
    },
    differs: { because: CORPUS, type: null },
  },
  V084: {
    async carryOut(stand) {
      const [entry] = (await good(stand)).credentialStatus as { statusListCredential: string }[]
      const list = await fetch(String(entry?.statusListCredential))
      return verifyAll(stand, [await list.json()])
    },
  },
  V111: {
    async carryOut(stand) {
      const { document } = await stand.issued('demo-ph-tesda', {
        qualification: 'ph-masonry-nc2',
        holder: { name: 'NGUYỄN CANARY' },
        certificateNumber: stand.number(),
        awardedOn: at(await good(stand), '/awardedDate')
          ?.toString()
          .slice(0, 10),
      })
      const decomposed = JSON.parse(JSON.stringify(document).replace('NGUYỄN', 'NGUYỄN'.normalize('NFD')))
      expect(decomposed).not.toEqual(document)
      return verifyAll(stand, [decomposed])
    },
  },
  V113: changed((document) =>
    [
      '2026-01-01',
      '2026-01-01T00:00:00',
      '2026-01-01T24:00:00Z',
      '2026-01-01T00:00:60Z',
      '+275761-01-01T00:00:00Z',
      '-0001-01-01T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '9999-01-01T00:00:00Z',
    ].map((moment) => put(document, '/validFrom', moment)),
  ),
}
