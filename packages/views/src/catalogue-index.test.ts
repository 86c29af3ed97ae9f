import { nextCommit, streams } from '@sijil/registry'
import type { FrameworkHistory, QualificationHistory } from '@sijil/registry/catalogue'
import { describe, expect, test } from 'vitest'
import { historyOf } from '../../../test/support/stated-qualifications.ts'
import { createCatalogueIndex } from './catalogue-index.ts'
import { searchWords } from './search-words.ts'

const now = new Date('2026-12-01T12:00:00.000Z')
const bricks = historyOf('bricks-2', {
  statement: {
    title: 'Bricklaying and Plastering, Level 2',
    localTitles: [
      { text: 'ช่างก่ออิฐและฉาบปูนสำหรับอาคารพักอาศัย ชั้น ๒', language: 'th' },
      { text: 'အခြေခံ ငြမ်းဆင်လုပ်ငန်းကျွမ်းကျင်မှု', language: 'my' },
      { text: 'ຊ່າງກໍ່ສ້າງເຮືອນ', language: 'lo' },
      { text: 'ជាងរៀបឥដ្ឋនិងបូកស៊ីម៉ងត៍', language: 'km' },
      { text: 'Thợ xây Đà Nẵng', language: 'vi' },
    ],
    description: 'Found able to lay bricks from a drawing.',
    code: 'HCC-BP-2',
    codeScheme: 'Harbour Crafts',
  },
  edition: { units: [{ code: 'HCC-BP-04', title: 'Plaster and render walls' }] },
})
const cookery = historyOf('cookery-2', { statement: { title: 'Cookery, Level 2' } })

function indexOf(...histories: readonly QualificationHistory[]) {
  const index = createCatalogueIndex()
  index.refresh(histories, now)
  return index
}
const found = (text: string, ...histories: readonly QualificationHistory[]) =>
  indexOf(...histories)
    .find(searchWords(text))
    .map(({ record }) => record.id)

describe('the search of the catalogue', () => {
  test.each([
    ['words of the title in any order', 'plastering BRICK'],
    ['Thai without spaces, in another order', 'ฉาบปูนก่ออิฐ'],
    ['a Thai number in European digits', 'ก่ออิฐ ชั้น 2'],
    ['Burmese', 'လုပ်ငန်းအခြေခံ'],
    ['Lao', 'ເຮືອນ ກໍ່ສ້າງ'],
    ['Khmer', 'ឥដ្ឋ'],
    ['Vietnamese without accents', 'da nang tho'],
    ['the national code', 'hcc-bp-2'],
    ['the code of a unit', 'BP-04'],
    ['a word of a unit and one of the description', 'render drawing'],
    ['words of several languages', 'Plastering อิฐ'],
  ])('finds %s', (_, text) => {
    expect(found(text, cookery, bricks)).toEqual(['demo-body.bricks-2'])
  })

  test('finds nothing if one word is missing, and everything without words', () => {
    expect(found('bricks cookery', cookery, bricks)).toEqual([])
    expect(found('*.()[', cookery, bricks)).toEqual(['demo-body.bricks-2', 'demo-body.cookery-2'])
  })

  test('finds the same with many and with short words as with few', () => {
    const all = 'bricklaying plastering level found able lay bricks from drawing plaster and render walls hcc bp 2 a'
    expect(found(all, cookery, bricks)).toEqual(['demo-body.bricks-2'])
    expect(found(`${all} z`, cookery, bricks)).toEqual([])
  })
})

