import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage, checkOf, day, type Issued, officerOf, pathOf, problemOf, verify } from './certificate.ts'
import { DSD, ONEC, officersOf, PQFNCC, type Proposal } from './trust.ts'

const FRAMEWORK = `${ONEC}.tqf`
const COOKERY = `${DSD}.cookery-2`
const source = 'https://standards.example/cookery'
const units = Array.from({ length: 8 }, (_, at) => ({ code: `COOK-${at + 1}`, title: `Cooking unit ${at + 1}` }))
const edition = (id: string, change: object = {}) => ({
  id,
  from: day(60),
  level: { framework: FRAMEWORK, national: 2 },
  units,
  validity: { years: 3 },
  source,
  ...change,
})
const cookery = {
  id: 'cookery-2',
  title: 'Cookery, level 2',
  localTitles: [{ text: 'การประกอบอาหาร ระดับ 2', language: 'th' }],
  description: 'Found able to cook plain food for groups.',
  field: 'Food and hospitality',
  source,
}

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
/** Two persons of another authority are the officers of the body: nobody approves a role for themselves. */
let ofBody: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  ofBody = await officersOf(registry, PQFNCC)
  for (const { authority, client: subject } of registry.demonstration.officers)
    if (authority === PQFNCC)
      await officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles: ['propose', 'approve'] })
})
afterAll(() => registry.close())

/** Two officers of the body decide. */
async function stated(path: string, body: object): Promise<Proposal> {
  const proposed = await ofBody.first(`/issuers/${DSD}/qualifications${path}`, body)
  if (proposed.status !== 202) throw new Error(`not proposed: ${proposed.status} ${proposed.text}`)
  const { id, hash } = proposed.json<Proposal>()
  const approved = await ofBody.second(`/issuers/${DSD}/qualifications/proposals/${id}/approve`, { hash })
  if (approved.status !== 200) throw new Error(`not approved: ${approved.status} ${approved.text}`)
  return approved.json<Proposal>()
}
const aCook = (certificateNumber: string, change: object = {}) => ({
  qualification: COOKERY,
  holder: { name: 'MALEE EXAMPLE' },
  certificateNumber,
  assessedOn: day(3),
  awardedOn: day(2),
  ...change,
})
const issue = (certificateNumber: string, change: object = {}) =>
  officerOf(registry, DSD).issue(aCook(certificateNumber, change))
const levelsOf = async ({ link }: Issued) =>
  (await verify(registry, { link })).levels.map(({ framework, level }) => [framework, level])

let before: Issued

test('R-002: an authority registers its framework, and confirms the AQRF level of each level', async () => {
  const at = `${officers.base}/frameworks`
  const name = 'Trial Qualifications Framework'
  await officers.decide(at, { id: 'tqf', name, acronym: 'TQF', levels: 3, source, effectiveFrom: day(400) })
  await officers.decide(`${at}/${FRAMEWORK}/referencings`, {
    status: 'endorsed',
    endorsedOn: day(90),
    report: 'Referencing report of the trial',
    source,
  })
  const rows = [1, 2, 4].map((aqrf, place) => ({ national: place + 1, aqrf }))
  await officers.decide(`${at}/${FRAMEWORK}/levels/confirm`, { version: '1', rows, source, effectiveFrom: day(30) })
})

test('in the morning a body adds a qualification with eight units, and is accredited for it', async () => {
  const refused = await officerOf(registry, DSD).request(aCook('COOK-0'), 'cook-0')
  expect(problemOf(refused)).toMatchObject({ status: 422, detail: expect.any(String) })
  expect(await stated('', { ...cookery, edition: edition('2026') })).toMatchObject({ state: 'carried-out' })
  // Owning a qualification is no right to issue it.
  expect(problemOf(await officerOf(registry, DSD).request(aCook('COOK-0'), 'cook-1')).status).toBe(403)
  await officers.decide(`${officers.base}/accreditations`, {
    grantee: DSD,
    scope: { qualifications: [COOKERY] },
    basis: 'decision 12',
    effectiveFrom: day(60),
  })
})

