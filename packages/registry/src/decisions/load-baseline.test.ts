import type { Baseline, Qualification } from '@sijil/qualifications'
import { shippedBaseline } from '@sijil/qualifications/shipped-baseline'
import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { MemoryStore } from '../../../../test/support/memory-store.ts'
import { after, MINUTE, noon } from '../../../../test/support/registry-world.ts'
import { isWhole } from '../../../../test/support/whole.ts'
import { listDescriptions } from '../catalogue/baseline.ts'
import type { CatalogueEvent } from '../catalogue/events.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { type CatalogueQuestion, qualificationAt } from '../catalogue/qualification-at.ts'
import { baselineCatalogue, baselineOf, catalogueOf, growingCatalogueList } from '../catalogue/reader.ts'
import { nextCommit, streams } from '../stream.ts'
import { loadBaseline, loadFirstBaseline, rehearseBaseline } from './load-baseline.ts'

const MASONRY = 'ph-masonry-nc2'
const first = { baseline: shippedBaseline, digest: 'one' }
const RECORDS = 94 + 11 + 55 + 8 + 11 + 3
/** A correction of one record, as the next version of the file. */
const corrected = (
  change: Partial<Qualification>,
  version = shippedBaseline.version + 1,
): { baseline: Baseline; digest: string } => ({
  baseline: {
    ...shippedBaseline,
    version,
    qualifications: shippedBaseline.qualifications.map((each) => (each.id === MASONRY ? { ...each, ...change } : each)),
  },
  digest: `file ${version}`,
})
const empty = () => new MemoryStore([])
const at = (store: MemoryStore, question: CatalogueQuestion) =>
  catalogueOf(store)(MASONRY).then((history) => qualificationAt(history, question))

describe('loading a baseline', () => {
  test('makes a record of each entry of the file, and a second time changes nothing', async () => {
    const store = empty()
    expect(await loadBaseline(first, { store, now: noon })).toEqual({ written: RECORDS })
    const list = await growingCatalogueList(store, () => noon.getTime() + MINUTE)()
    expect(list.map(({ id }) => id)).toEqual(shippedBaseline.qualifications.map(({ id }) => id))
    // Each says on which day it was read.
    const describedBy = { readOn: shippedBaseline.readOn }
    expect(await listDescriptions(store, noon)).toEqual({
      bodies: shippedBaseline.bodies.map((body) => ({ ...body, describedBy })),
      arrangements: shippedBaseline.arrangements.map((arrangement) => ({ ...arrangement, describedBy })),
      states: shippedBaseline.states.map((state) => ({ ...state, describedBy })),
      corridors: (shippedBaseline.corridors ?? []).map((corridor) => ({ ...corridor, describedBy })),
      stated: [],
    })
    expect(await loadBaseline(first, { store, now: after(MINUTE) })).toEqual({ written: 0 })
    expect(await loadFirstBaseline(first, { store, now: after(MINUTE) })).toEqual({ written: 0 })
  })

  test('says what it would write, and writes nothing', async () => {
    const store = empty()
    const planned = await rehearseBaseline(first, { store, now: noon })
    expect(planned).toMatchObject({ isLoaded: false })
    expect(planned.stated).toHaveLength(RECORDS)
    expect(await store.read(streams.baseline())).toEqual([])
    await loadBaseline(first, { store, now: noon })
    expect(await rehearseBaseline(first, { store, now: noon })).toEqual({ stated: [], isLoaded: true })
  })

  test.each([1, 2, 40, RECORDS + 1, RECORDS + 2])('that was interrupted at write %s continues', async (call) => {
    const store = empty()
    for (const outcome of ['fails-before', 'fails-after'] as const) {
      const { port } = withFaults(store, [{ method: 'append', call, outcome }])
      await loadBaseline(first, { store: port, now: noon }).catch(() => {})
    }
    await loadBaseline(first, { store, now: after(MINUTE) })
    for (const { id } of shippedBaseline.qualifications)
      expect(await store.read(streams.qualification(id)), id).toHaveLength(1)
    expect(await at(store, EVER)).toMatchObject({ title: 'Masonry NC II', frameworkRecord: { id: 'PQF' } })
  })

  test('that two operators begin at once is done once', async () => {
    const store = empty()
    await Promise.allSettled([1, 2].map(() => loadBaseline(first, { store, now: noon })))
    await loadBaseline(first, { store, now: noon })
    expect(await store.read(streams.qualification(MASONRY))).toHaveLength(1)
  })

  test('refuses another file of the same version, an older version, and the next one before the last is finished', async () => {
    const store = empty()
    const { port } = withFaults(store, [{ method: 'append', call: 40, outcome: 'fails-before' }])
    await expect(loadBaseline(first, { store: port, now: noon })).rejects.toThrow()
    const conflict = { code: 'conflict' }
    await expect(loadBaseline(corrected({}), { store, now: noon })).rejects.toMatchObject(conflict)
    await loadBaseline(first, { store, now: noon })
    await expect(loadBaseline({ ...first, digest: 'two' }, { store, now: noon })).rejects.toMatchObject(conflict)
    await loadBaseline(corrected({ title: 'Masonry' }), { store, now: after(MINUTE) })
    await expect(loadBaseline(first, { store, now: after(MINUTE) })).rejects.toMatchObject(conflict)
  })
})

