import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CORRIDOR_LICENCE } from '@sijil/qualifications'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Route, routes } from '../../functions/routes.ts'
import { openBrowser, openReader, unclear, visit } from '../support/browser.ts'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { officersOf } from './trust.ts'

/** Fictional Lautan and Samudra go from step 1 to 7b. Thailand's authority of the demonstration joins in the middle. */

const HOST = 'demo-xl-lla'
const ORIGIN = 'demo-xs-sqc'
const THIRD = 'demo-th-onec'
const CORRIDOR = `${HOST}.building`
const BRICKS = 'demo-xs-stc.bricklaying-2'
const TRACK = `/corridors/${CORRIDOR}/bricks`
const MARKUP = '<img src=x onerror=alert(1)>'
const SECRET = 'Examination of Ms Santos'
const hashed = (digit: string) => digit.repeat(64)
const PRIVATE = hashed('e')
const LIST = 'List of occupations'
const open = (artefact: string, digit: string) => ({
  ...{ access: 'public', artefact, title: `Document ${digit}`, sha256: hashed(digit) },
  address: 'https://labour.lautan.example/document',
})

type Officers = Awaited<ReturnType<typeof officersOf>>
interface Step {
  step: string
  progress: string
  declarations: { hash: string; statement: { evidence: { artefact: string; commitment?: string }[] } }[]
  missing: { id: string }[]
}
interface Track {
  steps: Step[]
  timeline: { entry?: string; type: string; of?: string; step?: string; recordedAt: string }[]
}

let registry: OpenRegistry
let browser: Browser
let host: Officers
let origin: Officers
let third: Officers
let desk: ReturnType<typeof atTheDesk>
const officersAt = (home: string) => ({
  home: `/desk/authorities/${home}`,
  one: `${home}-officer-1`,
  two: `${home}-officer-2`,
})
const [ofHost, ofOrigin] = [officersAt(HOST), officersAt(ORIGIN)]
const atDesk = (action: string, at: typeof ofHost, fields: Record<string, string>) => desk.decided(action, fields, at)
const today = () => registry.now().toISOString().slice(0, 10)
const shown = () => registry.ask(TRACK).then((answer) => answer.json<Track>())
const step = async (id: string) => (await shown()).steps.find((one) => one.step === id)
const pageOf = async (path: string, language = 'en') =>
  (await registry.ask(path, { headers: { accept: 'text/html', 'accept-language': language } })).text
const at = (party: Officers, id: string, verb: string) =>
  `${party.base}/corridors/${CORRIDOR}/tracks/bricks/${id}/${verb}`
const declare = (party: Officers, id: string, evidence: object[] = []) =>
  party.decide(at(party, id, 'declare'), { progress: 'done', on: today(), part: `Step ${id} ${MARKUP}`, evidence })
const join = async (party: Officers, id: string) =>
  party.decide(at(party, id, 'join'), { hash: (await step(id))?.declarations[0]?.hash ?? '' })
const version = (number: number, parties: string[]) => ({
  ...{ id: 'building', version: number, parties, title: 'Building trades of two states' },
  tracks: [
    {
      ...{ id: 'bricks', skillsArea: `Bricklaying ${MARKUP}`, origin: 'XS', host: 'XL' },
      demand: [open('demand-evidence', 'd')],
      occupations: [
        {
          isco: '7112',
          descriptions: [
            { language: 'en', text: 'Lays bricks and blocks' },
            { language: 'th', text: 'ช่างก่ออิฐ' },
          ],
          roles: ['Sets out walls'],
        },
      ],
      areas: [{ area: 'Walls', occupations: ['7112'], qualifications: [BRICKS] }],
    },
  ],
})
/** The same text as an officer types it. */
const typedVersion = (track: string, digit: string) => ({
  'track.id': track,
  'track.skillsArea': `Bricklaying ${MARKUP}`,
  ...{ 'track.origin': 'XS', 'track.host': 'XL' },
  'track.demand': `Document ${digit}\t${hashed(digit)}\thttps://labour.lautan.example/document`,
  'track.occupations': '7112\ten\tLays bricks and blocks\tSets out walls\n7112\tth\tช่างก่ออิฐ\t',
  'track.areas': `Walls\t7112\t${BRICKS}`,
})
const textOf = async (number: number) => {
  const { version: current, waiting } = (await registry.ask(`/corridors/${CORRIDOR}`)).json<
    Record<'version' | 'waiting', { number: number; hash: string } | undefined>
  >()
  return [waiting, current].find((one) => one?.number === number)?.hash ?? ''
}
const joinVersion = async (party: Officers, number: number) =>
  party.decide(`${party.base}/corridors/${CORRIDOR}/${number}/join`, { hash: await textOf(number) })