describe('Q017: the index does little work', () => {
  /** 20,000 records with eight units each, made of few words, as real ones are. */
  const many = Array.from({ length: 20_000 }, (_, n) =>
    historyOf(`trade-${n}`, {
      statement: { title: `Trade ${n % 500} of branch ${n % 40}`, code: `C-${n}` },
      edition: {
        units: Array.from({ length: 8 }, (_, at) => ({ code: `U-${at}`, title: `Task ${(n + at) % 300} at height` })),
      },
    }),
  )
  const index = indexOf(...many)

  test('it makes each entry once, and after a change only the changed one', () => {
    expect(index.work.indexed).toBe(20_000)
    index.refresh([...many], now)
    expect(index.work.indexed).toBe(20_000)
    const [first, ...others] = many as [QualificationHistory, ...QualificationHistory[]]
    const changed = { ...historyOf('trade-0', {}, { statement: { title: 'Perfumery' } }), id: first.id }
    index.refresh([changed, ...others], now)
    expect(index.work.indexed).toBe(20_001)
    expect(index.find(['perfumery'])).toHaveLength(1)
    expect(index.find(['trade', 'branch'])).toHaveLength(19_999)
    expect(index.entries()).toHaveLength(20_000)
  })

  test('a search looks through distinct words once, and through no text of a record', () => {
    const before = { ...index.work }
    expect(index.find(['task', 'height', '19999'])).toHaveLength(1)
    expect(index.work.texts - before.texts).toBe(0)
    // Three words among some 40,000 distinct runs, although the texts have 800,000.
    expect(index.work.runs - before.runs).toBeLessThan(3 * 45_000)
  })

  test('the most words that fit into a question cost eight looks and one pass through the texts that are left', () => {
    const before = { ...index.work }
    index.find(searchWords(Array.from({ length: 33 }, (_, n) => `a${n}`).join(' ')))
    expect(index.work.runs - before.runs).toBeLessThan(8 * 45_000)
    expect(index.work.texts - before.texts).toBeLessThanOrEqual(20_000)
  })
})

test('an entry changes on the day on which an edition begins, and when a statement begins to count', () => {
  const history = historyOf(
    'cookery-3',
    { edition: { until: '2026-12-01' } },
    {
      statement: { title: 'Cookery, new' },
      edition: { id: '2027', from: '2026-12-02', units: [{ code: 'NEW', title: 'New unit' }] },
      effectiveAt: '2026-12-01T13:00:00.000Z',
    },
  )
  const index = indexOf(history)
  const titles = () => index.entries().map(({ record }) => [record.title, record.edition])
  expect(titles()).toEqual([['Cookery', '2026']])
  index.refresh([history], new Date('2026-12-01T13:00:00.000Z'))
  expect(titles()).toEqual([['Cookery, new', '2026']])
  expect(index.entries()[0]?.nextEditionOn).toBe('2026-12-02')
  index.refresh([history], new Date('2026-12-02T00:00:00.000Z'))
  expect(titles()).toEqual([['Cookery, new', '2027']])
})

test('the same list is read again once a statement begins to count or a day ends, and a statement about the framework counts', () => {
  const later = {
    statement: { title: 'Cookery, new' },
    effectiveAt: '2026-12-01T13:00:00.000Z',
    recordedAt: '2026-11-03T00:00:00.000Z',
  }
  const next = { edition: { id: '2027', from: '2026-12-02' }, effectiveAt: '2026-11-02T00:00:00.000Z' }
  const list = [historyOf('cookery-4', { edition: { until: '2026-12-01' } }, next, later)]
  const index = createCatalogueIndex()
  const at = (moment: string) => {
    index.refresh(list, new Date(moment))
    return index.entries().map(({ record }) => `${record.title} ${record.edition}`)
  }
  expect(at('2026-12-01T12:00:00.000Z')).toEqual(['Cookery 2026'])
  expect(at('2026-12-01T13:00:00.000Z')).not.toEqual(['Cookery 2026'])
  expect(at('2026-12-02T00:00:00.000Z')).toEqual([expect.stringContaining(' 2027')])
  const named = (acronym: string, now: number): FrameworkHistory['commits'][number] => ({
    ...nextCommit(streams.framework('demo-pqf.sqf'), [], {
      events: [
        {
          type: 'framework-stated',
          statement: { state: 'PH', name: 'Samudra', acronym, levels: 4, levelTitles: [], source: 'https://a.example' },
          statedBy: { id: 'demo-pqf', name: 'Board' },
        } as const,
      ],
      actor: 'one',
      now: new Date(now),
      index: 'FRAMEWORKS',
    }),
    number: now,
  })
  const level = { framework: 'demo-pqf.sqf', national: 3 }
  const placed = historyOf('rigging', { edition: { level } })
  const withCommits = (...commits: FrameworkHistory['commits']) => [
    { ...placed, frameworks: [{ id: 'demo-pqf.sqf', commits }] },
  ]
  const other = createCatalogueIndex()
  const acronyms = () => other.entries().map(({ record }) => record.frameworkRecord?.acronym)
  other.refresh(withCommits(named('SQF', 0)), now)
  expect(acronyms()).toEqual(['SQF'])
  other.refresh(withCommits(named('SQF', 0), named('SNQF', 1)), now)
  expect(acronyms()).toEqual(['SNQF'])
})
