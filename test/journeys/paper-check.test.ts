import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import type { Paper } from '@sijil/paper'
import { openTypesetter, type Typeset } from '@sijil/paper/typeset'
import { encodeQR } from 'qr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPaper } from '../../packages/paper/src/sample-paper.ts'
import { openForTest } from '../../packages/paper/src/sample-reading.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'

let registry: OpenRegistry
let typeset: Typeset
beforeAll(async () => {
  registry = await openRegistry()
  typeset = openTypesetter()
})
afterAll(() => registry.close())

const HOLDER = 'AMINAH BINTI EXAMPLE'
const tokenOf = (name: string) =>
  String(registry.demonstration.certificates.find((one) => one.case === name)?.link).slice(-26)

/** A paper that anybody could make: with this attachment, this code, and whatever print. */
async function forged(attached: string | undefined, changes: Partial<Paper> = {}): Promise<Uint8Array> {
  const document = attached === undefined ? '{}' : JSON.stringify(await registry.document(attached))
  return typeset(aPaper({ document, registry: registry.baseUrl, token: tokenOf('signed-aqrf-level'), ...changes }))
}

async function check(bytes: Uint8Array, { accept = 'text/html', field = 'document' } = {}) {
  const form = new FormData()
  form.set(field, new Blob([bytes.slice()]), 'paper')
  const answer = await fetch(`${registry.baseUrl}/check`, {
    method: 'POST',
    body: form,
    headers: { accept },
    redirect: 'manual',
  })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
/** The page after "Show the name" was pressed. */
const shownAt = (address: string) =>
  registry.ask(address, {
    body: 'host=',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
  })
const json = { accept: 'application/json' }

/** A picture of the first page, as PNG. */
async function pictureOf(pdf: Uint8Array): Promise<Uint8Array> {
  const { width, height, data } = await (await openForTest(pdf)).render(0, 1_754)
  const rows = Buffer.alloc(height * (1 + width * 4))
  for (let y = 0; y < height; y += 1)
    rows.set(data.subarray(y * width * 4, (y + 1) * width * 4), y * (1 + width * 4) + 1)
  return png(width, height, 6, rows)
}

/** A PNG of these rows. */
const png = (width: number, height: number, type: number, rows: Uint8Array): Uint8Array =>
  pngOf(width, height, type, deflateSync(rows))

function pngOf(width: number, height: number, type: number, deflated: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, type, 0, 0, 0], 8)
  const chunk = (name: string, content: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    // The reader looks at no checksum.
    return Buffer.concat([length, Buffer.from(name), content, Buffer.alloc(4)])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflated), chunk('IEND', Buffer.alloc(0))])
}

describe('a paper of ours at /check', () => {
  test('R-003: leads to the verdict of its link, and the page says to compare it with the paper', async () => {
    const answer = await fetch(`${registry.baseUrl}/v/${tokenOf('signed-aqrf-level')}/paper`, { method: 'POST' })
    const found = await check(new Uint8Array(await answer.arrayBuffer()))
    const address = `/v/${tokenOf('signed-aqrf-level')}?from=paper`
    expect([found.status, found.headers.get('location')]).toEqual([303, address])
    const page = await registry.ask(address, { headers: { accept: 'text/html' } })
    expect(page.text).toContain('Compare this with the paper')
    expect(page.text).toContain('Show the name. Then compare')
    expect(page.text).not.toContain(HOLDER)
    const shown = await shownAt(address)
    expect(shown.text).toContain(HOLDER)
    expect(shown.text).toContain('If one of them differs, the paper is false.')
  })

  test('a program gets the verdict of the attached certificate, and what the paper carries', async () => {
    const { status, text } = await check(await forged('signed-aqrf-level'), json)
    expect([status, JSON.parse(text)]).toMatchObject([200, { verdict: 'valid', paper: { carries: 'link' } }])
  })

  test('a photograph of the whole page leads there as well, from either field of the form', async () => {
    const picture = await pictureOf(await forged('signed-aqrf-level'))
    for (const field of ['document', 'photo']) {
      const { status, headers } = await check(picture, { field })
      expect([status, headers.get('location')]).toEqual([303, `/v/${tokenOf('signed-aqrf-level')}?from=paper`])
    }
  })
})

test('P002, I62: the print around a genuine attachment and a genuine code is never called genuine', async () => {
  const paper = await forged('signed-aqrf-level', {
    holder: { name: 'SOMEBODY ELSE' },
    levels: [{ name: 'Level 4 of 4', citation: 'nothing' }],
  })
  const { headers } = await check(paper)
  const page = await shownAt(String(headers.get('location')))
  expect(page.text).toContain('not about the paper')
  expect(page.text).toContain(HOLDER)
  expect(page.text).not.toMatch(/SOMEBODY ELSE|Level 4 of 4/)
})

