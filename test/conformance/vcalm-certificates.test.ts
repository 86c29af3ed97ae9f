import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBricklayer, day, officerOf, TESDA, verify } from '../journeys/certificate.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import type { Json } from './inputs.ts'

/** Issuing by VCALM for an accredited body. The verbs and rules are the same, and the request is a document of the profile. */
let registry: OpenRegistry
let officer: ReturnType<typeof officerOf>
/** An issued certificate without the members that only its signature adds. */
let issued: Json
beforeAll(async () => {
  registry = await openRegistry()
  officer = officerOf(registry, TESDA)
  const { verifiableCredential } = await officer.issue({
    ...aBricklayer('VCALM-0', { route: 'other', otherRoute: 'assessment', assessor: 'A-12' }),
    holder: { name: 'JUAN REYES EXAMPLE', nativeName: 'ฮวน เรเยส', birthDate: '1990-02-28' },
    signatory: { name: 'ANA CRUZ', position: 'Regional Director' },
    limits: 'Brick only',
  } as ReturnType<typeof aBricklayer>)
  const { proof: _, ...rest } = verifiableCredential
  issued = rest
})
afterAll(() => registry.close())

const issue = (credential: unknown, body: Json = {}) => officer.post('/credentials/issue', { credential, ...body })
const numbered = (licenseNumber: string, document = issued): Json => ({
  ...document,
  credentialSubject: { ...(document.credentialSubject as Json), licenseNumber },
})
/** Only the members that a body knows. */
const bare = (licenseNumber: string): Json => ({
  issuer: issued.issuer,
  awardedDate: `${day(10)}T00:00:00Z`,
  credentialSubject: {
    licenseNumber,
    identifier: [{ identityType: 'name', identityHash: 'JUAN REYES EXAMPLE' }],
    activityEndDate: day(12),
    achievement: { id: `${registry.baseUrl}/qualifications/ph-masonry-nc2` },
  },
})
const KNOWN = 'Assessed against this edition of the qualification. Limits of scope: none.'
const UNKNOWN = 'Assessed against the qualification. Its edition is not known. Limits of scope: none.'

interface Answer {
  id: string
  link: string
  verifiableCredential: Json & { credentialSubject: Json }
}

