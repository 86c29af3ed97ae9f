import { EdgeError } from '@sijil/http'
import { nextCommit, streams } from '@sijil/registry'
import type { FrameworkHistory, QualificationHistory } from '@sijil/registry/catalogue'
import { trustOf } from '@sijil/registry/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../test/support/baseline.ts'
import { aWorld, BODY, noon } from '../../../test/support/registry-world.ts'
import { historyOf } from '../../../test/support/stated-qualifications.ts'
import { catalogueAnswers } from './catalogue.ts'
import type { PageParts } from './parts.ts'

const occupation = {
  scheme: 'ISCO-08',
  version: '2008',
  code: '7112',
  title: 'Bricklayers and related workers',
  url: 'https://ilo.example',
  assignedBy: 'it',
}
const fieldOfEducation = {
  ...occupation,
  scheme: 'ISCED-F',
  version: '2013',
  code: '0732',
  title: 'Building and civil engineering',
}
const formula = '=HYPERLINK("https://attack.example")'

/** Sixty, of which one has a formula as its title and one is awarded no more. */
const histories: readonly QualificationHistory[] = [
  ...Array.from({ length: 58 }, (_, n) => historyOf(`trade-${n}`, { statement: { title: `Trade ${100 + n}` } })),
  historyOf('bricks', {
    statement: {
      title: 'Bricklaying',
      localTitles: [{ text: 'ช่างก่ออิฐ', language: 'th' }],
      code: '＝1+1',
      occupation,
      fieldOfEducation,
    },
    edition: { level: { framework: 'PQF', national: 2 }, units: [{ code: 'B-1', title: 'Lay bricks' }] },
  }),
  historyOf(
    'formula',
    { statement: { title: formula } },
    { retired: 'decision 9', effectiveAt: '2026-02-01T00:00:00.000Z' },
  ),
]
const SQF = 'demo-pqf.sqf'
const sqf: FrameworkHistory = {
  id: SQF,
  commits: [
    nextCommit(streams.framework(SQF), [], {
      events: [
        {
          type: 'framework-stated',
          statement: {
            state: 'PH',
            name: 'Samudra Framework',
            acronym: 'SQF',
            levels: 4,
            levelTitles: [],
            source: 'https://a.example',
          },
          statedBy: { id: 'demo-pqf', name: 'Board' },
        },
      ],
      actor: 'one',
      now: new Date('2026-01-01'),
      index: 'FRAMEWORKS',
    }),
  ],
}
const placed: QualificationHistory = {
  ...historyOf('rigging', { statement: { title: 'Rigging' }, edition: { level: { framework: SQF, national: 3 } } }),
  frameworks: [sqf],
}
let answers: ReturnType<typeof catalogueAnswers>
beforeAll(async () => {
  const { store } = await aWorld()
  answers = catalogueAnswers({
    baseUrl: 'https://sijil.example',
    policy: { demonstration: true },
    trust: trustOf(store),
    qualifications: async () => [...histories, placed, baselineHistory('ph-masonry-nc2')],
    clock: () => noon,
  } as Partial<PageParts> as PageParts)
})

interface Found {
  count: number
  qualifications: { id: string; title: string; retiredOn?: string; owner?: { name: string } }[]
  next?: string
}
const asked = (query: Record<string, string>, wants: 'json' | 'html', language = 'en') =>
  ({ params: {}, query, wants, language }) as never
const find = async (query: Record<string, string>) =>
  (await answers['GET /qualifications'].answer(asked(query, 'json'))).body as unknown as Found
const page = async (query: Record<string, string>, language?: string) =>
  (await answers['GET /qualifications'].answer(asked(query, 'html', language))).body as string
const table = async (query: Record<string, string>) =>
  (await answers['GET /qualifications.csv'].answer(asked(query, 'json'))).body as string
const idsOf = ({ qualifications }: Found) => qualifications.map(({ id }) => id)