/** An officer of the host adds a track and a third state in a browser, and another one approves it. */
async function addTrackAndParty(): Promise<void> {
  const at = `${ofHost.home}/actions/revise-corridor`
  expect((await desk.open(at, ofHost.one)).text).toContain(`value="${CORRIDOR} 1"`)
  const cookie = await desk.cookie(ofHost.one)
  const { page, faults, close } = await visit(browser, registry.baseUrl, { cookie })
  const fields = { ...typedVersion('tiles', '3'), 'corridor.parties': `${ORIGIN}\n${THIRD}` }
  const seen = async (name: string) => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 })
      expect([name, width, await unclear(page)]).toEqual([name, width, []])
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/${name}-${width}.png`, fullPage: true })
    }
  }
  for (const language of ['th', 'en']) {
    await page.goto(`${registry.baseUrl}${at}?revisedCorridor=${CORRIDOR}+1&lang=${language}`)
    await seen(`revise-corridor-${language}`)
  }
  expect(await page.locator('[name="corridor.parties"]').inputValue()).toBe(ORIGIN)
  for (const [name, value] of Object.entries(fields))
    if (name === 'track.origin' || name === 'track.host') await page.locator(`[name="${name}"]`).selectOption(value)
    else await page.locator(`[name="${name}"]`).fill(value)
  await page.getByRole('button', { name: 'Check your answers' }).click()
  await page.getByRole('heading', { name: 'Check your answers' }).waitFor()
  await seen('revise-corridor-check')
  expect([faults, await page.locator('main').innerText()]).toEqual([[], expect.stringContaining('tiles')])
  await close()
  await atDesk('revise-corridor', ofHost, {
    ...{ revisedCorridor: `${CORRIDOR} 1`, 'corridor.title': version(2, []).title },
    ...fields,
  })
}

const editionOf = async (id: string) =>
  (await registry.ask(`/qualifications/${id}`)).json<{ edition: string }>().edition
const level = async (change: object = {}) => ({
  ...{ id: 'bricks', version: 1, party: ORIGIN, corridor: CORRIDOR, track: 'bricks', aqrf: 2, hostLevel: 3 },
  edition: { qualification: BRICKS, edition: await editionOf(BRICKS) },
  source: 'https://labour.lautan.example/levels',
  ...change,
})

beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  host = await officersOf(registry, HOST)
  origin = await officersOf(registry, ORIGIN)
  third = await officersOf(registry, THIRD)
  desk = atTheDesk(registry)
})
afterAll(() => Promise.all([registry.close(), browser.close()]))

test('R-065, R-075, R-076, R-077, R-118, Z001, Z004: two states found a corridor together, and nobody without evidence of the demand', async () => {
  const of = version(1, [ORIGIN])
  const without = { ...of, tracks: of.tracks.map((track) => ({ ...track, demand: [] })) }
  expect((await host.first(`${host.base}/corridors`, without)).status).toBe(422)
  const form = {
    ...{ corridorId: 'building', 'corridor.title': of.title, 'corridor.parties': ORIGIN },
    ...typedVersion('bricks', 'd'),
  }
  // A fault names the line that was pasted, also where two lines are one occupation.
  for (const [change, link, words] of [
    [{ 'track.demand': '' }, 'track-demand', 'This is missing.'],
    [{ 'track.occupations': `7112\n7112\n71\ten` }, 'track-occupations', 'Line 3, ISCO-08 code'],
    [{ 'track.demand': `A\tb\thttps://labour.lautan.example/` }, 'track-demand', 'Line 1, SHA-256'],
    [{ 'track.host': 'XS' }, 'track-host', 'Receiving state'],
    [{ 'track.areas': 'Walls\t9999' }, 'track-areas', 'Line 1, occupations'],
    [{ 'corridor.title': 'Equivalent trades' }, 'corridor-title', 'Title of the corridor'],
  ] as const) {
    const refused = await desk.send('propose-corridor', { ...form, ...change }, 'check', ofHost)
    expect([change, refused.status, plain(refused.text)]).toEqual([change, 422, expect.stringContaining(words)])
    expect(refused.text).toContain(`href="#f-${link}"`)
  }
  await atDesk('propose-corridor', ofHost, form)
  expect((await registry.ask(TRACK)).status).toBe(404)
  expect(plain(await pageOf(`/corridors/${CORRIDOR}`))).toContain('Still to join')
  const joinable = `${CORRIDOR} 1 ${await textOf(1)} corridor`
  const shownText = plain((await desk.send('join-version', { joinable }, 'check', ofOrigin)).text)
  for (const part of ['Building trades of two states', 'ช่างก่ออิฐ', hashed('d')]) expect(shownText).toContain(part)
  await atDesk('join-version', ofOrigin, { joinable })
  const second = { ...of, id: 'second' }
  expect((await host.first(`${host.base}/corridors`, second)).status).toBe(409)
  // Z001: an address that is no public document is refused, and nothing is fetched.
  for (const address of [
    'data:text/plain,x',
    'http://labour.lautan.example/x',
    'https://127.0.0.1/x',
    'https://localhost/x',
  ]) {
    const evidence = [{ ...open('occupation-list', 'b'), address }]
    const asked = { progress: 'done', on: today(), part: 'none', evidence }
    const refused = (await host.first(at(host, '1', 'declare'), asked)).json()
    const errors = expect.arrayContaining([expect.objectContaining({ pointer: '/evidence/0/address' })])
    expect([address, refused]).toMatchObject([address, { status: 422, errors }])
  }
  // No level is agreed on before the work of the steps is done by all.
  const early = await host.first(`${host.base}/level-records`, await level())
  expect([early.status, early.json()]).toMatchObject([422, { errors: [{ pointer: '/track' }] }])
  const page = await pageOf(TRACK)
  expect(page).not.toContain('<img src=x')
  for (const words of ['Fictional Samudra to Fictional Lautan', 'ช่างก่ออิฐ', 'Sets out walls', 'Document d'])
    expect(plain(page)).toContain(words)
})

