import { nextCommit, streams } from '@sijil/registry'
import { cachedCatalogue, catalogueOf } from '@sijil/registry/catalogue'
import { decideRecognition } from '@sijil/registry/decisions'
import { sequenceLog } from '@sijil/registry/log'
import { cachedRecognitions } from '@sijil/registry/recognition'
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
  const decided = {
    verb: 'recognise-class',
    recognised: { qualification: LONG, edition: '2023' },
    decision: 'd1',
    class: { issuers: [BODY], award: { from: '2026-01-01', until: '2030-12-31' }, issuedUntil: '2030-12-31' },
    terms: { result: 'full', basis: 'Act 5', appeal: 'To the board' },
    effectiveAt: now.toISOString(),
  } as const
  await decideRecognition(decided, { authority: 'demo-host', actor: 'one' }, world.at(now))
  const { store, artefacts, keys, baseUrl } = world
  const writing = { store, artefacts, signer: keys, keys, baseUrl, now: new Date(at), seen: new Set<string>() }
  await sequenceLog('catalogue', writing)
  for (const commit of store.appended) await stores.commits.append(commit)
  capacity = countCapacity(stores.client)
})
afterAll(async () => {
  stores.client.destroy()
  await local.close()
})

/** A process that has read nothing about the catalogue yet. */
const aProcess = () => cachedCatalogue(stores.commits, () => at)

test(`the first verify of a process costs two and a half read units more, also for a qualification of ${STATEMENTS} statements and with a class decision`, async () => {
  const verifying = { ...here.world.verifying(new Date(at)), reader: stores.commits }
  const verify = async (catalogue: ReturnType<typeof aProcess>) => {
    capacity.reset()
    const { verdict, recognition } = await verifyDocument(document, { ...verifying, catalogue, recognitions })
    expect([verdict, recognition?.map(({ applies }) => applies)]).toEqual(['valid', ['now']])
    return capacity.spent().rcu
  }
  const recognitions = cachedRecognitions(stores.commits, () => at)
  const catalogue = aProcess()
  const cold = await verify(catalogue)
  const warm = await verify(catalogue)
  expect(warm).toBeLessThanOrEqual(2)
  expect(cold - warm).toBeLessThanOrEqual(2.5)
  // Without its packed record, the stream alone costs a hundred times as much.
  capacity.reset()
  await catalogueOf(stores.commits)(LONG)
  expect(capacity.spent().rcu).toBeGreaterThan(150)
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
