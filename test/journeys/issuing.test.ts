import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import {
  aBricklayer,
  DSD,
  day,
  type Issued,
  NOBODYS,
  officerOf,
  pathOf,
  problemOf,
  TESDA,
  uuidOf,
  type Verdict,
  verify,
} from './certificate.ts'

let registry: OpenRegistry
let officer: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry({ overHttp: true })
  officer = officerOf(registry, TESDA)
})
afterAll(() => registry.close())

const problem = (name: string) => `${registry.baseUrl}/problems/${name}`

describe('an answer', () => {
  test('names the address of the record, and the record is there', async () => {
    const answer = await officer.request(aBricklayer('LOCATION-1'), 'location-1')
    const location = String(answer.headers.get('location'))
    expect(location).toBe(`/issuers/${TESDA}/credentials/${uuidOf(answer.json<Issued & { id: string }>())}`)
    const record = await registry.ask(location, { token: await officer.token })
    expect(record.json()).toMatchObject({
      id: answer.json().id,
      certificateNumber: 'LOCATION-1',
      qualification: 'ph-masonry-nc2',
      state: 'in-force',
      history: [{ event: 'reserved' }, { event: 'issued', actor: TESDA }],
    })
    expect(record.text).not.toContain('JUAN')
  })

  test('I19: the server sets id, issuer, status, types and day of issue', async () => {
    const { verifiableCredential } = await officer.issue(aBricklayer('SERVER-1'))
    expect(verifiableCredential).toMatchObject({
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: { id: expect.stringMatching(/^did:web:localhost%3A\d+:issuers:demo-ph-tesda$/) },
      id: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      credentialStatus: ['revocation', 'suspension'].map((statusPurpose) => ({
        type: 'BitstringStatusListEntry',
        statusPurpose,
        statusListIndex: expect.stringMatching(/^\d+$/),
        statusListCredential: expect.stringMatching(new RegExp(`^${registry.baseUrl}/status-lists/`)),
      })),
      validUntil: expect.stringMatching(/T23:59:59Z$/),
    })
    for (const [member, value] of Object.entries({ id: 'urn:x', type: ['X'], credentialStatus: [], issuer: 'me' })) {
      const stated = await officer.request({ ...aBricklayer('SERVER-2'), [member]: value }, `server-${member}`)
      expect(problemOf(stated)).toMatchObject({ status: 422, errors: [{ pointer: `/${member}` }] })
    }
    const { validFrom } = verifiableCredential as { validFrom: string }
    expect(Math.abs(Date.parse(validFrom) - Date.now())).toBeLessThan(60_000)
  })
})

