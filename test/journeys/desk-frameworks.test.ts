import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, type Fields, grounds, pathOf as path, plain } from './desk-officers.ts'
import { ONEC, officersOf } from './trust.ts'

/** Two officers of an authority state a framework and place an edition, at the desk and without a script. */

const FRAMEWORK = `${ONEC}.tqf`
const COOKERY = `${ONEC}.cookery`
const source = 'https://onec.example/tqf'
const framework: Fields = {
  id: 'tqf',
  name: 'Thai Framework (demonstration)',
  acronym: 'TQF',
  levels: '3',
  levelTitles: 'Craft\nSkilled craft\nMaster craft',
  descriptors: 'Does simple work.\nWorks under guidance.\nLeads others.',
  frameworkEdition: '2025',
  law: 'B.E. 2569',
  source,
  effectiveFrom: '2025-01-01',
}
const report: Fields = {
  framework: FRAMEWORK,
  status: 'endorsed',
  endorsedOn: '2025-05-23',
  report: 'Thai referencing report',
  source,
}
const levels = (...rows: readonly string[]): Fields => ({
  framework: FRAMEWORK,
  version: '1',
  ...Object.fromEntries(rows.map((aqrf, at) => [`rows.${at}.aqrf`, aqrf])),
  source,
})
const place: Fields = { framework: FRAMEWORK, placeable: `${COOKERY}/2026`, level: '2', source }
const end: Fields = { placement: `${COOKERY}/2026/${FRAMEWORK}`, ...grounds }

let registry: OpenRegistry
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  registry = await openRegistry()
  desk = atTheDesk(registry)
})
afterAll(() => registry?.close())

const decided = (action: string, fields: Fields) => desk.decided(action, fields)
const checked = async (action: string, fields: Fields, query = '') => {
  const { status, text } = await desk.send(action, fields, 'check', { query })
  return { status, text, words: plain(text) }
}
const form = async (action: string) => (await desk.open(`${path(action)}?framework=${FRAMEWORK}`)).text
const record = async () => {
  registry.pass(10_000)
  const { json } = await registry.ask(`/qualifications/${COOKERY}`)
  return json<{ level?: number; framework?: string; levelConfirmedBy?: string }>()
}

test('before a framework is stated, the other forms have none to choose', async () => {
  const { text } = await desk.open(path('confirm-levels'))
  expect(plain(text)).toContain('If there is none, state one first.')
  expect(text).not.toContain(FRAMEWORK)
  expect((await desk.open(`${path('confirm-levels')}?framework=${FRAMEWORK}`)).status).toBe(404)
})

test('two officers state a framework. A wrong count of names comes back at its field, in English and in Thai', async () => {
  const few = { ...framework, levelTitles: 'Craft' }
  const wrong = await checked('state-framework', few)
  expect([wrong.status, wrong.words]).toEqual([422, expect.stringContaining('Write one name per line')])
  expect(wrong.text).toMatch(/id="f-levelTitles"[^>]*aria-invalid="true"/)
  expect((await checked('state-framework', few, '?lang=th')).words).toContain('เขียนชื่อบรรทัดละหนึ่งชื่อ')
  const right = await checked('state-framework', framework)
  expect(right.words).toContain('This alone gives no certificate an AQRF level.')
  expect(right.words).not.toContain('before:')
  await decided('state-framework', framework)
})

test('a framework that is stated anew shows what changes, also what is stated no more', async () => {
  const { law: _, ...anew }: Fields = { ...framework, name: 'Framework of Thailand (demonstration)' }
  const { words } = await checked('state-framework', anew)
  expect(words).toContain('Framework of Thailand (demonstration) (TQF) before: Thai Framework (demonstration) (TQF)')
  expect(words).toContain('Law none before: B.E. 2569')
  expect(words.match(/before:/g)).toHaveLength(2)
})

