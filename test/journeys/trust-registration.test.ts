import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, day, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, ONEC, officersOf, type Proposal } from './trust.ts'

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
})
afterAll(() => registry.close())

const NEW = 'demo-th-new'
const identity = {
  name: 'A new body (demonstration)',
  state: 'TH',
  website: 'https://new.example',
  mandate: 'B.E. 2569',
  demonstration: true,
}
const answerTone = async (id: string, more = '') =>
  (await registry.ask(`/issuers/${id}/accreditations?qualification=th-brick-1${more}`)).json().standing

test('two officers register a new body, accredit it and name a member; then it may issue', async () => {
  const names = {
    localName: { text: 'หน่วยงานใหม่', language: 'th' },
    furtherNames: [{ text: 'Badan baru', language: 'ms' }],
  }
  await officers.decide(`${officers.base}/bodies`, { id: NEW, identity: { ...identity, ...names } })
  const page = await registry.ask(`/issuers/${NEW}`, { headers: asPage })
  for (const { text, language } of [names.localName, ...names.furtherNames])
    expect(page.text).toContain(`<bdi lang="${language}">${text}</bdi>`)
  expect((await registry.ask(`/issuers/${NEW}`)).json<{ issuer: object }>().issuer).toMatchObject(names)
  const { keys, did } = (await registry.ask(`/issuers/${NEW}/keys`)).json<{
    keys: { purpose: string }[]
    did: string
  }>()
  expect(keys.map(({ purpose }) => purpose)).toEqual(['certificates', 'lists'])
  expect(did).toContain(NEW)
  expect(await answerTone(NEW)).toBe('not-for-this')
  const member = { owner: NEW, subject: 'somebody', roles: ['issue', 'read'] }
  // The authority that registered a body names its members. An authority that could only accredit it does not.
  const foreign = { ...member, owner: TESDA }
  expect(problemOf(await officers.first(`${officers.base}/members`, foreign)).status).toBe(404)
  await officers.decide(`${officers.base}/accreditations`, {
    grantee: NEW,
    scope: { qualifications: ['th-brick-1'], places: ['TH'] },
    basis: 'decision 1',
  })
  expect(await registry.later(() => answerTone(NEW))).toBe('authorised')
  expect(await officers.decide(`${officers.base}/members`, member)).toMatchObject({ state: 'carried-out' })
})

test('a centre is registered in the same way, and can have one successor, once', async () => {
  for (const id of ['demo-th-hall', 'demo-th-hall-2']) {
    await officers.decide(`${officers.base}/centres`, { id, identity: { ...identity, name: `${id} (demonstration)` } })
    const grant = { grantee: id, right: 'assess', scope: { places: ['TH'] }, basis: 'decision 2' }
    await officers.decide(`${officers.base}/accreditations`, grant)
  }
  const succession = { id: 'demo-th-hall', successor: 'demo-th-hall-2', basis: 'Act 2' }
  expect(await officers.decide(`${officers.base}/successions`, succession)).toMatchObject({ state: 'carried-out' })
  expect(problemOf(await officers.first(`${officers.base}/successions`, succession)).status).toBe(409)
  const toBody = { ...succession, id: 'demo-th-hall-2', successor: DSD }
  expect(problemOf(await officers.first(`${officers.base}/successions`, toBody)).status).toBe(422)
  const foreign = { id: TESDA, successor: 'demo-th-hall', basis: 'x' }
  expect(problemOf(await officers.first(`${officers.base}/successions`, foreign)).status).toBe(404)
})

test.each([
  'javascript:alert(1)',
  'registrar@tesda.example@evil.example',
  'registrar@tesda.example?bcc=all@evil.example',
  'registrar@\u202eelpmaxe.adset',
  `${'a'.repeat(200)}@tesda.example`,
  'https://tesda.example@evil.example/',
  'Complaints office, room 3',
])('a contact that is no safe address is refused where it is proposed, and is not repeated: %s', async (contact) => {
  for (const [path, name] of [
    ['authorities', 'Board of Contacts (demonstration)'],
    ['bodies', 'Body of Contacts (demonstration)'],
  ] as const) {
    const stated = { id: `demo-th-contact-${path}`, identity: { ...identity, name, contact } }
    const refused = await officers.first(`${officers.base}/${path}`, stated)
    expect(refused.status, path).toBe(422)
    expect(refused.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)).toContain(
      '/identity/contact',
    )
    expect(refused.text).not.toContain(contact)
  }
})

