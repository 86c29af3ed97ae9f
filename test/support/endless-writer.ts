import { streams } from '@sijil/registry'
import { startDynamoDb } from '../../infra/local/dynamodb.ts'
import { openLocalStores } from './local-stores.ts'

/** Appends until it is killed, and prints the number of each commit once it was acknowledged. */
const tables = { commits: 'commits', boxes: 'boxes' }
const { endpoint } = await startDynamoDb({ path: process.argv[2] ?? '', tables })
const { commits } = openLocalStores({ endpoint, tables })
for (let number = 0; ; number += 1) {
  const at = new Date(Date.UTC(2026, 0, 1) + number).toISOString()
  await commits.append({
    stream: streams.members('tesda'),
    number,
    events: [{ kind: 'noted' }],
    actor: 'writer',
    effectiveAt: at,
    recordedAt: at,
    index: 'ENTITIES',
  })
  process.stdout.write(`${number}\n`)
}