test('a report says whether the Committee endorsed it, and what follows from that', async () => {
  const future = await checked('state-referencing', { ...report, endorsedOn: '2030-01-01' })
  expect(future.text).toMatch(/id="f-endorsedOn"[^>]*aria-invalid="true"/)
  const { endorsedOn: _, ...proposed }: Fields = { ...report, status: 'proposed' }
  expect((await checked('state-referencing', proposed)).words).toContain('carry no AQRF level of this framework')
  await decided('state-referencing', report)
  expect((await checked('state-referencing', proposed)).words).toContain(
    'before: Endorsed by the AQRF Committee, 23 May',
  )
})

test('the table has one choice for each level, by its name, and a mistake is shown at its row', async () => {
  const text = await form('confirm-levels')
  expect(text.match(/<select [^>]*name="rows\.\d\.aqrf"[^>]* required/g)).toHaveLength(3)
  expect(plain(text)).toContain('Level 3 in the AQRF Master craft')
  const falls = await checked('confirm-levels', levels('2', '4', '3'))
  expect(falls.status).toBe(422)
  expect(falls.text).toMatch(/id="f-rows-2-aqrf"[^>]*aria-invalid="true"/)
  expect(falls.text).not.toMatch(/id="f-rows-1-aqrf"[^>]*aria-invalid/)
  expect(falls.text).toContain('<a href="#f-rows-2-aqrf">Level 3 in the AQRF')
  expect((await checked('confirm-levels', levels('2', '4', '3'), '?lang=th')).words).toContain(
    'ระดับที่สูงกว่าจะมีระดับ AQRF ต่ำกว่า',
  )
  // A row that was forgotten is not the same as a level that is not known.
  const forgotten = await checked('confirm-levels', levels('2', '', '4'))
  expect(forgotten.text).toMatch(/id="f-rows-1-aqrf"[^>]*aria-invalid="true"/)
  await decided('confirm-levels', levels('2', 'not-known', '4'))
  const { words } = await checked('confirm-levels', levels('2', '3', '4'))
  expect(words).toContain('Level 2 AQRF 3 before: not known')
  expect(words.match(/before:/g)).toHaveLength(1)
})

test('a form begins with what is stated today, and the second officer reads the old value and what follows', async () => {
  const table = await form('confirm-levels')
  expect(table).toMatch(/name="rows.1.aqrf".*?<option value="not-known" selected>/)
  expect(table).toContain('name="version"')
  expect(await form('state-referencing')).toContain('value="2025-05-23"')
  const emptied = await desk.send('state-referencing', { ...report, endorsedOn: '' }, 'change')
  expect(emptied.text).not.toContain('value="2025-05-23"')
  const sent = await desk.send('confirm-levels', levels('2', '3', '4'), 'send')
  const page = plain((await desk.open(String(sent.headers.get('location')), 'demo-th-onec-officer-2')).text)
  for (const shown of ['Level 2 AQRF 3 before: not known', 'carry the AQRF level of this table', 'stay as they are'])
    expect(page).toContain(shown)
})

test('an edition of the state is placed, and the placement is taken back', async () => {
  const { first, second, base } = await officersOf(registry)
  const cookery = {
    id: 'cookery',
    title: 'Cookery (demonstration)',
    description: 'Found able to cook plain food.',
    field: 'Food',
    source,
    edition: {
      id: '2026',
      from: '2026-01-01',
      units: [{ code: 'C1', title: 'Prepare vegetables' }],
      validity: 'none',
      source,
    },
  }
  const proposed = await first(`/issuers/${ONEC}/qualifications`, cookery)
  const { id, hash } = proposed.json<{ id: string; hash: string }>()
  expect((await second(`${base}/proposals/${id}/approve`, { hash })).status).toBe(200)
  registry.showAll()

  expect(await form('place-edition')).toContain(`value="${COOKERY}/2026"`)
  expect(await form('place-edition')).not.toContain('value="th-brick-1/')
  const { words } = await checked('place-edition', place)
  expect(words).toContain('They also carry its AQRF level')
  expect(words).toContain('Certificates that were issued before stay as they are.')
  await decided('place-edition', place)
  expect(await record()).toMatchObject({ framework: FRAMEWORK, level: 2, levelConfirmedBy: expect.any(String) })
  expect(plain((await desk.open(`/qualifications/${COOKERY}`)).text)).toContain('TQF level 2 Placed there by')
  expect((await checked('place-edition', { ...place, level: '3' })).words).toContain('Level 3 before: 2')

  expect((await desk.open(path('end-placement'))).text).toContain(`value="${end.placement}"`)
  expect((await checked('end-placement', end)).words).toContain('Level none before: 2')
  await decided('end-placement', end)
  expect(await record()).not.toHaveProperty('level')
  expect((await desk.open(path('end-placement'))).text).not.toContain(`value="${end.placement}"`)
  const again = await checked('end-placement', end)
  expect([again.status, again.words]).toEqual([409, expect.stringContaining('there is nothing to take back')])
})

