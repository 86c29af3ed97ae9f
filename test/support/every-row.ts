import { type DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb'

/** Every row of every table as one text, in order, whichever store the registry of the test has. Bytes are latin-1. */
export async function everyRow(client: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}))
  const rows: string[] = []
  for (const TableName of TableNames) {
    let ExclusiveStartKey: Record<string, never> | undefined
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }))
      for (const item of page.Items ?? []) rows.push(`${TableName} ${textOf(item)}`)
      ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey
    } while (ExclusiveStartKey !== undefined)
  }
  return rows.toSorted().join('\n')
}

const textOf = (item: object) =>
  JSON.stringify(
    Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value),
  )