describe('Q014: loading many records', () => {
  const ROWS = isWhole ? 5_000 : 300
  const masonry = shippedBaseline.qualifications.find(({ id }) => id === MASONRY) as Qualification
  const many = (version: number, title: string) => ({
    baseline: {
      ...shippedBaseline,
      version,
      qualifications: Array.from({ length: ROWS }, (_, n) => ({
        ...masonry,
        id: `ph-trade-${n}`,
        title: `${title} ${n}`,
      })),
    },
    digest: `file ${version}`,
  })
  const titles = async (store: MemoryStore) =>
    (await growingCatalogueList(store, () => after(9 * MINUTE).getTime())()).map(
      (history) => qualificationAt(history, EVER)?.title,
    )
  const expected = (title: string) => Array.from({ length: ROWS }, (_, n) => `${title} ${n}`)

  test('that stops at twenty points, and that two operators repeat at once, ends with every record, each written once', async () => {
    const store = empty()
    for (let stop = 0; stop < 20; stop++) {
      const outcome = stop % 2 === 0 ? 'fails-before' : 'fails-after'
      const { port } = withFaults(store, [{ method: 'append', call: 1 + ((stop * 7) % 12), outcome }])
      await expect(loadBaseline(many(1, 'First'), { store: port, now: noon })).rejects.toThrow()
      // Until all of them are there, an id that has no record is an open question.
      await expect(catalogueOf(store)('ph-nothing')).rejects.toMatchObject({ code: 'dependency-unavailable' })
    }
    await Promise.allSettled([1, 2].map(() => loadBaseline(many(1, 'First'), { store, now: noon })))
    await loadBaseline(many(1, 'First'), { store, now: noon })
    expect((await titles(store)).sort()).toEqual(expected('First').sort())
    for (let n = 0; n < ROWS; n++) expect(await store.read(streams.qualification(`ph-trade-${n}`))).toHaveLength(1)
  })

  test('names the record that its owner stated in the same moment, keeps that statement, and goes on', async () => {
    const store = empty()
    await loadBaseline(many(1, 'First'), { store, now: noon })
    const stream = streams.qualification('ph-trade-7')
    const retired: CatalogueEvent = {
      type: 'qualification-retired',
      statedBy: { id: 'demo-tesda', name: 'T' },
      basis: 'x',
    }
    const racing: Pick<MemoryStore, 'read' | 'append'> = {
      read: (asked) => store.read(asked),
      async append(commit) {
        const change = { events: [retired], actor: 'two', now: after(MINUTE), index: 'CATALOGUE' } as const
        if (commit.stream === stream) await store.append(nextCommit(stream, await store.read(stream), change))
        return store.append(commit)
      },
    }
    const loaded = loadBaseline(many(2, 'Second'), { store: racing, now: after(2 * MINUTE) })
    await expect(loaded).rejects.toMatchObject({
      code: 'write-conflict',
      message: expect.stringContaining('ph-trade-7'),
    })
    await loadBaseline(many(2, 'Second'), { store, now: after(3 * MINUTE) })
    const events = (await store.read<CatalogueEvent>(stream)).flatMap((commit) => commit.events)
    expect(events.map(({ type }) => type)).toEqual(['baseline-stated', 'qualification-retired', 'baseline-stated'])
    expect((await titles(store)).filter((title) => title?.startsWith('First'))).toEqual([])
  })
})

