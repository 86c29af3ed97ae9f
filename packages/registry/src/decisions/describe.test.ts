import { beforeEach, describe, expect, test } from 'vitest'
import { AUTHORITY, aBody, after, BODY, MINUTE, noon } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { listDescriptions } from '../catalogue/baseline.ts'
import { describedAt, descriptionOf } from '../catalogue/description-at.ts'
import type { ProposedChange } from './proposals.ts'

const source = 'https://board.example/about'
const TESDA = 'body:ph-tesda'
let here: TwoOfficers
beforeEach(async () => {
  here = await withTwoOfficers({ elseIn: 'TH' })
})
const propose = (change: ProposedChange, owner = BODY) => here.propose(change, owner)
const decided = (change: ProposedChange, owner = BODY) => here.decide(change, owner)

const ofBody = (described: `body:${string}`, change: object = {}): ProposedChange => ({
  verb: 'describe-body',
  described,
  statement: { awards: [{ title: 'Masonry NC II', levels: [2], years: 5 }], source, ...change },
  effectiveAt: noon.toISOString(),
})
const ofState = (described: `state:${string}` = 'state:PH'): ProposedChange => ({
  verb: 'describe-state',
  described,
  statement: {
    certificateLanguages: { codes: ['en', 'fil'], source },
    standards: [{ text: 'Training regulations of each qualification', source, place: 'tesda.example' }],
    assurance: [{ text: 'Each programme is registered', source }],
  },
  effectiveAt: noon.toISOString(),
})
const assign = (owner: string): ProposedChange => ({
  verb: 'assign-record',
  kind: 'body',
  record: 'ph-tesda',
  owner,
  basis: 'decision 5',
  effectiveAt: noon.toISOString(),
})
const at = async (named: string, { recorded = here.next().toISOString() } = {}) =>
  describedAt(await descriptionOf(named, here.world.store), { effective: recorded, recorded })
const today = () => listDescriptions(here.world.store, here.next())

test('R-068: a body says how it assesses and certifies in one form, and in no words of a verdict', async () => {
  const practice = {
    assessment: 'Practical work of six hours, observed by two assessors',
    assessors: 'Five years at work in the trade, and a course of assessment',
    certificate: 'Units, method, place and day of assessment',
    appeal: 'Within 30 days, to a board that did not assess',
    source,
  }
  await decided(assign(BODY), AUTHORITY)
  await decided(ofBody(TESDA, { practice }))
  const { source: address, ...parts } = practice
  expect(await at(TESDA)).toMatchObject({ practice: { ...parts, sources: [address], confidence: 'high' } })
  await expect(
    propose(ofBody(TESDA, { practice: { ...practice, appeal: 'Each result is verified ✓' } })),
  ).rejects.toMatchObject({
    faults: [{ pointer: '/practice/appeal', reason: 'reads-like-a-verdict' }],
  })
})

