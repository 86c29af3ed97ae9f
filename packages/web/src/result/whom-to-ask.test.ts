import { expect, test } from 'vitest'
import { resultPage } from '../result-page.ts'
import { textOf } from '../test-text.ts'
import { aContext, aResult, verifications } from '../test-values.ts'
import type { ResultValues } from './values.ts'

const issuer = {
  id: 'ph-tesda',
  name: 'Technical Education and Skills Development Authority (demonstration)',
  acronym: 'TESDA (demonstration)',
  state: 'PH',
  contact: { text: 'registrar@tesda.example', link: 'mailto:registrar@tesda.example' },
}
const authority = {
  id: 'ph-pqf',
  name: 'PQF Council (demonstration)',
  state: 'PH',
  contact: { text: '+1 202 555 0143', link: 'tel:+12025550143' },
}
const { contact: _, ...silent } = issuer
const { contact: __, ...silentAuthority } = authority

type Heading = keyof typeof verifications
const pageOf = (heading: Heading, offices: ResultValues['offices'], language: 'en' | 'th' = 'en') =>
  resultPage(aResult({ verification: verifications[heading], ...(offices && { offices }) }), aContext({ language }))
/** Links to somewhere else than this site, without those to sources. */
const linksOf = (page: string) =>
  [...page.matchAll(/<a href="((?:mailto|tel|https):[^"]+)" rel="noopener/g)].map(([, link]) => link)

test.each([
  'Not valid: revoked',
  'Not valid: replaced by a newer one',
  'Not valid today: suspended',
  'Not valid: expired',
] as const)('%s: the contact of the issuer is a link, with whose it is', (heading) => {
  const page = pageOf(heading, { issuer, authority })
  expect(linksOf(page)).toEqual(['mailto:registrar@tesda.example'])
  expect(textOf(page)).toContain('Contact of TESDA (demonstration) (Philippines): registrar@tesda.example')
  expect(textOf(pageOf(heading, { issuer }, 'th'))).toContain(
    'ข้อมูลติดต่อของ TESDA (demonstration) (ฟิลิปปินส์): registrar@tesda.example',
  )
})

test('an issuer without a contact is said to have none, and the one of its authority stands beside it', () => {
  const page = pageOf('Not valid: revoked', { issuer: silent, authority })
  expect(textOf(page)).toContain('No contact is recorded for TESDA (demonstration) (Philippines).')
  expect(textOf(page)).toContain('Contact of PQF Council (demonstration) (Philippines): +1 202 555 0143')
  expect(linksOf(page)).toEqual(['tel:+12025550143'])
  const none = textOf(pageOf('Not valid: revoked', { issuer: silent, authority: silentAuthority }))
  expect(none).toContain('No contact is recorded for PQF Council (demonstration) (Philippines).')
})

test('the authority that suspended it is asked, and not the issuer', () => {
  const history: ResultValues['verification']['history'] = [
    { state: 'in-force', at: '2025-03-14T02:41:00Z' },
    { state: 'suspended', at: '2026-06-03T01:12:00Z', by: 'ph-pqf' },
  ]
  const verification = { ...verifications['Not valid today: suspended'], history }
  const values = aResult({ verification, offices: { issuer, authority, changer: authority } })
  expect(linksOf(resultPage(values, aContext()))).toEqual(['tel:+12025550143'])
})

test('of an issuer that is not authorised, the authority is asked, or the list of its state', () => {
  expect(linksOf(pageOf('Not valid: issuer not authorised', { issuer, authority }))).toEqual(['tel:+12025550143'])
  expect(pageOf('Not valid: issuer not authorised', { issuer })).toContain('href="/authorities?state=PH"')
})

test('of an issuer that nobody listed, the page leads to the authorities and their contacts', () => {
  const page = pageOf('Cannot say (unknown issuer)', undefined)
  expect(page).toContain('href="/authorities"')
  expect(textOf(page)).toContain('Authorities and their contacts')
  expect(linksOf(page)).toEqual([])
})

test('a contact without a safe form is text, with its direction kept in', () => {
  const contact = { text: 'javascript:alert(1) \u202e@example' }
  const page = pageOf('Not valid: revoked', { issuer: { ...issuer, contact } })
  expect(linksOf(page)).toEqual([])
  expect(page).toContain('<bdi>javascript:alert(1) \u202e@example</bdi>')
})

test('a valid certificate has nothing to ask', () => {
  expect(linksOf(pageOf('Valid', { issuer, authority }))).toEqual([])
})

test.each(Object.keys(verifications) as Heading[])(
  '%s: where the page says "below", a contact or the list that has it stands below, in each language',
  (heading) => {
    for (const [language, words] of [
      ['en', /Use the contact (?:below|in the list below)/],
      ['th', /ใช้ข้อมูลติดต่อ(?:ด้านล่าง|ในรายชื่อด้านล่าง)/],
    ] as const)
      for (const offices of [undefined, { issuer, authority }, { issuer: silent }]) {
        const page = pageOf(heading, offices, language).replaceAll(/<\/?span[^>]*>/g, '')
        const answered = words.exec(page)
        if (answered === null) continue
        const below = page.slice(answered.index)
        expect(below).toMatch(/href="(?:mailto:|\/issuers"|\/issuers\/ph-tesda"|\/authorities)/)
      }
  },
)