describe('every optional member of a request', () => {
  const units = ['CON712301', 'CON712302', 'CON712303', 'CON712304', 'CON712305']
  const stated = {
    qualification: 'ph-masonry-nc2',
    holder: { name: 'JUAN REYES EXAMPLE', nativeName: 'สมชาย น้ำใจ', birthDate: '1990-02-28' },
    certificateNumber: 'ALL-1',
    registerNumber: 'ULI-0042-EXAMPLE',
    assessedOn: day(12),
    awardedOn: day(10),
    route: 'prior-learning',
    method: 'practical-demonstration',
    assessor: 'A-0815',
    centre: { id: 'demo-ph-centre-taguig' },
    units,
    limits: 'Not for load-bearing walls',
    signatory: { name: 'DEMO OFFICER', position: 'Director (demonstration)' },
    validUntil: day(-30),
    language: 'en',
  }
  const citation = expect.stringMatching(/^Record of this qualification, .*https:\/\/pqf\.gov\.ph\//)
  const centre = () => ({
    id: `${registry.baseUrl}/centres/demo-ph-centre-taguig`,
    name: 'Example Assessment Center, Taguig (demonstration)',
  })

  test('is in the certificate, member by member', async () => {
    const { link, verifiableCredential } = await officer.issue(stated)
    const { verdict, certificate } = (await registry.ask(pathOf({ link }), { method: 'POST' })).json<
      Verdict & Record<string, unknown>
    >()
    const { holder, certificateNumber, registerNumber, assessedOn, awardedOn, assessor, signatory } = stated
    const [route, method] = ['Recognition of prior learning', 'Practical demonstration']
    const validUntil = `${stated.validUntil}T23:59:59Z`
    expect(verdict).toBe('valid')
    expect(certificate).toMatchObject({
      ...{ certificateNumber, assessedOn, awardedOn, route, method, assessor, signatory, validUntil },
      holder: { ...holder, registerNumber },
      centre: centre(),
      qualification: { title: 'Masonry NC II', language: 'en', limits: stated.limits },
      units: units.map((code) => ({ code })),
    })
    expect(verifiableCredential).toMatchObject({
      validUntil,
      awardedDate: `${awardedOn}T00:00:00Z`,
      evidence: [
        { genre: 'Assessment', name: route, narrative: method },
        { genre: 'Assessor', name: assessor },
        { genre: 'Signatory', name: signatory.name, narrative: signatory.position },
      ],
    })
    expect(verifiableCredential.credentialSubject).toMatchObject({
      licenseNumber: certificateNumber,
      identifier: [
        { identityType: 'name', identityHash: holder.name },
        { identityType: 'ext:nativeName', identityHash: holder.nativeName },
        { identityType: 'ext:birthDate', identityHash: holder.birthDate },
        { identityType: 'ext:registerNumber', identityHash: registerNumber },
      ],
      activityEndDate: `${assessedOn}T00:00:00Z`,
      source: centre(),
      achievement: {
        name: 'Masonry NC II',
        inLanguage: 'en',
        version: expect.stringContaining('Training Regulations'),
        specialization: stated.limits,
        // No authority has confirmed the table of the AQRF, so only the national level is signed, with its source.
        alignment: [
          { targetType: 'ext:NationalLevel', targetFramework: 'PQF', targetCode: '2', targetDescription: citation },
          { targetType: 'ext:Occupation' },
          { targetType: 'ext:FieldOfEducation' },
        ],
        resultDescription: units.map((code) => ({ alignment: [{ targetCode: code }] })),
      },
      result: units.map(() => ({ status: 'Completed' })),
    })
  })

  test('may be left out, so that the day of assessment is the only day', async () => {
    const { verifiableCredential } = await officer.issue(aBricklayer('ALL-2', { awardedOn: undefined }))
    expect(verifiableCredential).toMatchObject({ credentialSubject: { activityEndDate: `${day(12)}T00:00:00Z` } })
    expect(verifiableCredential).not.toHaveProperty('awardedDate')
  })
})

describe('I18: the Idempotency-Key', () => {
  test('is required, and a refusal explains it', async () => {
    const answer = await officer.post('/credentials', aBricklayer('KEY-0'))
    expect(problemOf(answer)).toMatchObject({
      status: 400,
      type: problem('idempotency-key-missing'),
      detail: expect.stringContaining('Idempotency-Key'),
    })
  })

  test('must not be empty', async () => {
    expect((await officer.request(aBricklayer('KEY-X'), '')).status).toBe(400)
  })

  test.each(['ä', 'two words', 'x'.repeat(256)])('%j is refused, and the problem points at it', async (key) => {
    const answer = await officer.request(aBricklayer('KEY-X'), key)
    expect(problemOf(answer)).toMatchObject({
      status: 400,
      errors: [{ pointer: '/idempotency-key', detail: 'must have 1 to 255 visible ASCII characters' }],
    })
  })

  test('the same key and body give the same answer, even after the certificate was revoked', async () => {
    const input = aBricklayer('KEY-1')
    const first = await officer.request(input, 'key-1')
    const again = await officer.request(Object.fromEntries(Object.entries(input).toReversed()), 'key-1')
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json()).toEqual(first.json())
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    await officer.change(first.json<{ id: string }>(), 'revoke', { reason: 'issued-in-error' })
    expect((await officer.request(input, 'key-1')).json()).toEqual(first.json())
  })

  test('the same key with another body is refused', async () => {
    await officer.request(aBricklayer('KEY-2'), 'key-2')
    const other = await officer.request(aBricklayer('KEY-2', { holder: { name: 'ANA REYES EXAMPLE' } }), 'key-2')
    expect(problemOf(other)).toMatchObject({ status: 422, type: problem('idempotency-key-reuse') })
  })

  test('twelve equal requests at once make one certificate; those without it get a 409 with Retry-After', async () => {
    const input = aBricklayer('KEY-3')
    const answers = await Promise.all(Array.from({ length: 12 }, () => officer.request(input, 'key-3')))
    for (const { status, headers } of answers)
      if (status !== 201)
        expect({ status, after: headers.get('retry-after') }).toEqual({
          status: 409,
          after: expect.stringMatching(/^\d+$/),
        })
    const ids = answers.filter(({ status }) => status === 201).map(({ text }) => text)
    expect(ids.length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(1)
    expect((await officer.request(input, 'key-3')).text).toBe(ids[0])
  })

  test('another body may use the same key for another certificate', async () => {
    const thai = { ...aBricklayer('KEY-4'), qualification: 'th-brick-1' }
    const [one, other] = await Promise.all([
      officer.request(aBricklayer('KEY-4'), 'key-4'),
      officerOf(registry, DSD).request(thai, 'key-4'),
    ])
    expect([one.status, other.status]).toEqual([201, 201])
    expect(one.json().id).not.toBe(other.json().id)
  })
})

describe('a certificate number', () => {
  test('in use gives a conflict that names the first certificate; after a revocation the number is free', async () => {
    const first = await officer.issue(aBricklayer('NUMBER-1'))
    const refused = await officer.request(aBricklayer('number 1'), 'number-2')
    expect(problemOf(refused)).toMatchObject({
      status: 409,
      type: problem('conflict'),
      detail: expect.stringContaining(first.id),
      errors: [{ pointer: '/certificateNumber', detail: expect.stringContaining(first.id) }],
    })
    await officer.change(first, 'revoke', { reason: 'issued-in-error' })
    expect((await officer.request(aBricklayer('number 1'), 'number-2')).status).toBe(201)
  })

  test('passes to the certificate that replaces another, and the first one is superseded (D-08)', async () => {
    const first = await officer.issue(aBricklayer('NUMBER-2'))
    const second = await officer.issue(aBricklayer('NUMBER-2', { replaces: first.id }), 'number-2-again')
    expect(await verify(registry, { link: second.link })).toMatchObject({ verdict: 'valid' })
    const { history } = await verify(registry, { link: first.link, options: { show: ['person'] } })
    expect(history?.at(-1)).toMatchObject({
      state: 'superseded',
      successor: uuidOf(second),
    })
  })
})

describe('a refused request', () => {
  test('a qualification out of scope, for every body', async () => {
    const answer = await officer.request({ ...aBricklayer('SCOPE-1'), qualification: 'ph-rn' }, 'scope-1')
    expect(problemOf(answer)).toMatchObject({ status: 403, type: problem('type-not-in-scope') })
  })

  test('every certificate of a suspended body', async () => {
    const input = { ...aBricklayer('SUSPENDED-1'), qualification: 'id-bnsp-garment' }
    const answer = await officerOf(registry, 'demo-id-lsp').request(input, 'suspended-1')
    expect(problemOf(answer)).toMatchObject({ status: 403, type: problem('issuer-suspended') })
  })

  test('I36: the issuer of another body gets the same answer as one that does not exist', async () => {
    const token = await officer.token
    const asked = async (
      issuer: string,
      path = '/credentials',
      body: object | undefined = aBricklayer('FOREIGN-1'),
    ) => {
      const headers = { 'idempotency-key': 'foreign-1' }
      const answer = await registry.ask(`/issuers/${issuer}${path}`, { body, token, headers })
      const volatile = new Set(['x-request-id', 'date'])
      const kept = [...answer.headers].filter(([name]) => !volatile.has(name))
      return { status: answer.status, headers: kept, text: answer.text }
    }
    const unknown = await asked('nobody-at-all')
    expect(unknown.status).toBe(404)
    for (const issuer of [DSD, 'demo-id-lsp', 'demo-ph-pqfncc']) expect(await asked(issuer)).toEqual(unknown)
    const foreign = uuidOf((await registry.document('suspended')) as { id: string })
    for (const [path, body] of [
      [`/credentials/${foreign}/revoke`, { reason: 'misconduct' }],
      [`/credentials/${foreign}`, undefined],
      ['/credentials', undefined],
    ] as const)
      expect(await asked(DSD, path, body)).toEqual(await asked('nobody-at-all', path, body))
    const own = (uuid: string) => asked(TESDA, `/credentials/${uuid}/revoke`, { reason: 'misconduct' })
    expect(await own(foreign)).toEqual(await own(NOBODYS))
  })

  test.each([
    ['no body', '', 400],
    ['no JSON', '{', 400],
    ['two members of one name', '{"qualification":"a","qualification":"b"}', 400],
    ['an empty object', '{}', 422],
    ['a list', '[]', 400],
    ['a member that nobody knows', JSON.stringify({ ...aBricklayer('BAD-1'), issuer: 'me' }), 422],
    ['an issue date of one’s own', JSON.stringify({ ...aBricklayer('BAD-1'), validFrom: '2020-01-01' }), 422],
    ['a name that is a number', JSON.stringify({ ...aBricklayer('BAD-1'), holder: { name: 7 } }), 422],
    ['more than 64 KiB', JSON.stringify({ ...aBricklayer('BAD-1'), limits: 'x'.repeat(70_000) }), 413],
  ])('%s, and the refusal repeats nothing personal', async (_, body, status) => {
    const answer = await registry.ask(`/issuers/${TESDA}/credentials`, {
      body,
      token: await officer.token,
      headers: { 'idempotency-key': 'bad-1' },
    })
    expect(problemOf(answer).status).toBe(status)
    expect(answer.text).not.toContain('JUAN')
  })

  test('a way of assessment outside the closed list; the refusal gives the list and does not repeat the value', async () => {
    const answer = await officer.request(
      aBricklayer('BAD-3', { route: 'taught to JUAN REYES', method: 'seen at work by ANA CRUZ' }),
      'bad-3',
    )
    expect(problemOf(answer)).toMatchObject({
      status: 422,
      errors: [
        { pointer: '/route', detail: 'must be one of training, prior-learning, assessment-only, other' },
        {
          pointer: '/method',
          detail:
            'must be one of practical-demonstration, demonstration-and-questioning, practical-and-written-test, written-test, interview, portfolio, observation-at-work, other',
        },
      ],
    })
    expect(answer.text).not.toMatch(/JUAN|REYES|ANA|CRUZ/)
  })

  test('limits that name the holder; the refusal does not repeat the name', async () => {
    for (const limits of ['Only for Mr. Reyes', 'ＲＥＹＥＳ alone', 'เฉพาะฮวน เรเยสเท่านั้น']) {
      const holder = { name: 'JUAN REYES EXAMPLE', nativeName: 'ฮวน เรเยส' }
      const answer = await officer.request(aBricklayer('BAD-4', { holder, limits }), 'bad-4')
      expect(problemOf(answer)).toMatchObject({ status: 422, errors: [{ pointer: '/limits' }] })
      expect(answer.text).not.toMatch(/reyes|ＲＥＹＥＳ|เรเยส/i)
    }
  })

  test('several faults at once; the problem lists each with its place and its remedy', async () => {
    const answer = await officer.request(
      { ...aBricklayer('BAD-2', { assessedOn: day(3), awardedOn: day(5) }), qualification: 'ph-nothing' },
      'bad-2',
    )
    const errors = problemOf(answer).errors?.toSorted((one, other) => one.pointer.localeCompare(other.pointer))
    expect(errors).toEqual([
      { pointer: '/assessedOn', detail: 'the assessment comes before the award' },
      { pointer: '/qualification', detail: 'no such qualification: see /qualifications/{id}' },
    ])
  })
})

describe('I020, R-032, D-19: names', () => {
  test.each([
    ['one word', { name: 'SUPARNO' }],
    ['Latin with every mark', { name: 'NGUYỄN THỊ ÁNH-NGUYỆT Ñ' }],
    ['an apostrophe', { name: "SITI NUR’AIN D'CRUZ" }],
    ['a patronym', { name: 'MUHAMMAD BIN ABDULLAH @ AWANG' }],
    ['Thai', { name: 'SOMCHAI', nativeName: 'สมชาย น้ำใจ' }],
    ['Khmer', { name: 'SOK DARA', nativeName: 'សុខ ដារ៉ា ស្ត្រី' }],
    ['Lao', { name: 'BOUNMY', nativeName: 'ບຸນມີ ວົງສະຫວັນ' }],
    ['Burmese', { name: 'AUNG KYAW', nativeName: 'အောင်ကျော် ဇော်ဝင်း' }],
    ['Chinese', { name: 'TAN WEI MING', nativeName: '陳偉明' }],
    ['Tamil', { name: 'KUMARAN', nativeName: 'குமரன் க்ஷேத்ரா' }],
    ['Jawi', { name: 'AHMAD', nativeName: 'احمد بن عبدالله' }],
    ['Javanese', { name: 'SUKARNO', nativeName: 'ꦱꦸꦏꦂꦤ' }],
    ['a document without Latin letters', { name: 'สมชาย น้ำใจ' }],
    ['two hundred characters', { name: 'A'.repeat(200) }],
  ])('%s: issued, signed, and read back letter by letter', async (script, holder) => {
    const issued = await officer.issue(aBricklayer(`NAME ${script}`, { holder }), `name-${script.replaceAll(' ', '-')}`)
    const { verdict, certificate } = await verify(registry, { link: issued.link, options: { show: ['person'] } })
    expect(verdict).toBe('valid')
    expect(certificate?.holder).toMatchObject(holder)
  })

  test('a name is signed in composed letters, in whichever form it was sent', async () => {
    const issued = await officer.issue(
      aBricklayer('NAME NFD', { holder: { name: 'NGUYỄN'.normalize('NFD') } }),
      'name-nfd',
    )
    const { certificate } = await verify(registry, { link: issued.link, options: { show: ['person'] } })
    expect(certificate?.holder?.name).toBe('NGUYỄN'.normalize('NFC'))
  })

  test.each([
    ['empty', ''],
    ['blank', '   '],
    ['turned around', 'JUAN \u202eNAUJ'],
    ['with a hidden letter', 'JU\u200bAN'],
    ['with a line break', 'JUAN\nREYES'],
    ['too long', 'A'.repeat(201)],
    ['piled up', `A${'\u0301'.repeat(9)}`],
    ['half a letter', 'A\ud800'],
  ])('%s is refused, with its place', async (_, name) => {
    const answer = await officer.request(aBricklayer('NAME BAD', { holder: { name } }), 'name-bad')
    expect([400, 422]).toContain(answer.status)
    if (answer.status === 422) expect(problemOf(answer).errors?.[0]?.pointer).toBe('/holder/name')
  })
})

describe('the language of the title', () => {
  const thai = (number: string, language: string, change = {}) =>
    officerOf(registry, DSD).request(
      { ...aBricklayer(number, { language, ...change }), qualification: 'th-brick-1' },
      number.toLowerCase(),
    )

  test('is one of those in the record, and the other title is stated beside it', async () => {
    const titles = async (number: string, language: string) => {
      const { verifiableCredential } = (await thai(number, language)).json<Issued & Record<string, unknown>>()
      const { achievement } = verifiableCredential.credentialSubject as { achievement: Record<string, unknown> }
      const [other] = achievement.related as { name: string; inLanguage: string }[]
      return [achievement.inLanguage, achievement.name, other?.inLanguage, other?.name]
    }
    const [en, english, th, local] = await titles('LANGUAGE-1', 'en')
    expect([en, th]).toEqual(['en', 'th'])
    expect(await titles('LANGUAGE-2', 'th')).toEqual(['th', local, 'en', english])
  })

  test('is refused if the record does not have it, and the problem names those that it has', async () => {
    expect(problemOf(await thai('LANGUAGE-3', 'fr'))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/language', detail: 'the title is in en and in th' }],
    })
    const masonry = await officer.request(aBricklayer('LANGUAGE-4', { language: 'fil' }), 'language-4')
    expect(problemOf(masonry).errors?.map(({ pointer }) => pointer)).toEqual(['/language'])
  })
})

