import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { officersOf } from './trust.ts'

/**
 * Fictional Lautan compares what holders from fictional Samudra have with what it asks for. Samudra joins, and leaves in the end (R-060,
 *
 */

const HOST = 'demo-xl-lla'
const ORIGIN = 'demo-xs-sqc'
const BRICKLAYING = 'demo-xs-stc.bricklaying-2'
const MASONRY = `${HOST}.masonry`
const source = 'https://labour.lautan.example/masonry'
const MARKUP = '<img src=x onerror=alert(1)>'
const FORMULA = '=cmd|calc!A1'
const PATH = `/comparisons/${HOST}.bricks/1`

interface Shown {
  hash: string
  state: string
  overall: string
  degree: string
  jointFrom?: string
  counts: Record<string, number>
  level: { difference: string }
  units: { code: string; result: string; by: { code: string }[] }[]
  missing: { id: string }[]
}

let registry: OpenRegistry
let host: Awaited<ReturnType<typeof officersOf>>
let origin: Awaited<ReturnType<typeof officersOf>>
let edition: string
let codes: string[]
const shown = () => registry.ask(PATH).then((answer) => answer.json<Shown>())
const pageOf = (path: string, language = 'en') =>
  registry.ask(path, { headers: { accept: 'text/html', 'accept-language': language } }).then(({ text }) => text)
const comparison = () => ({
  id: 'bricks',
  version: 1,
  parties: [{ authority: ORIGIN }],
  from: { qualification: BRICKLAYING, edition },
  to: { qualification: MASONRY, edition: '2026' },
  rows: [
    { unit: 'M1', result: 'match', by: codes.slice(0, 1) },
    { unit: 'M2', result: 'partial', by: codes.slice(1, 3), note: `${MARKUP} Ceilings` },
    { unit: 'M3', result: 'gap', note: FORMULA },
  ],
  aspects: { certification: { result: 'partial', note: 'A body here, the ministry there.' } },
})

beforeAll(async () => {
  registry = await openRegistry()
  host = await officersOf(registry, HOST)
  origin = await officersOf(registry, ORIGIN)
  const record = await registry.ask(`/qualifications/${BRICKLAYING}`)
  const known = record.json<{ edition: string; units: { code: string }[] }>()
  edition = known.edition
  codes = known.units.map(({ code }) => code)
  await host.decide(`/issuers/${HOST}/qualifications`, {
    id: 'masonry',
    kind: 'skills-certificate',
    title: 'Masonry',
    description: 'Found able to build walls.',
    field: 'Building',
    source,
    edition: {
      id: '2026',
      from: '2026-01-01',
      units: ['Set out', `${MARKUP} Plaster`, 'First aid', 'Scaffolds'].map((title, at) => ({
        code: `M${at + 1}`,
        title,
      })),
      validity: 'none',
      source,
    },
  })
})
afterAll(() => registry.close())

test('M001, M003: only an authority that compares its own qualification proposes, and nothing beyond the rows is said', async () => {
  const path = `${host.base}/comparisons`
  const pointers = async (body: object) => {
    const answer = await host.first(path, body)
    expect(answer.status).toBe(422)
    return answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)
  }
  const of = comparison()
  const many = Array.from({ length: 101 }, (_, at) => ({ unit: `M${at}`, result: 'gap', note: 'n' }))
  expect(await pointers({ ...of, rows: many })).toEqual(['/rows'])
  expect(await pointers({ ...of, overall: 'match' })).not.toEqual([])
  expect(await pointers({ ...of, rows: [{ unit: 'M1', result: 'match' }] })).toHaveLength(1)
  const claims = [{ unit: 'M1', result: 'match', by: codes.slice(0, 1), note: 'Substantially equivalent' }]
  expect(await pointers({ ...of, rows: claims })).toHaveLength(1)
  expect((await host.first(`${origin.base}/comparisons`, of)).status).toBe(404)
  expect((await registry.ask(PATH)).status).toBe(404)
})