test('R-056, R-059, R-073: at the desk and by programs, from step 1 to 7b, with a third state that joins in the middle', async () => {
  const sha256 = createHash('sha256').update(LIST).digest('hex')
  await declare(host, '1', [{ ...open('occupation-list', 'b'), sha256 }])
  expect(await step('1')).toMatchObject({ progress: 'waits', missing: [{ id: ORIGIN }] })
  await join(origin, '1')
  await atDesk('declare-step', ofOrigin, {
    trackStep: `${CORRIDOR} bricks 2`,
    ...{ progress: 'done', workOn: today(), part: 'Both standards, unit by unit' },
    evidence: `public\tunit-comparison\tComparison 1\t${hashed('c')}\thttps://labour.lautan.example/comparison`,
  })
  const hash = (await step('2'))?.declarations[0]?.hash
  await atDesk('join-step', ofHost, { declared: `${CORRIDOR} bricks 2 ${hash}` })
  expect(await step('2')).toMatchObject({ progress: 'done', declarations: [{ statement: { evidence: [{}] } }, {}] })
  await declare(origin, '3')
  await join(host, '3')
  await addTrackAndParty()
  expect((await third.first(at(third, '1', 'join'), { hash: 'x' })).status).toBe(404)
  await joinVersion(third, 2)
  await joinVersion(origin, 2)
  // What was done stays done, and says who has not joined it.
  expect(await step('3')).toMatchObject({ progress: 'done', missing: [{ id: THIRD }] })
  for (const id of ['1', '2', '3']) await join(third, id)
  const secret = { access: 'hash-only', artefact: 'practice-examination', title: SECRET, sha256: PRIVATE }
  await declare(host, '4', [secret])
  for (const party of [origin, third]) await declare(party, '4')
  await atDesk('attach-evidence', ofOrigin, {
    trackStep: `${CORRIDOR} bricks 4`,
    evidence: `hash-only\tassessor-requirements\t${SECRET}\t${PRIVATE}`,
  })
  for (const party of [host, origin, third]) await declare(party, '5')
  for (const id of ['6', '7a', '7b']) {
    await declare(host, id)
    for (const party of [origin, third]) await join(party, id)
  }
  const { steps, timeline } = await shown()
  expect(steps.map(({ progress }) => progress)).toEqual(Array.from({ length: 8 }, () => 'done'))
  expect(timeline.length).toBeGreaterThan(30)
  expect(timeline.filter(({ type }) => type === 'step-settled').map((one) => one.step)).toEqual([
    ...['1', '2', '3', '4', '5', '6', '7a', '7b'],
  ])
})

test('Z001: a reader compares a document with the hashes of a track in the browser, which says when it differs', async () => {
  const reader = await openReader(browser)
  const page = await reader.open(registry.baseUrl + TRACK)
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.url()))
  const field = page.getByLabel('Choose the document')
  const fileOf = (text: string) => ({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await field.setInputFiles(fileOf(`${LIST}.`))
  await page.getByText('it is another file, or it was changed').waitFor()
  const same = page.getByText('This is the file that you chose').and(page.locator(':visible'))
  expect(await same.count()).toBe(0)
  await field.setInputFiles(fileOf(LIST))
  await page.getByText('The hash is on this page').waitFor()
  expect(await same.count()).toBe(1)
  expect(sent).toEqual([])
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    expect([width, await unclear(page)]).toEqual([width, []])
  }
  expect(await unclear(await reader.open(`${registry.baseUrl}${TRACK}?lang=th`))).toEqual([])
  expect(reader.faults).toEqual([])
  await reader.close()
})

/** Programs that ask about trust, readers of the bundle and other deployments, which take over the bundle and no more, get nothing of it. */
async function leavesNoTrace(file: string): Promise<void> {
  await registry.sequence()
  const own = (name: string) =>
    runHere(name.split(' '), { folder: registry.folder, environment: { SIJIL_URL: registry.baseUrl } })
  const question = {
    entity_id: `did:web:${new URL(registry.baseUrl).host.replace(':', '%3A')}:issuers:demo-xs-stc`,
    authority_id: registry.baseUrl,
    action: 'issue',
    resource: BRICKS,
  }
  expect(await own('bundle')).toMatchObject({ code: 0 })
  const offline = await own(`verify ${file} --bundle sijil-trust.json --json`)
  expect(JSON.parse(offline.stdout)).toMatchObject({ checks: expect.anything() })
  const answers = await Promise.all([
    registry.ask('/trust-bundle'),
    registry.ask('/lists'),
    ...['/authorization', '/recognition'].map((path) => registry.ask(path, { body: question })),
    ...['/entities', '/lookups/actions', `/entities/${HOST}`].map((path) => registry.ask(path)),
  ])
  const [bundle, , asked] = answers
  expect([bundle?.status, asked?.status]).toEqual([200, 200])
  for (const text of [
    offline.stdout,
    await readFile(resolve(registry.folder, 'sijil-trust.json'), 'utf8'),
    ...answers.map((one) => one.text),
  ])
    expect(text).not.toMatch(/level-record|levelRecord|hostLevel|demo-xl-lla\.b(?:uilding|ricks)/)
}