test('everybody can read the framework: its levels, its report, its table, and who stated what when', async () => {
  registry.pass(10_000)
  const address = `/frameworks/${FRAMEWORK}`
  const json = (await registry.ask(address)).json<{ statements: object[] }>()
  expect(json).toMatchObject({
    id: FRAMEWORK,
    state: 'TH',
    levels: 3,
    edition: '2025',
    descriptors: ['Does simple work.', 'Works under guidance.', 'Leads others.'],
    referencing: { status: 'endorsed', endorsedOn: '2025-05-23' },
    table: { version: '1', confirmedBy: expect.stringContaining('Education Council') },
  })
  expect(json.statements).toMatchObject([
    { of: 'levels', statedBy: { id: ONEC } },
    { of: 'referencing' },
    { of: 'framework' },
  ])
  const { text } = await desk.open(address)
  const words = plain(text)
  for (const shown of [
    'Endorsed by the AQRF Committee on 23 May 2025',
    'Edition of the framework: 2025',
    'Master craft Leads others. AQRF level 4',
    'Level table 1 , confirmed by',
  ])
    expect(words).toContain(shown)
  expect(plain((await desk.open(`${address}?lang=th`)).text)).toContain('คณะกรรมการ AQRF รับรองเมื่อ')
  expect((await registry.ask(`/frameworks/${ONEC}.none`)).status).toBe(404)
})

test('a level outside the framework, and a framework of another authority, are refused at the form', async () => {
  const high = await checked('place-edition', { ...place, level: '4' })
  expect(high.text).toMatch(/id="f-level"[^>]*aria-invalid="true"/)
  const foreign = await checked('state-referencing', { ...report, framework: 'demo-ph-pqfncc.pqf' })
  expect(foreign.status).toBe(404)
})

test('records of the baseline are assigned and stated at the desk, and placed under their ids without a dot', async () => {
  const choices = await desk.open(path('assign-record'))
  for (const record of ['qualification/th-brick-1', 'framework/NQF-TH'])
    expect(choices.text).toContain(`value="${record}"`)
  expect(choices.text).not.toContain('value="framework/PQF"')
  expect((await desk.open(`${path('state-assigned-framework')}?assignedFramework=NQF-TH`)).status).toBe(404)
  const assign = { record: 'qualification/th-brick-1', owner: ONEC, ...grounds }
  expect((await checked('assign-record', assign)).words).toContain('only this owner can state what the record says')
  await decided('assign-record', assign)
  await decided('assign-record', { record: 'framework/NQF-TH', owner: ONEC, ...grounds })

  registry.showAll()
  expect((await desk.open(path('state-assigned-framework'))).text).toContain('value="NQF-TH"')
  const begun = await desk.open(`${path('state-assigned-framework')}?assignedFramework=NQF-TH`)
  expect(begun.text).toMatch(/name="levels"[^>]*value="8"/)
  const { id: _, ...stated } = framework
  await decided('state-assigned-framework', { ...stated, assignedFramework: 'NQF-TH', acronym: 'NQF' })
  const form = await desk.open(`${path('state-assigned-qualification')}?assignedQualification=th-brick-1`)
  expect(form.text).toMatch(/name="title"[^>]*value="[^"]+"/)
  await decided('state-assigned-qualification', {
    assignedQualification: 'th-brick-1',
    title: 'Bricklaying 1',
    description: 'Found able to lay bricks.',
    kind: 'skills-certificate',
    field: 'Building',
    source,
    'edition.id': '2026',
    'edition.from': '2026-01-01',
    'edition.units': 'B1;Lay bricks',
    'edition.source': source,
  })
  registry.showAll()
  expect((await desk.open(path('state-assigned-qualification'))).text).not.toContain('th-brick-1')
  expect((await desk.open(`${path('restate-qualification')}?qualification=th-brick-1`)).text).toContain('Bricklaying 1')

  const { decide, base, first } = await officersOf(registry)
  const placement = { qualification: 'th-brick-1', edition: '2026', framework: 'NQF-TH' }
  await decide(`${base}/placements`, { ...placement, level: 2, source })
  registry.pass(10_000)
  const placed = await registry.ask('/qualifications/th-brick-1')
  expect(placed.json()).toMatchObject({ level: 2, framework: 'NQF-TH', levelConfirmedBy: expect.any(String) })
  await decide(`${base}/placements/end`, { ...placement, basis: 'B.E. 2569/9' })
  const unknown = await first(`${base}/placements`, { ...placement, framework: 'PQF', level: 2, source })
  expect(unknown.status).toBe(404)
})

