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
  const answering = whileOpen((request, response) => {
    response.setHeader('date', new Date(clock()).toUTCString())
    listener(request, response)
  })
  const answers = onlyPrograms(answering.listener)
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
  return {
    endpoint,
    listener: answers,
    async close() {
      await answering.close()
      await closeServer(server)
    },
  }
}

/** Answers until it is closed, which waits for every answer that has begun: dynalite ends the process if its store closes before. */
function whileOpen(listener: RequestListener): { listener: RequestListener; close(): Promise<void> } {
  const { promise: idle, resolve } = Promise.withResolvers<void>()
  let [begun, isClosed] = [0, false]
  return {
    listener(request, response) {
      if (isClosed) {
        response.statusCode = 503
        response.end('{"__type":"com.amazon.coral.service#ServiceUnavailable"}')
        return
      }
      begun += 1
      let isOver = false
      const over = () => {
        if (!isOver) begun -= 1
        isOver = true
        if (isClosed && begun === 0) resolve()
      }
      const end = response.end.bind(response) as (...more: unknown[]) => typeof response
      response.end = (...more: unknown[]) => {
        over()
        return end(...more)
      }
      // A request that breaks off gets no answer.
      response.once('close', over)
      listener(request, response)
    },
    close() {
      isClosed = true
      if (begun === 0) resolve()
      return idle
    },
  }
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