test('it issues at once, with the level that it claims and no AQRF level', async () => {
  const early = await issue('COOK-1')
  expect(await levelsOf(early)).toEqual([
    [FRAMEWORK, '2'],
    ['AQRF', undefined],
  ])
  const verdict = await verify(registry, { link: early.link })
  expect(verdict.levels[1]?.basis).toContain('has not placed this edition')
})

test('the authority places the edition, and the body issues at noon: an employer sees level, AQRF level and units', async () => {
  await officers.decide(`${officers.base}/placements`, {
    qualification: COOKERY,
    edition: '2026',
    framework: FRAMEWORK,
    level: 2,
    source,
    effectiveFrom: day(30),
  })
  before = await issue('COOK-2')
  const verdict = await registry.later(() => verify(registry, { link: before.link }))
  expect(verdict).toMatchObject({
    verdict: 'valid',
    certificate: { qualification: { title: 'Cookery, level 2', edition: '2026' }, units },
    levels: [
      { framework: FRAMEWORK, level: '2', confirmed: true },
      { framework: 'AQRF', level: '2', confirmed: true },
    ],
  })
  const page = await registry.ask(pathOf(before), { headers: asPage })
  expect(page.text).toContain('TQF')
  for (const { title } of units) expect(page.text).toContain(title)
  expect(page.text).not.toContain(`>${FRAMEWORK}<`)
})

test('a correction that the authority did not confirm brings nothing new into the accreditation', async () => {
  await stated('', { ...cookery, id: 'baking-2', title: 'Baking, level 2', edition: edition('2026') })
  const request = { ...aCook('BAKE-1'), qualification: `${DSD}.baking-2` }
  expect(problemOf(await officerOf(registry, DSD).request(request, 'bake-1'))).toMatchObject({
    status: 403,
    type: expect.stringMatching(/type-not-in-scope$/),
  })
})

test('a later edition takes its place, bodies may name the older one, and certificates keep theirs', async () => {
  const next = edition('2027', { from: day(5), supersedes: '2026', units: units.slice(0, 6) })
  await stated(`/${COOKERY}/editions`, { edition: next, effectiveFrom: day(5) })
  const newest = await registry.later(() => issue('COOK-3'))
  expect((await verify(registry, { link: newest.link })).certificate?.qualification).toMatchObject({ edition: '2027' })
  // The new edition is not placed yet.
  expect(await levelsOf(newest)).toEqual([
    [FRAMEWORK, '2'],
    ['AQRF', undefined],
  ])
  const older = await issue('COOK-4', { edition: '2026' })
  expect((await verify(registry, { link: older.link })).certificate?.qualification).toMatchObject({ edition: '2026' })
  const kept = await verify(registry, { verifiableCredential: before.verifiableCredential })
  expect([kept.verdict, checkOf(kept, 'qualification')?.outcome]).toEqual(['valid', 'passed'])
})

test('a request for an edition that does not exist, or is not awarded yet, is refused with its place', async () => {
  const refused = async (change: object) =>
    problemOf(await officerOf(registry, DSD).request(aCook('COOK-5', change), `cook-5-${JSON.stringify(change)}`))
  expect(await refused({ edition: '2031' })).toMatchObject({ status: 422, errors: [{ pointer: '/edition' }] })
  expect(await refused({ edition: '2027', assessedOn: day(20), awardedOn: day(20) })).toMatchObject({
    status: 422,
    errors: [{ pointer: '/edition' }],
  })
})