describe('I33: the answer for two given moments', () => {
  const moment = (minutes: number) => after(minutes * MINUTE).toISOString()

  test('is that of the first version at every moment, as when the records were part of the software', async () => {
    const store = empty()
    await loadBaseline(first, { store, now: noon })
    const long = { effective: '2019-03-01T00:00:00.000Z', recorded: '2019-03-01T00:00:00.000Z' }
    expect(await at(store, long)).toMatchObject({ title: 'Masonry NC II', level: 2 })
    expect(await at(store, { ...EVER, seen: { at: long.recorded, by: [] } })).toMatchObject({ level: 2 })
  })

  test('never changes by a later version, which counts for every day once it is recorded', async () => {
    const store = empty()
    await loadBaseline(first, { store, now: noon })
    expect(await loadBaseline(corrected({ level: 3 }), { store, now: after(10 * MINUTE) })).toEqual({ written: 1 })
    const levelAt = async (recorded: string, seen?: CatalogueQuestion['seen']) =>
      (await at(store, { effective: moment(-60), recorded, ...(seen && { seen }) }))?.level
    expect(await levelAt(moment(5))).toBe(2)
    expect(await levelAt(moment(20))).toBe(3)
    // What a grantor knew before it is not changed either.
    expect(await levelAt(moment(20), { at: moment(5), by: [] })).toBe(2)
  })

  test('a record that only a later version has is unknown before', async () => {
    const store = empty()
    const { qualifications } = shippedBaseline
    const fewer = { ...shippedBaseline, qualifications: qualifications.filter(({ id }) => id !== MASONRY) }
    await loadBaseline({ baseline: fewer, digest: 'one' }, { store, now: noon })
    await loadBaseline(corrected({}), { store, now: after(10 * MINUTE) })
    expect(await at(store, { effective: moment(0), recorded: moment(5) })).toBeUndefined()
    expect(await at(store, { effective: moment(0), recorded: moment(20) })).toMatchObject({ title: 'Masonry NC II' })
  })
})

test('an owner’s statement outweighs the baseline, also a version that is loaded later, and says nothing about another registry', async () => {
  const store = empty()
  await loadBaseline(first, { store, now: noon })
  const statedBy = { id: 'demo-tesda', name: 'TESDA (demonstration)' }
  const source = 'https://tesda.example/masonry'
  const statement = {
    state: 'PH',
    kind: 'skills-certificate',
    title: 'Stone',
    description: 'x',
    field: 'y',
    source,
  } as const
  const edition = { id: '2027', from: '2020-01-01', units: [], validity: 'none', source } as const
  const events: CatalogueEvent[] = [
    { type: 'qualification-stated', statement, statedBy },
    { type: 'edition-stated', edition, statedBy },
  ]
  const stream = streams.qualification(MASONRY)
  const change = { events, actor: 'two', now: after(MINUTE), index: 'CATALOGUE' } as const
  await store.append(nextCommit(stream, await store.read(stream), change))
  await loadBaseline(corrected({ title: 'Corrected' }), { store, now: after(2 * MINUTE) })
  expect(await at(store, EVER)).toMatchObject({ title: 'Stone', statedBy })
  expect((await baselineOf(catalogueOf(store))(MASONRY))?.title).toBe('Corrected')
  const elsewhere = await baselineCatalogue(catalogueOf(store))(MASONRY)
  expect(qualificationAt(elsewhere, EVER)).toMatchObject({ title: 'Corrected', frameworkRecord: { id: 'PQF' } })
})

test('F5: without a baseline a reserved id is an open question, and never an unknown qualification', async () => {
  const store = empty()
  await expect(catalogueOf(store)(MASONRY)).rejects.toMatchObject({ code: 'dependency-unavailable' })
  const { port } = withFaults(store, [{ method: 'append', call: 40, outcome: 'fails-before' }])
  await expect(loadBaseline(first, { store: port, now: noon })).rejects.toThrow()
  await expect(catalogueOf(store)('th-physician')).rejects.toMatchObject({ code: 'dependency-unavailable' })
  await loadBaseline(first, { store, now: noon })
  expect(await catalogueOf(store)('ph-nothing')).toEqual({ id: 'ph-nothing', commits: [] })
})