test('R-063, R-072, Z006: the level that two states agree on is shown for their host alone, and for nobody once one of them has left', async () => {
  const held = registry.demonstration.certificates.find(({ case: name }) => name === 'signed-aqrf-level')
  const address = new URL(held?.link ?? '').pathname
  const NOTE = 'not endorsed by the AQRF Committee'
  const panel = (query: string, language?: string) =>
    registry.later(async () => plain(await pageOf(`${address}${query}`, language)))
  for (const [party, body, answer] of [
    [third, await level({ party: HOST }), { status: 422, errors: [{ pointer: '/parties' }] }],
    [host, await level({ party: 'demo-ph-pqfncc' }), { status: 422, errors: [{ pointer: '/parties' }] }],
    [host, await level({ track: 'none' }), { status: 404 }],
    [host, await level({ edition: { qualification: BRICKS, edition: '1999' } }), { status: 422 }],
    [host, await level({ edition: { qualification: 'th-brick-1', edition: '2563' } }), { status: 422 }],
    [host, await level({ aqrf: 9 }), { status: 422 }],
  ] as const)
    expect((await party.first(`${party.base}/level-records`, body)).json()).toMatchObject(answer)
  const { edition } = await level()
  await atDesk('propose-level-record', ofHost, {
    ...{ levelId: 'bricks', levelVersion: '1', ownTrack: `${CORRIDOR} bricks`, otherParty: ORIGIN },
    ...{ standard: BRICKS, ofEdition: edition.edition, aqrf: '2', hostLevel: '3' },
    source: 'https://labour.lautan.example/levels',
  })
  const onTrack = () =>
    registry.later(async () => {
      const { levelRecords } = (await registry.ask(TRACK)).json<{
        levelRecords: { hash: string; state: string; aqrf: number }[]
      }>()
      return levelRecords[0]
    })
  const showsLevel = () => registry.later(async () => (await panel('?host=XL')).includes(NOTE))
  // One side alone says it, so no certificate shows it. Lautan can be chosen because of a comparison.
  expect(await onTrack()).toMatchObject({ state: 'alone', aqrf: 2 })
  expect(await showsLevel()).toBe(false)
  const hash = (await onTrack())?.hash ?? ''
  await atDesk('join-version', ofOrigin, { joinable: `${HOST}.bricks 1 ${hash} level-record` })
  expect(await showsLevel()).toBe(true)
  const words = await panel('?host=XL')
  for (const part of [NOTE, 'AQRF level 2. In Fictional Lautan: level 3.', 'The certificate does not state it.'])
    expect(words).toContain(part)
  expect(await registry.later(() => pageOf(`${address}?host=XL`))).toContain(`href="${TRACK}"`)
  expect(await panel('?host=XL', 'th')).toContain('คณะกรรมการ AQRF ยังไม่ได้รับรอง')
  for (const query of ['', '?host=TH', '?host=XS', '?host=MY', '?host=XL%20'])
    expect([query, (await panel(query)).includes(NOTE)]).toEqual([query, false])
  const document = await registry.ask(address, { headers: { accept: 'application/json' } })
  expect(document.text).not.toMatch(/level-record|levelRecord|agreed/)
  await leavesNoTrace(held?.file ?? '')
  expect(plain(await pageOf(TRACK))).toContain('The AQRF Committee has not endorsed it')
  await origin.decide(`${origin.base}/level-records/${HOST}.bricks/1/leave`, { hash, basis: 'Resolution 7' })
  expect(await showsLevel()).toBe(false)
  expect(await onTrack()).toMatchObject({ state: 'ended' })
})

test('R-057, R-071: two officers of the host enter the hash of a manifest at the desk, and the receipt is signed, permanent and no verdict', async () => {
  const manifest = hashed('5')
  const receipt = `${TRACK}/receipts/${manifest}`
  expect((await registry.ask(receipt)).status).toBe(404)
  await host.decide(`/issuers/${HOST}/keys`, { purpose: 'decisions' })
  await atDesk('receive-portfolio', ofHost, { ownTrack: `${CORRIDOR} bricks`, manifest, receivedOn: today() })
  const again = { manifest, receivedOn: today() }
  expect((await host.first(`${host.base}/corridors/${CORRIDOR}/tracks/bricks/receipts`, again)).status).toBe(409)
  expect((await origin.first(`${origin.base}/corridors/${CORRIDOR}/tracks/bricks/receipts`, again)).status).toBe(422)
  const answer = await registry.ask(receipt)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')])
  const document = answer.json<object>()
  const verified = (await registry.ask('/verify', { body: { verifiableCredential: document } })).json()
  expect(verified).toMatchObject({ about: 'receipt', verdict: 'indeterminate', receipt: { manifest } })
  const changed = { ...document, validFrom: '2026-01-01T00:00:00Z' }
  const altered = (await registry.ask('/verify', { body: { verifiableCredential: changed } })).json()
  expect(altered).toMatchObject({ about: 'receipt', verdict: 'invalid' })
  expect(answer.text).not.toMatch(/officer|Santos/)
})

