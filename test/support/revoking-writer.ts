import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { revokeCertificate } from '@sijil/registry'
import { startDynamoDb } from '../../infra/local/dynamodb.ts'
import { openLocalStores } from './local-stores.ts'

/**
 * Revokes certificates in an embedded store, several at once, and prints the UUID of each once its revocation was acknowledged.
 * Usage: path, issuer, officer, moment, UUIDs. It does not end: the test kills it.
 */
const [path = '', issuer = '', actor = '', moment = '', ...uuids] = process.argv.slice(2)
const AT_ONCE = 8
const tables = { commits: 'commits', boxes: 'boxes' }
const { endpoint } = await startDynamoDb({ path, tables })
const { commits: store } = openLocalStores({ endpoint, tables })
const deps = {
  store,
  now: new Date(moment),
  patience: { random: randomBytes, clock: () => new Date(), pause: async (ms: number) => void (await sleep(ms)) },
  notes: { seal: async () => '' },
}

async function revokeOneByOne(): Promise<void> {
  for (let uuid = uuids.shift(); uuid !== undefined; uuid = uuids.shift()) {
    await revokeCertificate({ issuer, uuid, actor, reason: 'misconduct' }, deps)
    process.stdout.write(`${uuid}\n`)
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, revokeOneByOne))