test('Q005, Q006, Q012: a statement that cannot stand is refused by the API with its place, its reason and what to do', async () => {
  const named = (count: number) => Array.from({ length: count }, (_, at) => ({ code: `U-${at}`, title: `Unit ${at}` }))
  const ofEdition = (change: object) =>
    ofBody.first(`/issuers/${DSD}/qualifications/${COOKERY}/editions`, { edition: edition('2026', change) })
  const cases = [
    [{ units: [...named(2), { code: 'U-0', title: 'Again' }] }, '/units/2/code'],
    [{ units: named(77) }, '/units'],
    [{ level: { framework: FRAMEWORK, national: 4 } }, '/level/national'],
    [{ level: { framework: FRAMEWORK, national: 0 } }, '/level/national'],
    [{ supersedes: '2026' }, '/supersedes'],
    [{ supersedes: '1999' }, '/supersedes'],
  ] as const
  for (const [change, pointer] of cases) {
    const problem = problemOf(await ofEdition(change))
    expect([pointer, problem.status, problem.errors?.[0]?.pointer]).toEqual([
      pointer,
      expect.any(Number),
      expect.stringContaining(pointer),
    ])
    expect([400, 422]).toContain(problem.status)
    expect(problem.errors?.[0]).toMatchObject({
      reason: expect.any(String),
      detail: expect.stringMatching(/.{10}/),
    })
  }
  const foreign = await ofBody.first(`/issuers/${DSD}/qualifications/${ONEC}.cookery-2/editions`, {
    edition: edition('2026'),
  })
  expect(problemOf(foreign).status).toBe(404)
  const withOwner = await ofBody.first(`/issuers/${DSD}/qualifications`, {
    ...cookery,
    id: `${ONEC}.x`,
    edition: edition('2026'),
  })
  expect([400, 404, 422]).toContain(problemOf(withOwner).status)
})

test('Q007: an officer of another body or authority gets the answer for what does not exist', async () => {
  const answer = await officers.first(`/issuers/${DSD}/qualifications`, { ...cookery, edition: edition('2026') })
  expect(problemOf(answer).status).toBe(404)
})

test('a retired qualification is issued no more, and its certificates stay valid', async () => {
  await stated(`/${COOKERY}/retire`, { basis: 'decision 40' })
  const refused = await registry.later(() =>
    officerOf(registry, DSD).request(aCook('COOK-6', { assessedOn: day(0), awardedOn: day(0) }), 'cook-6'),
  )
  expect(problemOf(refused)).toMatchObject({ status: 422, errors: [{ pointer: '/qualification' }] })
  expect((await verify(registry, { link: before.link })).verdict).toBe('valid')
})

test('I56: without a network an old certificate keeps its edition, its levels and its verdict', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-catalogue-'))
  // So that the status lists are signed long enough after the certificate.
  registry.pass(60 * 60_000)
  await registry.sequence()
  const sijil = async (words: string[], url = registry.baseUrl) => {
    const done = await runHere([...words, '--json'], { folder, environment: { SIJIL_URL: url }, now: registry.now })
    return { code: done.code, answer: JSON.parse(done.stdout || done.stderr) }
  }
  await writeFile(join(folder, 'cook.json'), JSON.stringify(before.verifiableCredential))
  expect((await sijil(['log', 'proof', 'cook.json', '--out', 'cook.tlog-proof'])).code).toBe(0)
  const verified = () =>
    sijil(['verify', 'cook.json', '--bundle', 'sijil-trust.json', '--proof', 'cook.tlog-proof'], 'http://localhost:9')
  await sijil(['bundle', '--issuer', DSD])
  expect((await verified()).answer).toMatchObject({ verdict: 'indeterminate' })
  const fetched = await sijil(['bundle', '--issuer', DSD, '--qualification', COOKERY])
  // Three statements of the body, one placement, and three statements about the framework.
  expect(fetched.answer).toMatchObject({ statements: 7 })
  const { code, answer } = await verified()
  expect(code).toBe(0)
  expect(answer).toMatchObject({
    verdict: 'valid',
    certificate: { qualification: { edition: '2026' }, units },
    levels: [
      { framework: FRAMEWORK, level: '2' },
      { framework: 'AQRF', level: '2' },
    ],
  })
  const nothing = await sijil(['bundle', '--qualification', `${DSD}.nothing`])
  expect(nothing.answer).toMatchObject({ title: `${DSD}.nothing is not a qualification of this registry` })
  await rm(folder, { recursive: true })
})