test('R-060, R-067, R-100, M002: two officers propose it, and everybody reads who says it, as text', async () => {
  await host.decide(`${host.base}/comparisons`, comparison())
  const alone = await shown()
  expect(alone).toMatchObject({
    state: 'alone',
    overall: 'partial',
    degree: 'some-units',
    missing: [{ id: ORIGIN }],
    counts: { match: 1, partial: 1, gap: 1, 'not-compared': 1 },
    level: { difference: 'unknown' },
  })
  expect(alone.units.map(({ code, result, by }) => [code, result, by.length])).toEqual([
    ['M1', 'match', 1],
    ['M2', 'partial', 2],
    ['M3', 'gap', 0],
    ['M4', 'not-compared', 0],
  ])
  const page = await pageOf(PATH)
  expect(page).not.toContain('<img src=x')
  expect(page).not.toMatch(/equivalen/i)
  const words = plain(page).replaceAll(/(?<=\() | (?=\))/g, '')
  for (const shownWords of [
    'This is said by Lautan Labour Authority (demonstration) (Fictional Lautan) alone.',
    'Still to join: ',
    'Who certifies, and how',
    'A body here, the ministry there.',
    'The levels cannot be compared',
    'Some of what is asked for was found: parts of units, or half of the units at most.',
    'Comparable',
  ])
    expect(words).toContain(shownWords)
  expect(plain(await pageOf(PATH, 'th'))).toContain('กล่าวไว้ฝ่ายเดียว')
  const csv = await registry.ask(`${PATH}/units.csv`)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(csv.text).toContain(`"'${FORMULA}"`)
  expect(csv.text.split('\r\n')).toHaveLength(6)
  for (const path of [
    `/comparisons/${HOST}.bricks/2`,
    `/comparisons/${HOST}.bricks/01`,
    `/comparisons/${HOST}.x/1/units.csv`,
  ])
    expect((await registry.ask(path)).status).toBe(404)
})

test('which versions compare two qualifications is asked without a person, and only in one direction', async () => {
  const asked = (from: string, to: string) =>
    registry
      .ask(`/comparability?from=${from}&to=${to}`)
      .then((answer) => answer.json<{ versions: { id: string }[] }>().versions)
  await registry.later(async () => {
    expect(await asked(BRICKLAYING, MASONRY)).toMatchObject([
      { id: `${HOST}.bricks`, number: 1, state: 'alone', degree: 'some-units', level: { difference: 'unknown' } },
    ])
    expect(await asked(MASONRY, BRICKLAYING)).toEqual([])
    const all = await registry.ask('/comparability')
    expect(all.json<{ versions: { id: string }[] }>().versions.map(({ id }) => id)).toContain(`${HOST}.bricks`)
    expect(plain(await pageOf('/comparability'))).toContain('Comparisons on record, newest first')
    const table = await registry.ask(`/comparability?from=${BRICKLAYING}&to=${MASONRY}&format=csv`)
    expect([table.status, table.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/csv')])
    expect(table.text.split('\r\n')).toHaveLength(3)
    expect(table.text).toMatch(
      new RegExp(`"?${HOST}.bricks"?,"?1"?,"?alone"?,.*"?some-units"?,"?1"?,"?1"?,"?1"?,"?1"?,"?unknown`),
    )
    expect((await registry.ask('/comparability?format=xml')).status).toBe(400)
    // One of both alone is no question.
    for (const [given, missing] of [
      ['from', 'to'],
      ['to', 'from'],
    ] as const) {
      const half = await registry.ask(`/comparability?${given}=${MASONRY}`)
      expect([half.status, half.json()]).toMatchObject([
        400,
        { errors: [{ pointer: `/${missing}`, reason: 'missing' }] },
      ])
      const asPage = await registry.ask(`/comparability?${given}=${MASONRY}`, { headers: { accept: 'text/html' } })
      expect([asPage.status, asPage.text]).toEqual([
        400,
        expect.stringContaining(`aria-describedby="${missing}-wrong"`),
      ])
    }
    const page = plain(await pageOf(`/comparability?from=${BRICKLAYING}&to=${MASONRY}&link=secret`))
    expect(page).toContain('Some of what is asked for was found: parts of units, or half of the units at most.')
    expect(page).not.toContain('secret')
  })
})

test('it is joint from the join on, for the text that was seen, and one party ends it for all', async () => {
  const { hash } = await shown()
  const [join, leave] = ['join', 'leave'].map((verb) => `${origin.base}${PATH}/${verb}`) as [string, string]
  expect((await origin.first(join, { hash: 'another' })).status).toBe(409)
  const others = await officersOf(registry, 'demo-th-onec')
  expect((await others.first(`${others.base}${PATH}/join`, { hash })).status).toBe(404)
  await origin.decide(join, { hash })
  const joint = await shown()
  expect([joint.state, joint.missing, joint.hash]).toEqual(['joint', [], hash])
  expect(plain(await pageOf(PATH))).toContain('Agreed by Lautan Labour Authority (demonstration)')
  expect((await origin.first(join, { hash })).status).toBe(409)
  await origin.decide(leave, { hash, basis: 'Resolution 4' })
  expect((await shown()).state).toBe('ended')
  const words = plain(await pageOf(PATH))
  expect(words).toContain('It counts for nobody any more.')
  expect(words).toContain('Resolution 4')
})

/** What is chosen and written on the page of a unit. */
const kept = (html: string): Record<string, string> =>
  Object.fromEntries([
    ...[...html.matchAll(/name="(unit\.by:[^"]+)" value="yes" checked/g)].map(([, name = '']) => [name, 'yes']),
    ...[...html.matchAll(/name="unit\.result" value="([^"]+)" checked/g)].map(([, value = '']) => [
      'unit.result',
      value,
    ]),
    ['unit.note', /<textarea id="u-note"[^>]*>([^<]*)</.exec(html)?.[1] ?? ''],
  ])