test('R-039, R-027: states declare how far they came with an action line, in a page, JSON and a table, each with its address', async () => {
  const [line, title] = ['A.1.2', `Publish the register ${MARKUP}`]
  const evidence = [{ title: 'Register', address: 'https://labour.lautan.example/register', sha256: hashed('7') }]
  const stated = { arrangement: 'nursing', line, title, degree: 'part', on: today(), evidence }
  const declareDegree = (change: object) => host.decide(`${host.base}/compliance`, { ...stated, ...change })
  await declareDegree({ degree: 'none', evidence: [] })
  await declareDegree({})
  await atDesk('declare-compliance', ofOrigin, {
    ...{ arrangement: 'nursing', actionLine: line, lineTitle: title, degree: 'full', degreeOn: today() },
    documents: `Law of nurses\t${hashed('8')}\thttps://labour.samudra.example/law`,
  })
  await registry.sequence()
  await registry.later(async () => {
    const { lines } = (await registry.ask('/compliance')).json<{
      lines: { line: string; declared: { degree: string; counts: boolean; entry: string; declaredBy: object }[] }[]
    }>()
    expect(lines.map((one) => [one.line, one.declared.map(({ degree, counts }) => `${degree} ${counts}`)])).toEqual([
      [line, ['full true', 'part true', 'none false']],
    ])
    const [latest] = lines[0]?.declared ?? []
    expect(latest).toMatchObject({ declaredBy: { id: ORIGIN, state: 'XS' } })
    expect((await registry.ask(`/log/catalogue/record/${latest?.entry}`)).status).toBe(200)
    const csv = await registry.ask('/compliance?format=csv')
    expect([csv.headers.get('content-type'), csv.text.trim().split('\r\n').length]).toEqual([
      ...[expect.stringContaining('text/csv'), 1 + 3],
    ])
    expect((await registry.ask('/compliance?format=xml')).status).toBe(400)
  })
  const page = await pageOf('/compliance')
  expect(page).not.toMatch(/<img src=x|data-l="<|&quot;>/)
  for (const words of ['Fictional Samudra', 'In part', 'Law of nurses', hashed('8'), 'permanent address'])
    expect(plain(page)).toContain(words)
  const reader = await openReader(browser)
  for (const [language, width] of [
    ['en', 1280],
    ['en', 390],
    ['th', 390],
  ] as const) {
    const shownPage = await reader.open(`${registry.baseUrl}/compliance?lang=${language}`, width)
    expect([language, width, await unclear(shownPage), reader.faults]).toEqual([language, width, [], []])
    if (process.env.PICTURES)
      await shownPage.screenshot({
        path: `${process.env.PICTURES}/compliance-${language}-${width}.png`,
        fullPage: true,
      })
  }
  await reader.close()
})

test('R-029, R-062, Z002: what is not public is shown to the parties alone, and is in no page, answer or log', async () => {
  const path = `/corridors/${CORRIDOR}/tracks/bricks`
  await host.decide(at(host, '6', 'plan'), { office: 'Bureau of profiles', due: '2026-01-05' })
  const own = await origin.first(`${origin.base}${path}`)
  expect(own.json()).toMatchObject({
    plans: [{ step: '6', owner: 'Bureau of profiles', due: '2026-01-05', overdue: false }],
    kept: [1, 2].map(() => ({ title: SECRET, sha256: PRIVATE, step: '4' })),
  })
  const strangers = await officersOf(registry, 'demo-ph-pqfncc')
  expect((await strangers.first(`${strangers.base}${path}`)).status).toBe(404)
  await registry.sequence()
  // The entries of step 4 are those with what is not public.
  const entries = (await shown()).timeline.flatMap(({ entry, step: id }) => (id === '4' && entry ? [entry] : []))
  expect(entries.length).toBeGreaterThan(3)
  const records = await Promise.all(entries.map((entry) => registry.ask(`/log/catalogue/record/${entry}`)))
  expect(new Set(records.map(({ status }) => status))).toEqual(new Set([200]))
  expect(records.map(({ text }) => text).join()).toContain('practice-examination')
  const answers = await Promise.all([
    pageOf(TRACK),
    pageOf(TRACK, 'th'),
    pageOf(`/corridors/${CORRIDOR}`),
    ...records.map(async ({ text }) => text),
    ...[
      ...[TRACK, `${TRACK}/profile`, `${TRACK}/steps.csv`, `/corridors/${CORRIDOR}`, '/corridors', '/corridors.csv'],
      ...['/corridors.atom', '/log/catalogue/records?of=versions&limit=100'],
    ].map(async (address) => (await registry.ask(address)).text),
  ])
  for (const text of answers) {
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain(PRIVATE)
    expect(text).not.toContain('Bureau of profiles')
    expect(text).not.toContain('2026-01-05')
    expect(text).not.toContain('overdue')
  }
  const page = plain(answers[0] ?? '')
  for (const words of ['Practice examination', 'only title and hash are public', 'permanent address'])
    expect(page).toContain(words)
})

test('R-027, R-090: the list shows what was declared beside what was only reported, and each decision has an address', async () => {
  await registry.later(async () => {
    const { tracks } = (await registry.ask('/corridors')).json<{
      tracks: { id: string; steps: { basis: string }[] }[]
    }>()
    expect(tracks.map(({ id, steps }) => `${id} ${steps[0]?.basis}`)).toEqual(
      expect.arrayContaining(['bricks declared', 'th-kh-masonry reported']),
    )
    expect((await registry.ask('/corridors.csv')).text.trim().split('\r\n')).toHaveLength(1 + 8 * 8)
  })
  const list = await registry.later(() => pageOf('/corridors'))
  const shapes = ['Declared', 'Reported', 'Inferred'].map(
    (word) => list.match(new RegExp(`<strong class="tag \\w+">(<svg(?:(?!</svg>).)*</svg>)${word}`))?.[1],
  )
  expect(new Set(shapes.map((shape) => shape ?? 'none')).size).toBe(3)
  expect(shapes).not.toContain(undefined)
  const feed = await registry.later(() => registry.ask('/corridors.atom'))
  expect(feed.headers.get('content-type')).toContain('application/atom+xml')
  expect(feed.text).toContain('Lautan Labour Authority (demonstration) declared step 7b.')
  expect(feed.text).toContain('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>')
  const ids = [...feed.text.matchAll(/<entry><id>([^<]+)<\/id><link href="([^"]+)"\/><updated>([^<]+)</g)]
  expect(ids.length).toBeGreaterThan(10)
  expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length)
  for (const [, id = '', link = '', at = ''] of ids) {
    expect([link, new Date(at).toISOString()]).toEqual([registry.baseUrl + TRACK, at])
    expect(id.startsWith(`${registry.baseUrl}/log/catalogue/record/`)).toBe(true)
  }
  expect((await registry.ask(new URL(ids[0]?.[1] ?? '').pathname)).status).toBe(200)
  expect(feed.text).not.toMatch(/<img|Santos/)
  const { records } = (await registry.ask(`/corridors/${CORRIDOR}`)).json<{ records: { entry: string }[] }>()
  for (const { entry } of records) expect((await registry.ask(`/log/catalogue/record/${entry}`)).status).toBe(200)
  const audited = await runHere(['log', 'audit', '--state', 'audit.json'], {
    folder: registry.folder,
    environment: { SIJIL_URL: registry.baseUrl },
  })
  expect(audited).toMatchObject({ code: 0, stderr: '' })
}, 40_000)

