import { addMember, removeMember } from '@sijil/registry/trust'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { assignRecord } from '../decisions/assign-record.ts'
import { stateQualification } from '../decisions/state-qualification.ts'
import { closeReport, openReportMessage } from './decide-report.ts'
import { listReports } from './list-reports.ts'
import { MOST_TELLINGS } from './record-report.ts'
import { type MistakeOutcome, readReport, requireReport } from './report.ts'
import { type MistakeReport, reportMistake, requireRecord } from './report-mistake.ts'

const OTHER = 'demo-other'
const COOKERY = `${BODY}.cookery`
const BASELINE = 'ph-masonry-nc2'
const [officer, clerk] = ['officer-of-the-authority', 'officer-of-the-body']
const source = 'https://crafts.example/cookery'

let world: World
let decisions: ReturnType<typeof decisionsIn>
beforeEach(async () => {
  world = await aWorld()
  decisions = decisionsIn(world)
  await decisions.body(OTHER)
  const member = (owner: string, subject: string) =>
    addMember({ owner, subject, roles: ['propose', 'approve'], actor: 'registrar' }, world.at(noon))
  await member(AUTHORITY, officer)
  await member(BODY, clerk)
  await member(OTHER, 'stranger')
  await state('2026')
})

const deps = (now = noon) => ({ ...world.at(now), notes: world.keys, patience: world.issuing.patience })
const state = (edition: string, now = noon) =>
  stateQualification(
    {
      verb: 'state-qualification',
      qualification: COOKERY,
      effectiveAt: noon.toISOString(),
      statement: { title: 'Cookery', kind: 'skills-certificate', description: 'Able to cook.', field: 'Food', source },
      edition: { id: edition, from: '2026-01-01', units: [], validity: 'none', source },
    },
    { authority: BODY, actor: clerk },
    world.at(now),
  )
const about = (id: string, of: 'qualification' | 'framework' = 'qualification') => ({ of, id })
const report = (more: Partial<MistakeReport> = {}, now = noon) =>
  reportMistake({ record: about(COOKERY), reason: 'units', ...more }, deps(now))
const idsOf = async (owner: string) =>
  (await listReports({ owner, limit: 50 }, { reader: world.store })).reports.map(({ id }) => id)
const read = async (id: string, owner = BODY) => {
  const found = await readReport(owner, id, world.store)
  if (found === undefined) throw new Error('no report')
  return found
}
const close = (id: string, outcome: MistakeOutcome = 'no-mistake', now = after(MINUTE)) =>
  closeReport({ authority: BODY, subject: clerk, body: BODY, id, outcome }, { store: world.store, now })

describe('a report of a mistake reaches', () => {
  test('the owner of the record, and nobody else', async () => {
    const sent = await report({ edition: '2026' })
    expect(sent.owner).toBe(BODY)
    expect(await idsOf(BODY)).toEqual([sent.reference])
    expect(await idsOf(AUTHORITY)).toEqual([])
    expect(await read(sent.reference)).toMatchObject({
      kind: 'record',
      record: { of: 'qualification', id: COOKERY, version: 1 },
      sentTo: [BODY],
      tellings: [{ reason: 'units', edition: '2026', at: noon.toISOString() }],
    })
  })

  test('the root of the state, for a record of the baseline without an owner', async () => {
    const sent = await report({ record: about(BASELINE), reason: 'title' })
    expect(sent.owner).toBe(AUTHORITY)
    expect(await idsOf(AUTHORITY)).toEqual([sent.reference])
    const frame = await report({ record: about('PQF', 'framework'), reason: 'level' })
    expect(await read(frame.reference, AUTHORITY)).toMatchObject({ record: { of: 'framework', id: 'PQF' } })
  })

  test('the owner to whom the root assigned the record', async () => {
    await assignRecord(
      {
        verb: 'assign-record',
        kind: 'qualification',
        record: BASELINE,
        owner: BODY,
        basis: 'Act 1',
        effectiveAt: noon.toISOString(),
      },
      { authority: AUTHORITY, actor: officer },
      world.at(noon),
    )
    expect((await report({ record: about(BASELINE) })).owner).toBe(BODY)
  })

  test('the successor of an owner that has one', async () => {
    await decisions.succeed(BODY, OTHER)
    expect((await report({}, after(MINUTE))).owner).toBe(OTHER)
  })

  test('also the authority above an owner without an officer who could close it', async () => {
    for (const subject of [clerk, OFFICER])
      await removeMember({ owner: BODY, subject, actor: 'registrar', mayLeaveFewer: true }, world.at(noon))
    const { reference } = await report()
    expect((await read(reference)).sentTo).toEqual([BODY, AUTHORITY])
    expect(await idsOf(AUTHORITY)).toEqual([reference])
  })

  test('nobody, if nobody here answers for the record: it is refused, and nothing is recorded', async () => {
    const refused = report({ record: about('VQF', 'framework'), words: 'wrong' })
    await expect(refused).rejects.toMatchObject({ code: 'conflict', reason: 'nobody-answers' })
    expect(world.store.events('reported')).toEqual([])
    expect(await requireRecord(about('VQF', 'framework'), deps())).not.toHaveProperty('owner')
  })

  test.each([
    'nothing',
    `${BODY}.nothing`,
    'demo-nobody.cookery',
    `${BODY}.cookery.more`,
    '../registry',
    'constructor',
    'ph-masonry-nc2 ',
    'рh-masonry-nc2',
    'x'.repeat(5_000),
    '',
  ])('nothing for the id %#, which no record has', async (id) => {
    for (const of of ['qualification', 'framework'] as const)
      await expect(report({ record: { of, id } })).rejects.toMatchObject({ code: 'not-found' })
    expect(world.store.events('reported')).toEqual([])
  })

  test('nobody, if it names an edition that the record has not', async () => {
    const refused = report({ edition: '2027' })
    await expect(refused).rejects.toMatchObject({ code: 'validation-failed', faults: [{ pointer: '/edition' }] })
  })
})

