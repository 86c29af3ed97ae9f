import { expect, test } from 'vitest'
import { resultPage } from '../index.ts'
import { textOf } from '../test-text.ts'
import { aCertificate, aContext, aResult, aToken, aVerification, verifications } from '../test-values.ts'
import { showToken } from '../token.ts'

const cases = Object.entries(verifications)

const canaries = {
  name: 'CANARY-NAME',
  nativeName: 'CANARY-NATIVE',
  birthDate: '1901-02-03',
  registerNumber: 'CANARY-REGISTER',
  certificateNumber: 'CANARY-NUMBER',
  passport: 'CANARY-PASSPORT',
  signatory: 'CANARY-SIGNATORY',
  assessor: 'CANARY-ASSESSOR',
  id: 'urn:uuid:11111111-canary',
  holderId: 'urn:uuid:22222222-canary',
  file: 'CANARY-FILE.json',
}
const secret = aCertificate({
  id: canaries.id,
  holder: {
    id: canaries.holderId,
    name: canaries.name,
    nativeName: canaries.nativeName,
    birthDate: canaries.birthDate,
    registerNumber: canaries.registerNumber,
  },
  certificateNumber: canaries.certificateNumber,
  signatory: { name: canaries.signatory, position: 'CANARY-POSITION' },
  assessor: canaries.assessor,
  centre: { id: 'https://sijil.example/centres/canary', name: 'CANARY-CENTRE' },
  qualification: { ...aCertificate().qualification, limits: 'CANARY-LIMITS' },
  route: 'CANARY-ROUTE',
  method: 'CANARY-METHOD',
})

test.each(cases)('I46: while the name is hidden, the page holds nothing about the person: %s', (_, verification) => {
  const values = aResult({
    verification: { ...verification, certificate: secret },
    passportName: canaries.passport,
    fileName: canaries.file,
  })
  const document = resultPage(values, aContext())
  expect(document.toLowerCase()).not.toContain('canary')
  expect(document).not.toContain('1901')
})

test('D-02: a shown name stands as printed, but not in the title, and each number has a label', () => {
  const values = aResult({
    verification: aVerification({ certificate: secret }),
    person: 'shown',
    passportName: canaries.passport,
  })
  const document = resultPage(values, aContext())
  for (const shown of [
    'CANARY-NAME',
    'CANARY-NATIVE',
    'CANARY-REGISTER',
    'CANARY-NUMBER',
    'CANARY-PASSPORT',
    'CANARY-CENTRE',
    'CANARY-LIMITS',
    'CANARY-ROUTE',
    'CANARY-METHOD',
    '3 Feb 1901',
  ])
    expect(document).toContain(shown)
  for (const [label, value] of [
    ['Certificate number', 'CANARY-NUMBER'],
    ['Number in the public register', 'CANARY-REGISTER'],
  ])
    expect(textOf(document)).toContain(`${label}${value}`)
  expect(/<title>.*<\/title>/.exec(document)?.[0]).not.toContain('CANARY')
  expect(document).not.toContain(canaries.id)
  expect(document).not.toContain(canaries.holderId)
})

test.each([
  [
    'en',
    'Limits of scopeThere are some. They are shown with the name.',
    'Method: another method',
    'Route: another route',
  ],
  ['th', 'มีข้อจำกัด ซึ่งจะแสดงพร้อมชื่อ', 'วิธี: วิธีอื่น', 'เส้นทาง: เส้นทางอื่น'],
] as const)('with the name hidden, limits and another method are mentioned in %s', (language, ...words) => {
  const verification = aVerification({ certificate: secret })
  const text = textOf(resultPage(aResult({ verification }), aContext({ language })))
  for (const word of words) expect(text).toContain(word)
  const plain = textOf(resultPage(aResult(), aContext({ language })))
  expect(plain).not.toContain(words[0])
})

test.each([
  ['en', 'Method: written test.', 'Route: training.'],
  ['th', 'วิธี: การทดสอบข้อเขียน', 'เส้นทาง: การฝึกอบรม'],
] as const)('a listed way of assessment is named in %s, whether the name is hidden or shown', (language, ...words) => {
  const verification = aVerification({ certificate: aCertificate({ route: 'Training', method: 'Written test' }) })
  for (const person of ['hidden', 'shown'] as const) {
    const text = textOf(resultPage(aResult({ verification, person }), aContext({ language })))
    for (const word of words) expect(text).toContain(word)
  }
})

test('a change that is known only by its day has no time on the page', () => {
  const history = [{ state: 'in-force', at: '2025-03-14' } as const]
  const text = textOf(resultPage(aResult({ verification: aVerification({ history }) }), aContext()))
  expect(text).toMatch(/Its record here\s*Issued14 Mar 2025(?!,)/)
})

test('a plain POST asks for the name, and only then does the page offer the document', () => {
  const hidden = resultPage(aResult(), aContext())
  const shown = resultPage(aResult({ person: 'shown' }), aContext())
  expect(hidden).toContain(`method="post" action="/v/${aToken}?host=MY"`)
  expect(textOf(hidden)).toContain('Show the name')
  expect(hidden).not.toContain('name="format"')
  expect(shown).toContain('name="format" value="json"')
  expect(textOf(shown)).not.toContain('Show the name')
})

test('the name keeps the chosen country, the country keeps the name, and no address holds anything about the person', () => {
  const pickerOf = (document: string) => /<form class="noprint mt2" ([^>]*)>/.exec(document)?.[1]
  const hidden = resultPage(aResult(), aContext())
  expect(pickerOf(hidden)).toBe(`method="get" action="/v/${aToken}#levels"`)
  const values = aResult({ person: 'shown', verification: aVerification({ certificate: secret }) })
  const shown = resultPage(values, aContext({ language: 'th', languageChosen: true }))
  expect(pickerOf(shown)).toBe(`method="post" action="/v/${aToken}?lang=th#levels"`)
  // Without a `lang` field, because the answer to a POST does not read one.
  expect(shown).not.toContain('name="lang"')
  expect(shown).toContain('<option value="MY" selected>')
  const addresses = [...shown.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, address]) => address)
  expect(addresses.length).toBeGreaterThan(10)
  expect(addresses.join().toLowerCase()).not.toContain('canary')
})

test('the print of a link page has its code, even without the name; a file has none', () => {
  for (const person of ['hidden', 'shown'] as const) {
    const document = resultPage(aResult({ person }), aContext())
    expect(document).toContain(showToken(aToken))
    expect(/<section class="linkcode( inprint)?">/.exec(document)?.[1]).toBe(
      person === 'hidden' ? ' inprint' : undefined,
    )
    expect(document.includes('This paper does not say whose certificate it is')).toBe(person === 'hidden')
  }
  expect(resultPage(aResult({ person: 'shown', token: undefined }), aContext())).not.toContain('linkcode')
})
