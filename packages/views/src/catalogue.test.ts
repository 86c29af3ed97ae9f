import { expect, test } from 'vitest'
import { listCatalogue } from '../../../test/support/list-catalogue.ts'
import { MemoryStore } from '../../../test/support/memory-store.ts'
import { historyOf } from '../../../test/support/stated-qualifications.ts'
import { recordsToday, titlesToday } from './catalogue.ts'

test('the records of one list are folded once, until a statement begins to count or the day ends', async () => {
  const later = historyOf(
    'cookery',
    {},
    {
      statement: { title: 'Cookery II' },
      effectiveAt: '2026-03-02T13:00:00.000Z',
      recordedAt: '2026-03-01T00:00:00.000Z',
    },
  )
  const list = [...(await listCatalogue(new MemoryStore())), later]
  const at = (moment: string, of = list) => ({ qualifications: async () => of, now: new Date(moment) })
  const first = await recordsToday(at('2026-03-02T12:00:00.000Z'))
  expect(await recordsToday(at('2026-03-02T12:59:59.999Z'))).toBe(first)
  const second = await recordsToday(at('2026-03-02T13:00:00.000Z'))
  expect(second).not.toBe(first)
  const titles = async (moment: string) => (await titlesToday(at(moment)))('demo-body.cookery')
  expect([await titles('2026-03-02T12:00:00.000Z'), await titles('2026-03-02T13:00:00.000Z')]).toEqual([
    'Cookery',
    'Cookery II',
  ])
  expect(await recordsToday(at('2026-03-02T23:59:59.999Z'))).toEqual(second)
  // A record is folded anew only if something of its own changed.
  const today = await recordsToday(at('2026-03-02T13:30:00.000Z'))
  const next = await recordsToday(at('2026-03-02T14:00:00.000Z', [...list]))
  expect(next.every((each, place) => each === today[place])).toBe(true)
  expect((await titlesToday(at('2026-03-03T00:00:00.000Z')))('ph-masonry-nc2')).toBe('Masonry NC II')
})

test('an edition that ends is followed on the day after', async () => {
  const history = historyOf(
    'cookery',
    { edition: { until: '2026-03-02' } },
    { edition: { id: '2027', from: '2026-03-03' } },
  )
  const editionAt = async (moment: string) =>
    (await recordsToday({ qualifications: async () => list, now: new Date(moment) })).map(
      ({ record }) => record.edition,
    )
  const list = [history]
  expect(await editionAt('2026-03-02T23:59:59.999Z')).toEqual(['2026'])
  expect(await editionAt('2026-03-03T00:00:00.000Z')).toEqual(['2027'])
})