describe('I021: dates', () => {
  test.each([
    ['a leap day', { assessedOn: '2024-02-29', awardedOn: '2024-02-29' }, '2029-02-28T23:59:59Z'],
    ['an end of one’s own', { validUntil: day(-30) }, `${day(-30)}T23:59:59Z`],
  ])('%s', async (name, change, validUntil) => {
    const issued = await officer.issue(aBricklayer(`DATE ${name}`, change), `date-${validUntil}`)
    expect(issued.verifiableCredential).toMatchObject({ validUntil })
  })

  test.each([
    ['a day that does not exist', { awardedOn: '2025-02-29' }],
    ['the thirtieth of February', { awardedOn: '2025-02-30' }],
    ['a Buddhist year', { awardedOn: '2568-02-20' }],
    ['another order', { awardedOn: '20-02-2026' }],
    ['a moment', { awardedOn: '2026-02-20T00:00:00Z' }],
    ['a number', { awardedOn: 20260220 }],
    ['the day after tomorrow', { awardedOn: day(-2) }],
    ['an assessment after the award', { assessedOn: day(1), awardedOn: day(2) }],
    ['an award so long ago that it has ended', { assessedOn: '2015-01-01', awardedOn: '2015-01-01' }],
    ['an end later than the scheme’s', { validUntil: '2099-01-01' }],
    ['neither of both days', { assessedOn: undefined, awardedOn: undefined }],
    ['a birth before 1900', { holder: { name: 'JUAN', birthDate: '1899-12-31' } }],
    ['a birth that is to come', { holder: { name: 'JUAN', birthDate: day(-400) } }],
    ['a birth after the assessment', { holder: { name: 'JUAN', birthDate: day(11) } }],
  ])('%s is refused', async (_, change) => {
    const answer = await officer.request(aBricklayer('DATE BAD', change), 'date-bad')
    expect(problemOf(answer).status).toBe(422)
  })
})