test('R-061: gaps of a comparison make a recognition conditional until they are closed at the desk', async () => {
  const known = (await registry.ask(`/qualifications/${BRICKS}`)).json<{ edition: string; units: { code: string }[] }>()
  const source = 'https://labour.lautan.example/masonry'
  await host.decide(`/issuers/${HOST}/qualifications`, {
    ...{ id: 'masonry', kind: 'skills-certificate', title: 'Masonry', field: 'Building', source },
    description: 'Found able to build walls.',
    edition: {
      ...{ id: '2026', from: '2026-01-01', validity: 'none', source },
      units: ['M1', 'M2'].map((code) => ({ code, title: `Unit ${code}` })),
    },
  })
  await host.decide(`${host.base}/comparisons`, {
    ...{ id: 'bricks', version: 1, parties: [{ authority: ORIGIN }] },
    from: { qualification: BRICKS, edition: known.edition },
    to: { qualification: `${HOST}.masonry`, edition: '2026' },
    rows: [
      { unit: 'M1', result: 'match', by: known.units.slice(0, 1).map(({ code }) => code) },
      { unit: 'M2', result: 'gap', note: 'Scaffolds are missing' },
    ],
  })
  await atDesk('open-gaps', ofHost, { ownTrack: `${CORRIDOR} bricks`, ofComparison: `${HOST}.bricks 1` })
  await host.decide(`${host.base}/decisions`, {
    ...{ qualification: BRICKS, edition: known.edition, issuers: ['demo-xs-stc'], result: 'full' },
    ...{ award: { from: '2025-01-01', until: '2027-12-31' }, issuedUntil: '2028-03-31' },
    ...{ appeal: 'To the board', basis: 'Act 3' },
  })
  const conditional = () =>
    registry.later(async () => {
      const { decisions } = (await registry.ask(`/decisions?qualification=${BRICKS}`)).json<{
        decisions: { openGaps?: number }[]
      }>()
      return decisions[0]?.openGaps
    })
  expect(await conditional()).toBe(1)
  expect(plain(await pageOf(`/decisions?qualification=${BRICKS}`))).toContain('Conditional: open gaps')
  expect(plain(await pageOf(TRACK))).toContain('Scaffolds are missing')
  const profile = plain(await pageOf(`${TRACK}/profile`))
  for (const shown of [known.units[0]?.code ?? '', 'Sets out walls', 'Scaffolds are missing'])
    expect(profile).toContain(shown)
  await atDesk('close-gap', ofOrigin, {
    openGap: `${CORRIDOR} bricks g1`,
    evidence: `public\tstandards\tScaffolds 2\t${hashed('f')}\t${source}`,
  })
  expect(await conditional()).toBeUndefined()
  expect(plain(await pageOf(TRACK))).toContain('Open: 0. Closed: 1.')
})