test('a new authority under this one is no root, and accredits bodies once it is accredited itself', async () => {
  const [board, body] = ['demo-th-board', 'demo-th-academy']
  const reference = { legalReference: 'Act 9', contact: 'board@demo-th-board.example' }
  const stated = { ...identity, name: 'Trades Board (demonstration)', ...reference }
  await officers.decide(`${officers.base}/authorities`, { id: board, identity: stated })
  const listed = async () => {
    const { authorities } = (await registry.ask('/authorities?state=TH')).json<{ authorities: { id: string }[] }>()
    return authorities.find(({ id }) => id === board)
  }
  expect(await listed()).toMatchObject({ ...reference, under: ONEC, accepted: false, accreditations: [] })
  const directory = await registry.ask('/authorities?state=TH', { headers: asPage })
  // an authority with a contact is shown with it, as a link.
  expect(directory.text).toContain(`<a href="mailto:${reference.contact}" rel="noopener noreferrer"><bdi>`)
  const scope = { qualifications: ['th-brick-1'], places: ['TH'] }
  await officers.decide(`${officers.base}/accreditations`, { grantee: board, right: 'accredit', scope, basis: 'Act 9' })
  expect(
    await officers.decide(`${officers.base}/bodies`, {
      id: body,
      identity: { ...identity, name: 'Academy (demonstration)' },
    }),
  ).toMatchObject({
    state: 'carried-out',
  })
  const jointly = { grantee: body, jointly: board, scope, basis: 'decision 3' }
  const { change } = await officers.decide(`${officers.base}/accreditations`, jointly)
  // The board has decided nothing yet. Its two officers must decide, so they are made its members first.
  // They are no officers of this authority, because nobody approves a role for themselves.
  const others = registry.demonstration.officers.filter(({ authority }) => authority !== officers.authority)
  const [one = '', two = ''] = others.map(({ client }) => client)
  const as = async (client: string, path: string, body: object) =>
    registry.ask(path, { token: await registry.token(client, 'registry:propose registry:approve'), body })
  for (const subject of [one, two])
    await officers.decide(`${officers.base}/members`, { owner: board, subject, roles: ['propose', 'approve'] })
  const join = `/authorities/${board}/accreditations/${body}.${change.grant}/join`
  const proposed = (await as(one, join, { basis: 'board decision 1' })).json<Proposal>()
  expect(await answerTone(body)).toBe('not-for-this')
  const approval = await as(two, `/authorities/${board}/proposals/${proposed.id}/approve`, { hash: proposed.hash })
  expect(approval.status).toBe(200)
  expect(await registry.later(() => answerTone(body))).toBe('authorised')
  // The board accredits, and issues nothing itself.
  expect([await answerTone(board), await answerTone(board, '&right=issue')]).toEqual(['authorised', 'not-for-this'])
})

test.each([
  ['an id that somebody has', { id: DSD, identity }, 409],
  ['an id that is kept for the registry', { id: 'registry', identity }, 422],
  ['another state', { id: 'demo-x', identity: { ...identity, state: 'PH' } }, 422],
  ['one for real under a demonstration', { id: 'demo-x', identity: { ...identity, demonstration: false } }, 422],
  ['a demonstration that does not say so', { id: 'demo-x', identity: { ...identity, name: 'Real Authority' } }, 422],
  ['a website without https', { id: 'demo-x', identity: { ...identity, website: 'http://new.example' } }, 422],
])('a registration is refused for %s', async (_, content, status) => {
  expect(problemOf(await officers.first(`${officers.base}/bodies`, content)).status).toBe(status)
  expect(problemOf(await officers.first('/authorities/demo-my-mqa/bodies', content)).status).toBe(
    content.identity.website.startsWith('http:') ? 422 : 404,
  )
})

