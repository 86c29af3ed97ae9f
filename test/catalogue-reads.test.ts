import { type Commit, nextCommit, streams } from '@sijil/registry'
import { cachedCatalogue, catalogueOf } from '@sijil/registry/catalogue'
import { decideRecognition } from '@sijil/registry/decisions'
import { sequenceLog } from '@sijil/registry/log'
import { cachedRecognitions, type RecognitionReader } from '@sijil/registry/recognition'
import { verifyDocument } from '@sijil/registry/verification'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalDynamoDb, startDynamoDb } from '../infra/local/dynamodb.ts'
import { type Capacity, countCapacity } from './support/capacity.ts'
import { FRAMEWORK, stateFramework } from './support/cookery.ts'
import { openLocalStores } from './support/local-stores.ts'
import { LONG, longRecord, STATEMENTS } from './support/long-record.ts'
import { AUTHORITY, BODY, SECOND } from './support/registry-world.ts'
import { decisionsIn } from './support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from './support/two-officers.ts'

const tables = { commits: 'commits', boxes: 'boxes' }
const source = 'https://ph-tesda.example/register'
let local: LocalDynamoDb
let stores: ReturnType<typeof openLocalStores>
let capacity: Capacity
let here: TwoOfficers
let document: object
let at: number
/** The class decision. Only the test that is about it puts it into the store. */
let decided: Commit<unknown> | undefined

beforeAll(async () => {
  local = await startDynamoDb({ tables })
  stores = openLocalStores({ endpoint: local.endpoint, tables })
  here = await withTwoOfficers()
  const { world } = here
  await stateFramework(here)
  for (const commit of longRecord()) await world.store.append(commit)
  const placement = { framework: FRAMEWORK, level: 3, source }
  const placed = {
    verb: 'place-edition',
    qualification: LONG,
    edition: '2023',
    placement,
    effectiveAt: '2026-01-01T00:00:00.000Z',
  } as const
  await here.decide(placed, AUTHORITY)
  const scope = { scope: { qualifications: [LONG] }, until: '2030-01-01T00:00:00.000Z' }
  const accredited = {
    verb: 'accredit',
    grantee: BODY,
    grant: 'long',
    right: 'issue',
    ...scope,
    basis: 'Decision 9',
    effectiveAt: '2026-01-01T00:00:00.000Z',
  } as const
  await here.decide(accredited, AUTHORITY)
  const now = here.next()
  const change = { qualification: LONG, certificateNumber: '26-MAS9-1', awardedOn: '2026-02-24' }
  document = (await world.issue(change, { deps: { now } })).verifiableCredential
  at = now.getTime() + 60 * SECOND
  await decisionsIn(world).authority('demo-host', 'TH')
  const decision = {
    verb: 'recognise-class',
    recognised: { qualification: LONG, edition: '2023' },
    decision: 'd1',
    class: { issuers: [BODY], award: { from: '2026-01-01', until: '2030-12-31' }, issuedUntil: '2030-12-31' },
    terms: { result: 'full', basis: 'Act 5', appeal: 'To the board' },
    effectiveAt: now.toISOString(),
  } as const
  await decideRecognition(decision, { authority: 'demo-host', actor: 'one' }, world.at(now))
  const { store, artefacts, keys, baseUrl } = world
  const writing = { store, artefacts, signer: keys, keys, baseUrl, now: new Date(at), seen: new Set<string>() }
  await sequenceLog('catalogue', writing)
  const decisions = streams.recognition(LONG, '2023')
  for (const commit of store.appended) {
    if (commit.stream === decisions) decided = commit
    else await stores.commits.append(commit)
  }
  capacity = countCapacity(stores.client)
})
afterAll(async () => {
  stores.client.destroy()
  await local.close()
})

/** A process that has read nothing about the catalogue yet. */
const aProcess = () => cachedCatalogue(stores.commits, () => at)

/** The read units of a verify, with what the process remembers of the catalogue and of class decisions. */
async function unitsOf(catalogue: ReturnType<typeof aProcess>, recognitions: RecognitionReader, applies: string[]) {
  capacity.reset()
  const verifying = { ...here.world.verifying(new Date(at)), reader: stores.commits }
  const { verdict, recognition } = await verifyDocument(document, { ...verifying, catalogue, recognitions })
  expect([verdict, (recognition ?? []).map((each) => each.applies)]).toEqual(['valid', applies])
  return capacity.spent().rcu
}
const noMemory = () => cachedRecognitions(stores.commits, () => at)

test(`a verify costs at most two read units, and at most two more if its process has not read the catalogue, also for a qualification of ${STATEMENTS} statements`, async () => {
  const recognitions = noMemory()
  const catalogue = aProcess()
  await unitsOf(catalogue, recognitions, [])
  const warm = await unitsOf(catalogue, recognitions, [])
  const cold = await unitsOf(aProcess(), recognitions, [])
  expect(warm).toBeLessThanOrEqual(2)
  expect(cold - warm).toBeLessThanOrEqual(2)
  // Without its packed record, the stream alone costs a hundred times as much.
  capacity.reset()
  await catalogueOf(stores.commits)(LONG)
  expect(capacity.spent().rcu).toBeGreaterThan(150)
})

test('the first look at class decisions costs half a read unit of its own, whether there is one or none, and the whole verify at most four', async () => {
  const costs = async (applies: string[]) => {
    const catalogue = aProcess()
    const recognitions = noMemory()
    const first = await unitsOf(catalogue, recognitions, applies)
    const warm = await unitsOf(catalogue, recognitions, applies)
    return { first, ofDecisions: (await unitsOf(catalogue, noMemory(), applies)) - warm }
  }
  const without = await costs([])
  if (decided !== undefined) await stores.commits.append(decided)
  for (const { first, ofDecisions } of [without, await costs(['now'])]) {
    expect(ofDecisions).toBe(0.5)
    expect(first).toBeLessThanOrEqual(4)
  }
})

test('after ten seconds a process reads only what is new', async () => {
  const catalogue = aProcess()
  const first = await catalogue(LONG)
  at += 11 * SECOND
  capacity.reset()
  expect(await catalogue(LONG)).toBe(first)
  expect(capacity.spent().rcu).toBeLessThanOrEqual(2)
})

test('I33: what is read from a packed record is what its stream says, and what was stated behind it counts at once', async () => {
  const whole = () => catalogueOf(stores.commits)(LONG)
  const withoutProposals = ({ commits, ...rest }: Awaited<ReturnType<typeof whole>>) => ({
    ...rest,
    commits: commits.map(({ proposal: _, ...commit }) => commit),
  })
  const plain = async () => JSON.parse(JSON.stringify(withoutProposals(await whole())))
  expect(JSON.parse(JSON.stringify(withoutProposals(await aProcess()(LONG))))).toEqual({
    ...(await plain()),
    frameworks: expect.any(Array),
  })
  const { commits } = await whole()
  const retired = { type: 'qualification-retired', statedBy: { id: BODY, name: 'TESDA' }, basis: 'decision 9' } as const
  const change = { events: [retired], actor: 'two', now: new Date(at), index: 'CATALOGUE' } as const
  await stores.commits.append(nextCommit(streams.qualification(LONG), commits, change))
  const found = await aProcess()(LONG)
  expect(found.commits.at(-1)?.events).toEqual([retired])
  expect(found.commits).toHaveLength(STATEMENTS + 2)
})
