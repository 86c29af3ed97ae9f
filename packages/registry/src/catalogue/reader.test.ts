import { expect, test } from 'vitest'
import { listCatalogue } from '../../../../test/support/list-catalogue.ts'
import { MemoryStore } from '../../../../test/support/memory-store.ts'
import { nextCommit, streams } from '../stream.ts'
import type { CatalogueEvent } from './events.ts'
import { findOwner } from './owner.ts'
import { qualificationAt } from './qualification-at.ts'
import { cachedCatalogueList, catalogueOf } from './reader.ts'

const ID = 'demo-body.cookery-2'
const now = new Date('2026-03-02T12:00:00.000Z')
const moment = now.toISOString()
const statedBy = { id: 'demo-body', name: 'Harbour Crafts (demonstration)' }
const source = 'https://crafts.example/cookery'
const events: CatalogueEvent[] = [
  {
    type: 'qualification-stated',
    statement: {
      state: 'XL',
      kind: 'skills-certificate',
      title: 'Cookery 2',
      description: 'Found able to cook.',
      field: 'Food',
      source,
    },
    statedBy,
  },
  {
    type: 'edition-stated',
    edition: { id: '2026', from: '2026-01-01', units: [], validity: 'none', source },
    statedBy,
  },
]
const commit = (more: object = {}) => ({
  ...nextCommit(streams.qualification(ID), [], { events, actor: 'officer', now, index: 'CATALOGUE' }),
  ...more,
})

test('a recorded qualification is read and listed beside those of the baseline', async () => {
  const store = new MemoryStore()
  await store.append(commit())
  const found = await catalogueOf(store)(ID)
  expect(qualificationAt(found, { effective: moment, recorded: moment })?.title).toBe('Cookery 2')
  const all = await listCatalogue(store)
  expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([ID, 'ph-masonry-nc2']))
  expect(all.find(({ id }) => id === ID)).toEqual(found)
})

test('an id of another form costs no read', async () => {
  const reader = {
    read: () => Promise.reject(new Error('it was read')),
    latest: () => Promise.reject(),
    list: () => Promise.reject(),
  }
  for (const id of ['', 'a.b.c', '__proto__', 'demo-body.', '.cookery', 'demo-body.Cookery', `demo.${'x'.repeat(41)}`])
    expect(await catalogueOf(reader as never)(id), id).toMatchObject({ commits: [] })
})

test('a statement without an index, or of a later version, is an error and never left out', async () => {
  const store = new MemoryStore()
  const { index: _, ...unlisted } = commit()
  await store.append(unlisted)
  await expect(catalogueOf(store)(ID)).rejects.toMatchObject({ code: 'internal' })
  const later = new MemoryStore()
  await later.append(commit({ events: [{ type: 'qualification-split' }] }))
  await expect(catalogueOf(later)(ID)).rejects.toMatchObject({ code: 'dependency-unavailable' })
})

test('an id names its owner, if it has one', () => {
  expect(findOwner(ID)).toBe('demo-body')
  expect(['ph-masonry-nc2', 'a.b.c', 'Demo.x', 'x.'].map(findOwner)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('the list in memory reads only what is new, finds what an index shows late, and keeps the rest as it is', async () => {
  const store = new MemoryStore([])
  let at = now.getTime()
  const stated = (local: string, recordedAt = new Date(at)) => {
    const stream = streams.qualification(`demo-body.${local}`)
    return store.append(nextCommit(stream, [], { events, actor: 'officer', now: recordedAt, index: 'CATALOGUE' }))
  }
  for (let n = 0; n < 450; n++) await stated(`old-${n}`, new Date(at - 86_400_000))
  let read = 0
  const counting = {
    read: store.read.bind(store),
    latest: store.latest.bind(store),
    list: (async (...asked: Parameters<typeof store.list>) => {
      const page = await store.list(...asked)
      read += page.commits.length
      return page
    }) as typeof store.list,
  }
  const list = cachedCatalogueList(counting, () => at)
  const first = await list()
  expect(read).toBe(450)
  at += 11_000
  expect(await list()).toBe(first)
  expect(read).toBe(450)
  await stated('new')
  at += 11_000
  const second = await list()
  expect(second.map(({ id }) => id)).toContain('demo-body.new')
  expect(second.find(({ id }) => id === 'demo-body.old-7')).toBe(first.find(({ id }) => id === 'demo-body.old-7'))
  expect(read).toBeLessThan(460)
  // An index shows this one seven minutes late.
  await stated('late', new Date(at - 7 * 60_000))
  at += 2 * 60_000
  expect((await list()).map(({ id }) => id)).toContain('demo-body.late')
  expect(read).toBeLessThan(470)
})