describe('a search of qualifications', () => {
  test('finds levels of a framework that an authority stated, whose id has a dot, and offers them by its short name', async () => {
    expect(idsOf(await find({ level: `${SQF}.3` }))).toEqual(['demo-body.rigging'])
    expect(idsOf(await find({ level: SQF }))).toEqual(['demo-body.rigging'])
    expect(idsOf(await find({ level: `${SQF}.2` }))).toEqual([])
    const shown = await page({ level: `${SQF}.3` })
    expect(shown).toMatch(/<option value="demo-pqf.sqf.3" selected[^>]*>SQF 3</)
    expect(shown).toContain('<optgroup label="SQF">')
  })

  test.each([
    ['by words in another language', { q: 'อิฐช่าง' }],
    ['by a level', { level: 'PQF.2', q: 'bricklaying' }],
    ['by a framework', { level: 'PQF', q: 'bricklaying' }],
    ['by a field', { field: '07', q: 'bricklaying' }],
    ['by an occupation and a country', { occupation: '7112', state: 'PH', q: 'bricklaying' }],
    ['by its owner', { body: 'demo-body', q: 'bricklaying' }],
  ])('finds %s', async (_, query) => {
    expect(idsOf(await find(query))).toEqual(['demo-body.bricks'])
  })

  test('finds what an accreditation lets a body issue, also if the body did not state it', async () => {
    expect(idsOf(await find({ body: BODY }))).toEqual(['ph-masonry-nc2'])
    expect(await find({ body: 'demo-nobody' })).toMatchObject({ count: 0 })
  })

  test('shows fifty a page in the order of titles, and each once', async () => {
    const first = await find({})
    expect([first.count, first.qualifications.length]).toEqual([62, 50])
    const second = await find({ page: first.next ?? '' })
    expect(second).not.toHaveProperty('next')
    const titles = [...first.qualifications, ...second.qualifications].map(({ title }) => title)
    expect(new Set(titles).size).toBe(62)
    expect(titles.map((title) => title.toLowerCase())).toEqual(titles.map((title) => title.toLowerCase()).sort())
    expect(await page({ page: first.next ?? '' })).toContain('51 to 62 of 62, by title')
  })

  test('Q015: names the owner of each title, and says since when it is awarded no more', async () => {
    expect((await find({ q: 'hyperlink' })).qualifications).toMatchObject([
      { retiredOn: '2026-02-01', owner: { name: 'Harbour Crafts (demonstration)' } },
    ])
    const shown = await page({ q: 'hyperlink' })
    expect(shown).toContain('Ended 1 Feb 2026')
    expect(shown).toContain('<bdi lang="en">Harbour Crafts (demonstration)</bdi>, <b>Philippines</b>')
    expect(await page({ q: 'masonry' })).toContain('Read by us from public sources, unconfirmed.')
  })

  test('shows each filter in use as a link that removes it, and results under the form', async () => {
    const shown = await page({ q: 'lay', state: 'PH', occupation: '7112' })
    expect(shown).toContain('action="/qualifications#found"')
    expect(shown).toMatch(
      /href="\/qualifications\?q=lay&amp;occupation=7112#found"><span class="vh">Remove: <\/span><span>Philippines/,
    )
    expect(shown).toContain('(2 chosen)')
  })

  test('without a result says what to do, in both languages', async () => {
    const shown = await page({ q: 'nothing', state: 'PH' })
    expect(shown).toContain('No qualification matches all of this.')
    expect(shown).toContain('href="/qualifications?q=nothing#found"')
    expect(await page({ q: 'nothing' }, 'th')).toContain('ไม่พบคุณวุฒิที่ตรงกับทุกเงื่อนไข')
  })
})

test.each([
  [{ q: 'x'.repeat(10_240) }, '/q'],
  [{ state: 'ph' }, '/state'],
  [{ level: 'PQF.x' }, '/level'],
  [{ field: '(a+)+$' }, '/field'],
  [{ occupation: '71122' }, '/occupation'],
  [{ body: '../x' }, '/body'],
  [{ on: '2026-02-30' }, '/on'],
  [{ page: '1000000000' }, '/page'],
])('Q017: a malformed parameter is refused by its name: %j', async (query, pointer) => {
  const refusal = await find(query as Record<string, string>).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(EdgeError)
  expect(refusal).toMatchObject({ code: 'malformed-request', faults: [{ pointer }] })
})

test('Q017: signs of regular expressions are no words, and unknown parameters change no answer', async () => {
  expect(await find({ q: '.*(zq+)+$[' })).toMatchObject({ count: 0 })
  const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`filter${n}`, 'x']))
  for (const lang of ['en', 'th']) {
    const query = { q: 'bricklaying', lang }
    expect(await page({ ...query, ...unknown, host: 'PH', as_of: 'x' })).toBe(await page(query))
  }
  expect(await find({ ...unknown, q: 'bricklaying' })).toEqual(await find({ q: 'bricklaying' }))
})

