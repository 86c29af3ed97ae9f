import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { revokeCertificate } from '@sijil/registry/status'
import { Level, startDynamoDb } from '../../infra/local/dynamodb.ts'
import { openLocalStores } from './local-stores.ts'

/**
 * Revokes certificates in an embedded store, several at once, and prints each UUID after its revocation was acknowledged. The process
 * kills itself as soon as LevelDB has stored `writes` writes.
 * Usage: path, writes, issuer, officer, moment, UUIDs.
 */
const [path = '', writes = '', issuer = '', actor = '', moment = '', ...uuids] = process.argv.slice(2)
const AT_ONCE = 8
const tables = { commits: 'commits', boxes: 'boxes' }

type Write = (...words: unknown[]) => Promise<void>
const { prototype }: { prototype: Record<'put' | 'batch', Write> } = Level
let left = Number.POSITIVE_INFINITY
for (const name of ['put', 'batch'] as const) {
  const write = prototype[name]
  prototype[name] = async function (this: unknown, ...words: unknown[]) {
    await write.apply(this, words)
    left -= 1
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
  }
}

const { endpoint } = await startDynamoDb({ path, tables })
left = Number(writes)
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