test('a domain counts as stated by the body until control of it was shown; then answers and pages give the day', async () => {
  const [stated, shown] = ['demo-th-stated', 'demo-th-shown']
  const named = (id: string) => ({ ...identity, name: `${id} (demonstration)` })
  const readOn = day(1)
  const control = { domain: 'new.example', sha256: 'x'.repeat(43), readOn }
  await officers.decide(`${officers.base}/bodies`, { id: stated, identity: named(stated) })
  const { change } = await officers.decide(`${officers.base}/bodies`, { id: shown, identity: named(shown), control })
  expect(change).toMatchObject({ control })
  const answer = async (id: string) => (await registry.ask(`/issuers/${id}`)).json<{ issuer: object }>().issuer
  expect(await answer(shown)).toMatchObject({ domain: 'new.example', control })
  expect(await answer(stated)).not.toHaveProperty('control')
  const page = async (id: string) => (await registry.ask(`/issuers/${id}`, { headers: asPage })).text
  expect(await page(stated)).toContain('The body stated this domain.')
  expect(await page(shown)).toContain('that the body controls this domain')
  const wrong = { id: 'demo-th-x', identity: named('demo-th-x'), control: { ...control, domain: 'other.example' } }
  expect(problemOf(await officers.first(`${officers.base}/bodies`, wrong)).errors).toMatchObject([
    { pointer: '/control/domain' },
  ])
})

test('R003: a look-alike name of the same state is refused; one of another state is shown to both officers', async () => {
  const twin = { ...identity, name: 'A twin (demonstration)', acronym: 'DSD'.replace('S', '\u0405') }
  const refused = await officers.first(`${officers.base}/centres`, { id: 'demo-th-twin', identity: twin })
  expect(problemOf(refused)).toMatchObject({
    status: 409,
    detail: expect.stringContaining(`(${DSD}, TH)`),
    errors: [{ pointer: '/identity/acronym', detail: expect.stringContaining(DSD) }],
  })
  const abroad = { ...identity, name: 'TESD\u0410 (demonstration)' }
  const proposed = (await officers.first(`${officers.base}/bodies`, { id: 'demo-th-abroad', identity: abroad })).json<{
    id: string
    change: object
  }>()
  const resembles = [
    { id: TESDA, name: expect.stringMatching(/^Technical Education/), alike: 'TESDA (demonstration)', state: 'PH' },
  ]
  expect(proposed.change).toMatchObject({ resembles })
  const { proposals } = (await officers.second(`${officers.base}/proposals`)).json<{ proposals: { id: string }[] }>()
  expect(proposals.find(({ id }) => id === proposed.id)).toMatchObject({ change: { resembles } })
})

test('authorities are listed with their rights and the law behind each', async () => {
  const { authorities } = (await registry.ask('/authorities?limit=100')).json<{ authorities: { id: string }[] }>()
  expect(authorities.find(({ id }) => id === ONEC)).toMatchObject({
    state: 'TH',
    mandate: expect.any(String),
    accepted: true,
    demonstration: true,
  })
  expect(authorities.map(({ id }) => id)).not.toContain(DSD)
})

test('after a succession the verdict and the page of an earlier certificate name the successor of its issuer', async () => {
  const { link } = await officerOf(registry, DSD).issue(aThaiBricklayer('SUCCEEDED-1'))
  const successorEntity = async () => (await verify(registry, { link })).issuer.today.chain.at(-1)?.successor
  expect(await successorEntity()).toBeUndefined()
  await officers.decide(`${officers.base}/successions`, { id: DSD, successor: NEW, basis: 'Act 2' })
  expect(await registry.later(successorEntity)).toEqual({ id: NEW, name: identity.name, state: identity.state })
  for (const path of [new URL(link).pathname, `/issuers/${DSD}`])
    expect((await registry.ask(path, { headers: asPage })).text).toContain(`<a class="tlink" href="/issuers/${NEW}">`)
})
