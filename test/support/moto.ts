import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createTables, type TableNames } from '@sijil/aws'
import { closeServer, isFree, listenOnLoopback } from '../../infra/local/loopback.ts'
import { freePort } from './free-port.ts'
import { passBack, passOn } from './pass-on.ts'
import { until } from './until.ts'

/** `npm run check:moto` runs the contract of the store and the journeys over another implementation of DynamoDB. */
export const isOverMoto = process.env.SIJIL_MOTO === 'yes'

/** Debian's python3-moto brings this program. */
const program = process.env.MOTO_SERVER ?? '/usr/bin/moto_server'

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
}): Promise<{ endpoint: string; close(): Promise<void> }> {
  const port = await freePort()
  const server = spawn(program, ['--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
    // The region of a local registry is called "local".
    env: { ...process.env, MOTO_ALLOW_NONEXISTENT_REGION: 'true' },
  })
  await once(server, 'spawn').catch((cause) => {
    throw new Error(`${program} cannot be started; Debian has it in python3-moto`, { cause })
  })
  const ended = once(server, 'exit')
  await until(async () => !(await isFree(port)))
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
  const close = async () => {
    await closeServer(proxy)
    server.kill()
    await ended
  }
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  try {
    await createTables(client, tables)
  } catch (error) {
    await close()
    throw error
  } finally {
    client.destroy()
  }
  return { endpoint, close }
}
