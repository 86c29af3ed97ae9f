import { beforeAll, expect, test } from 'vitest'
import { plain } from '../journeys/desk-officers.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

interface Track {
  id: string
  steps: { step: string; progress: string; basis?: string }[]
}
const jsonOf = async <T>(path: string) => (await registry.ask(path)).json<T>()
const wordsOf = async (path: string, language = 'en') =>
  plain((await registry.ask(path, { headers: { accept: 'text/html', 'accept-language': language } })).text)
const stepsOf = ({ steps }: Track) =>
  steps.map(({ step, progress: how, basis = '' }) => `${step} ${how} ${basis}`.trim())

test('R-056, R-073: two corridors are six tracks as Thailand reported them, and a pilot stands beside them without a roadmap', async () => {
  const { tracks, pilots, licence } = await jsonOf<{ tracks: Track[]; pilots: { id: string }[]; licence: string }>(
    '/corridors',
  )
  expect(tracks.map(({ id }) => id)).toEqual([
    'th-kh-masonry',
    'th-kh-electrical',
    'th-la-masonry',
    'th-mm-masonry',
    'th-mm-sewing',
    'ph-th-vn-logistics',
  ])
  expect(pilots).toMatchObject([
    { id: 'guiding-principles', states: [{ state: 'ID' }, { state: 'MY' }, { state: 'PH' }] },
  ])
  expect(licence).toMatch(/^https:\/\/creativecommons/)
  const none = ['6', '7a', '7b'].map((step) => `${step} nothing`)
  for (const track of tracks.slice(0, 5))
    expect(stepsOf(track)).toEqual([...['1', '2', '3', '4', '5'].map((step) => `${step} done reported`), ...none])
  expect(tracks.slice(5).map(stepsOf)).toEqual([
    ['1 done inferred', '2 under-way inferred', '3 nothing', '4 nothing', '5 nothing', ...none],
  ])
  // No step of them is shown as if a state had declared it here.
  expect(JSON.stringify(tracks)).not.toContain('declared')
  const pilot = await wordsOf('/corridors/guiding-principles')
  expect(pilot).toContain('It has no roadmap')
  expect(pilot).not.toContain('Step 1')
})

test('R-057: step 6 drafts the profile of the worker of a track, about no person, and says where units are not known', async () => {
  const address = '/corridors/corridor-1/th-kh-masonry/profile'
  const { qualifications, track } = await jsonOf<{
    qualifications: { id: string; units: object[] }[]
    track: { id: string }
  }>(address)
  expect(track.id).toBe('th-kh-masonry')
  expect(qualifications.length).toBeGreaterThan(0)
  expect(qualifications.every(({ id }) => id.startsWith('kh-'))).toBe(true)
  const words = await wordsOf(address)
  for (const shown of ['Profile of the worker: a draft', 'It is about a trade, not about a person.', 'ISCO-08 7112'])
    expect(words).toContain(shown)
  expect(await wordsOf('/corridors/corridor-1/th-kh-masonry')).toContain('Draft of the profile of the worker (step 6)')
  expect((await registry.ask('/corridors/corridor-1/none/profile')).status).toBe(404)
})

test('R-059: the masonry track of Cambodia and Thailand says who reported what, when, and that nobody declared it', async () => {
  const words = await wordsOf('/corridors/corridor-1/th-kh-masonry')
  for (const shown of [
    'Cambodia to Thailand: Plastering, masonry, bricklaying',
    'Reported on 13 Sep 2019, and not declared here by any state. Reported by Thailand as done: steps 1 to 5.',
    'Assessing the assessment and certification arrangements',
    'Units not known.',
    'Reported as comparable',
    '7 Mar 2023',
    'From public sources, read on 24 Nov 2026, unconfirmed.',
  ])
    expect(words.replaceAll(/\s+/g, ' ')).toContain(shown)
  const thai = await wordsOf('/corridors/corridor-1/th-kh-masonry?lang=th')
  expect(thai).toContain('ยังไม่มีประเทศใดแถลงไว้ที่นี่')
  expect(thai).toContain('Identifying areas of skills for mutual recognition')
})

test('R-075, R-120: the logistics map leads from an area to occupations, qualifications and levels', async () => {
  const words = await wordsOf('/corridors/corridor-2/ph-th-vn-logistics')
  for (const shown of ['4321', '9333', '8344', 'Forklift operation', 'Warehousing Services NC II', 'PQF level 2'])
    expect(words).toContain(shown)
  expect(words).toContain('The thirteen activities of Table 3')
})