describe('the table of a search', () => {
  test('Q004: holds no formula, not even one in full width', async () => {
    const text = await table({})
    expect(text.startsWith('\ufeff"id","title"')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK(""https://attack.example"")"`)
    expect(text).toContain(`"'＝1+1"`)
    expect(text).not.toMatch(/(?:^|,)"[=＝+@]/m)
  })

  test('has one line for each qualification that the same search finds', async () => {
    expect((await table({})).trim().split('\r\n')).toHaveLength(63)
    expect(await table({ q: 'bricklaying' })).toContain('"PH","Harbour Crafts (demonstration)","demo-body"')
  })

  test('is refused if it would be too large, with what to do', async () => {
    const many = catalogueAnswers({
      qualifications: async () => Array.from({ length: 5_001 }, (_, n) => historyOf(`many-${n}`, {})),
      clock: () => noon,
    } as Partial<PageParts> as PageParts)
    const answer = async () => many['GET /qualifications.csv'].answer(asked({}, 'json'))
    await expect(answer()).rejects.toMatchObject({ faults: [{ detail: expect.stringContaining('such as state') }] })
  })
})

describe('the page of a unit', () => {
  const units = (title: string, code = 'U/1 ~ü') => [{ code, title }]
  const brick = historyOf(
    'brick',
    {
      statement: { title: 'Brick' },
      edition: { id: '2024', from: '2024-01-01', until: '2025-12-31', units: units('Lay bricks') },
    },
    { statement: { title: 'Brick' }, edition: { id: '2026', units: units('Lay blocks', 'U-2') } },
  )
  const stone = historyOf('stone', { statement: { title: 'Stone' }, edition: { units: units('Cut stone', 'u/1 ~Ü') } })
  const own = catalogueAnswers({
    baseUrl: 'https://sijil.example',
    policy: { demonstration: true },
    qualifications: async () => [brick, stone, baselineHistory('ph-masonry-nc2')],
    clock: () => noon,
  } as Partial<PageParts> as PageParts)
  const unit = async (query: Record<string, string>, wants: 'json' | 'html' = 'json') =>
    (await own['GET /units'].answer(asked(query, wants))).body

  test('has every qualification and edition with the code, also those of the past, each with its own title', async () => {
    expect(await unit({ code: 'U/1 ~ü' })).toMatchObject({
      count: 2,
      qualifications: [
        { id: 'demo-body.brick', editions: [{ id: '2024', until: '2025-12-31', title: 'Lay bricks' }] },
        { id: 'demo-body.stone', editions: [{ id: '2026', from: '2026-01-01', title: 'Cut stone' }] },
      ],
    })
    const shown = await unit({ code: 'U/1 ~ü' }, 'html')
    expect(shown).toContain('the same code can name different units')
    expect(shown).toContain('<a href="/qualifications/demo-body.stone">')
  })

  test('has units of the baseline, and says what to do if there is none', async () => {
    expect(await unit({ code: 'con712301' })).toMatchObject({ qualifications: [{ id: 'ph-masonry-nc2' }] })
    expect(await unit({ code: 'none' })).toMatchObject({ count: 0 })
    expect(await unit({ code: 'none' }, 'html')).toContain('href="/qualifications?q=none#found"')
  })

  test.each<Record<string, string>>([{}, { code: 'x'.repeat(65) }])(
    'Q017: is refused without a code, or for one that is too long',
    async (query) => {
      await expect(unit(query)).rejects.toMatchObject({ code: 'malformed-request', faults: [{ pointer: '/code' }] })
    },
  )
})

describe('the page of an occupation', () => {
  const at = async (id: string, wants: 'json' | 'html' = 'json') =>
    (await answers['GET /occupations/{id}'].answer({ params: { id }, query: {}, wants, language: 'en' } as never)).body

  test('R-120: has its qualifications by state and level', async () => {
    expect(await at('7112')).toMatchObject({
      title: 'Bricklayers and related workers',
      count: 2,
      states: [{ state: 'PH', qualifications: [{ level: 2 }, { level: 2 }] }],
    })
    expect(await at('7112', 'html')).toContain('href="/qualifications?occupation=7112"')
  })

  test('marks those that are mainly for another one', async () => {
    expect(await at('7123')).toMatchObject({
      states: [{ qualifications: [{ id: 'ph-masonry-nc2', isRelated: true }] }],
    })
  })

  test.each(['9999', '71', 'x', '__proto__'])('%s is not found', async (id) => {
    await expect(at(id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