/** The fields that a page of the desk carries, as a browser would send them back. */
function fieldsOf(html: string): Record<string, string> {
  const unescaped = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  return Object.fromEntries(
    hidden
      .map(([, name = '', value = '']) => [unescaped(name), unescaped(value)])
      .filter(([name]) => name !== 'form-token'),
  )
}

test('R-060, R-066: at the desk it is made unit by unit, and the page carries the draft (keyboard, no script)', async () => {
  const desk = atTheDesk(registry)
  const at = { home: `/desk/authorities/${HOST}`, one: `${HOST}-officer-1`, two: `${HOST}-officer-2` }
  const form = {
    comparisonId: 'walls',
    'comparison.from': `${BRICKLAYING} ${edition}`,
    'comparison.to': `${MASONRY} 2026`,
    parties: ORIGIN,
    'comparison.rows': `unit\tresult\tby\tnote\nM2\tpartial\t${codes[1]}; ${codes[2]}\tCeilings are missing.\nM3\tgap\t\tNothing like it.`,
    'comparison.aspects.grades.result': 'gap',
    'comparison.aspects.grades.note': 'No grades in Samudra.',
  }
  // Both editions are chosen from the catalogue, and every state is there.
  const blank = await desk.open(`${at.home}/actions/propose-comparison`, at.one)
  expect([blank.status, blank.text]).toEqual([200, expect.stringContaining('Go through the units one by one')])
  const found = await desk.send('propose-comparison', { 'comparison.search': 'bricklaying' }, 'change', at)
  expect(found.text).toContain(`<option value="${BRICKLAYING} ${edition}"`)
  const without = await desk.send('propose-comparison', { ...form, 'comparison.from': '' }, 'unit', at)
  expect([without.status, without.text]).toEqual([422, expect.stringContaining('href="#f-comparison-from"')])

  const first = await desk.send('propose-comparison', form, 'unit', at)
  expect(plain(first.text)).toContain('Unit 1 of 4. Compared: 2. Not yet: 2.')
  expect(first.text).not.toContain('<img src=x')
  const unit = (page: { text: string }, answers: Record<string, string>, step: `unit${string}` | 'check') =>
    desk.send('propose-comparison', { ...fieldsOf(page.text), ...answers }, step, at)
  // A match names a unit. The page comes back with what was said.
  const refused = await unit(first, { 'unit.result': 'match', 'unit.note': 'As in "M"' }, 'unit-next')
  expect([refused.status, plain(refused.text)]).toEqual([422, expect.stringContaining('A gap names none.')])
  expect(refused.text).toContain('As in')
  const second = await unit(refused, { 'unit.result': 'match', [`unit.by:${codes[0]}`]: 'yes' }, 'unit-next')
  expect(second.text).toMatch(new RegExp(`name="unit.by:${codes[2]}" value="yes" checked`))
  const last = await unit(second, { ...kept(second.text), 'unit.goTo': 'M4' }, 'unit-show')
  expect(plain(last.text)).toContain('Unit 4 of 4. Compared: 3. Not yet: 1.')
  const checked = await unit(last, { 'unit.result': 'not-compared' }, 'check')
  const words = plain(checked.text).replaceAll(/ (?=[:.,)])/g, '')
  for (const shownWords of [
    'Check your answers',
    'Ceilings are missing.',
    'Units that match: 1. In part: 1. Missing: 1. Not compared: 1.',
    'The levels cannot be compared',
    'Some of what is asked for was found: parts of units, or half of the units at most.',
    'No grades in Samudra.',
  ])
    expect(words).toContain(shownWords)
  await desk.decided('propose-comparison', fieldsOf(checked.text), at)
  const version = (await registry.ask(`/comparisons/${HOST}.walls/1`)).json<Shown>()
  expect(version).toMatchObject({ state: 'alone', counts: { match: 1, partial: 1, gap: 1, 'not-compared': 1 } })
})