/** As the founding report prints them. */
const TABLE_2 = [
  'Identifying areas of skills for mutual recognition',
  'Benchmarking skills/competency standards',
  'Defining and benchmarking the qualification',
  'Assessing the assessment and certification arrangements',
  'Assessing quality assurance of training assessment and certification arrangements',
  'Drafting the migrant skilled worker profile',
  'Assembling and submission of the portfolio of evidence',
  'Level-to-Level Referencing of the selected qualifications between the NQF and AQRF (and NQF of receiving country)',
]
const TABLE_3 = [
  'Identification of the occupations',
  'Define occupational descriptions',
  'Specify role and responsibility',
  'Identify all Units of Competency (UOC) needed',
  'Share with industry stakeholders',
  'Streamline agreed skills sets of UOC',
  'Set up pilot site',
  'Demonstrate dummy operation',
  'Finalize mutually agreed MRS pillar',
  'Pinpoint mismatched items against MRS pillar',
  'Analyze relevant competency gaps',
  'Trilateral agreement on MRS gap pillars',
  'Capacity building',
]

test('R-056, R-058, R-065: the steps of Table 2 and the activities of Table 3 have their official words, in every language, in tables and on pages', async () => {
  const { steps, activities } = await jsonOf<{ steps: { id: string; title: string }[]; activities: string[] }>(
    '/corridor-steps',
  )
  expect(steps.map(({ id, title }) => `${id} ${title}`)).toEqual(
    ['1', '2', '3', '4', '5', '6', '7a', '7b'].map((id, at) => `${id} ${TABLE_2[at]}`),
  )
  expect(activities).toEqual(TABLE_3)
  for (const language of ['en', 'th']) {
    const guidance = await wordsOf(`/corridor-steps?lang=${language}`)
    for (const words of [...TABLE_2, ...TABLE_3]) expect(guidance).toContain(words)
    const track = await wordsOf(`/corridors/corridor-2/ph-th-vn-logistics?lang=${language}`)
    for (const words of [...TABLE_2, ...TABLE_3]) expect(track).toContain(words)
  }
  const template = (await registry.ask('/corridor-steps/activities/template.csv')).text
  for (const words of TABLE_3) expect(template).toContain(words)
  // The report says of the first one that it is done, and plans the others.
  const track = await jsonOf<{ activities: { activity: number; progress: string }[] }>(
    '/corridors/corridor-2/ph-th-vn-logistics',
  )
  expect(track.activities).toEqual(
    TABLE_3.map((_, at) => ({ activity: at + 1, progress: at === 0 ? 'done' : 'planned' })),
  )
})

test('R-090, R-117: what is published is a table under an open licence, and each version has a permanent address', async () => {
  const table = async (path: string) => {
    const answer = await registry.ask(path)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    return answer.text.trim().split('\r\n')
  }
  expect(await table('/corridors.csv')).toHaveLength(1 + 6 * 8)
  expect((await table('/corridors/corridor-1/th-kh-masonry/steps.csv'))[5]).toContain(
    '"5","Assessing quality assurance of training assessment and certification arrangements","done","reported","TH","2019-09-13"',
  )
  const { records } = await jsonOf<{ records: { entry: string }[] }>('/descriptions/corridor:corridor-1/records')
  const [version] = records
  expect(version?.entry).toMatch(/^[\w-]{43}$/)
})

test('R-058: each step has guidance and a template, and what is not public is marked', async () => {
  expect(await wordsOf('/corridor-steps')).toContain('only title and hash are public')
  for (const step of ['1', '2', '3', '4', '5', '6', '7a', '7b', 'activities']) {
    const answer = await registry.ask(`/corridor-steps/${step}/template.csv`)
    expect([step, answer.status, answer.text.split('\r\n').length > 2]).toEqual([step, 200, true])
  }
  expect((await registry.ask('/corridor-steps/4/template.csv')).text).toContain(
    '"practice-examination","Practice examination","hash-only"',
  )
})

test('an address that names no corridor, track or step is not found', async () => {
  for (const path of [
    '/corridors/none',
    '/corridors/corridor-1/none',
    '/corridors/none/th-kh-masonry',
    '/corridors/corridor-2/th-kh-masonry/steps.csv',
    '/corridor-steps/8/template.csv',
  ])
    expect([path, (await registry.ask(path)).status]).toEqual([path, 404])
})