describe('I56: a record of the baseline', () => {
  test('is described by its owner only once the root of its state assigned it', async () => {
    await expect(propose(ofBody(TESDA))).rejects.toMatchObject({ code: 'not-found' })
    await decided(assign(BODY), AUTHORITY)
    expect(await at(TESDA)).toMatchObject({ describedBy: { readOn: '2026-11-24' } })
    await decided(ofBody(TESDA))
    const stated = { statedBy: { id: BODY }, recordedOn: '2026-03-02', effectiveOn: '2026-03-02' }
    expect(await at(TESDA)).toMatchObject({
      id: 'ph-tesda',
      describedBy: stated,
      confidence: 'high',
      sources: [source],
    })
    // What it does not state any more is not read from elsewhere.
    expect(await at(TESDA)).not.toHaveProperty('mandate')
    const { bodies } = await today()
    expect(bodies.find(({ id }) => id === 'ph-tesda')?.describedBy).toMatchObject(stated)
    expect(bodies.filter(({ describedBy }) => describedBy && 'statedBy' in describedBy)).toHaveLength(1)
  })

  test('I33: keeps its answer for two given moments', async () => {
    await decided(assign(BODY), AUTHORITY)
    const before = here.now().toISOString()
    const read = await at(TESDA, { recorded: before })
    await decided(ofBody(TESDA))
    const first = here.now().toISOString()
    await decided(ofBody(TESDA, { note: 'moved' }))
    expect(await at(TESDA, { recorded: before })).toEqual(read)
    expect(await at(TESDA, { recorded: first })).not.toHaveProperty('note')
    expect(await at(TESDA)).toMatchObject({ note: 'moved' })
  })

  test('goes to the successor of its owner, and to nobody else', async () => {
    await decided(assign(BODY), AUTHORITY)
    await aBody('demo-heir', here.world)
    await here.name('demo-heir')
    await expect(propose(ofBody(TESDA), 'demo-heir')).rejects.toMatchObject({ code: 'not-found' })
    const late = await propose(ofBody(TESDA))
    await decisionsIn(here.world).succeed(BODY, 'demo-heir', here.next())
    await expect(here.approve(late)).rejects.toMatchObject({ code: 'not-found' })
    await decided(ofBody(TESDA), 'demo-heir')
    expect(await at(TESDA)).toMatchObject({ describedBy: { statedBy: { id: 'demo-heir' } } })
  })

  test('is not taken by a registration with its id', async () => {
    await aBody('ph-tesda', here.world)
    await here.name('ph-tesda')
    await expect(propose(ofBody(TESDA), 'ph-tesda')).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('a body describes itself with its own id, and counts in no list of what was read', async () => {
  const before = await today()
  await decided(ofBody(`body:${BODY}`))
  const { stated, ...read } = await today()
  expect(stated).toMatchObject([{ kind: 'body', id: BODY, commits: [{ index: 'DESCRIPTIONS', by: BODY }] }])
  expect({ ...read, stated: [] }).toEqual(before)
})

test('the root of a state describes it, and each fact names where it is published', async () => {
  await decided(ofState(), AUTHORITY)
  const { states } = await today()
  expect(states.find(({ state }) => state === 'PH')).toMatchObject({
    certificateLanguages: { codes: ['en', 'fil'], sources: [source], confidence: 'high' },
    standards: [{ place: 'tesda.example', sources: [source] }],
    describedBy: { statedBy: { id: AUTHORITY }, recordedOn: '2026-03-02' },
  })
})

test('a description that counts from a later day is not shown before', async () => {
  await decided({ ...ofState(), effectiveAt: after(600 * MINUTE).toISOString() } as ProposedChange, AUTHORITY)
  expect((await today()).states.find(({ state }) => state === 'PH')?.describedBy).toHaveProperty('readOn')
  here.pass(600 * MINUTE)
  expect((await today()).states.find(({ state }) => state === 'PH')?.describedBy).toHaveProperty('statedBy')
})

test.each([
  ['another body', ofBody('body:demo-else'), BODY],
  ['a body of its own under another id', ofBody(`body:${BODY}-2`), BODY],
  ['a body that it oversees', ofBody(`body:${BODY}`), AUTHORITY],
  ['another state', ofState('state:TH'), AUTHORITY],
  ['its state without being its root', ofState(), BODY],
  ['a fictional state', ofState('state:XS'), AUTHORITY],
  ['an id of another form', ofBody('body:../trust'), BODY],
])('I36, Q007: nobody describes %s', async (_, change, owner) => {
  await expect(propose(change, owner)).rejects.toMatchObject({ code: 'not-found' })
})

test('Q009: an approval fails if it was described again since', async () => {
  const [first, second] = [await propose(ofBody(`body:${BODY}`)), await propose(ofBody(`body:${BODY}`, { note: 'x' }))]
  await here.approve(second)
  await expect(here.approve(first)).rejects.toMatchObject({ code: 'conflict', reason: 'stated-meanwhile' })
})

test.each([
  ['/awards/0/title', { awards: [{ title: '✓ Valid' }] }],
  ['/mandate/text', { mandate: { text: 'VERIFIED genuine', source } }],
  ['/note', { note: 'This certificate is valid' }],
])('Q015: no text of a description reads like a verdict: %s', async (pointer, change) => {
  await expect(propose(ofBody(`body:${BODY}`, change))).rejects.toMatchObject({
    code: 'validation-failed',
    faults: [{ pointer, reason: 'reads-like-a-verdict' }],
  })
})
