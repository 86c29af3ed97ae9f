import { decodeQR, type FinderPoints } from 'qr/decode.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { aPicture } from '../../../test/support/pictures.ts'
import { aPaper } from './sample-paper.ts'
import { insidesOf, openForTest, textsOf } from './sample-reading.ts'
import { openTypesetter, type Typeset } from './typeset.ts'

let typeset: Typeset
beforeAll(() => {
  typeset = openTypesetter()
})

/** Pixels of the longer side of an A4 page at 150 dpi. */
const AT_150_DPI = Math.round((297 / 25.4) * 150)
const line = (text: string) => text.replace(/\s+/gu, ' ')

/** Reads the QR code of the first page at 150 dpi, with its outline. */
async function codeOn(bytes: Uint8Array) {
  const { width, height, data } = await (await openForTest(bytes)).render(0, AT_150_DPI)
  let found: FinderPoints | undefined
  const text = decodeQR({ width, height, data }, { timeLimit: 10_000, pointsOnDetect: (points) => (found = points) })
  const [first, second] = found?.bounds ?? []
  const millimetres = first && second && (Math.hypot(second.x - first.x, second.y - first.y) / 150) * 25.4
  return { text, millimetres }
}

describe('the file', () => {
  test('is PDF/A-3a: tagged, in a stated language, with the signed certificate as its source', async () => {
    const document = '{"type":["VerifiableCredential"],"name":"ស្រី"}'
    const bytes = typeset(aPaper({ document }))
    const insides = insidesOf(bytes)
    expect(insides).toMatch(/<pdfaid:part>3<\/pdfaid:part>/)
    expect(insides).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/)
    expect(insides).toMatch(/\/Marked true/)
    expect(insides).toMatch(/\/StructTreeRoot/)
    expect(insides).toMatch(/\/Lang \(en\)/)
    expect(insides).toMatch(/\/AFRelationship\s*\/Source/)
    const attachments = (await openForTest(bytes)).attachments()
    expect(attachments.map((one) => Buffer.from(one).toString('utf8'))).toEqual([document])
  })

  test('P007: the same certificate gives the same bytes, from another typesetter too', () => {
    const paper = aPaper()
    expect(Buffer.from(openTypesetter()(paper)).equals(typeset(paper))).toBe(true)
    const later = typeset(aPaper({ madeAt: new Date('2026-12-03T10:12:30Z') }))
    expect(Buffer.from(later).equals(typeset(paper))).toBe(false)
  })

  test('P007: says nothing of the person or the link besides its pages and its attachment', () => {
    const insides = insidesOf(typeset(aPaper({ holder: { name: 'Maria Santos' } })))
    const packet = /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(insides)?.[0] ?? ''
    expect(packet).toContain('Skills certificate')
    expect(packet).toContain('2026-12-02T10:12:30')
    expect(packet).not.toMatch(/Santos|4KX7|registry\.example|\/work|\/root|nowhere|Masonry/)
    expect([...insides.matchAll(/\/(?:Author|Subject|Keywords)\b/g)]).toEqual([])
    const links = [...insides.matchAll(/\/URI\s*\(([^)]*)\)/g)].map(([, uri]) => uri)
    expect(links).toEqual(['https://registry.example/v/4KX79QMB2TZ04KX79QMB2TZ0AB'])
  })
})

/** What an attacker may write where a name, a unit or a limit stands. */
const markup = [
  '#read("/etc/passwd")',
  '#image("http://169.254.169.254/x.png")',
  '#import "@preview/x:1.0.0"',
  '$ x $',
  ']',
  '\\',
  '<label>',
  '@ref',
  '#eval("1 + 1")',
  ')endobj',
  '/OpenAction',
  '*bold* _x_ = x',
]

test.each(markup)('P001, W021: %s is printed as typed, and does nothing', async (text) => {
  const bytes = typeset(
    aPaper({
      body: { bodyName: text, signatory: { name: text, title: text } },
      holder: { name: text, nativeName: text },
      facts: { issued: '2026-03-02', limits: text, centre: text },
      units: [{ code: text, title: text }],
    }),
  )
  const [first = '', second = ''] = await textsOf(bytes)
  // Lines may break within it.
  const times = (page: string) => page.replace(/\s/g, '').split(text.replaceAll(' ', '')).length - 1
  expect([times(first), times(second)]).toEqual([7, 3])
  expect(insidesOf(bytes)).not.toMatch(/\/(?:JS|JavaScript|OpenAction|AA|Launch|SubmitForm|GoToR|EmbeddedGoTo)\b/)
})

describe('the QR code', () => {
  test.each([
    ['short', 'https://a.example'],
    ['long', `https://${'registry.'.repeat(6)}ministry.example`],
  ])('of a %s address is read at 150 dpi, and has at least 30 mm', async (_, registry) => {
    const { text, millimetres } = await codeOn(typeset(aPaper({ registry })))
    expect(text).toBe(`${registry}/v/4KX79QMB2TZ04KX79QMB2TZ0AB`)
    expect(millimetres).toBeGreaterThanOrEqual(30)
  })
})

