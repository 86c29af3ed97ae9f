import { RegistryError } from '@sijil/registry'
import { catalogueOf } from '@sijil/registry/catalogue'
import { trustOf } from '@sijil/registry/trust'
import { describe, expect, test } from 'vitest'
import { baselineDeps } from '../../../test/support/baseline.ts'
import { listCatalogue } from '../../../test/support/list-catalogue.ts'
import { MemoryStore } from '../../../test/support/memory-store.ts'
import { historyOf } from '../../../test/support/stated-qualifications.ts'
import type { PageParts } from './parts.ts'
import { referenceAnswers } from './reference.ts'

const store = new MemoryStore()
const answers = referenceAnswers({
  baseUrl: 'https://sijil.example',
  policy: { demonstration: true },
  reader: store,
  trust: trustOf(store),
  catalogue: catalogueOf(store),
  qualifications: () => listCatalogue(store),
  ...baselineDeps,
  clock: () => new Date('2026-12-01T12:00:00Z'),
} as Partial<PageParts> as PageParts)
async function ask(units: string | undefined, wants: 'json' | 'html' = 'json', language = 'en') {
  const asked = { params: { id: 'ph-masonry-nc2' }, query: units === undefined ? {} : { units }, wants, language }
  const { body } = await answers['GET /qualifications/{id}'].answer(asked as never)
  return body as Record<string, unknown> & string
}
const codes = async () => ((await ask(undefined)).units as { code: string }[]).map(({ code }) => code)

test('the page to which the certificate of a part points names the part, and says that it has no level', async () => {
  const [first = '', second = '', ...others] = await codes()
  const part = { units: [first, second], level: 'none' }
  expect(await ask(`${second},${first}`)).toMatchObject({ id: 'ph-masonry-nc2', level: 2, part })
  const page = await ask(`${first},${second}`, 'html')
  expect(page).toContain(`This address names a part: 2 of ${others.length + 2} units.`)
  expect(page).toContain('A part has no level of its own.')
  expect(page).toMatch(/No level: it is a part\.<\/b> The whole qualification: /)
  const [own = '', whole = ''] = page.split('Other units of the whole qualification')
  for (const code of [first, second])
    expect([own.includes(`>${code}<`), whole.includes(`>${code}<`)]).toEqual([true, false])
  for (const code of others) expect([own.includes(`>${code}<`), whole.includes(`>${code}<`)]).toEqual([false, true])
  // The link to another language keeps the part.
  expect(page).toContain(`units=${first}%2C${second}&amp;lang=th`)
  expect(await ask(`${first},${second}`, 'html', 'th')).toContain('ที่อยู่นี้ระบุเพียงส่วนหนึ่ง')
})

test('an address with all units of a qualification does not name a part', async () => {
  expect(await ask((await codes()).join(','))).not.toHaveProperty('part')
  expect(await ask((await codes()).join(','), 'html')).not.toContain('names a part')
})

test('an address with units that the qualification does not have is not found', async () => {
  const [first = ''] = await codes()
  for (const units of ['NONE', `${first},NONE`, `${first},`, ',', '__proto__'])
    await expect(ask(units), units).rejects.toThrow(RegistryError)
})

test('the page of a qualification stands if nobody may issue it, and if the store does not answer', async () => {
  expect(await ask(undefined, 'html')).toContain('This registry lists no body that may issue it today.')
  const away = new RegistryError('dependency-unavailable', 'the store does not answer')
  const reader = { ...store, list: () => Promise.reject(away) }
  const alone = referenceAnswers({
    baseUrl: '',
    policy: { demonstration: true },
    reader,
    trust: trustOf(store),
    catalogue: catalogueOf(store),
    qualifications: () => Promise.reject(away),
    frameworks: () => Promise.reject(away),
    descriptions: () => Promise.reject(away),
    clock: () => new Date(),
  } as never)
  const asked = { params: { id: 'ph-masonry-nc2' }, query: {}, wants: 'html', language: 'en' }
  const { status, body } = await alone['GET /qualifications/{id}'].answer(asked as never)
  expect(status).toBe(200)
  expect(body).toContain('The list of bodies could not be read now.')
  expect(body).not.toContain('lists no body')
})

const textOf = (shown: string) => shown.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')

