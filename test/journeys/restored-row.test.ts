import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AttributeValue, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { streams } from '@sijil/registry'
import { auditStreams, listLogged } from '@sijil/registry/log'
import type { TrustEvent } from '@sijil/registry/trust'
import { decodeTile, leafHash } from '@sijil/tlog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { filesOfRegistry } from '../support/local-artefacts.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { TESDA } from './certificate.ts'

/** docs/runbook.md, "Restore a changed row", step by step over the embedded store. */
const root = join(import.meta.dirname, '../..')
const TableName = 'SijilCommits'
const stream = streams.trust(TESDA)
type Item = Record<string, AttributeValue>
let registry: OpenRegistry
let client: DynamoDBClient
let folder: string
beforeAll(async () => {
  registry = await openRegistry()
  client = new DynamoDBClient({})
  folder = await mkdtemp(join(tmpdir(), 'sijil-row-'))
})
afterAll(async () => {
  client.destroy()
  await registry.close()
  await rm(folder, { recursive: true, force: true })
})

/** Values as `aws dynamodb --output json` writes them, with bytes as base64. */
const written = (item: Item) =>
  JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value))
/** Values as `--item` of the same command reads them. */
const read = (text: string): Item =>
  JSON.parse(text, (name, value) => (name === 'B' ? new Uint8Array(Buffer.from(value, 'base64')) : value))

const keyOf = (number: number) => ({
  pk: { S: `STREAM#${stream}` },
  sk: { S: `COMMIT#${String(number).padStart(12, '0')}` },
})
async function rowOf(number: number): Promise<Item> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(number), ConsistentRead: true }))
  if (Item === undefined) throw new Error('no such row')
  return Item
}
const put = (item: Item) => client.send(new PutItemCommand({ TableName, Item: item }))
const audit = async () => {
  const now = new Date(registry.now().getTime() + 11 * 60_000)
  return (await auditStreams({ store: localParts().store, artefacts: filesOfRegistry(), now })).differences
}

/** The hash in the public log at that place, and the hash of the row as it is now. */
async function hashes(number: number, index: number): Promise<{ logged: Uint8Array; stored: Uint8Array }> {
  const size = Number((await registry.ask('/log/registry/checkpoint')).text.split('\n')[1])
  const width = Math.min(256, size)
  const tile = await fetch(`${registry.baseUrl}/log/registry/tile/0/000${width === 256 ? '' : `.p/${width}`}`)
  const logged = decodeTile(new Uint8Array(await tile.arrayBuffer()), width)[index] ?? new Uint8Array()
  const { store } = localParts()
  const commits = await store.read<TrustEvent>(stream)
  const all = (await listLogged(commits, commits.length, store)).toReversed()
  return { logged, stored: leafHash(Buffer.from(all[number]?.entry ?? '')) }
}

test.each([
  ['a grant whose scope was changed', 'established', /"PH"/],
  ['the key of a body that was exchanged', 'key-added', /z6Mk\w+/],
] as const)('F22: %s is restored from its entry, and has the hash of the public log again', async (_, type, part) => {
  const commits = await localParts().store.read<TrustEvent>(stream)
  const number = commits.findIndex(({ events }) => events.some((event) => event.type === type))
  expect(await registry.later(audit)).toEqual([])
  const original = await rowOf(number)
  const found = part.exec(JSON.stringify(original.ev))?.[0] ?? ''
  expect(found).not.toBe('')
  const { w, ...members } = original
  const tampered = JSON.parse(JSON.stringify(members).replaceAll(found, found.replace(/.(?="?$)/, 'X')))
  await put({ ...tampered, ef: { S: '2019-01-01T00:00:00.000Z' }, au: { S: 'demo-th-onec' }, ...(w && { w }) })
  expect(await audit()).toEqual([`${stream}/${number}: changed`])

  const { index } = (await registry.ask(`/log/registry/index/${stream}/${number}`)).json<{ index: number }>()
  const different = await hashes(number, index)
  expect(different.stored).not.toEqual(different.logged)
  const change = await registry.ask(`/changes/${index}`, { headers: { accept: 'application/json' } })
  await writeFile(join(folder, 'logged.json'), change.text)
  await writeFile(join(folder, 'row.json'), `{"Item": ${written(await rowOf(number))}}`)
  // The same command line as in the runbook.
  const line = /^node (infra\/aws\/restore-row\.ts) (row\.json logged\.json) > restored\.json$/m
  const [, script = '', words = ''] = line.exec(await readFile(join(root, 'docs/runbook.md'), 'utf8')) ?? []
  const restored = execFileSync(process.execPath, [join(root, script), ...words.split(' ')], { cwd: folder })
  await put(read(restored.toString()))

  const again = await hashes(number, index)
  expect(again.stored).toEqual(again.logged)
  expect(await audit()).toEqual([])
  expect(read(written(await rowOf(number)))).toEqual(read(written(original)))
})

test('an entry is written over no other row', async () => {
  const { index } = (await registry.ask(`/log/registry/index/${stream}/0`)).json<{ index: number }>()
  const change = await registry.ask(`/changes/${index}`, { headers: { accept: 'application/json' } })
  await writeFile(join(folder, 'logged.json'), change.text)
  await writeFile(join(folder, 'row.json'), `{"Item": ${written(await rowOf(1))}}`)
  const script = join(root, 'infra/aws/restore-row.ts')
  const run = () => execFileSync(process.execPath, [script, 'row.json', 'logged.json'], { cwd: folder, stdio: 'pipe' })
  expect(run).toThrow('another row')
})

test('A017: an audit that did not come to what was due an hour ago fails, and so raises an alarm', async () => {
  const { handler } = await import('../../functions/audit.ts')
  const minutes = (left: number) => ({ getRemainingTimeInMillis: () => left * 60_000 })
  await expect(handler({}, minutes(1))).rejects.toThrow('not compared in time')
  expect(await handler({}, minutes(10))).toEqual({ differences: 0 })
})

test('F22: a full audit is an order of its own, which goes on with the part that its answer names', async () => {
  const { handler } = await import('../../functions/audit.ts')
  const minutes = (left: number) => ({ getRemainingTimeInMillis: () => left * 60_000 })
  const first = await handler({ full: 'all' }, minutes(1))
  expect(first).toEqual({ differences: 0, next: expect.stringMatching(/^\w+\//) })
  const second = await handler({ full: first.next as string }, minutes(1))
  expect(second.next).not.toBe(first.next)
  const today = registry.now().toISOString().slice(0, 10)
  expect(await handler({ full: today }, minutes(10))).toEqual({ differences: 0 })
})
