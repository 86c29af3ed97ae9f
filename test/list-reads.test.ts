import { publishStatusList, reinstateCertificate, revokeCertificate, suspendCertificate } from '@sijil/registry/status'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalDynamoDb, startDynamoDb } from '../infra/local/dynamodb.ts'
import { type Capacity, countCapacity } from './support/capacity.ts'
import { openLocalStores } from './support/local-stores.ts'
import { after, aWorld, BODY, OFFICER, SECOND, type World } from './support/registry-world.ts'

const tables = { commits: 'commits', boxes: 'boxes' }
const ISSUED = 12
let local: LocalDynamoDb
let stores: ReturnType<typeof openLocalStores>
let capacity: Capacity
let world: World
let changes: { issuer: string; uuid: string; actor: string }[]
beforeAll(async () => {
  local = await startDynamoDb({ tables })
  stores = openLocalStores({ endpoint: local.endpoint, tables })
  world = await aWorld()
  changes = []
  for (let place = 0; place < ISSUED; place++) {
    const { uuid } = await world.issue({ certificateNumber: `26-MAS2-${place}` }, { key: `key-${place}` })
    changes.push({ issuer: BODY, uuid, actor: OFFICER })
  }
  for (const commit of world.store.appended) await stores.commits.append(commit)
  capacity = countCapacity(stores.client)
})
afterAll(async () => {
  stores.client.destroy()
  await local.close()
})

let seconds = 0
const next = () => ({ ...world.at(after(++seconds * SECOND)), store: stores.commits })

/** The number of reads that the list of this purpose needs now. */
async function readsOf(purpose: 'revocation' | 'suspension'): Promise<number> {
  capacity.reset()
  await publishStatusList(`${BODY}-1-${purpose}`, next())
  return capacity.calls().reads
}

test('a list of revocations reads one stream for each new revocation, and none for revocations that it already has', async () => {
  // The first version also looks for one from before there were files.
  await readsOf('revocation')
  const quiet = await readsOf('revocation')
  for (const change of changes.slice(0, 10)) await revokeCertificate({ ...change, reason: 'misconduct' }, next())
  expect(await readsOf('revocation')).toBe(quiet + 10)
  expect(await readsOf('revocation')).toBe(quiet)
  for (const change of changes.slice(10, 11)) await revokeCertificate({ ...change, reason: 'misconduct' }, next())
  expect(await readsOf('revocation')).toBe(quiet + 1)
})

test('a list of suspensions reads one stream for each new change, and none for changes that it already has', async () => {
  // The first version also looks for one from before there were files.
  await readsOf('suspension')
  const quiet = await readsOf('suspension')
  const [change] = changes.slice(11)
  if (change === undefined) throw new Error('no certificate is left')
  await suspendCertificate({ ...change, reason: 'under-investigation' }, next())
  expect(await readsOf('suspension')).toBe(quiet + 1)
  expect(await readsOf('suspension')).toBe(quiet)
  await reinstateCertificate(change, next())
  expect(await readsOf('suspension')).toBe(quiet + 1)
  expect(await readsOf('suspension')).toBe(quiet)
})