test('the QR code is read with a tenth of it covered, as level M or better allows', async () => {
  const { width, height, data } = await (await openForTest(typeset(aPaper()))).render(0, AT_150_DPI)
  let found: FinderPoints | undefined
  decodeQR({ width, height, data }, { timeLimit: 10_000, pointsOnDetect: (points) => (found = points) })
  const bounds = found?.bounds ?? []
  const [left, top] = [Math.min(...bounds.map(({ x }) => x)), Math.min(...bounds.map(({ y }) => y))]
  const side = Math.max(...bounds.map(({ x }) => x)) - left
  const stain = Math.sqrt(0.1) * side
  for (let y = Math.round(top + side * 0.4); y < top + side * 0.4 + stain; y += 1)
    data.fill(
      255,
      (y * width + Math.round(left + side * 0.35)) * 4,
      (y * width + Math.round(left + side * 0.35 + stain)) * 4,
    )
  expect(decodeQR({ width, height, data }, { timeLimit: 10_000 })).toContain('4KX79QMB2TZ04KX79QMB2TZ0AB')
})

test('says on the first page, in this order, by which body, to which person, for what, and how to check it', async () => {
  const [first = ''] = await textsOf(typeset(aPaper()))
  const parts = [
    'Maria Santos',
    'Pagmamason NC II',
    'Masonry NC II',
    'Dates and assessment',
    'Check this certificate',
    '4KX7 9QMB',
  ]
  const places = parts.map((part) => line(first).indexOf(part))
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  for (const part of [
    'Certificate number',
    'NC2-2026-000042',
    'Issued',
    'Valid until',
    'PQF level 2',
    'AQRF level 2',
    'Levels are comparable.',
  ])
    expect(line(first)).toContain(part)
})

test('says how to check it, with the code in groups and the address', async () => {
  const [first = ''] = await textsOf(typeset(aPaper()))
  expect(first).toContain('4KX7 9QMB 2TZ0 4KX7 9QMB 2TZ0 AB')
  expect(line(first)).toContain(
    'Check this certificate: scan the code, or open the address and type the code. registry.example',
  )
  expect(line(first)).toContain('This paper alone proves nothing.')
})

test('has the units on the second page, with the holder, the number and the code', async () => {
  const [first = '', second = ''] = await textsOf(typeset(aPaper()))
  expect(first).not.toContain('CON712300')
  for (const text of ['CON712300', 'Maria Santos', 'NC2-2026-000042', '4KX7 9QMB 2TZ0']) expect(second).toContain(text)
  expect(await textsOf(typeset(aPaper({ units: [] })))).toHaveLength(1)
})

test('a part says that it is a part, and a certificate without levels says so', async () => {
  const [first = ''] = await textsOf(typeset(aPaper({ isPart: true, levels: [] })))
  expect(first).toContain('was awarded units of')
  expect(first).toContain('This is a part. It is not the whole qualification.')
  expect(first).toContain('No framework level.')
})

test('has the logo and the signatory of the body, and neither where there is none', async () => {
  const signatory = { name: 'Somsri Prasert', title: 'Director General' }
  const whole = typeset(aPaper({ body: { bodyName: 'A body', logo: { png: aPicture() }, signatory } }))
  const [first = ''] = await textsOf(whole)
  expect(line(first)).toMatch(/Somsri Prasert Director General/)
  // The colour of the logo, which is the only picture of pixels.
  expect(insidesOf(whole)).toContain('\xc8\x1e\x1e'.repeat(32))
  expect(insidesOf(whole)).toMatch(/\/Subtype\s*\/Image/)
  const bare = typeset(aPaper({ body: { bodyName: 'A body' } }))
  expect(insidesOf(bare)).not.toMatch(/\/Subtype\s*\/Image/)
  expect((await textsOf(bare)).join()).not.toContain('Director')
})

test('a duplicate says so in English and in the language of the title, and a first print does not', async () => {
  const titles = [{ text: 'ช่างก่ออิฐ', language: 'th' }] as const
  const [duplicate = ''] = await textsOf(typeset(aPaper({ isDuplicate: true, titles })))
  expect(duplicate).toContain('DUPLICATE: this certificate was printed before')
  expect(duplicate.replace(/\s/gu, '')).toContain('ใบแทน')
  const [first = ''] = await textsOf(typeset(aPaper({ titles })))
  expect(first).not.toMatch(/DUPLICATE|ใบแทน/)
})

test('a demonstration says that it is a specimen, and a certificate does not', async () => {
  const [specimen = ''] = await textsOf(typeset(aPaper({ isSpecimen: true })))
  expect(specimen).toContain('SPECIMEN')
  const [certificate = ''] = await textsOf(typeset(aPaper({ isSpecimen: false })))
  expect(certificate).not.toContain('SPECIMEN')
})

test.each(['Maria 😀', '林美丽', '\u{1E900}'])('P009: no font has a character of %s, so no paper is made', (name) => {
  let fault: unknown
  try {
    typeset(aPaper({ holder: { name } }))
  } catch (error) {
    fault = error
  }
  expect(fault).toMatchObject({ name: 'PaperFault', code: 'character-not-printable' })
  expect(String((fault as Error).stack)).not.toContain(name)
})
