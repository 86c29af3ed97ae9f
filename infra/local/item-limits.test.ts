import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLocalStores } from '../../test/support/local-stores.ts'
import { type LocalDynamoDb, startDynamoDb } from './dynamodb.ts'

/** What DynamoDB refuses, the local store refuses too. Otherwise a test could pass over what the service never stores. */
const tables = { commits: 'commits', boxes: 'boxes' }
let local: LocalDynamoDb
let client: ReturnType<typeof openLocalStores>['client']
beforeAll(async () => {
  local = await startDynamoDb({ tables })
  client = openLocalStores({ endpoint: local.endpoint, tables }).client
})
afterAll(async () => {
  client.destroy()
  await local.close()
})

const nested = (levels: number): AttributeValue => (levels === 1 ? { S: 'a' } : { L: [nested(levels - 1)] })
const put = (value: AttributeValue, { pk = 'p', sk = 's' } = {}) =>
  client.send(new PutItemCommand({ TableName: 'commits', Item: { pk: { S: pk }, sk: { S: sk }, v: value } }))

test.each<[string, AttributeValue]>([
  ['400 KB of ASCII', { S: 'a'.repeat(409_590) }],
  ['136,000 Thai letters, which take three bytes each', { S: 'ก'.repeat(136_000) }],
  ['32 levels', nested(32)],
])('%s are stored', async (_, value) => {
  await expect(put(value)).resolves.toBeDefined()
})

test.each<[string, AttributeValue, { pk?: string; sk?: string }?]>([
  ['more than 400 KB', { S: 'a'.repeat(409_600) }],
  ['176,000 Thai letters', { S: 'ก'.repeat(176_000) }],
  ['Thai letters in a map within a list', { L: [{ M: { text: { S: 'ก'.repeat(137_000) } } }] }],
  ['33 levels', nested(33)],
  ['half of a character', { S: '\ud83d' }],
  ['a partition key over 2,048 bytes', { S: 'a' }, { pk: 'ก'.repeat(700) }],
  ['a sort key over 1,024 bytes', { S: 'a' }, { sk: 'ก'.repeat(350) }],
])('%s: refused with a ValidationException, and nothing is stored', async (_, value, key) => {
  await expect(put(value, key)).rejects.toMatchObject({ name: 'ValidationException' })
})