describe('the list of a body', () => {
  interface List {
    certificates: { id: string; certificateNumber: string; issuedAt: string; state: string }[]
    next?: string
  }

  test('its pages, newest first, show every certificate once and no name', async () => {
    const made: string[] = []
    for (const place of [1, 2, 3, 4, 5]) made.push((await officer.issue(aBricklayer(`LIST-${place}`))).id)
    const found: List['certificates'] = []
    let page = ''
    let pages = 0
    do {
      const answer = await officer.get(`/credentials?limit=20${page}`)
      expect(answer.status).toBe(200)
      for (const personal of ['JUAN', 'REYES', 'EXAMPLE', 'holder']) expect(answer.text).not.toContain(personal)
      const { certificates, next } = answer.json<List & Record<string, unknown>>()
      found.push(...certificates)
      page = next === undefined ? '' : `&page=${encodeURIComponent(next)}`
      pages++
    } while (page !== '')
    expect(pages).toBeGreaterThan(1)
    const ids = found.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.slice(0, 5)).toEqual(made.toReversed())
    const times = found.map(({ issuedAt }) => issuedAt)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(found[0]).toMatchObject({ certificateNumber: 'LIST-5', state: 'in-force' })
  })

  test('its page token is refused for the list of another body', async () => {
    const { next } = (await officer.get('/credentials?limit=1')).json<List & Record<string, unknown>>()
    const other = await officerOf(registry, DSD).get(`/credentials?limit=1&page=${encodeURIComponent(String(next))}`)
    expect(other.status).toBe(400)
  })

  test.each(['limit=0', 'limit=101', 'limit=x', 'page=x', 'limit=1&limit=2'])('?%s is refused', async (query) => {
    expect((await officer.get(`/credentials?${query}`)).status).toBe(400)
  })
})