test('R-027, R-090, R-117: every public version, decision, table, feed and log record answers with its licence', async () => {
  await host.decide(`${host.base}/skill-sets`, {
    ...{ id: 'walls', version: 1, parties: [], name: 'Walls' },
    units: [
      { code: 'W1', title: 'Set out', accepts: [{ qualification: `${HOST}.masonry`, edition: '2026', unit: 'M1' }] },
    ],
  })
  await registry.sequence()
  const entry = (await registry.later(shown)).timeline.find((one) => one.entry)?.entry ?? ''
  const named: Record<string, string> = {
    '/log/{log}/index/{key+}': `/log/catalogue/index/${entry}`,
    '/log/{log}/tile/{path+}': '/log/catalogue/tile/0/000.p/1',
    '/log/{log}/record/{key}': `/log/catalogue/record/${entry}`,
    '/log/{log}/records': '/log/catalogue/records?of=versions',
    '/skill-sets/{id}/{version}': `/skill-sets/${HOST}.walls/1`,
    '/qualifications/{id}/records': `/qualifications/${BRICKS}/records`,
    '/frameworks/{id}/records': '/frameworks/PQF/records',
    '/descriptions/{id}/records': '/descriptions/corridor:corridor-1/records',
    '/corridor-steps/{step}/template.csv': '/corridor-steps/4/template.csv',
    '/issuers/{issuer}/changes.atom': `/issuers/${HOST}/changes.atom`,
    '/changes/{index}': '/changes/0',
    '/corridors/{id}/{track}/receipts/{manifest}': `${TRACK}/receipts/${hashed('5')}`,
  }
  const addressOf = (path: string) =>
    named[path] ??
    path
      .replace('/comparisons/{id}/{version}', `/comparisons/${HOST}.bricks/1`)
      .replace('/corridors/{id}', `/corridors/${CORRIDOR}`)
      .replace('{track}', 'bricks')
      .replace('{log}', 'catalogue')
  const open = (routes as readonly Route[]).filter(({ licence }) => licence !== undefined)
  const of = (headers: Headers) => headers.get('link')
  const answered = await Promise.all(
    open.map(async ({ path }) => {
      const { status, headers } = await registry.ask(addressOf(path))
      return [path, status, of(headers)]
    }),
  )
  expect(answered).toEqual(open.map(({ path }) => [path, 200, `<${CORRIDOR_LICENCE}>; rel="license"`]))
  expect(of((await registry.ask('/compliance?format=csv')).headers)).toContain('rel="license"')
  // A problem is no record, and neither is the answer about one certificate.
  expect(of((await registry.ask('/corridors/none')).headers)).toBeNull()
  // Nothing of these parts is published without it.
  const parts =
    /^\/(?:changes|decisions|comparisons|comparability|skill-sets|corridors|corridor-steps|compliance|log)\b/
  const published = (routes as readonly Route[]).filter(({ method, path }) => method === 'GET' && parts.test(path))
  expect(published.filter(({ licence }) => licence === undefined).map(({ path }) => path)).toEqual([])
})

test('R-056, R-090: the time line of a track has everything that happened in its order, each decision with its address', async () => {
  const { timeline } = await registry.later(shown)
  const moments = timeline.map(({ recordedAt }) => recordedAt)
  expect(moments).toEqual(moments.toSorted())
  expect(timeline.slice(0, 3).map(({ type, of, step: id }) => [type, of ?? id].join(' '))).toEqual([
    ...['joint-proposed corridor', 'joint-joined corridor', 'step-declared 1'],
  ])
  const types = new Set(timeline.map(({ type, of }) => [type, ...(of ? [of] : [])].join(' ')))
  for (const type of ['step-settled', 'evidence-attached', 'gaps-opened', 'gap-closed', 'joint-left level'])
    expect(types).toContain(type)
  await registry.sequence()
  const entries = timeline.flatMap(({ entry }) => entry ?? [])
  expect(new Set(entries).size).toBe(entries.length)
  for (const entry of [entries[0], entries.at(-1)])
    expect((await registry.ask(`/log/catalogue/record/${entry}`)).status).toBe(200)
  const page = plain(await pageOf(TRACK))
  for (const words of ['Time line', 'Step 7b was done by all parties.', 'closed the gap g1', 'Day of the work'])
    expect(page).toContain(words)
})

