import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { createTables, documentsOver, type TableNames } from '@sijil/aws'
import { closeServer, isFree, listenOnLoopback } from '../../infra/local/loopback.ts'
import { freePort } from './free-port.ts'
import { passBack, passOn } from './pass-on.ts'
import { until } from './until.ts'

/** `npm run check:moto` runs the contract of the store and some journeys over another implementation of DynamoDB. */
export const isOverMoto = process.env.SIJIL_MOTO === 'yes'

interface Moto {
  endpoint: string
  /** Waits longer than that of production: one process of Python answers a hundred requests one after another. */
  client: DynamoDBDocumentClient
  /** Copies all rows of the store at an address. Making a demonstration here takes forty seconds, and copying it five. */
  fill(from: string): Promise<void>
  close(): Promise<void>
}

const MOST_ROWS_AT_ONCE = 25
const clientAt = (endpoint: string, requestTimeout?: number) =>
  new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...(requestTimeout !== undefined && { requestHandler: { requestTimeout, throwOnRequestTimeout: true } }),
  })

/**
 * Starts moto with empty tables. Its own clock is that of the machine, so a proxy states the time of `clock` (milliseconds since 1970)
 * in each answer.
 */
export async function startMoto({
  tables,
  clock = Date.now,
}: {
  tables: TableNames
  clock?: () => number
}): Promise<Moto> {
  const port = await freePort()
  const server = spawn('python3', ['-m', 'moto.server', '--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
    // The region of a local registry is called "local".
    env: { ...process.env, MOTO_ALLOW_NONEXISTENT_REGION: 'true' },
  })
  const missing = (cause?: unknown) =>
    new Error('python3 -m moto.server cannot be started; Debian has it in python3-moto', { cause })
  await once(server, 'spawn').catch((cause) => {
    throw missing(cause)
  })
  const ended = once(server, 'exit')
  await Promise.race([
    until(async () => !(await isFree(port))),
    ended.then(() => {
      throw missing()
    }),
  ])
  const onward = `http://127.0.0.1:${port}`
  const proxy = createServer((request, response) =>
    passOn(
      { request, response, onward },
      {
        answered: (answer) => passBack(answer, response, { ...answer.headers, date: new Date(clock()).toUTCString() }),
      },
    ),
  )
  const endpoint = await listenOnLoopback(proxy)
  const direct = clientAt(endpoint)
  const client = documentsOver(clientAt(endpoint, 30_000), clock)
  const close = async () => {
    client.destroy()
    direct.destroy()
    await closeServer(proxy)
    server.kill()
    await ended
  }
  const write = async (table: string, rows: Record<string, AttributeValue>[]) => {
    for (let first = 0; first < rows.length; first += MOST_ROWS_AT_ONCE) {
      const puts = rows.slice(first, first + MOST_ROWS_AT_ONCE).map((Item) => ({ PutRequest: { Item } }))
      await direct.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }))
    }
  }
  const fill = async (from: string) => {
    const source = clientAt(from)
    for (const TableName of Object.values(tables))
      for await (const { Items = [] } of paginateScan({ client: source }, { TableName })) await write(TableName, Items)
    source.destroy()
  }
  try {
    await createTables(direct, tables)
  } catch (error) {
    await close()
    throw error
  }
  return { endpoint, client, fill, close }
}
