import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { isDeepStrictEqual } from 'node:util'
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { tables as definition } from '@sijil/aws'
import { decodeList, isSet } from '@sijil/credentials'
import { publishStatusList } from '@sijil/registry/status'
import { trustOf } from '@sijil/registry/trust'
import { verifyDocument } from '@sijil/registry/verification'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLocalStores } from '../../test/support/local-stores.ts'
import { after, aWorld, BODY, MINUTE, OFFICER, type World } from '../../test/support/registry-world.ts'
import { runs } from '../../test/support/whole.ts'
import { startDynamoDb } from './dynamodb.ts'

const tables = { commits: 'commits', boxes: 'boxes' }
const KILLS = runs(3, 20)
/** Certificates for each kill: more than the writer can revoke before it is killed. */
const EACH = 16
/** The number of writes before the kill. Twenty kills cover each number from 1 to 20. */
const writesBefore = (kill: number) => 20 - ((kill * 7) % 20)
const writer = join(import.meta.dirname, '../../test/support/revoking-writer.ts')

let folder: string
let world: World
let documents: { id: string; credentialStatus: { statusListIndex: string }[] }[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynamodb-killed-'))
  world = await aWorld()
  documents = []
  for (let place = 0; place < KILLS * EACH; place++) {
    const number = { certificateNumber: `26-MAS2-${place}` }
    documents.push(
      JSON.parse(JSON.stringify((await world.issue(number, { key: `key-${place}` })).verifiableCredential)),
    )
  }
  await opened(async ({ commits }) => {
    for (const commit of world.store.appended) await commits.append(commit)
  })
})
afterAll(() => rm(folder, { recursive: true }))

async function opened<T>(work: (stores: ReturnType<typeof openLocalStores>) => Promise<T>): Promise<T> {
  const local = await startDynamoDb({ path: join(folder, 'store'), tables })
  const stores = openLocalStores({ endpoint: local.endpoint, tables })
  try {
    return await work(stores)
  } finally {
    stores.client.destroy()
    await local.close()
  }
}

/** The UUIDs that the writer acknowledged before it was killed in the middle of other revocations. */
async function killedAfter(writes: number, uuids: readonly string[], moment: Date): Promise<string[]> {
  const words = [join(folder, 'store'), String(writes), BODY, OFFICER, moment.toISOString(), ...uuids]
  const child = spawn(process.execPath, [writer, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) acknowledged.push(line)
  expect(await ended).toEqual([null, 'SIGKILL'])
  return acknowledged
}

type Row = Record<string, unknown>

async function rowsOf(client: DynamoDBDocumentClient, IndexName?: string): Promise<Row[]> {
  const rows: Row[] = []
  const pages = paginateScan({ client }, { TableName: tables.commits, ...(IndexName && { IndexName }) })
  for await (const { Items } of pages) rows.push(...(Items ?? []))
  return rows
}

/** Rows of the index that differ from the table, and rows of the table that are missing in the index. */
async function halfWritten(client: DynamoDBDocumentClient): Promise<Row[]> {
  const { name, partitionKey } = definition.commits.index
  const placeOf = ({ pk, sk }: Row) => `${pk} ${sk}`
  const base = new Map((await rowsOf(client)).map((row) => [placeOf(row), row]))
  const index = await rowsOf(client, name)
  const indexed = new Set(index.map(placeOf))
  return [
    ...index.filter((row) => !isDeepStrictEqual(base.get(placeOf(row)), row)),
    ...[...base.values()].filter((row) => partitionKey in row && !indexed.has(placeOf(row))),
  ]
}

describe('a process that is killed in the middle of revocations', () => {
  test.each(Array.from({ length: KILLS }, (_, kill) => kill))(
    'leaves each change complete or absent, and verdict and list agree: kill %i',
    async (kill) => {
      // Each kill is an hour later, so that the brake does not stop any revocation.
      const moment = after((kill + 1) * 60 * MINUTE)
      const concerned = documents.slice(kill * EACH, (kill + 1) * EACH)
      const uuids = concerned.map(({ id }) => id.slice('urn:uuid:'.length))
      const writes = writesBefore(kill)
      const acknowledged = await killedAfter(writes, uuids, moment)
      // Eight concurrent revocations make sixteen writes. A further write belongs to a ninth, which starts after an acknowledgement.
      if (writes > 16) expect(acknowledged).not.toEqual([])

      await opened(async ({ client, commits, boxes }) => {
        expect(await halfWritten(client)).toEqual([])
        const list = await publishStatusList(`${BODY}-1-revocation`, { ...world.at(moment), store: commits })
        const bits = decodeList(JSON.parse(list.text).credentialSubject.encodedList)
        const deps = { ...world.verifying(moment), reader: commits, boxes, trust: trustOf(commits) }
        for (const document of concerned) {
          const { checks } = await verifyDocument(structuredClone(document), deps)
          const outcome = checks.find(({ name }) => name === 'status')?.outcome
          const isListed = isSet(bits, Number(document.credentialStatus[0]?.statusListIndex))
          expect({ isListed, outcome }).toEqual({ isListed, outcome: isListed ? 'failed' : 'passed' })
          if (acknowledged.includes(document.id.slice('urn:uuid:'.length))) expect(isListed).toBe(true)
        }
      })
    },
  )
})
