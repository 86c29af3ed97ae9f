import { streams } from '@sijil/registry'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type LocalDynamoDb, startDynamoDb } from '../../infra/local/dynamodb.ts'
import { type Capacity, countCapacity, itemSize } from './capacity.ts'
import { openLocalStores } from './local-stores.ts'

const tables = { commits: 'commits', boxes: 'boxes' }
const uuid = '00000000-0000-4000-8000-000000000001'
const at = '2026-03-02T09:00:00.000Z'
let local: LocalDynamoDb
let stores: ReturnType<typeof openLocalStores>
let capacity: Capacity

beforeAll(async () => {
  local = await startDynamoDb({ tables })
  stores = openLocalStores({ endpoint: local.endpoint, tables })
  capacity = countCapacity(stores.client)
})
beforeEach(() => capacity.reset())
afterAll(async () => {
  stores.client.destroy()
  await local.close()
})

const commit = (name: string, bytes: number, indexed: boolean) => ({
  stream: streams.publishedList('tesda', name),
  number: 0,
  events: [{ note: 'n'.repeat(bytes) }],
  actor: 'registrar-1',
  effectiveAt: at,
  recordedAt: at,
  ...(indexed && { index: 'ENTITIES' as const }),
})

test('a small commit is one write, and two if it is in an index', async () => {
  await stores.commits.append(commit('small', 100, false))
  expect(capacity.spent()).toEqual({ rcu: 0, wcu: 1 })
  await stores.commits.append(commit('small-indexed', 100, true))
  expect(capacity.spent()).toEqual({ rcu: 0, wcu: 3 })
})

test('each started kilobyte is one write, in the index as well', async () => {
  await stores.commits.append(commit('large', 2_000, true))
  expect(capacity.spent()).toEqual({ rcu: 0, wcu: 6 })
})

test('a refused write is charged, but not for the index', async () => {
  await stores.commits.append(commit('twice', 100, true))
  await expect(stores.commits.append(commit('twice', 100, true))).rejects.toMatchObject({ code: 'write-conflict' })
  expect(capacity.spent()).toEqual({ rcu: 0, wcu: 3 })
  expect(capacity.calls()).toEqual({ reads: 0, writes: 2 })
})

test('a stream costs one unit for each 4 KB, and an index page half of that', async () => {
  await stores.commits.append(commit('read', 5_000, false))
  capacity.reset()
  await stores.commits.read(streams.publishedList('tesda', 'read'))
  expect(capacity.spent()).toEqual({ rcu: 2, wcu: 0 })
  await stores.commits.list('STATUS#none', { limit: 10, newestFirst: true })
  expect(capacity.spent()).toEqual({ rcu: 2.5, wcu: 0 })
  expect(capacity.calls()).toEqual({ reads: 2, writes: 0 })
})

test('an ordinary certificate (two commits, its entry, its number, a box of 2 KB) stays within 12 write units', async () => {
  const stream = streams.certificate('tesda', uuid)
  const hash = 'u'.repeat(44)
  const reserved = {
    kind: 'reserved',
    hash,
    list: '1',
    entry: 70_000,
    qualification: 'ph-smaw-nc-ii',
    key: 'k'.repeat(44),
  }
  const issued = { kind: 'issued', hash, key: 'certificates-1', proof: 'z'.repeat(88) }
  const fixed = { stream, actor: 'registrar-1', effectiveAt: at, recordedAt: at }
  await stores.commits.claim('tesda/1', 70_000, uuid)
  await stores.commits.append({ ...commit('number', 60, false) })
  await stores.commits.append({ ...fixed, number: 0, events: [reserved], index: 'PENDING#2026-03-02' })
  await stores.commits.append({ ...fixed, number: 1, events: [issued], index: 'CERTIFICATES#tesda' })
  const sealed = new Uint8Array(1_900)
  await stores.boxes.put({
    find: hash,
    salt: new Uint8Array(32),
    nonce: new Uint8Array(12),
    sealed,
    owner: 'tesda',
    uuid,
  })
  expect(capacity.spent().wcu).toBeLessThanOrEqual(12)
})

test('sizes follow the rules of DynamoDB', () => {
  expect(itemSize({ pk: 'abc' })).toBe(5)
  expect(itemSize({ n: 123_456 })).toBe(1 + 4)
  expect(itemSize({ b: new Uint8Array(10), t: true, z: null })).toBe(11 + 2 + 2)
  expect(itemSize({ m: { a: 'x' }, l: ['y'] })).toBe(1 + 3 + 1 + 2 + 1 + 3 + 1 + 1)
  expect(itemSize({ th: 'ช' })).toBe(2 + 3)
})