describe('a document of the profile', () => {
  test('from an earlier certificate is issued anew under another number, with its own ids and status', async () => {
    const answer = await issue(numbered('VCALM-1'))
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    const { id, link, verifiableCredential } = answer.json<Json & Answer>()
    expect(id).not.toBe(issued.id)
    expect(verifiableCredential.credentialStatus).not.toEqual(issued.credentialStatus)
    const whole = (document: Json) =>
      JSON.parse(JSON.stringify(document).replaceAll(String(document.id), 'urn:uuid:own')) as Json
    const stated = ({ credentialSubject, ...document }: Json) => {
      const { validFrom, credentialStatus, proof, ...rest } = document
      const { id: _, licenseNumber, ...subject } = credentialSubject as Json
      return { ...rest, subject }
    }
    expect(stated(whole(verifiableCredential))).toEqual(stated(whole(issued)))
    expect(await verify(registry, { link })).toMatchObject({ verdict: 'valid' })
  })

  test('without an Idempotency-Key counts as its own key: sent again, it issues nothing twice', async () => {
    const answers = [await issue(numbered('VCALM-2')), await issue(numbered('VCALM-2'))]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[1]?.text).toBe(answers[0]?.text)
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  })

  test('may leave out every member that the server sets', async () => {
    const answer = await issue(bare('VCALM-3'))
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    const { link, verifiableCredential } = answer.json<Json & Answer>()
    expect(verifiableCredential.issuer).toEqual(issued.issuer)
    expect(verifiableCredential.name).toBe(issued.name)
    expect(await verify(registry, { link })).toMatchObject({ verdict: 'valid' })
  })

  test('in the first form is issued in the second', async () => {
    const subject = issued.credentialSubject as Json & { activityEndDate: string }
    const first = {
      ...issued,
      credentialSubject: {
        ...subject,
        licenseNumber: 'VCALM-F6',
        activityEndDate: subject.activityEndDate.slice(0, 10),
      },
      evidence: (issued.evidence as Json[]).map((entry) => ({ ...entry, type: ['Evidence'] })),
      credentialSchema: [{ id: `${registry.baseUrl}/schemas/certificate`, type: 'JsonSchema' }],
    }
    const answer = await issue(first)
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    const { verifiableCredential } = answer.json<Json & Answer>()
    expect(verifiableCredential.credentialSchema).toEqual(issued.credentialSchema)
    expect(verifiableCredential.credentialSubject.activityEndDate).toBe(subject.activityEndDate)
    expect((verifiableCredential.evidence as Json[]).map(({ type }) => type)).toEqual(
      (issued.evidence as Json[]).map(() => 'Evidence'),
    )
  })

  test.each([
    ['an edition that the server sets', 'VCALM-F7', {}],
    ['a narrative that speaks of an edition', 'VCALM-F8', { criteria: { narrative: KNOWN } }],
    ['an edition of the sender', 'VCALM-F9', { version: '2018', criteria: { narrative: KNOWN } }],
    ['a narrative that speaks of none', 'VCALM-F10', { criteria: { narrative: UNKNOWN } }],
  ])('may have %s', async (_, licenseNumber, change) => {
    const given = bare(licenseNumber)
    const subject = given.credentialSubject as { achievement: Json }
    const answer = await issue({
      ...given,
      credentialSubject: { ...subject, achievement: { ...subject.achievement, ...change } },
    })
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    const { achievement } = answer.json<Json & Answer>().verifiableCredential.credentialSubject as { achievement: Json }
    expect(achievement).toMatchObject({ version: expect.any(String), criteria: { narrative: KNOWN } })
  })

  test('may not name an edition and also say that there is none', async () => {
    const given = bare('VCALM-BAD')
    const subject = given.credentialSubject as { achievement: Json }
    const achievement = { ...subject.achievement, version: '2018', criteria: { narrative: UNKNOWN } }
    expect((await issue({ ...given, credentialSubject: { ...subject, achievement } })).status).toBe(400)
  })

  test('for a part of a qualification names its units', async () => {
    const { achievement: whole } = issued.credentialSubject as {
      achievement: { resultDescription: [{ alignment: [Json] }] }
    }
    const [
      {
        alignment: [{ targetCode }],
      },
    ] = whole.resultDescription
    const given = bare('VCALM-4')
    const subject = given.credentialSubject as { achievement: Json }
    const part = { ...subject.achievement, resultDescription: [{ alignment: [{ targetCode }] }] }
    const answer = await issue({ ...given, credentialSubject: { ...subject, achievement: part } })
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    const { verifiableCredential } = answer.json<Json & Answer>()
    const { achievement } = verifiableCredential.credentialSubject as { achievement: Json }
    expect(achievement.achievementType).toBe('MicroCredential')
    // The issued part can be issued anew, too.
    expect((await issue(numbered('VCALM-5', verifiableCredential))).status).toBe(201)
  })

  test.each([
    ['ids of parts that are of another document', { id: 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11' }],
    ['an id of another kind', { id: 'https://ph.example/certificates/1' }],
    ['null in place of an id', { id: null }],
    ['a member that the profile does not have', { refreshService: { type: 'x', id: 'https://x.example/' } }],
    ['titles that differ', { name: 'Another title' }],
    ['no issuer', { issuer: undefined }],
  ])('with %s is refused', async (_, change) => {
    const answer = await issue({ ...numbered('VCALM-BAD'), ...change })
    expect(answer.status).toBe(400)
    expect(answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer).toMatch(/^\/credential\//)
  })
})

test('a number too long for the other route is refused here as well, because no later certificate could carry it', async () => {
  const answer = await issue(numbered('1'.repeat(65)))
  expect(answer.status).toBe(400)
  expect(answer.json<{ errors: { pointer: string }[] }>().errors).toEqual([
    { pointer: '/credential/credentialSubject/licenseNumber', detail: 'must have at most 64 characters' },
  ])
})

test('limits that name the holder are refused, with their place', async () => {
  const subject = issued.credentialSubject as Json & { achievement: Json }
  const achievement = { ...subject.achievement, specialization: 'Only for Mr. Reyes' }
  const answer = await issue({ ...issued, credentialSubject: { ...subject, licenseNumber: 'VCALM-BAD', achievement } })
  expect(answer.status).toBe(400)
  expect(answer.json<{ errors: { pointer: string }[] }>().errors).toEqual([
    expect.objectContaining({ pointer: '/credential/credentialSubject/achievement/specialization' }),
  ])
  expect(answer.text).not.toMatch(/reyes/i)
})

test('a fault is reported with its place in the document, and so is a number that is in use', async () => {
  const whole = numbered('VCALM-0')
  const subject = whole.credentialSubject as Json & { identifier: Json[] }
  const identifier = subject.identifier.map((entry) =>
    entry.identityType === 'ext:birthDate' ? { ...entry, identityHash: day(-3) } : entry,
  )
  const pointersOf = async (credential: unknown) => {
    const answer = await issue(credential)
    return [answer.status, answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)]
  }
  expect(
    await pointersOf({
      ...whole,
      validUntil: undefined,
      awardedDate: `${day(20)}T00:00:00Z`,
      credentialSubject: { ...subject, licenseNumber: '   ', identifier },
    }),
  ).toEqual([
    400,
    [
      '/credential/credentialSubject/licenseNumber',
      '/credential/credentialSubject/activityEndDate',
      '/credential/credentialSubject/identifier/2/identityHash',
    ],
  ])
  expect(await pointersOf(whole)).toEqual([409, ['/credential/credentialSubject/licenseNumber']])
  const other = {
    ...bare('VCALM-BAD'),
    credentialSubject: {
      ...(bare('VCALM-BAD').credentialSubject as Json),
      achievement: { id: `${registry.baseUrl}/qualifications/ph-rn` },
    },
  }
  expect((await issue(other)).status).toBe(403)
})

describe('a document is refused, and not changed silently, if it names', () => {
  const refused = async (document: Json, body: Json = {}) => {
    const answer = await issue(document, body)
    return [answer.status, answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)]
  }
  const withSubject = (change: Json) => {
    const document = bare('VCALM-BAD')
    return { ...document, credentialSubject: { ...(document.credentialSubject as Json), ...change } }
  }

  test('another issuer, as text or as an object, or a parent organisation', async () => {
    const did = (issued.issuer as { id: string }).id
    const other = did.replace(TESDA, 'demo-th-dsd')
    expect(await refused({ ...bare('VCALM-BAD'), issuer: other })).toEqual([400, ['/credential/issuer']])
    const named = { id: other, type: ['Profile'], name: 'DSD', url: 'https://dsd.example' }
    expect(await refused({ ...bare('VCALM-BAD'), issuer: named })).toEqual([400, ['/credential/issuer']])
    const parentOrg = { id: 'https://ministry.example/', type: ['Profile'], name: 'Ministry' }
    expect(await refused({ ...bare('VCALM-BAD'), issuer: { id: did, parentOrg } })).toEqual([
      400,
      ['/credential/issuer/parentOrg'],
    ])
    expect((await issue({ ...bare('VCALM-6'), issuer: did })).status).toBe(201)
  })

  test.each([
    'https://evil.example/qualifications/ph-masonry-nc2',
    'urn:x:ph-masonry-nc2',
    '{base}/centres/ph-masonry-nc2',
    '{base}/qualifications/ph-masonry-nc2?units=NONE',
  ])('a qualification that is not of this registry: %s', async (id) => {
    const achievement = { id: id.replace('{base}', registry.baseUrl) }
    expect(await refused(withSubject({ achievement }))).toEqual([400, ['/credential/credentialSubject/achievement/id']])
  })

  test('a whole qualification to which the part does not belong', async () => {
    const page = `${registry.baseUrl}/qualifications/`
    const related = [{ id: `${page}ph-rn`, name: 'Nurse' }]
    expect(await refused(withSubject({ achievement: { id: `${page}ph-masonry-nc2`, related } }))).toEqual([
      400,
      ['/credential/credentialSubject/achievement/related'],
    ])
  })

  test('an assessment centre of another site, or the issuer itself as centre', async () => {
    for (const id of ['https://evil.example/centres/demo-ph-site-a', (issued.issuer as { id: string }).id])
      expect(await refused(withSubject({ source: { id } }))).toEqual([400, ['/credential/credentialSubject/source/id']])
  })

  test('an end in the middle of a day, which would become the end of that day', async () => {
    const validUntil = `${day(-30)}T12:00:00Z`
    expect(await refused({ ...bare('VCALM-BAD'), validUntil })).toEqual([400, ['/credential/validUntil']])
    const kept = await issue({ ...bare('VCALM-7'), validUntil: `${day(-30)}T23:59:59Z` })
    expect(kept.json()).toMatchObject({ verifiableCredential: { validUntil: `${day(-30)}T23:59:59Z` } })
  })

  test.each([
    [{ cryptosuite: 'ecdsa-rdfc-2019' }, '/options/cryptosuite'],
    [{ cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-256' }, '/options/cryptosuite'],
    [{ keyType: 'P-256' }, '/options/keyType'],
  ])('another signature than that of this body: %j', async (options, pointer) => {
    expect(await refused(bare('VCALM-BAD'), { options })).toEqual([400, [pointer]])
    expect((await issue(bare('VCALM-8'), { options: { cryptosuite: 'eddsa-rdfc-2022' } })).status).toBe(201)
  })
})
