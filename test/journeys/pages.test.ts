import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, officerOf, pathOf, problemOf, TESDA } from './certificate.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const linkOf = (name: string) => String(registry.demonstration.certificates.find((one) => one.case === name)?.link)
const asBrowser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const languageOf = (text: string) => /<html[^>]* lang="([^"]+)"/.exec(text)?.[1]
/** Sends the form of the home page. */
const check = (fields: Record<string, string>, headers: Record<string, string> = asBrowser) =>
  registry.ask('/check', {
    body: new URLSearchParams(fields).toString(),
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  })
/** The day and the qualification that the document itself states. */
const wholeOf = (document: object) => {
  const { validFrom, credentialSubject } = document as {
    validFrom: string
    credentialSubject: { achievement: { id: string } }
  }
  return { validFrom, qualification: credentialSubject.achievement.id.split('/').at(-1) }
}
async function checkFile(
  bytes: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = asBrowser,
  field = 'document',
) {
  const form = new FormData()
  form.set(field, new Blob([bytes]), 'certificate.json')
  const response = await fetch(`${registry.baseUrl}/check`, { method: 'POST', body: form, headers, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Each address answers people with a page and programs with JSON. The row says which words and members must be there. */
const addresses = [
  ['/', 'Sijil', { name: 'Sijil' }],
  ['/issuers', 'demonstration', { issuers: expect.any(Array) }],
  [`/issuers/${TESDA}`, 'Technical Education', { issuer: { id: TESDA } }],
  ['/qualifications/ph-masonry-nc2', 'Masonry NC II', { id: 'ph-masonry-nc2', title: 'Masonry NC II' }],
  ['/frameworks/PQF', 'Philippine', { id: 'PQF' }],
  ['/states', 'Skills systems', { states: expect.any(Array) }],
  ['/states/PH', 'Technical Education', { state: 'PH', bodies: expect.any(Array) }],
  ['/states/compare', 'side by side', { states: expect.any(Array) }],
  ['/states/compare?one=ID&other=MY', 'Malaysian Qualifications', { one: { state: 'ID' }, other: { state: 'MY' } }],
  ['/problems/revoked', 'revoked', { code: 'revoked' }],
  ['/problems/idempotency-key-missing', 'Idempotency-Key', { code: 'idempotency-key-missing' }],
] as const

describe.each(addresses)('%s', (path, words, json) => {
  test('is a page for people', async () => {
    const page = await registry.ask(path, { headers: asBrowser })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text).toContain(words)
    expect(page.text).toMatch(/^<!doctype html>/i)
  })

  test('is JSON for programs, which ask for it by name', async () => {
    for (const accept of ['application/json', 'application/json, */*']) {
      const answer = await registry.ask(path, { headers: { accept } })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toMatch(/^application\/(.+\+)?json/)
      expect(answer.json()).toMatchObject(json)
    }
  })

  test('I42: loads nothing from another origin', async () => {
    const { headers, text } = await registry.ask(path, { headers: asBrowser })
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(text).not.toMatch(/ on\w+="|<script>|style="|javascript:/)
  })
})

describe('the language', () => {
  test('is the chosen one, else that of the browser, else English', async () => {
    const spoken = async (path: string, accepted?: string) =>
      languageOf(
        (await registry.ask(path, { headers: { ...asBrowser, ...(accepted && { 'accept-language': accepted }) } }))
          .text,
      )
    expect(await spoken('/')).toBe('en')
    expect(await spoken('/', 'th-TH,th;q=0.9,en;q=0.5')).toBe('th')
    expect(await spoken('/', 'fi')).toBe('en')
    expect(await spoken('/?lang=th', 'en')).toBe('th')
    expect(await spoken('/?lang=en', 'th')).toBe('en')
    expect(await spoken('/?lang=../../etc', 'th')).toBe('th')
  })

  test('can be changed without losing the day, the filters and the host country', async () => {
    for (const path of [
      `/issuers/${TESDA}?as-of=2026-01-05&qualification=ph-masonry-nc2`,
      '/issuers?state=PH&standing=authorised',
      '/changes?kind=keys',
      '/authorities?state=PH',
      '/states/compare?one=ID&other=MY',
      `${pathOf({ link: linkOf('in-force') })}?host=MY`,
    ]) {
      const { text } = await registry.ask(path, { headers: asBrowser })
      expect(text).toContain(`href="${path.replaceAll('&', '&amp;')}&amp;lang=th"`)
    }
  })

  test('changes no verdict', async () => {
    const [english, thai] = await Promise.all(
      ['en', 'th'].map((lang) =>
        registry.ask(`${pathOf({ link: linkOf('revoked') })}?lang=${lang}`, { headers: asBrowser }),
      ),
    )
    expect([languageOf(String(english?.text)), languageOf(String(thai?.text))]).toEqual(['en', 'th'])
    const json = await registry.ask(`${pathOf({ link: linkOf('revoked') })}?lang=th`)
    expect(json.json().verdict).toBe('invalid')
  })
})

test('I46: the centre of assessment is shown with the name, and not before', async () => {
  const centre = 'demo-ph-centre-taguig'
  const { link } = await officerOf(registry, TESDA).issue(aBricklayer('CENTRE-1', { centre: { id: centre } }))
  for (const headers of [asBrowser, { accept: 'application/json' }]) {
    const [before, after] = await Promise.all([
      registry.ask(pathOf({ link }), { headers }),
      registry.ask(pathOf({ link }), { headers, method: 'POST' }),
    ])
    expect(before.text).not.toMatch(/taguig/i)
    expect(after.text).toContain(centre)
  }
})

test('the name and a comparison with a country are on one page, whichever was asked for first', async () => {
  const path = pathOf({ link: linkOf('in-force') })
  const asForm = { ...asBrowser, 'content-type': 'application/x-www-form-urlencoded' }
  const nameLast = await registry.ask(`${path}?host=MY`, { headers: asBrowser, method: 'POST' })
  const hostLast = await registry.ask(path, { headers: asForm, body: 'host=MY' })
  for (const { text } of [nameLast, hostLast]) {
    expect(text).toContain('RODEL MANALO DELA CRUZ')
    expect(text).toContain('MQF</a></b><br><span class="small dim">Malaysia')
  }
  const noneAgain = await registry.ask(path, { headers: asForm, body: 'host=' })
  expect(noneAgain.text).toContain('RODEL MANALO DELA CRUZ')
  expect(noneAgain.text).not.toContain('Host framework')
})

test('the evidence of every check of every demonstration certificate is in words', async () => {
  const { certificates } = registry.demonstration
  expect(certificates.length).toBeGreaterThan(10)
  for (const { case: name, link } of certificates) {
    const page =
      link === undefined
        ? await checkFile(JSON.stringify(await registry.document(name)))
        : await registry.ask(pathOf({ link }), { headers: asBrowser })
    const evidence = page.text.match(/<dl class="ev">[\s\S]*?<\/dl>/g) ?? []
    expect(evidence, name).toHaveLength(9)
    // Evidence without words would appear in English as the registry writes it. Readers should never see true, false or null.
    expect(evidence.join('').match(/<dt><span lang="en">\w+|>(?:true|false|null)</g), name).toBeNull()
  }
})

test('the link from a certificate to its issuer asks about that day and that qualification, and gets an answer about nothing else', async () => {
  const { text } = await registry.ask(pathOf({ link: linkOf('out-of-scope') }), { headers: asBrowser })
  const [, path = ''] = /href="(\/issuers\/[^"#]+)">See this issuer/.exec(text) ?? []
  const { qualification, validFrom } = await registry.document('out-of-scope').then(wholeOf)
  const about = new URL(path.replaceAll('&amp;', '&'), registry.baseUrl).searchParams
  expect([about.get('as-of'), about.get('qualification')]).toEqual([validFrom.slice(0, 10), qualification])
  const { answers, explained } = (await registry.ask(path.replaceAll('&amp;', '&'))).json<{
    answers: Record<string, string>
    explained: { qualification: { id: string } }
  }>()
  expect(explained.qualification.id).toBe(qualification)
  expect(Object.values(answers)).not.toContain('yes')
})

describe('POST /check', () => {
  test('a link or code leads to the certificate, in the chosen language', async () => {
    const link = linkOf('in-force')
    const code = link.slice(-26)
    const grouped = code.toLowerCase().replace(/(.{5})/g, '$1-')
    const typed: Record<string, string>[] = [
      { link },
      { code: link },
      { code },
      { code: ` ${code} ` },
      { code: grouped },
      { code: link.replace('http://', '') },
      { code: `${link}.` },
      { code: `Here it is (${link}), thank you!` },
      { code: link.replace(code, String(code.match(/.{1,4}/g)?.join(' '))) },
    ]
    for (const fields of typed) {
      const answer = await check(fields)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/v/${code}`])
    }
    const inThai = await registry.ask('/check?lang=th', {
      body: String(new URLSearchParams({ link })),
      headers: { ...asBrowser, 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([inThai.status, inThai.headers.get('location')]).toEqual([303, `/v/${code}?lang=th`])
  })

  test('a file may be the certificate, or the answer in which it came', async () => {
    const document = await registry.document('in-force')
    for (const content of [document, { link: 'x', verifiableCredential: document }]) {
      const page = await checkFile(JSON.stringify(content))
      expect(page.status).toBe(200)
      // The holder of the file has the name already.
      expect(page.text).toContain('RODEL MANALO DELA CRUZ')
    }
    const json = await checkFile(JSON.stringify(document), { accept: 'application/json' })
    expect(JSON.parse(json.text)).toMatchObject({ verdict: 'valid' })
  })

  test.each([
    ['nothing', {}],
    ['an empty field', { code: '' }],
    ['letters that are no code', { code: 'hello' }],
    ['a link of somebody else', { link: 'https://evil.example/v/0123456789ABCDEFGHJKMNPQRS' }],
    ['a link that runs a script', { link: 'javascript:alert(1)' }],
  ] as [string, Record<string, string>][])('%s: the form again, with the mistake', async (_, fields) => {
    const page = await check(fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain('<form')
    expect(page.text).not.toMatch(/(?:href|action|src)="[^"]*(?:evil\.example|javascript:)/)
  })

  test('a program reads the place of the fault and the remedy, and nothing of its input is repeated', async () => {
    const json = { accept: 'application/json' }
    const given = async (answer: Promise<{ status: number; text: string }>) => {
      const { status, text } = await answer
      expect(text).not.toContain('typed-by-somebody')
      return { status, ...JSON.parse(text) }
    }
    for (const [fields, pointer, detail] of [
      [{}, '/code', 'Type a code, paste a link, or choose a file first.'],
      [{ code: 'typed-by-somebody' }, '/code', expect.stringContaining('A code has 26 letters and digits')],
      [
        { link: 'https://typed-by-somebody.example/' },
        '/code',
        expect.stringContaining(new URL(registry.baseUrl).host),
      ],
    ] as const) {
      const answer = await given(check(fields, json))
      expect(answer).toMatchObject({ status: 422, type: `${registry.baseUrl}/problems/validation-failed` })
      expect(answer.errors).toEqual([{ pointer, detail }])
    }
    expect(await given(checkFile('typed-by-somebody', json))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/document', detail: expect.stringContaining('is not a certificate file') }],
    })
  })

  test('a link with a letter missing is called incomplete, and the typed text stays in the form', async () => {
    const page = await check({ code: linkOf('in-force').slice(0, -1) })
    expect(page.text).toContain('The code is incomplete or too long')
    expect(page.text).not.toContain('so we did not open it')
    expect(page.text).toContain(`value="${linkOf('in-force').slice(0, -1)}"`)
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  test('a code with a wrong letter: the form with the typed code, as for a code that never existed', async () => {
    const code = linkOf('in-force').slice(-26)
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    const pages = await Promise.all([wrong, '0'.repeat(26)].map((typed) => check({ code: typed })))
    for (const page of pages) {
      expect([page.status, page.headers.get('location'), page.headers.get('cache-control')]).toEqual([
        404,
        null,
        'no-store',
      ])
      expect(page.text).toContain('No certificate opens with this code.')
    }
    expect(pages[0]?.text).toContain(`value="${wrong}"`)
    const json = await check({ link: linkOf('in-force').replace(code, wrong) }, { accept: 'application/json' })
    expect(problemOf(json)).toMatchObject({ status: 404, type: `${registry.baseUrl}/problems/not-found` })
  })

  test('several inputs at once are refused, and an empty field counts as none', async () => {
    const [code, link] = [linkOf('in-force').slice(-26), linkOf('revoked')]
    const both = await check({ code, link })
    expect([both.status, both.text.includes('Send only one')]).toEqual([422, true])
    expect((await check({ code, link }, { accept: 'application/json' })).status).toBe(422)
    expect((await check({ code: '', link })).headers.get('location')).toBe(`/v/${link.slice(-26)}`)
  })

  test('a file form without a file says so at the file, and a code form without a code says so at the code', async () => {
    const withoutFile = await checkFile('', asBrowser)
    expect(withoutFile.text).toContain('Type a code, paste a link, or choose a file first.')
    const page = await check({ form: 'file' })
    expect([page.status, page.text.includes('id="document-error"')]).toEqual([422, true])
    expect((await check({})).text).toContain('id="code-error"')
  })

  test.each([
    ['no JSON', 'hello'],
    ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x00])],
    ['two members of one name', '{"id":"a","id":"b"}'],
  ])('a file that is %s: the form again', async (_, bytes) => {
    const page = await checkFile(bytes as string)
    expect(page.status).toBe(422)
    expect(page.text).toContain('<form')
  })

  test('a photo that is no picture is no certificate file either, and the page says so', async () => {
    const page = await checkFile('no picture', asBrowser, 'photo')
    expect(page.status).toBe(422)
    expect(page.text).toContain('This file is not a certificate file (JSON).')
    expect(page.text).not.toContain(
      'No QR code was found in this picture. Take it again, closer, flat and in good light, or type the code.</a>',
    )
  })

  test('a photo of three megabytes: a page in plain words with a link back', async () => {
    const page = await checkFile('x'.repeat(3_000_000), { ...asBrowser, 'accept-language': 'th' }, 'photo')
    expect(page.status).toBe(413)
    expect(page.text).toContain('<h1>ใหญ่เกินไป</h1>')
    expect(page.text).toMatch(/class="btn" href="\/"/)
  })

  test('a JSON file that is no certificate gets a verdict, and never valid', async () => {
    for (const content of ['{}', '[]', '7', '"text"', 'null']) {
      const answer = await checkFile(content, { accept: 'application/json' })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text).verdict).not.toBe('valid')
    }
  })

  test('I44: claims of a document are shown as text, whatever they contain', async () => {
    const document = { ...(await registry.document('in-force')), name: '<img src=x onerror=alert(1)>' }
    const page = await checkFile(JSON.stringify(document))
    expect(page.text).not.toContain('<img src=x')
    // Claims of a valid certificate are shown as well, so they must be text too.
    const holder = { name: 'JUAN <IMG SRC=X ONERROR=ALERT(1)>' }
    const { link } = await officerOf(registry, TESDA).issue(aBricklayer('I44-1', { holder }))
    const named = await registry.ask(pathOf({ link }), { method: 'POST', headers: asBrowser })
    expect(named.text).toContain('JUAN &lt;IMG SRC=X ONERROR=ALERT(1)&gt;')
    expect(named.text).not.toContain('<IMG')
  })
})

describe('an address that does not exist', () => {
  test.each([
    '/nothing',
    '/issuers/nobody',
    '/qualifications/nothing',
    '/frameworks/nothing',
    '/states/nothing',
    '/states/compare?one=PH&other=XX',
    '/problems/nothing',
    '/assets/nothing',
    '/schemas/nothing',
    '/v/0123456789ABCDEFGHJKMNPQRS',
    '/v/hello',
  ])('%s is 404: a page for people, a problem for programs', async (path) => {
    const [page, json] = await Promise.all([registry.ask(path, { headers: asBrowser }), registry.ask(path)])
    expect([page.status, json.status]).toEqual([404, 404])
    expect(problemOf(json)).toMatchObject({ status: 404, type: `${registry.baseUrl}/problems/not-found` })
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.text.includes('Ask the person for the newest link')).toBe(path.startsWith('/v/'))
  })

  test('a browser that opens an address for programs reads so, and one that opens the address of the form is led to the form', async () => {
    const verify = await registry.ask('/verify', { headers: { ...asBrowser, 'accept-language': 'th' } })
    expect([verify.status, languageOf(verify.text)]).toEqual([405, 'th'])
    expect(verify.text).toContain('ที่อยู่นี้เปิดด้วยวิธีนี้ไม่ได้')
    const form = await registry.ask('/check?lang=th', { headers: asBrowser })
    expect([form.status, form.headers.get('location')]).toEqual([303, '/?lang=th'])
  })

  test('HEAD is answered like GET without content, and where GET is not offered it names the methods that are', async () => {
    for (const path of ['/healthz', '/issuers', '/', '/v/0123456789ABCDEFGHJKMNPQRS', '/issuers/nobody/keys']) {
      const [get, head] = await Promise.all([registry.ask(path), registry.ask(path, { method: 'HEAD' })])
      expect([head.status, head.text], path).toEqual([get.status, ''])
      for (const name of ['content-type', 'cache-control', 'vary'])
        expect(head.headers.get(name), `${path} ${name}`).toBe(get.headers.get(name))
    }
    const verify = await registry.ask('/verify', { method: 'HEAD' })
    expect([verify.status, verify.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
    const shared = await registry.ask('/issuers/demo-ph-tesda/keys', { method: 'OPTIONS' })
    expect([shared.status, shared.headers.get('allow')]).toEqual([204, 'POST, GET, HEAD, OPTIONS'])
  })

  test('I45: answers for a link that was never given and for a malformed one differ in nothing that matters', async () => {
    const [never, malformed] = await Promise.all(
      ['/v/0123456789ABCDEFGHJKMNPQRS', '/v/hello'].map((path) => registry.ask(path)),
    )
    // Leaves out the advice about letters that no link has, and members that are new with every request.
    const given = (answer: typeof never) => ({
      status: answer?.status,
      headers: [...(answer?.headers ?? [])].filter(
        ([name]) => !['x-request-id', 'date', 'content-length'].includes(name),
      ),
      body: { ...answer?.json(), instance: undefined, detail: undefined },
    })
    expect(given(never)).toMatchObject({ status: 404 })
    expect(given(never)).toEqual(given(malformed))
  })
})

describe('other addresses', () => {
  test('DID documents hold each key with its history, and name the keys that sign certificates', async () => {
    const answer = await registry.ask(`/issuers/${TESDA}/did.json`)
    const { id, verificationMethod, assertionMethod } = answer.json<{
      id: string
      verificationMethod: { id: string; controller: string }[]
      assertionMethod: string[]
    }>()
    const { issuer, proof } = (await registry.document('in-force')) as {
      issuer: { id: string }
      proof: { verificationMethod: string }
    }
    expect(id).toBe(issuer.id)
    expect(verificationMethod.every(({ controller }) => controller === id)).toBe(true)
    expect(assertionMethod).toContain(proof.verificationMethod)
    expect((await registry.ask('/issuers/demo-ph-pqfncc/did.json')).status).toBe(404)
  })

  test('styles and scripts have the addresses that pages name, and may be cached for a year', async () => {
    const { text } = await registry.ask('/', { headers: asPage })
    const named = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => String(path))
    expect(named.length).toBeGreaterThan(0)
    for (const path of named) {
      const asset = await registry.ask(path)
      expect([path, asset.status]).toEqual([path, 200])
      expect(asset.headers.get('cache-control')).toContain('immutable')
    }
  })

  test('every link of the home page opens', async () => {
    const { text } = await registry.ask('/', { headers: asPage })
    const paths = new Set(
      [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, path]) => String(path).replaceAll('&amp;', '&')),
    )
    for (const path of paths)
      expect([path, (await registry.ask(path, { headers: asPage })).status]).toEqual([path, 200])
  })

  test('the schema of each form has its own address as id, and the health check passes', async () => {
    for (const [path, draft] of [
      ['/schemas/certificate', '2020-12'],
      ['/schemas/certificate-2', '2019-09'],
    ] as const) {
      const $schema = `https://json-schema.org/draft/${draft}/schema`
      expect((await registry.ask(path)).json()).toMatchObject({ $id: `${registry.baseUrl}${path}`, $schema })
    }
    expect((await registry.ask('/schemas/certificate-3')).status).toBe(404)
    expect((await registry.ask('/healthz')).status).toBe(200)
    const contact = await registry.ask('/.well-known/security.txt')
    expect(contact.text).toMatch(/^Contact: /)
    expect(Date.parse(String(/^Expires: (.+)$/m.exec(contact.text)?.[1]))).toBeGreaterThan(Date.now())
  })

  test('links are not indexed by search engines and not cached', async () => {
    for (const headers of [asPage, {}]) {
      const answer = await registry.ask(pathOf({ link: linkOf('in-force') }), { headers })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    }
  })

  test('every problem type in an answer has a page', async () => {
    const certificates = await Promise.all(
      ['revoked', 'suspended', 'expired', 'out-of-scope'].map((name) => registry.ask(pathOf({ link: linkOf(name) }))),
    )
    const types = certificates.flatMap(
      (answer) => answer.json<{ problemDetails: { type: string }[] } & Record<string, unknown>>().problemDetails,
    )
    expect(types.length).toBeGreaterThan(3)
    for (const { type } of types) {
      if (type.startsWith(registry.baseUrl)) expect((await registry.ask(new URL(type).pathname)).status).toBe(200)
    }
  })
})
