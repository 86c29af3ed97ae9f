import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { type TableNames, tables } from './tables.ts'

const hash = (name: string) => ({ AttributeName: name, KeyType: 'HASH' as const })
const range = (name: string) => ({ AttributeName: name, KeyType: 'RANGE' as const })
const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const })

/** Creates missing tables, for local stores and tests. On AWS the CDK app creates them, with protection against deletion. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  const { commits, boxes } = tables
  await createTable(client, {
    TableName: names.commits,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      commits.partitionKey,
      commits.sortKey,
      commits.index.partitionKey,
      commits.index.sortKey,
    ].map(text),
    KeySchema: [hash(commits.partitionKey), range(commits.sortKey)],
    GlobalSecondaryIndexes: [
      {
        IndexName: commits.index.name,
        KeySchema: [hash(commits.index.partitionKey), range(commits.index.sortKey)],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  })
  await createTable(client, {
    TableName: names.boxes,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text(boxes.partitionKey)],
    KeySchema: [hash(boxes.partitionKey)],
  })
}

async function createTable(client: DynamoDBClient, table: CreateTableCommandInput): Promise<void> {
  try {
    await client.send(new CreateTableCommand(table))
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 1 }, { TableName: table.TableName })
}