describe('P003: a paper whose parts disagree', () => {
  const own = () => registry.baseUrl
  const host = () => new URL(own()).host
  // The token stands at the end of each address that the typesetter makes of these.
  const addresses: [string, () => string, string][] = [
    ['a look-alike host', () => 'https://sij1l.example', 'https://sij1l.example/v/'],
    ['a longer host', () => `http://${host().replace(':', '-')}.evil.example`, '.evil.example/v/'],
    ['another scheme', () => own().replace('http:', 'https:'), 'https://'],
  ]
  test.each(addresses)(
    'a code that leads to %s is named, is not followed, and leads the page',
    async (_, address, shown) => {
      const paper = await forged('signed-aqrf-level', { registry: address() })
      const { status, text } = await check(paper)
      expect(status).toBe(200)
      expect(text).toMatch(/<h1 id="v">The paper contradicts itself<\/h1>/)
      expect(text).toContain('is no link to a certificate of this registry, so we did not open it')
      expect(text).toContain(shown)
      expect(text).not.toMatch(/href="[^"]*(?:evil|sij1l)|<h1[^>]*>Valid/)
      expect(text).not.toContain(HOLDER)
      const answer = JSON.parse((await check(paper, json)).text)
      expect(answer).toMatchObject({
        verdict: 'valid',
        paper: { carries: 'contradiction', attached: 1, findings: [{ code: 'elsewhere' }] },
      })
    },
  )

  test('a code that opens another certificate is the answer, with the link of that one', async () => {
    const { status, text } = await check(await forged('in-force'))
    expect(status).toBe(200)
    expect(text).toContain('A code on the paper opens another certificate')
    const other = `/v/${tokenOf('signed-aqrf-level')}?from=contradiction`
    expect(text).toContain(`href="${other}"`)
    // The answer about the attached certificate is no heading, and stands after what it is about.
    expect(text).toMatch(
      /The certificate that is attached to the file.*about the attached certificate alone.*<p>The answer about this certificate, by itself: Valid\.<\/p>/s,
    )
    expect(text).not.toMatch(/<(?:h\d|b|strong)[^>]*>Valid/)
    // The reader who goes on to that certificate still reads what the paper is worth, also after the name is shown.
    const followed = await registry.ask(other, { headers: { accept: 'text/html' } })
    for (const page of [followed, await shownAt(other)]) {
      expect(page.text).toContain('Do not rely on that paper, whatever this page says')
      expect(page.text).not.toContain('letter by letter')
    }
    expect(followed.text).toContain(`action="${other}`)
    const inThai = await fetch(`${registry.baseUrl}/check?lang=th`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: await (async () => {
        const form = new FormData()
        form.set('document', new Blob([(await forged('in-force')).slice()]), 'x')
        return form
      })(),
    })
    expect((await inThai.text()).replace(/<[^>]+>/g, '')).toContain('ข้อมูลในกระดาษขัดแย้งกันเอง')
  })

  test('E203: a code that opens nothing is the answer', async () => {
    const { text } = await check(await forged('in-force', { token: '0'.repeat(26) }))
    expect(text).toContain('opens no certificate')
    expect(text).toContain('The paper contradicts itself')
  })

  test('two codes are both looked at and named, whichever stands first', async () => {
    const linkOf = (name: string) => `${own()}/v/${tokenOf(name)}`
    const picture = await pictureOfCodes([linkOf('in-force'), 'https://evil.example/v/x'])
    const { text } = await check(picture)
    expect(text).toContain('https://evil.example/v/x')
    expect(text).toContain('The paper contradicts itself')
    const both = await check(await pictureOfCodes(['in-force', 'signed-aqrf-level'].map(linkOf)))
    for (const name of ['in-force', 'signed-aqrf-level'])
      expect(both.text).toContain(`href="/v/${tokenOf(name)}?from=contradiction"`)
    expect(both.text).toContain('opens this certificate')
    expect(text).not.toMatch(/href="[^"]*evil/)
  })
})

/** A white picture with these QR codes side by side. */
async function pictureOfCodes(texts: readonly string[]): Promise<Uint8Array> {
  const [module, side] = [8, 700]
  const width = side * texts.length
  const rows = Buffer.alloc(side * (1 + width), 255)
  for (let y = 0; y < side; y += 1) rows[y * (1 + width)] = 0
  for (const [at, text] of texts.entries())
    for (const [y, row] of encodeQR(text, 'raw', { ecc: 'medium', border: 4 }).entries())
      for (const [x, dark] of row.entries())
        if (dark)
          for (let dy = 0; dy < module; dy += 1)
            rows.fill(
              0,
              (60 + y * module + dy) * (1 + width) + 1 + at * side + 60 + x * module,
              (60 + y * module + dy) * (1 + width) + 1 + at * side + 60 + (x + 1) * module,
            )
  return png(width, side, 0, rows)
}

