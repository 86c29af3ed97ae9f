import type { EditionStatement, QualificationStatement } from '@sijil/qualifications'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { type Commit, nextCommit, streams } from '../stream.ts'
import type { CatalogueEvent } from './events.ts'
import { editionsAt, lastStated, notAwarded, type QualificationHistory, qualificationAt } from './qualification-at.ts'

const ID = 'demo-body.cookery-2'
const statedBy = { id: 'demo-body', name: 'Harbour Crafts (demonstration)' }
const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString()
const dayOf = (number: number) => day(number).slice(0, 10)
const END = '9999-12-31T23:59:59.999Z'

const statement = (title = 'Cookery 2'): QualificationStatement => ({
  state: 'XL',
  kind: 'skills-certificate',
  title,
  description: 'Found able to cook plain food.',
  field: 'Food',
  source: 'https://crafts.example/cookery',
})
const edition = (id: string, change: Partial<EditionStatement> = {}): EditionStatement => ({
  id,
  from: '2026-01-01',
  units: [{ code: 'C1', title: 'Prepare vegetables' }],
  validity: 'none',
  source: 'https://crafts.example/cookery',
  ...change,
})
const titled = (title: string): CatalogueEvent => ({
  type: 'qualification-stated',
  statement: statement(title),
  statedBy,
})
const stated = (one: EditionStatement): CatalogueEvent => ({ type: 'edition-stated', edition: one, statedBy })
const retired: CatalogueEvent = { type: 'qualification-retired', statedBy, basis: 'decision 9' }

interface Entry {
  events: CatalogueEvent[]
  /** The day from which it counts. */
  effective: number
  by?: string
}

/** One entry a day, recorded from day 0 on. */
function historyOf(entries: readonly Entry[]): QualificationHistory {
  const commits: Commit<CatalogueEvent>[] = []
  for (const { events, effective, by = 'demo-body' } of entries) {
    const change = { events, actor: 'officer', now: new Date(day(commits.length)), effectiveAt: day(effective) }
    commits.push({ ...nextCommit(streams.qualification(ID), commits, change), by })
  }
  return { id: ID, commits }
}

describe('the record of a qualification', () => {
  test('is that of its owner, with the name that the owner had then', () => {
    const history = historyOf([{ events: [titled('Cookery 2'), stated(edition('2026'))], effective: 0 }])
    expect(qualificationAt(history, { effective: day(1), recorded: day(1) })).toMatchObject({
      id: ID,
      title: 'Cookery 2',
      edition: '2026',
      statedBy,
      recordedOn: dayOf(0),
      units: [{ code: 'C1', title: 'Prepare vegetables' }],
    })
  })

  test('names scheme and version of each code, also if it was stated before records named them', () => {
    const code = { code: '5120', title: 'Cooks', url: 'https://ilo.example/5120', assignedBy: 'Harbour Crafts' }
    const early = { ...statement(), occupation: code, fieldOfEducation: { ...code, code: '1013' } } as never
    const history = historyOf([
      { events: [{ type: 'qualification-stated', statement: early, statedBy }, stated(edition('2026'))], effective: 0 },
    ])
    const named = {
      occupation: { scheme: 'ISCO-08', version: '2008', ...code },
      fieldOfEducation: { scheme: 'ISCED-F', version: '2013', ...code, code: '1013' },
    }
    expect(qualificationAt(history, { effective: day(1), recorded: day(1) })).toMatchObject(named)
    expect(lastStated(history)?.statement.value).toMatchObject(named)
    const baseline = qualificationAt(baselineHistory('ph-masonry-nc2'), { effective: day(1), recorded: day(1) })
    expect(baseline?.occupation).toMatchObject({ scheme: 'ISCO-08', version: '2008', code: '7112' })
    expect(baseline?.fieldOfEducation).toMatchObject({ scheme: 'ISCED-F', version: '2013', code: '0732' })
  })

  test('exists neither before it counts nor before it was recorded', () => {
    const history = historyOf([{ events: [titled('Cookery 2'), stated(edition('2026'))], effective: 5 }])
    expect(qualificationAt(history, { effective: day(4), recorded: END })).toBeUndefined()
    expect(qualificationAt(history, { effective: day(5), recorded: '2025-12-31T00:00:00.000Z' })).toBeUndefined()
    expect(qualificationAt(history, { effective: day(5), recorded: day(0) })).toBeDefined()
  })

  test('is that of the baseline until its owner states another', () => {
    const baseline = baselineHistory('ph-masonry-nc2')
    const question = { effective: day(0), recorded: day(0) }
    expect(qualificationAt(baseline, question)).toMatchObject({ id: 'ph-masonry-nc2', title: 'Masonry NC II' })
    expect(qualificationAt(baselineHistory('ph-nothing'), question)).toBeUndefined()
  })

  test('a correction never changes what was answered before it was recorded', () => {
    const before = [{ events: [titled('Cookery 2'), stated(edition('2026'))], effective: 0 }]
    const history = historyOf([...before, { events: [titled('Cookery II')], effective: 0 }])
    expect(qualificationAt(history, { effective: day(0), recorded: day(0) })?.title).toBe('Cookery 2')
    expect(qualificationAt(history, { effective: day(0), recorded: day(1) })?.title).toBe('Cookery II')
  })

  test('what somebody knew is all of one moment, and what named owners stated since, up to the second moment', () => {
    const history = historyOf([
      { events: [titled('Cookery 2'), stated(edition('2026'))], effective: 0 },
      { events: [titled('By the grantor')], effective: 0, by: 'demo-council' },
      { events: [titled('By the body')], effective: 0 },
    ])
    const titleAt = (recorded: string, by: readonly string[]) =>
      qualificationAt(history, { effective: END, recorded, seen: { at: day(0), by } })?.title
    expect(titleAt(END, [])).toBe('Cookery 2')
    expect(titleAt(END, ['demo-council'])).toBe('By the grantor')
    // I33: an answer for two given moments never changes.
    expect(titleAt(day(0), ['demo-council'])).toBe('Cookery 2')
  })
})