test('R-068: the root describes its own office and its state, and the public pages name it', async () => {
  await decided('assign-record', { record: 'body/th-onec', owner: ONEC, ...grounds })
  registry.showAll()
  const begun = await desk.open(`${path('describe-body')}?describedBody=th-onec`)
  expect(begun.text).toMatch(/name="source"[^>]*value="https:/)
  expect((await desk.open(`${path('describe-body')}?describedBody=th-dsd`)).status).toBe(404)
  expect((await desk.open(`${path('describe-state')}?describedState=PH`)).status).toBe(404)
  const about: Fields = { describedBody: 'th-onec', awards: 'Brick 1;1 2;five', source }
  const wrong = await checked('describe-body', about)
  expect(wrong.words).toContain('Line 1, years')
  expect((await checked('describe-body', about, '?lang=th')).words).toContain('บรรทัดที่ 1 จำนวนปี')
  const right: Fields = {
    ...about,
    'mandate.text': 'It keeps the framework of Thailand',
    'mandate.source': source,
    awards: 'Brick 1;1 2;5\nงานก่ออิฐ',
    register: `${source}/register`,
    'practice.assessment': 'Two assessors watch six hours of work',
    'practice.assessors': 'Five years in the trade',
    'practice.certificate': 'Units, method and place',
    'practice.source': source,
  }
  expect((await checked('describe-body', right)).words).toContain('How a candidate appeals against a result')
  right['practice.appeal'] = 'To a board that did not assess'
  const { words } = await checked('describe-body', right)
  for (const shown of ['Brick 1 · level 1, 2 · 5 years', 'before:', 'It gives no right']) expect(words).toContain(shown)
  await decided('describe-body', right)
  const state: Fields = {
    describedState: 'TH',
    'certificateLanguages.codes': 'th\nen',
    'certificateLanguages.source': source,
  }
  await decided('describe-state', { ...state, standards: `Occupational standards;${source};onec.example` })
  registry.pass(10_000)
  const own = await registry.ask(`/issuers/${ONEC}`, { headers: { accept: 'text/html' } })
  const page = plain(own.text)
  for (const shown of [
    'What it says about itself',
    'It keeps the framework of Thailand',
    'Brick 1 · level 1, 2',
    'To a board that did not assess',
    'Stated by',
  ])
    expect(page).toContain(shown)
  const { json } = await registry.ask('/states/TH')
  expect(json()).toMatchObject({ standards: [{ place: 'onec.example' }], describedBy: { statedBy: { id: ONEC } } })
  const changes = plain((await registry.ask('/changes?kind=statements', { headers: { accept: 'text/html' } })).text)
  expect(changes).toMatch(/described certificates, standards and quality assurance of Thailand/)
  expect(changes).toMatch(/described the body Office of the Education Council/)
})