test('a file without a certificate and without a code gets the form back', async () => {
  const white = png(200, 200, 0, Buffer.from(Array.from({ length: 200 * 201 }, (_, at) => (at % 201 === 0 ? 0 : 255))))
  const { status, text } = await check(white)
  expect(status).toBe(422)
  expect(text).toContain('There is no certificate and no QR code in this file.')
  const answer = JSON.parse((await check(white, json)).text)
  expect(answer.errors).toMatchObject([{ pointer: '/document' }])
})

/** A PDF of these objects, without a table of them. */
function pdf(objects: Readonly<Record<number, string | { dictionary: string; bytes: Uint8Array }>>): Uint8Array {
  const parts = Object.entries(objects).map(([number, content]) =>
    typeof content === 'string'
      ? Buffer.from(`${number} 0 obj ${content} endobj\n`)
      : Buffer.concat([
          Buffer.from(`${number} 0 obj << ${content.dictionary} /Length ${content.bytes.length} >> stream\n`),
          content.bytes,
          Buffer.from('\nendstream endobj\n'),
        ]),
  )
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, Buffer.from('trailer << /Root 1 0 R >>\n%%EOF')])
}
/** What `deflateSync` makes of 400 MB of zeros, a block repeated instead of compressed again. */
function deflatedZeros(): Buffer {
  const [blocks, size] = [400, 1e6]
  const block = deflateRawSync(Buffer.alloc(size), { finishFlush: constants.Z_FULL_FLUSH })
  const adler = Buffer.alloc(4)
  adler.writeUInt16BE((blocks * size) % 65_521)
  adler.writeUInt16BE(1, 2)
  return Buffer.concat([Buffer.of(0x78, 0x9c), ...Array.from({ length: blocks }, () => block), Buffer.of(3, 0), adler])
}
const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>'
const onePage = { 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', 3: page }
const bombs: [string, () => Uint8Array][] = [
  ['Flate of 400 MB', () => pdf({ ...onePage, 4: { dictionary: '/Filter /FlateDecode', bytes: deflatedZeros() } })],
  [
    'Flate in Flate',
    () =>
      pdf({
        ...onePage,
        4: { dictionary: '/Filter [/FlateDecode /FlateDecode]', bytes: deflateSync(deflateSync(Buffer.alloc(4e8))) },
      }),
  ],
  [
    'millions of lines',
    () =>
      pdf({
        ...onePage,
        4: {
          dictionary: '/Filter /FlateDecode',
          bytes: deflateSync(Buffer.from('0 0 m 600 800 l 9 700 l S '.repeat(2e6))),
        },
      }),
  ],
  [
    'pages that contain themselves',
    () => pdf({ 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>' }),
  ],
  ['objects that name each other', () => pdf({ 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: '3 0 R', 3: '2 0 R' })],
  ['a page of a thousand kilometres', () => pdf({ ...onePage, 3: page.replace('600 800', '1e9 1e-9') })],
  ['a picture of 65,535 by 65,535', () => png(65_535, 65_535, 0, Buffer.alloc(10))],
  ['a picture that inflates to 400 MB', () => pngOf(4_000, 4_000, 2, deflatedZeros())],
  ['nothing but a beginning', () => Buffer.from('%PDF-1.7')],
  ['GIF', () => Buffer.from('GIF89a'.padEnd(400, '\0'))],
  ['HEIC', () => Buffer.from('\0\0\0\x18ftypheic'.padEnd(400, '\0'))],
  ['AVIF', () => Buffer.from('\0\0\0\x18ftypavif'.padEnd(400, '\0'))],
  ['WebP', () => Buffer.from('RIFF0000WEBPVP8L'.padEnd(400, '\0'))],
  ['JPEG 2000', () => Buffer.from('\0\0\0\x0cjP  '.padEnd(400, '\0'))],
]
test.each(bombs)('P005, I10: %s is refused with the form, and the registry goes on', async (_, make) => {
  const { status, text } = await check(make(), json)
  expect([status, JSON.parse(text).type]).toEqual([422, `${registry.baseUrl}/problems/validation-failed`])
  expect((await registry.ask('/healthz')).status).toBe(200)
})

test('I47: nothing of a file is in the log, and nothing is asked of another host', async () => {
  const { text } = await check(Buffer.from('%PDF-1.7 /Name (SECRET PERSON)'), json)
  expect(text).not.toContain('SECRET')
})
