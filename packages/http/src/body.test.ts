import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { day, identifier, instant, text } from './pieces.ts'
import { route } from './route.ts'
import { anApi, baseUrl, json } from './test-exchange.ts'
import { upload } from './upload.ts'

const strict = z.strictObject({
  credential: z.unknown(),
  count: z.int().max(5).optional(),
  word: z
    .string()
    .refine((value) => value === 'right', { error: (issue) => `not ${issue.input}` })
    .optional(),
})
const echo = anApi({
  'POST /verify': route({ input: strict, answer: ({ input, text }) => ({ status: 200, body: { input, text } }) }),
})
const verify = (body: string | Uint8Array, headers: Record<string, string> = json) =>
  echo.send('POST /verify', { body, headers })
const type = (code: string) => `${baseUrl}/problems/${code}`

describe('a JSON body', () => {
  test('reaches the answer parsed, and also as it was sent', async () => {
    const text = ' {"credential": {"id": 1.0}}'
    expect(await verify(text)).toMatchObject({ status: 200, body: { input: { credential: { id: 1 } }, text } })
  })

  test('that is a list of another registry may have 4 MiB, and is refused if it is nested too deeply', async () => {
    const api = anApi({ 'POST /verify': route({ body: 'list', answer: () => ({ status: 204 }) }) })
    const send = async (body: string) => (await api.send('POST /verify', { headers: json, body })).status
    const ofBytes = (size: number) => `{"bundle":"${'x'.repeat(size - 13)}"}`
    expect(await send(ofBytes(4 * 1024 * 1024))).toBe(204)
    expect(await send(ofBytes(4 * 1024 * 1024 + 1))).toBe(413)
    expect(await send(`{"bundle":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)).toBe(422)
  })

  test('V104: may have 65,536 bytes and not one more, with characters of one byte or three, plain or in base64', async () => {
    const ofBytes = (size: number) => `{"credential":"${'x'.repeat(size - 17)}"}`
    const thai = `{"credential":"${'ก'.repeat(21_840)}"}`
    expect((await verify(ofBytes(65_536))).status).toBe(200)
    expect((await verify(Buffer.from(ofBytes(65_536)))).status).toBe(200)
    for (const body of [ofBytes(65_537), Buffer.from(ofBytes(65_537)), thai, 'x'.repeat(6_000_000)])
      expect(await verify(body)).toMatchObject({ status: 413, body: { type: type('payload-too-large') } })
  })

  test('V104: is checked for its size before its type', async () => {
    expect((await verify('x'.repeat(70_000), { 'content-type': 'text/plain' })).status).toBe(413)
  })

  test.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/json;charset=utf-16',
    'application/json; charset=utf-8; profile=x',
    'application/json, text/plain',
    'application/ld+json',
    '',
  ])('V108: is refused with the content type "%s"', async (contentType) => {
    expect(await verify('{}', contentType === '' ? {} : { 'content-type': contentType })).toMatchObject({
      status: 415,
      body: { type: type('unsupported-media-type') },
    })
  })

  test.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is read with the content type "%s"',
    async (contentType) => {
      expect((await verify('{"credential":1}', { 'Content-Type': contentType })).status).toBe(200)
    },
  )

  test.each(['gzip', 'br', 'deflate', 'identity'])('V109: is refused with Content-Encoding %s', async (encoding) => {
    expect((await verify('{}', { ...json, 'content-encoding': encoding })).status).toBe(415)
  })

  test.each([
    ['broken', '{"credential":'],
    ['empty', ''],
    ['with a byte order mark', '\ufeff{"credential":1}'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['V101: with two members of one name', '{"credential":1,"credential":2}'],
  ])('that is %s is malformed-json', async (_, body) => {
    expect(await verify(body)).toMatchObject({ status: 400, body: { type: type('malformed-json') } })
  })

  test.each([
    ['{', 'not JSON'],
    ['{"__proto__":{}}', 'a member is named __proto__'],
    ['{"a":1,"a":2}', 'a member is repeated'],
    ['{"a":"\\ud800"}', 'a lone surrogate'],
  ])('gets a detail that says what is wrong: %s', async (text, given) => {
    expect(await verify(text)).toMatchObject({ status: 400, body: { detail: `The body is refused: ${given}.` } })
  })

  test('that is absent counts as an empty object, and each missing member is a fault', async () => {
    const api = anApi({
      'POST /verify': route({ input: z.strictObject({ a: z.string().optional() }), answer: () => ({ status: 204 }) }),
    })
    expect((await api.send('POST /verify')).status).toBe(204)
    expect((await api.send('POST /verify', { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
    const needing = anApi({
      'POST /verify': route({ input: z.strictObject({ day }), answer: () => ({ status: 204 }) }),
    })
    expect(await needing.send('POST /verify')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/day', detail: 'is missing' }] },
    })
  })

  test('V103: that is nested 5,000 deep is refused as too complex, and is no internal error', async () => {
    const body = `{"credential":${'['.repeat(5_000)}${']'.repeat(5_000)}}`
    expect(await verify(body)).toMatchObject({ status: 422, body: { type: type('document-too-complex') } })
  })

  test('V119: with an unknown member gets a pointer to it', async () => {
    const { status, body } = await verify('{"credential":1,"options":{"skipStatus":true}}')
    expect(status).toBe(422)
    expect(body).toEqual({
      type: type('validation-failed'),
      title: 'The request does not have the expected form',
      status: 422,
      detail: 'The body does not have the expected form.',
      errors: [{ pointer: '/options', detail: 'unknown member: leave it out', reason: 'unknown-member' }],
    })
  })

  test('I48: is repeated by no fault, even if the message of a schema repeats it or a member is named after a person', async () => {
    const { text } = await verify('{"count":"Siti Aminah","word":"Siti Aminah","Siti Aminah":1}')
    expect(JSON.parse(text).errors).toHaveLength(4)
    expect(text).not.toContain('Siti')
  })

  test('gets faults in our own words if a schema has none, and never in the words of a library', async () => {
    const shape = {
      list: z.array(z.string()).min(1),
      longer: z.array(z.string()).max(2),
      text: z.string().min(3),
      kind: z.enum(['a', 'b']),
      one: z.literal('x'),
      on: z.boolean(),
      size: z.int().max(9),
      day: z.iso.date(),
      either: z.union([z.literal(1), z.object({ y: z.string() })]),
    }
    const api = anApi({ 'POST /verify': route({ input: z.strictObject(shape), answer: () => ({ status: 204 }) }) })
    const sent = {
      list: [],
      longer: ['', '', ''],
      text: '',
      kind: 'c',
      one: 1,
      on: 'yes',
      size: 10,
      day: 'x',
      either: 2,
    }
    const { body } = await api.send('POST /verify', { headers: json, body: JSON.stringify(sent) })
    expect((body as unknown as { errors: { detail: string }[] }).errors.map(({ detail }) => detail)).toEqual([
      'must not be empty',
      'must have at most 2 items',
      'must have at least 3 characters',
      'must be one of a, b',
      'must be x',
      'must be true or false',
      'must be at most 9',
      'does not have the expected form',
      'does not have any of the allowed forms',
    ])
  })

  test('gets faults that name the allowed values, even if the sent text is a part of one', async () => {
    const shape = { reason: z.enum(['issued-in-error', 'obtained-by-fraud']), on: z.boolean(), day }
    const api = anApi({ 'POST /verify': route({ input: z.strictObject(shape), answer: () => ({ status: 204 }) }) })
    const sent = { reason: 'fraud', on: 'true', day: 'YYYY-MM-DD' }
    const { body } = await api.send('POST /verify', { headers: json, body: JSON.stringify(sent) })
    expect(body).toMatchObject({
      errors: [
        { pointer: '/reason', detail: 'must be one of issued-in-error, obtained-by-fraud' },
        { pointer: '/on', detail: 'must be true or false' },
        { pointer: '/day', detail: 'must be a day of the calendar, YYYY-MM-DD' },
      ],
    })
  })

  test.each([
    ['text', text(9)],
    ['an identifier', identifier],
    ['a day', day],
    ['a moment', instant],
  ])('without %s gets the fault "is missing"', async (_, member) => {
    const api = anApi({
      'POST /verify': route({ input: z.strictObject({ member }), answer: () => ({ status: 204 }) }),
    })
    const { body } = await api.send('POST /verify', { headers: json, body: '{}' })
    expect(body).toMatchObject({ errors: [{ pointer: '/member', detail: 'is missing' }] })
  })

  test('without a member whose name has a slash gets the fault "is missing"', async () => {
    const deps = anApi({
      'POST /verify': route({ input: z.strictObject({ 'a/b': z.string() }), answer: () => ({ status: 204 }) }),
    })
    const { body } = await deps.send('POST /verify', { headers: json, body: '{}' })
    expect(body).toMatchObject({ errors: [{ detail: 'is missing' }] })
  })
})

describe('a form', () => {
  const input = z.strictObject({ code: z.string().optional(), file: z.optional(upload) })
  const form = anApi({
    'POST /check': route({
      body: 'multipart',
      input,
      answer: ({ input: { code, file } }) => ({
        status: 200,
        body: { code, size: file?.bytes.length, type: file?.type },
      }),
    }),
  })
  const multipart = async (build: (form: FormData) => void) => {
    const content = new FormData()
    build(content)
    const sent = new Response(content)
    return form.send('POST /check', {
      headers: { 'content-type': sent.headers.get('content-type') ?? '' },
      body: await sent.bytes(),
    })
  }

  test('without a file is read in the type that browsers send, without its empty fields', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await form.send('POST /check', { headers, body: 'code=AB+1' })).body).toEqual({ code: 'AB 1' })
    expect((await form.send('POST /check', { headers, body: 'code=' })).body).toEqual({})
    expect((await form.send('POST /check')).body).toEqual({})
  })

  test('may carry one file with any bytes', async () => {
    const bytes = new Uint8Array([0, 255, 13, 10, 45, 45])
    const answer = await multipart((content) =>
      content.set('file', new File([bytes], 'siti.png', { type: 'image/png' })),
    )
    expect(answer.body).toEqual({ size: 6, type: 'image/png' })
  })

  test('with an empty file input has no file', async () => {
    expect((await multipart((content) => content.set('file', new File([], '')))).body).toEqual({})
  })

  test.each([
    ['a repeated field', [new File([], 'a'), new File([], 'a')].map((file) => ['code', file] as const)],
    ['two files', ['file', 'second'].map((name) => [name, new File(['1'], 'a')] as const)],
  ])('with %s is refused', async (_, parts) => {
    const build = (content: FormData) => {
      for (const [name, file] of parts) content.append(name, file)
    }
    expect(await multipart(build)).toMatchObject({ status: 400, body: { type: type('validation-failed') } })
  })

  test('that is broken is refused', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await form.send('POST /check', { headers, body: '--y\r\n\r\n' })).status).toBe(400)
    expect(
      (await form.send('POST /check', { headers: { 'content-type': 'multipart/form-data' }, body: 'x' })).status,
    ).toBe(400)
  })

  test('has the same limit of size as any body', async () => {
    const ofBytes = (size: number) =>
      multipart((content) => {
        content.set('code', 'x'.repeat(500))
        content.set('file', new File(['x'.repeat(size)], 'a'))
      })
    // The limit is for the file: the boundaries and headers that a browser adds do not count.
    expect((await ofBytes(65_536)).status).toBe(200)
    expect((await ofBytes(65_537)).status).toBe(413)
    expect((await ofBytes(100_000)).status).toBe(413)
  })
})

test('a route without a body refuses a request that has one', async () => {
  expect((await anApi().send('POST /verify', { headers: json, body: '{}' })).status).toBe(415)
})
