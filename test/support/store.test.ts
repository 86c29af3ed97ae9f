import { expect, test } from 'vitest'
import { startDynamoDb } from '../../infra/local/dynamodb.ts'
import { openLocalStores, storesOver } from './local-stores.ts'
import { MemoryStore } from './memory-store.ts'
import { isOverMoto, startMoto } from './moto.ts'
import { describeStore } from './store-contract.ts'
import { storeInProcess } from './store-in-process.ts'

describeStore('memory', async () => {
  const store = new MemoryStore()
  return { commits: store, boxes: store, close: async () => {} }
})

describeStore('DynamoDB in the process of the test', async () => {
  const tables = { commits: 'commits', boxes: 'boxes' }
  const local = await startDynamoDb({ tables })
  return { ...storesOver(storeInProcess(local), tables), close: local.close }
})

describeStore(isOverMoto ? 'moto' : 'DynamoDB', async () => {
  const tables = { commits: 'commits', boxes: 'boxes' }
  const local = isOverMoto ? await startMoto({ tables }) : await startDynamoDb({ tables })
  const stores = openLocalStores({ endpoint: local.endpoint, tables })
  return {
    ...stores,
    async close() {
      stores.client.destroy()
      await local.close()
    },
  }
})

test('a store that closes answers what has begun, and refuses what comes later as an outage', async () => {
  const tables = { commits: 'commits', boxes: 'boxes' }
  const local = await startDynamoDb({ tables })
  const { boxes } = storesOver(storeInProcess(local), tables)
  const begun = Array.from({ length: 20 }, () => boxes.find('nothing'))
  const closed = local.close()
  await expect(boxes.find('nothing')).rejects.toMatchObject({ code: 'dependency-unavailable' })
  expect(await Promise.all(begun)).toEqual(begun.map(() => undefined))
  await closed
})
