import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { day } from './certificate.ts'
import { atTheDesk, identity, plain } from './desk-officers.ts'
import { officersOf } from './trust.ts'

/**
 * From fictional Samudra to fictional Lautan: a certificate is recognised in part, then in full, and is revoked in the end. The verdict
 * is that of its issuer all the time.
 */

const HOST = 'demo-xl-lla'
const BODY = 'demo-xs-stc'
const BRICKLAYING = `${BODY}.bricklaying-2`
const home = `/desk/authorities/${HOST}`
const [one, two] = [`${HOST}-officer-1`, `${HOST}-officer-2`]

interface Answered {
  verdict: string
  checks: { name: string; outcome: string }[]
  certificate: { units?: { code: string }[]; qualification: { edition: string } }
  recognition?: { decision: string; result: string; applies: string; host: { state: string }; appealed?: object }[]
}
interface Listed {
  decisions: { id: string; qualification: string; applies: string }[]
}

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let desk: ReturnType<typeof atTheDesk>
let link: string
let edition: string
let units: string[]
let before: Answered
const verified = async () => {
  const document = await registry.document('signed-aqrf-level')
  return registry.later(async () =>
    (await registry.ask('/verify', { body: { verifiableCredential: document } })).json<Answered>(),
  )
}
const pageOf = (path: string, language = 'en') =>
  registry.ask(path, { headers: { accept: 'text/html', 'accept-language': language } }).then(({ text }) => text)
const listed = (query = '') => registry.ask(`/decisions${query}`).then((answer) => answer.json<Listed>().decisions)

const terms = () => ({
  qualification: BRICKLAYING,
  edition,
  issuers: [BODY],
  award: { from: day(400), until: day(-400) },
  issuedUntil: day(-500),
  appeal: 'To the Lautan Labour Board, within 30 days.',
  basis: 'Skills Recognition Act 3 of 2019 (fictional), section 4',
})

beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry, HOST)
  desk = atTheDesk(registry)
  link = new URL(registry.demonstration.certificates.find((each) => each.case === 'signed-aqrf-level')?.link ?? '')
    .pathname
  before = await verified()
  edition = before.certificate.qualification.edition
  const record = await registry.ask(`/qualifications/${BRICKLAYING}`)
  units = record.json<{ units: { code: string }[] }>().units.map(({ code }) => code)
})
afterAll(() => registry.close())

test('before anybody decided, the page says that nothing is recorded and that this is no refusal', async () => {
  expect([before.verdict, before.recognition]).toEqual(['valid', undefined])
  expect(plain(await pageOf(link))).toContain(
    'No decision of a host country is recorded about certificates like this one',
  )
  expect(await listed()).toEqual([])
})

test('R-020, R-124: two officers of the host recognise in part, by the API. The verdict is the same (K008)', async () => {
  const [, , ...recognised] = units
  const body = {
    ...terms(),
    result: 'part',
    units: recognised,
    reason: 'Two units are not part of the standard of Lautan.',
    entitles: [{ kind: 'wage', text: 'Wage class B', source: 'https://labour.lautan.example/wages', readOn: day(10) }],
  }
  // The territory comes from the record of the authority (K001), and other officers decide nothing for it (I36).
  const withHost = await officers.first(`${officers.base}/decisions`, { ...body, host: 'XS' })
  expect(withHost.status).toBe(422)
  const others = await officersOf(registry, 'demo-xs-sqc')
  expect((await others.first(`${officers.base}/decisions`, body)).status).toBe(404)
  expect((await others.first(`${others.base}/decisions`, body)).json()).toMatchObject({
    errors: [{ pointer: '/qualification', reason: 'may-not-recognise' }],
  })
  const proposal = await officers.decide(`${officers.base}/decisions`, body)
  expect(proposal.change).toMatchObject({ verb: 'recognise-class', fitting: 'one-to-nine' })

  const { recognition, ...rest } = await verified()
  const outcomes = ({ checks }: Pick<Answered, 'checks'>) => checks.map(({ name, outcome }) => [name, outcome])
  expect(outcomes(rest)).toEqual(outcomes(before))
  expect(rest.verdict).toBe('valid')
  expect(recognition).toMatchObject([{ result: 'part', applies: 'now', host: { id: HOST, state: 'XL' } }])
  const page = await pageOf(link)
  const words = plain(page)
  for (const shown of [
    'These decisions are no part of the check above',
    'Lautan Labour Authority (demonstration)',
    `Recognised in part: ${recognised.length} of its units`,
    'Class of wage: Wage class B',
    'A recognition is no work permit and no licence',
    'Units not recognised',
  ])
    expect(words.replaceAll(/ (?=[:.,])/g, '')).toContain(shown)
  expect(page).not.toContain('AMINAH')
  expect(plain(await pageOf(link, 'th'))).toContain('คำตัดสินเหล่านี้ไม่ใช่ส่วนหนึ่งของการตรวจสอบข้างต้น')
  const list = plain(await pageOf('/decisions?host=XL'))
  expect(list).toContain('Bricklaying and Plastering, Level 2')
  // No question about one certificate is known here.
  expect(await listed('?certificate=urn:uuid:1&host=XL')).toHaveLength(1)
  expect([(await listed(`?qualification=${BRICKLAYING}&host=XL`)).length, (await listed('?host=TH')).length]).toEqual([
    1, 0,
  ])
  // The log of the catalogue carries it.
  const records = await registry.ask('/log/catalogue/records?of=decisions')
  const [{ entry } = { entry: '' }] = records.json<{ records: { entry: string }[] }>().records
  expect((await registry.ask(`/log/catalogue/index/${entry}`)).status).toBe(200)
  expect(JSON.stringify(records.json())).not.toContain('officer')
})