test('what was stated last is known statement by statement, also what begins to count later', () => {
  const history = historyOf([
    { events: [titled('Cookery 2'), stated(edition('2026'))], effective: 0 },
    { events: [titled('Cookery II')], effective: 90 },
    { events: [retired], effective: 100 },
  ])
  expect(lastStated(history)).toMatchObject({
    statement: { value: { title: 'Cookery II' }, statedBy, recordedOn: dayOf(1) },
    editions: [{ value: { id: '2026' }, recordedOn: dayOf(0) }],
    retiredOn: dayOf(100),
  })
  expect(lastStated(historyOf([]))).toBeUndefined()
})

describe('the edition', () => {
  const history = historyOf([
    {
      events: [titled('Cookery 2'), stated(edition('2024', { from: '2024-01-01', until: '2026-06-30' }))],
      effective: -900,
    },
    { events: [stated(edition('2026', { from: '2026-01-01', supersedes: '2024' }))], effective: -900 },
  ])
  const on = (effective: string, named?: string) =>
    qualificationAt(history, {
      effective: `${effective}T12:00:00.000Z`,
      recorded: END,
      ...(named && { edition: named }),
    })

  test('is the one in which awards of the day are made, and of two the one that began last', () => {
    expect(on('2025-12-31')?.edition).toBe('2024')
    expect(on('2026-01-01')?.edition).toBe('2026')
  })

  test('can be named: bodies teach out an older standard', () => {
    expect(on('2026-03-01', '2024')).toMatchObject({ edition: '2024', supersededOn: '2026-07-01' })
    expect(on('2026-03-01', '2019')).toBeUndefined()
  })

  test('of an award before its first or after its last day is refused, and so is a retired qualification', () => {
    const why = (effective: string, named: string, of = history) =>
      notAwarded(of, { effective: `${effective}T12:00:00.000Z`, recorded: END, edition: named })
    expect(why('2026-03-01', '2024')).toBeUndefined()
    expect(why('2026-07-01', '2024')).toBe('ended')
    expect(why('2025-12-31', '2026')).toBe('not-begun')
    const ended = historyOf([
      { events: [titled('Cookery 2'), stated(edition('2024', { from: '2024-01-01' }))], effective: -900 },
      { events: [retired], effective: 3 },
    ])
    expect([why(dayOf(2), '2024', ended), why(dayOf(3), '2024', ended)]).toEqual([undefined, 'retired'])
  })
})

test('I33: for any two moments the answer stays the same, whatever is recorded later', () => {
  const event = fc.oneof(
    fc.integer({ min: 0, max: 9 }).map((number) => titled(`Cookery ${number}`)),
    fc
      .record({
        id: fc.constantFrom('2024', '2025', '2026'),
        from: fc.integer({ min: 0, max: 12 }),
        length: fc.integer({ min: 0, max: 9 }),
      })
      .map(({ id, from, length }) => stated(edition(id, { from: dayOf(from), until: dayOf(from + length) }))),
    fc.constant(retired),
  )
  const entries = fc.array(
    fc.record({ events: fc.array(event, { minLength: 1, maxLength: 2 }), effective: fc.integer({ min: 0, max: 12 }) }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(entries, entries, fc.integer({ min: 0, max: 14 }), (before, later, effective) => {
      for (let recorded = 0; recorded < before.length; recorded++) {
        const question = { effective: day(effective), recorded: day(recorded) }
        const [now, then] = [historyOf([...before, ...later]), historyOf(before)]
        expect(qualificationAt(now, question)).toEqual(qualificationAt(then, question))
        expect(editionsAt(now, question)).toEqual(editionsAt(then, question))
      }
    }),
  )
})