test('R-116: the summary for ministers counts tracks, steps and open gaps of a corridor or a state, without days or offices, on one printed page', async () => {
  const of = async (path: string) => registry.later(() => pageOf(path))
  // As it was reported, and as it was declared here: 7 of 8 steps of another track are not said. What is only reported has no register of gaps.
  const counts = (html: string) =>
    [
      ...html.matchAll(
        /<tr role="row"><th scope="row" role="rowheader">(?:(?!<\/th>).)*<\/th>((?:<td[^>]*>(?:\d+|–)<\/td>)+)/g,
      ),
    ].map(([, cells = '']) => plain(cells).trim())
  expect(counts(await of(`/corridors/${CORRIDOR}`))).toEqual(['2 8 0 0 0 8 0'])
  expect(counts(await of('/corridors/corridor-1'))).toEqual(['5 0 0 25 0 15 –'])
  expect(counts(await of('/corridors?state=XL'))).toEqual(['2 8 0 0 0 8 0'])
  expect(counts(await of('/corridors?state=TH'))).toEqual([
    ...['2 8 0 0 0 8 0', '5 0 0 25 0 15 –', '1 0 0 0 2 6 –', '8 8 0 25 2 29 0'],
  ])
  const { tracks } = (await registry.ask('/corridors?state=KH')).json<{ tracks: { id: string }[] }>()
  expect(tracks.map(({ id }) => id)).toEqual(['th-kh-masonry', 'th-kh-electrical'])
  expect(plain(await of('/corridors?state=ZZ'))).toContain('No corridor is on record here')
  const reader = await openReader(browser)
  for (const path of [`/corridors/${CORRIDOR}`, '/corridors/corridor-1', '/corridors?state=TH']) {
    const page = await reader.open(registry.baseUrl + path)
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect([path, paper.match(/\/Type\s*\/Page\b/g)?.length]).toEqual([path, 1])
    const text = await page.locator('main').innerText()
    expect(text).not.toMatch(/overdue|Bureau of profiles|2026-01-05/i)
  }
  const page = await reader.open(`${registry.baseUrl}/corridors?state=TH&lang=th`)
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    expect([width, await unclear(page)]).toEqual([width, []])
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/summary-${width}.png`, fullPage: true })
  }
  if (process.env.PICTURES) {
    const english = await reader.open(`${registry.baseUrl}/corridors?state=TH`, 1280)
    await english.emulateMedia({ media: 'print' })
    await english.screenshot({ path: `${process.env.PICTURES}/summary-print.png`, fullPage: true })
  }
  await reader.close()
})

test('R-116: the printed brief of each track is one page, of the declared one too once all its steps are done', async () => {
  const { tracks } = (await registry.ask('/corridors')).json<{ tracks: { corridor: string; id: string }[] }>()
  const reader = await openReader(browser)
  const printed: Record<string, number> = {}
  for (const { corridor, id } of tracks) {
    const page = await reader.open(`${registry.baseUrl}/corridors/${corridor}/${id}`)
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    printed[id] = [...paper.matchAll(/\/Type\s*\/Page\b/g)].length
  }
  expect(printed).toEqual(Object.fromEntries(tracks.map(({ id }) => [id, 1])))
  expect(tracks).toHaveLength(8)
  for (const width of [1280, 390]) {
    const page = await reader.open(`${registry.baseUrl}/corridors`, width)
    expect([width, await unclear(page), reader.faults]).toEqual([width, [], []])
    // A step that is out of sight on a desktop is not read.
    const hidden = await page.evaluate(
      '(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector(".tw"))',
    )
    expect([width, hidden]).toEqual([width, 0])
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/corridors-${width}.png`, fullPage: true })
  }
  await reader.close()
})

test('Z003, Z004: nothing is back-dated or declared for another party, and a party that leaves ends it for all', async () => {
  const late = { progress: 'done', on: '2024-01-01', part: 'none' }
  expect((await host.first(at(host, '1', 'declare'), late)).status).toBe(422)
  expect((await host.first(`${origin.base}/corridors/${CORRIDOR}/tracks/bricks/1/declare`, late)).status).toBe(404)
  expect((await host.first(at(host, '9', 'declare'), late)).status).toBe(404)
  expect((await host.first(`${host.base}/corridors`, version(3, [ORIGIN]))).status).toBe(409)
  const { version: current } = (await registry.ask(`/corridors/${CORRIDOR}`)).json<{ version: { hash: string } }>()
  const leave = `${third.base}/corridors/${CORRIDOR}/2/leave`
  await third.decide(leave, { hash: current.hash, basis: 'Resolution 4' })
  expect(plain(await pageOf(TRACK))).toContain('This corridor has ended. What was declared stays readable.')
  expect((await shown()).steps.every(({ declarations }) => declarations.length > 0)).toBe(true)
  const more = { progress: 'done', on: today(), part: 'none' }
  expect((await host.first(at(host, '1', 'declare'), more)).status).toBe(409)
})
