import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createTables, type TableNames } from '@sijil/aws'
import dynalite from 'dynalite'
import { privateFolder } from './durable-file.ts'
import { closeServer, listenOnLoopback, onlyPrograms } from './loopback.ts'
import { withRememberedTables } from './remember-tables.ts'
import { writeBoth } from './write-both.ts'

export interface LocalDynamoDb {
  endpoint: string
  /** Answers the requests that come to the endpoint. */
  listener: RequestListener
  close(): Promise<void>
}

/**
 * DynamoDB for one machine: dynalite over LevelDB, in this process. Acknowledged writes survive any end of the process. A write that
 * was not acknowledged is stored completely or not at all (infra/local/dynamodb-killed.test.ts). Without a `path` the store is in
 * memory. Only one process at a time can use a path.
 */
export async function startDynamoDb({
  path,
  tables,
  port,
  clock = Date.now,
}: {
  path?: string
  tables: TableNames
  port?: number
  /** The time in the `Date` header of its answers, in milliseconds since 1970. */
  clock?: () => number
}): Promise<LocalDynamoDb> {
  if (path !== undefined) {
    await privateFolder(path)
    await requireFree(path)
  }
  writeBoth()
  const server = withRememberedTables(() => dynalite({ createTableMs: 0, ...(path !== undefined && { path }) }))
  const [listener] = server.listeners('request') as RequestListener[]
  if (listener === undefined) throw new Error('dynalite has no listener')
  server.removeAllListeners('request')
  const answers = onlyPrograms((request, response) => {
    response.setHeader('date', new Date(clock()).toUTCString())
    listener(request, response)
  })
  server.on('request', answers)
  const endpoint = await listenOnLoopback(server, port)

  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  try {
    await createTables(client, tables)
  } catch (error) {
    await closeServer(server)
    throw error
  } finally {
    client.destroy()
  }
  return { endpoint, listener: answers, close: () => closeServer(server) }
}

/** The LevelDB implementation that dynalite uses. */
export const { Level } = createRequire(import.meta.resolve('dynalite'))('level') as {
  Level: new (path: string) => { open(): Promise<void>; close(): Promise<void> }
}

/**
 * LevelDB locks its folder until the process ends. If the folder is locked, dynalite throws inside a callback and ends the process, so
 * the lock is tested first.
 */
async function requireFree(path: string): Promise<void> {
  const store = new Level(path)
  try {
    await store.open()
  } catch (error) {
    throw new Error(`the store at ${path} cannot be opened; is another process using it?`, { cause: error })
  }
  await store.close()
}