test('R-060, R-066: a table of a spreadsheet names each wrong cell; the other party joins at its desk, and leaves', async () => {
  const desk = atTheDesk(registry)
  const at = (authority: string) => ({
    home: `/desk/authorities/${authority}`,
    one: `${authority}-officer-1`,
    two: `${authority}-officer-2`,
  })
  const own = at(HOST)
  // The next version begins with the last one, and with the table that anybody can download.
  const begun = await registry.later(() =>
    desk.open(`${own.home}/actions/revise-comparison?revised=${HOST}.walls+1`, own.one),
  )
  expect(begun.text).toContain('Ceilings are missing.')
  const table = await registry.ask(`/comparisons/${HOST}.walls/1/units.csv`)
  const form = {
    revised: `${HOST}.walls 1`,
    'comparison.from': `${BRICKLAYING} ${edition}`,
    'comparison.to': `${MASONRY} 2026`,
    parties: ORIGIN,
  }
  const wrong = await desk.send(
    'revise-comparison',
    { ...form, 'comparison.rows': 'M1\tmatch\tNone\nM2\tpartial\t\nM9\tgap\t\tIt is valid' },
    'check',
    own,
  )
  const faults = plain(wrong.text)
  for (const cell of [
    'Line 1, closest units:',
    'Line 2: the note is missing.',
    'Line 3, code of the unit:',
    'Line 3, note:',
  ])
    expect(faults).toContain(cell)
  await desk.decided('revise-comparison', { ...form, 'comparison.rows': table.text }, own)

  const version = (await registry.ask(`/comparisons/${HOST}.walls/2`)).json<Shown>()
  const named = `${HOST}.walls 2 ${version.hash} comparison`
  const other = at(ORIGIN)
  const choice = await registry.later(() => desk.open(`${other.home}/actions/join-version`, other.one))
  expect(choice.text).toContain(`value="${named}"`)
  // The officers of the other party read every row before they join.
  const checked = await desk.send('join-version', { joinable: named }, 'check', other)
  expect(plain(checked.text)).toContain('Ceilings are missing.')
  await desk.decided('join-version', { joinable: named }, other)
  const joint = (await registry.ask(`/comparisons/${HOST}.walls/2`)).json<Shown>()
  expect(joint).toMatchObject({ state: 'joint', missing: [] })
  await desk.decided('leave-version', { joined: named, basis: 'Resolution 5', reason: 'A new standard' }, own)
  expect((await registry.ask(`/comparisons/${HOST}.walls/2`)).json<Shown>().state).toBe('ended')
})