test('R-020: at the desk they end it and recognise in full, and an appeal is recorded. Others cannot', async () => {
  const [{ id } = { id: '' }] = await listed()
  const others = await officersOf(registry, 'demo-th-onec')
  const end = { basis: 'Decree 9', reason: 'The standard of Lautan changed' }
  expect((await others.first(`${others.base}/decisions/${id}/end`, end)).status).toBe(404)
  expect((await officers.first(`${officers.base}/decisions/unknown/end`, end)).status).toBe(404)
  const decided = `${id} ${edition} ${BRICKLAYING}`
  await desk.decided(
    'record-appeal',
    { decided, appealState: 'fell', appealNote: 'Plastering is part of it.' },
    { home, one, two },
  )
  await desk.decided('end-recognition', { decided, ...end }, { home, one, two })
  const full = {
    standard: BRICKLAYING,
    ofEdition: edition,
    issuers: BODY,
    'award.from': day(400),
    'award.until': day(-400),
    issuedUntil: day(-500),
    result: 'full',
    appeal: 'To the Lautan Labour Board.',
    basis: 'Decree 9',
  }
  const wrong = await desk.send('recognise-class', { ...full, result: 'measures' }, 'check', { home, one })
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringMatching(/id="f-measures"[^>]*aria-invalid="true"/)])
  const checked = await desk.send('recognise-class', full, 'check', { home, one })
  expect(plain(checked.text)).toContain('Certificates that fit at present One to nine')
  await desk.decided('recognise-class', full, { home, one, two })
  const { verdict, recognition } = await verified()
  expect([verdict, recognition?.map(({ result, applies }) => [result, applies])]).toEqual([
    'valid',
    [
      ['part', 'ended'],
      ['full', 'now'],
    ],
  ])
  expect(recognition?.[0]).toMatchObject({ appealed: { state: 'fell' } })
})

test('a revoked certificate was recognised, and nothing looks like a yes', async () => {
  const document = await registry.document('signed-aqrf-level')
  const token = await registry.token(BODY, 'credentials:status')
  const id = String(document.id).slice('urn:uuid:'.length)
  const revoked = await registry.ask(`/issuers/${BODY}/credentials/${id}/revoke`, {
    token,
    body: { reason: 'issued-in-error' },
  })
  expect(revoked.status).toBe(200)
  const { verdict, recognition } = await verified()
  expect([verdict, recognition?.map(({ applies }) => applies)]).toEqual(['invalid', ['ended', 'was']])
  const words = plain(await pageOf(link))
  expect(words).toContain('Was recognised. The certificate is in force no more.')
})

test('K011: at the desk a root lets an authority of its state recognise, within qualifications of other states', async () => {
  const board = 'demo-xl-board'
  await desk.decided(
    'register-authority',
    {
      id: board,
      ...identity('Lautan Trades Board', 'https://trades.lautan.example'),
      'identity.state': 'XL',
      'identity.legalReference': 'Act 9 of 2020 (fictional)',
    },
    { home, one, two },
  )
  const path = `${home}/actions/grant-recognition`
  const choice = await registry.later(() => desk.open(path, one))
  expect(choice.text).toContain(`value="${board}"`)
  const form = await desk.open(`${path}?grantee=${board}`, one)
  expect(plain(form.text)).not.toContain('Which right')
  const found = await desk.send('grant-recognition', { grantee: board, 'scope.search': 'bricklaying' }, 'change', {
    home,
    one,
  })
  expect(found.text).toContain(`name="scope.qualifications:${BRICKLAYING}"`)
  const grant = { grantee: board, basis: 'Act 9, section 2', reason: 'It knows the trades' }
  const open = await desk.send('grant-recognition', grant, 'check', { home, one })
  expect([open.status, open.text]).toEqual([422, expect.stringContaining('href="#f-scope-qualifications"')])
  await desk.decided(
    'grant-recognition',
    { ...grant, [`scope.qualifications:${BRICKLAYING}`]: 'yes', 'scope.occupations': '7112' },
    { home, one, two },
  )
  interface Shown {
    id: string
    accreditations: { id: string; right: string; scope: object }[]
  }
  const listed = await registry.later(() => registry.ask('/authorities?state=XL'))
  const granted = listed.json<{ authorities: Shown[] }>().authorities.find(({ id }) => id === board)
  expect(granted?.accreditations).toMatchObject([
    { right: 'recognise', scope: { qualifications: [BRICKLAYING], occupations: ['7112'], places: ['XL'] } },
  ])
  // Its form of a change has the same choices.
  const amend = await desk.open(`${home}/actions/amend?accreditation=${granted?.accreditations[0]?.id}`, one)
  expect(amend.text).toMatch(new RegExp(`name="scope.qualifications:${BRICKLAYING}" value="yes" checked`))
  expect(amend.text).not.toContain('name="scope.framework"')
})