describe('what is kept of it', () => {
  test('is no readable word of the reporter, and changes no record', async () => {
    const before = await catalogueOf(world.store)(COOKERY)
    const message = { words: 'Maria told me <b>', contact: 'ana@example.org', source: 'https://right.example/' }
    const { reference } = await report(message)
    const kept = JSON.stringify(world.store.appended.filter(({ stream }) => stream.includes('/report/')))
    for (const secret of ['Maria', 'ana@', 'right.example']) expect(kept).not.toContain(secret)
    const asked = { authority: BODY, subject: clerk, body: BODY, id: reference, telling: 0 }
    expect(await openReportMessage(asked, { ...deps(), notes: world.keys })).toEqual(message)
    expect((await read(reference)).openings).toHaveLength(1)
    expect(await catalogueOf(world.store)(COOKERY)).toEqual(before)
  })

  test('of the same mistake is one report with at most twenty tellings, however many send it', async () => {
    const first = await report()
    for (let time = 0; time < MOST_TELLINGS + 5; time++) await report({ words: `again ${time}` })
    expect((await read(first.reference)).tellings).toHaveLength(MOST_TELLINGS)
    expect(await idsOf(BODY)).toEqual([first.reference])
  })

  test('of a flood about one record is no more than one open report for each thing that can be wrong', async () => {
    const reasons = ['title', 'level', 'units', 'dates', 'codes', 'other'] as const
    for (let time = 0; time < 4; time++)
      for (const reason of reasons)
        await report({ reason, words: `${time}`, ...(time % 2 === 0 && { edition: '2026' }) })
    expect(await idsOf(BODY)).toHaveLength(reasons.length)
  })

  test('of a closed report stays: the next reporter opens a new one, ten times for a version', async () => {
    const numbers = new Set<string>()
    for (let time = 0; time < 15; time++) {
      const { reference } = await report({}, after(time * MINUTE))
      numbers.add(reference)
      if ((await read(reference)).closed === undefined) await close(reference)
    }
    expect(numbers.size).toBe(11)
  })

  test('of another version of the record is a report of its own', async () => {
    const one = await report()
    await state('2027', after(MINUTE))
    const other = await report({}, after(2 * MINUTE))
    expect(other.reference).not.toBe(one.reference)
    expect(await read(other.reference)).toMatchObject({ record: { version: 2 } })
  })

  test('is complete after two people sent it at the same moment', async () => {
    const [one, other] = await Promise.all([report(), report()])
    expect(one.reference).toBe(other.reference)
    expect((await read(one.reference)).tellings).toHaveLength(2)
  })
})

describe('an officer', () => {
  test('of the owner closes it once with an outcome of its kind', async () => {
    const { reference } = await report()
    const wrong = close(reference, 'genuine' as MistakeOutcome)
    await expect(wrong).rejects.toMatchObject({ code: 'validation-failed', faults: [{ pointer: '/outcome' }] })
    await close(reference, 'mistake')
    expect((await read(reference)).closed).toMatchObject({ outcome: 'mistake', by: BODY, subject: clerk })
    await expect(close(reference)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('I36: of another body or of the authority above gets the answer for a report that does not exist', async () => {
    const { reference } = await report({ words: 'secret' })
    for (const [authority, subject] of [
      [OTHER, 'stranger'],
      [AUTHORITY, officer],
      [BODY, 'stranger'],
    ] as const) {
      const asked = { authority, subject, body: BODY, id: reference }
      for (const attempt of [
        () => openReportMessage({ ...asked, telling: 0 }, { ...deps(), notes: world.keys }),
        () => closeReport({ ...asked, outcome: 'no-mistake' }, deps()),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
    }
    const missing = requireReport({ owner: OTHER, body: BODY, id: reference }, { reader: world.store })
    await expect(missing).rejects.toMatchObject({ code: 'not-found', message: 'no such report' })
  })
})