test('R-085, M005: one certificate is set against the host’s edition in the answer alone, by its link in the body', async () => {
  const path = '/comparisons/demo-xl-lla.masonry/1'
  const linkOf = (name: string) => registry.demonstration.certificates.find((each) => each.case === name)?.link ?? ''
  const ask = (link: string, accept = 'application/json', query = '') =>
    registry.ask(`${path}/held${query}`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/x-www-form-urlencoded' },
      body: String(new URLSearchParams({ link })),
    })
  const link = linkOf('signed-aqrf-level')
  const answer = await ask(link)
  const { verdict, units } = answer.json<{ verdict: string; units: { code: string; held: string }[] }>()
  expect([verdict, units.map(({ code, held }) => [code, held])]).toEqual([
    'valid',
    [
      ['LM-1', 'has'],
      ['LM-2', 'in-part'],
      ['LM-3', 'has'],
      ['LM-4', 'in-part'],
      ['LM-5', 'lacks'],
      ['LM-6', 'not-compared'],
    ],
  ])
  // No person and no link is in the answer, and no shared cache keeps it.
  const token = new URL(link).pathname.split('/').at(-1) ?? ''
  const shownPage = await ask(link, 'text/html', '?lang=en')
  for (const { text, headers } of [answer, shownPage]) {
    expect(text).not.toContain(token)
    expect(text).not.toContain('EXAMPLE')
    expect(headers.get('cache-control')).toContain('no-store')
  }
  expect(plain(shownPage.text)).toContain('Missing: 1 of 6')
  expect(plain((await ask(link, 'text/html', '?lang=th')).text)).toContain('ขาด: 1 จาก 6')
  // Nothing is said of a certificate that is not in force, or of another qualification.
  const revoked = (await ask(linkOf('revoked'))).json<{ verdict: string; units?: object }>()
  expect([revoked.verdict, revoked.units]).toEqual(['invalid', undefined])
  expect((await ask(linkOf('in-force'))).json<{ units?: object }>().units).toBeUndefined()
  // The page of the certificate names the title of the host that the reader chose, beside the level.
  const chosen = async (host: string, language = 'en') =>
    plain(await pageOf(`${new URL(link).pathname}?host=${host}`, language))
  expect(await chosen('XL')).toMatch(/In Fictional Lautan it was compared with: .*Masonry/)
  expect(await chosen('XL', 'th')).toContain('มีการเปรียบเทียบกับ')
  expect(await chosen('TH')).not.toContain('it was compared with')
  // A mistyped link comes back in the form. A program gets the problem.
  const wrong = await ask(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`, 'text/html')
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('id="link-wrong"')])
  expect((await ask('nothing', 'text/html')).status).toBe(422)
  expect((await ask('nothing')).status).toBe(404)
  expect((await ask(link, 'application/json', '?host=ZZ')).json()).toEqual(answer.json())
})

test('R-080, R-084, R-085: an agreed set is joined, a national standard is set against it, and so is one certificate', async () => {
  const bricks = (unit: string) => ({ qualification: BRICKLAYING, edition, unit })
  const set = {
    id: 'walls',
    version: 1,
    parties: [{ authority: ORIGIN }],
    name: `Walls, agreed set ${MARKUP}`,
    units: [
      {
        code: 'W1',
        title: 'Set out',
        accepts: [bricks(codes[0] ?? ''), { qualification: MASONRY, edition: '2026', unit: 'M1' }],
      },
      { code: 'W2', title: 'Plaster', accepts: [bricks(codes[4] ?? '')] },
      { code: 'W3', title: 'First aid', accepts: [{ qualification: MASONRY, edition: '2026', unit: 'M3' }] },
    ],
  }
  await host.decide(`${host.base}/skill-sets`, set)
  const path = `/skill-sets/${HOST}.walls/1`
  interface Set {
    hash: string
    state: string
    against?: Record<'missing' | 'there' | 'beyond', { code: string }[]>
  }
  const { hash, state } = (await registry.ask(path)).json<Set>()
  expect(state).toBe('alone')
  await origin.decide(`${origin.base}${path}/join`, { hash })
  const asked = await registry.ask(`${path}?qualification=${MASONRY}&edition=2026`)
  const { against, ...joint } = asked.json<Set>()
  const codesOf = (units: { code: string }[] = []) => units.map(({ code }) => code)
  expect(joint).toMatchObject({ state: 'joint', hash })
  expect([codesOf(against?.missing), codesOf(against?.there), codesOf(against?.beyond)]).toEqual([
    ['W2'],
    ['W1', 'W3'],
    ['M2', 'M4'],
  ])
  const shownPage = await pageOf(`${path}?qualification=${MASONRY}&edition=2026`)
  expect(shownPage).not.toContain('<img src=x')
  expect(plain(shownPage)).toContain('Missing in the standard: 1')
  expect(plain(await pageOf(`${path}?qualification=nothing`, 'th'))).toContain('ที่นี่ไม่มีบันทึกฉบับนี้')
  const link = registry.demonstration.certificates.find((each) => each.case === 'signed-aqrf-level')?.link ?? ''
  const held = await registry.ask(`${path}/held`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ link })),
  })
  expect(held.json()).toMatchObject({
    verdict: 'valid',
    held: { has: [{ code: 'W1' }, { code: 'W2' }], lacks: [{ code: 'W3' }] },
  })
  await host.decide(`${host.base}${path}/leave`, { hash, basis: 'Resolution 6' })
  expect((await registry.ask(path)).json<Set>().state).toBe('ended')
})

test('R-080, R-083: a set is agreed at the desk as pasted rows, a wrong cell is named, and everybody finds it in the list', async () => {
  const desk = atTheDesk(registry)
  const at = (authority: string) => ({
    home: `/desk/authorities/${authority}`,
    one: `${authority}-officer-1`,
    two: `${authority}-officer-2`,
  })
  const accepted = `${BRICKLAYING} | ${edition} | ${codes[0]}; ${MASONRY} | 2026 | M1`
  const form = {
    setId: 'walls',
    setVersion: '2',
    'set.name': 'Walls, second agreed set',
    'set.units': `code\ttitle\taccepts\nW1\tSet out\t${accepted}\nW2\tPlaster\t`,
    parties: ORIGIN,
  }
  const wrong = { ...form, 'set.units': form['set.units'].replace('| M1', '| M99') }
  const refused = await desk.send('propose-skill-set', wrong, 'check', at(HOST))
  expect([refused.status, plain(refused.text)]).toEqual([
    422,
    expect.stringContaining('Line 2, accepted units: The edition has no such unit.'),
  ])
  expect(refused.text).toContain('href="#f-set-units"')
  await desk.decided('propose-skill-set', form, at(HOST))

  interface Listed {
    sets: { id: string; number: number; name: string; units: number; state: string }[]
  }
  const listed = async () => (await registry.later(() => registry.ask('/comparability'))).json<Listed>().sets
  expect((await listed()).map(({ id, number, units, state }) => [id, number, units, state])).toEqual([
    [`${HOST}.walls`, 2, 2, 'alone'],
    [`${HOST}.walls`, 1, 3, 'ended'],
  ])
  const { hash } = (await registry.ask(`/skill-sets/${HOST}.walls/2`)).json<{ hash: string }>()
  await desk.decided('join-version', { joinable: `${HOST}.walls 2 ${hash} skill-set` }, at(ORIGIN))
  expect((await listed())[0]).toMatchObject({ number: 2, state: 'joint' })
  const page = await pageOf('/comparability')
  expect(page).not.toContain('<img src=x')
  expect(page).toContain(`href="/skill-sets/${HOST}.walls/2"`)
  expect(plain(await pageOf('/comparability', 'th'))).toContain('Walls, second agreed set')
  // Somebody who asks about two qualifications gets no list of sets.
  const about = await registry.ask(`/comparability?from=${BRICKLAYING}&to=${MASONRY}`)
  expect(about.json<Partial<Listed>>().sets).toBeUndefined()
})
