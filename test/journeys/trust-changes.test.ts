import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { asPage } from './certificate.ts'
import { DSD, ONEC, officersOf, QUALIFICATION } from './trust.ts'

/** every change names its authority, its moment of recording and its differences. */

let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
beforeAll(async () => {
  registry = await openRegistry({ overHttp: true })
  officers = await officersOf(registry)
})
afterAll(() => registry.close())

interface Change {
  index: number
  id: string
  by?: string
  recordedAt: string
  events: { type: string; kid?: string }[]
}
const HALL = 'demo-th-hall'
const COUNCIL = 'Office of the Education Council (demonstration) (Thailand)'
const changesOf = async (id: string) => (await registry.ask(`/changes?id=${id}`)).json<{ changes: Change[] }>().changes
const wordsOf = async (path: string) =>
  (await registry.ask(path, { headers: asPage })).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** Asks as if a minute had passed, because the log is at most a minute behind. */
async function logged(id: string, type: string): Promise<Change> {
  const find = async () => (await changesOf(id)).find(({ events }) => events[0]?.type === type)
  expect(await registry.later(find)).toBeDefined()
  return (await find()) as Change
}

test('the entry, the page and the feed name the authority behind a key event, and never the officer', async () => {
  const authority = officers.authority
  await officers.decide(`/issuers/${DSD}/keys`, { authority, purpose: 'certificates', algorithm: 'Ed25519' })
  const suspended = await officers.first(`/issuers/${DSD}/keys/certificates-2/suspend`, { authority })
  expect(suspended.status).toBeLessThan(300)
  await officers.decide(`/issuers/${DSD}/keys/certificates-2/retire`, { authority })
  await logged(DSD, 'key-retired')
  const changes = (await changesOf(DSD)).filter(({ events }) => events[0]?.type.startsWith('key-'))
  expect(changes.slice(0, 3).map(({ by, events }) => [by, events[0]?.type])).toEqual([
    [ONEC, 'key-retired'],
    [ONEC, 'key-suspended'],
    [ONEC, 'key-added'],
  ])
  const page = await wordsOf(`/changes/${changes[0]?.index}`)
  expect(page).toContain('The key certificates-2 of')
  expect(page).toContain(`Decided by ${COUNCIL}`)
  const { text: feed } = await registry.ask('/changes.atom')
  expect(feed).toMatch(
    /The key certificates-2 of .* was retired\. Decided by Office of the Education Council \(demonstration\) \(Thailand\)\./,
  )
  expect(JSON.stringify(changes) + page + feed).not.toMatch(/officer-\d/)
}, 120_000)

test('a registration names its authority as well, or says that the operator made it', async () => {
  const identity = { name: 'Hall (demonstration)', state: 'TH', website: 'https://hall.example', demonstration: true }
  await officers.decide(`${officers.base}/centres`, { id: HALL, identity })
  const change = await logged(HALL, 'centre-registered')
  expect(change.by).toBe(ONEC)
  expect(await wordsOf(`/changes/${change.index}`)).toContain(`Decided by ${COUNCIL}`)
  const first = await logged(ONEC, 'authority-registered')
  expect(first).not.toHaveProperty('by')
  expect(await wordsOf(`/changes/${first.index}`)).toContain('Registered by the operator of the registry.')
}, 120_000)

test('an amendment shows its differences, before and after, to programs and on its page', async () => {
  const scope = { qualifications: [QUALIFICATION], places: ['TH'], levels: { from: 1, to: 2 } }
  await officers.decide(`${officers.base}/accreditations/${DSD}.main/amend`, { scope, basis: 'Act 5', pilot: true })
  const { index, by } = await logged(DSD, 'accreditation-amended')
  expect(by).toBe(ONEC)
  const { differences } = (await registry.ask(`/changes/${index}`)).json<{ differences: { member: string }[] }>()
  expect(differences).toEqual([
    { grant: 'main', member: 'qualifications', before: expect.stringContaining('th-belec-1'), after: QUALIFICATION },
    { grant: 'main', member: 'levels', after: '1–2' },
    { grant: 'main', member: 'pilot', after: 'pilot' },
  ])
  const page = await wordsOf(`/changes/${index}`)
  expect(page).toContain(`${COUNCIL} changed an accreditation of`)
  expect(page).toContain('What it changed')
  expect(page).toContain('National levels no limit, or not stated 1–2')
}, 120_000)