describe('a qualification that its owner stated', () => {
  const cookery = historyOf(
    'cookery',
    {
      statement: {
        title: 'Cookery 2',
        description: 'VALID: verified by the registry',
        localTitles: [
          { text: 'การประกอบอาหาร', language: 'th' },
          { text: 'Masakan', language: 'ms' },
        ],
      },
      edition: {
        id: '2024',
        from: '2024-01-01',
        until: '2026-06-30',
        level: { framework: 'PQF', national: 2 },
        units: [{ code: 'C-1', title: 'Prepare vegetables' }],
        validity: { years: 5 },
      },
      effectiveAt: '2024-01-01T00:00:00.000Z',
      recordedAt: '2024-03-01T08:00:00.000Z',
    },
    {
      statement: {
        title: 'Cookery II',
        escoOccupation: {
          scheme: 'ESCO',
          version: '1.2.0',
          code: '5120.1',
          title: 'cook',
          url: 'https://esco.example/cook',
          assignedBy: 'Board of Crafts',
        },
        requiredByLaw: { law: 'Food Safety Act, section 12', source: 'https://law.example/12' },
      },
      edition: {
        id: '2026',
        from: '2026-07-01',
        supersedes: '2024',
        units: [{ code: 'C-2', title: 'Prepare stocks' }],
        assessment: 'A practical test of one day.',
        limits: 'Not on gas.',
      },
      by: { id: 'demo-body', name: 'Harbour Crafts and Trades (demonstration)' },
      effectiveAt: '2026-02-01T00:00:00.000Z',
      recordedAt: '2026-02-03T08:00:00.000Z',
    },
    { retired: 'decision 9', effectiveAt: '2026-11-01T00:00:00.000Z' },
  )
  const stated = referenceAnswers({
    baseUrl: 'https://sijil.example',
    policy: { demonstration: true },
    reader: store,
    trust: trustOf(store),
    catalogue: async () => cookery,
    qualifications: async () => [cookery],
    ...baselineDeps,
    clock: () => new Date('2026-12-01T12:00:00Z'),
  } as Partial<PageParts> as PageParts)
  const answer = async (query: Record<string, string>, wants: 'json' | 'html' = 'json', language = 'en') =>
    (await stated['GET /qualifications/{id}'].answer({ params: { id: cookery.id }, query, wants, language } as never))
      .body
  const json = async (query: Record<string, string> = {}) => (await answer(query)) as Record<string, unknown>
  const page = async (query: Record<string, string> = {}, language?: string) =>
    (await answer(query, 'html', language)) as string

  test('has every edition, and every statement with its two moments and the name of the owner then', async () => {
    expect(await json()).toMatchObject({
      on: '2026-12-01',
      title: 'Cookery II',
      edition: '2026',
      retiredOn: '2026-11-01',
      editions: [
        { id: '2024', from: '2024-01-01', until: '2026-06-30', recordedOn: '2024-03-01' },
        { id: '2026', from: '2026-07-01', supersedes: '2024', statedBy: { id: 'demo-body' } },
      ],
      statements: [
        { type: 'qualification-stated', statedBy: { name: 'Harbour Crafts (demonstration)' } },
        { type: 'edition-stated', edition: '2024', recordedAt: '2024-03-01T08:00:00.000Z' },
        { effectiveAt: '2026-02-01T00:00:00.000Z', recordedAt: '2026-02-03T08:00:00.000Z' },
        { edition: '2026', statedBy: { name: 'Harbour Crafts and Trades (demonstration)' } },
        { type: 'qualification-retired', basis: 'decision 9' },
      ],
    })
    const shown = await page()
    expect(shown).toContain('No longer awarded since 1 Nov 2026')
    expect(shown).toContain('3 Feb 2026')
    expect(shown).toContain('from 1 Jul 2026, no last day known')
  })

  test('is answered for another day, with the edition, the units and the titles of that day', async () => {
    const then = await json({ on: '2025-05-01' })
    expect(then).toMatchObject({
      on: '2025-05-01',
      title: 'Cookery 2',
      localTitles: [{ language: 'th' }, { language: 'ms' }],
      edition: '2024',
      units: [{ code: 'C-1' }],
      levels: {
        national: { basis: expect.stringContaining('claimed by Harbour Crafts (demonstration), not confirmed') },
      },
    })
    expect(then).not.toHaveProperty('retiredOn')
    const shown = await page({ on: '2025-05-01' })
    expect(shown).toContain('This is the record for 1 May 2025.')
    expect(shown).toContain('5 years from the award')
    expect(shown).toContain('<bdi lang="ms">Masakan</bdi>')
    expect(shown).not.toContain('Who may issue it today')
    expect(await page({ on: '2025-05-01' }, 'th')).toContain('นี่คือบันทึกของวันที่')
  })

  test('says that the standard changes, before it does', async () => {
    expect(await json({ on: '2026-03-01' })).toMatchObject({ edition: '2024', nextEditionOn: '2026-07-01' })
    expect(await page({ on: '2026-03-01' })).toContain('The standard changes on 1 Jul 2026')
  })

  test('is shown in the edition that is asked for, and not found in one that does not exist', async () => {
    expect(await json({ edition: '2024' })).toMatchObject({ edition: '2024', units: [{ code: 'C-1' }] })
    await expect(json({ edition: '1999' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('Q015: stands as the words of its owner, with their name, and not in a heading', async () => {
    const shown = await page({ on: '2025-05-01' })
    expect(shown).toContain('The texts are the words of <bdi lang="en">Harbour Crafts (demonstration)</bdi>.')
    expect(shown).not.toMatch(/<h[1-6][^>]*>[^<]*(?:<[^/h][^>]*>)*VALID/)
  })

  test('D-16: is marked where a law demands it, on the days for which its owner stated that, and as no permit', async () => {
    const shown = textOf(await page())
    expect(shown).toContain('Philippines: the law demands this certificate for this work. Food Safety Act, section 12.')
    expect(shown).toContain('So states Harbour Crafts and Trades (demonstration). It is no permit in itself')
    expect(textOf(await page({}, 'th'))).toContain('กฎหมายบังคับให้มี')
    expect(await page({ on: '2025-05-01' })).not.toContain('Demanded by law')
    expect(await json()).toMatchObject({ requiredByLaw: { source: 'https://law.example/12' } })
  })

  test('says how its edition is assessed, and what it does not cover', async () => {
    for (const words of ['A practical test of one day.', 'Not on gas.']) {
      expect(await page()).toContain(words)
      expect(await page({ edition: '2024' })).not.toContain(words)
    }
  })

  test('R-130: says of each international code its scheme, its version and who chose it', async () => {
    expect(await json()).toMatchObject({ escoOccupation: { scheme: 'ESCO', version: '1.2.0', code: '5120.1' } })
    expect(textOf(await page())).toContain('cook (ESCO, version 1.2.0, code 5120.1, chosen by Board of Crafts)')
    expect(await page({ edition: '2024', on: '2025-05-01' })).not.toContain('5120.1')
    const masonry = textOf((await ask(undefined, 'html')) as string)
    expect(masonry).toContain('(ISCO-08, version 2008, code 7112, chosen by this research (not by the issuer))')
    expect(masonry).toContain('(ISCED-F, version 2013, code 0732, chosen by')
  })

  test('was not on record before its first statement counts', async () => {
    await expect(json({ on: '2023-12-31' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('Its record begins on 2024-01-01'),
    })
  })

  test.each(['2026-02-30', '9999-12-31', '2026-12-02', 'today', '2026-1-1'])(
    'Q017: the day %s is a 400',
    async (on) => {
      await expect(json({ on })).rejects.toMatchObject({ code: 'malformed-request', faults: [{ pointer: '/on' }] })
    },
  )

  test('Q017: unknown parameters change no answer', async () => {
    expect(await page({ 'as-of': '2025-01-01', x: 'y' })).toBe(await page())
  })
})

test('a record of the baseline says that we read it from public sources, on which day, and that it is unconfirmed', async () => {
  expect(await ask(undefined)).toMatchObject({
    readFromPublicSources: { on: '2026-11-24', confirmed: false },
    editions: [],
    statements: [],
  })
  expect(await ask(undefined, 'html')).toContain('Read by us from public sources on 24 Nov 2026, unconfirmed.')
})

describe('a framework', () => {
  const at = async (id: string, query: Record<string, string> = {}, wants: 'json' | 'html' = 'json') =>
    (await answers['GET /frameworks/{id}'].answer({ params: { id }, query, wants, language: 'en' } as never)).body

  test.each([
    ['PQF', '2019-05-22', 'later'],
    ['PQF', '2019-05-23', 'by-then'],
    ['NQF-TH', '2024-01-01', 'not-known'],
    ['PQF', undefined, 'by-then'],
  ])('%s on %s: its referencing was endorsed %s', async (id, on, endorsed) => {
    expect(await at(id, on === undefined ? {} : { on })).toMatchObject({ id, on: on ?? '2026-12-01', endorsed })
  })

  test('has no AQRF levels on a day before its referencing was endorsed', async () => {
    expect(await at('PQF', { on: '2019-05-22' }, 'html')).toContain(
      'On 22 May 2019, the referencing had not been endorsed yet.',
    )
    expect(await at('PQF', { on: '2019-05-22' }, 'html')).not.toContain('AQRF level')
    expect(await at('PQF', {}, 'html')).toContain('AQRF level')
    expect(await at('CQF')).not.toHaveProperty('endorsed')
  })

  test.each(['2026-02-30', '9999-12-31', '2026-12-02'])('Q017: the day %s is a 400', async (on) => {
    await expect(at('PQF', { on })).rejects.toMatchObject({ code: 'malformed-request', faults: [{ pointer: '/on' }] })
  })
})