test('R-094, R-013: a joint decision with one party missing, then joined, then left', async () => {
  const [third, origin] = ['demo-th-onec', 'demo-xs-sqc']
  const office = (authority: string) => ({
    home: `/desk/authorities/${authority}`,
    one: `${authority}-officer-1`,
    two: `${authority}-officer-2`,
  })
  // Two years ago, so it overlaps none that the host made above.
  const [own] = (await listed('?host=XL')).filter(({ applies }) => applies === 'now')
  const of = `${own?.id} ${edition} ${BRICKLAYING}`
  await desk.decided('end-recognition', { decided: of, basis: 'Decree 10', reason: 'Together' }, { home, one, two })
  await desk.decided(
    'recognise-class',
    {
      standard: BRICKLAYING,
      ofEdition: edition,
      issuers: BODY,
      'award.from': day(400),
      'award.until': day(-400),
      issuedUntil: day(-500),
      result: 'full',
      appeal: 'To the board of your state.',
      basis: 'Agreement of three states (fictional)',
      jointlyWith: `${third}\n${origin}`,
    },
    { home, one, two },
  )
  const joint = async () => {
    const answer = await registry.later(() => registry.ask('/decisions?host=XL'))
    return answer
      .json<{ decisions: { id: string; applies: string; jointly?: { hash: string; missing: string[] } }[] }>()
      .decisions.find(({ jointly }) => jointly !== undefined)
  }
  const { id = '', applies, jointly } = (await joint()) ?? {}
  expect([applies, jointly?.missing]).toEqual(['waiting', [third, origin]])
  const named = (await verified()).recognition?.map(({ decision }) => decision)
  expect(named).not.toContain(id)
  expect(plain(await pageOf('/decisions?host=XL'))).toContain('Not every authority has joined. It counts for nobody.')

  // By the API and at the desk, each by two of its own officers, for the text that they read.
  const officersOfThird = await officersOf(registry, third)
  const join = `${officersOfThird.base}/decisions/${id}/join`
  expect((await officersOfThird.first(join, { hash: 'another' })).status).toBe(409)
  const others = await officersOf(registry, 'demo-ph-pqfncc')
  expect((await others.first(`${others.base}/decisions/${id}/join`, { hash: jointly?.hash })).status).toBe(404)
  await officersOfThird.decide(join, { hash: jointly?.hash })
  expect((await joint())?.applies).toBe('waiting')
  const value = `${of.replace(String(own?.id), id)} ${jointly?.hash}`
  const choice = await desk.open(`${office(origin).home}/actions/join-recognition`, office(origin).one)
  expect(choice.text).toContain(`value="${value}"`)
  const checked = await desk.send('join-recognition', { joinableDecision: value }, 'check', office(origin))
  expect(plain(checked.text)).toContain('Agreement of three states (fictional)')
  await desk.decided('join-recognition', { joinableDecision: value }, office(origin))
  expect((await joint())?.applies).toBe('now')
  // The certificate was revoked above, so the joint decision is one that it had.
  expect((await verified()).recognition).toContainEqual(expect.objectContaining({ decision: id, applies: 'was' }))
  const page = plain(await pageOf('/decisions?host=TH'))
  expect(page).toContain('Decided together with')
  expect(page).toContain('Agreed by the authority of the state of the qualification')

  await desk.decided(
    'end-recognition',
    { decided: of.replace(String(own?.id), id), basis: 'Decree 4', reason: 'It left the agreement' },
    office(third),
  )
  expect((await joint())?.applies).toBe('ended')
  expect((await officersOfThird.first(join, { hash: jointly?.hash })).status).toBe(409)
})
