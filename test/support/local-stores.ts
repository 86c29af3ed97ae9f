import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { documentsOver, openBoxEraser, openBoxStore, openCommitStore, requestLimits, type TableNames } from '@sijil/aws'
import type { BoxEraser, BoxStore, CommitStore } from '@sijil/registry'

/** Opens both stores over a local endpoint, which checks no credentials. */
export function openLocalStores({
  endpoint,
  tables,
  attempts = 3,
  limits = requestLimits,
  clock = Date.now,
}: {
  endpoint: string
  tables: TableNames
  attempts?: number
  limits?: typeof requestLimits
  clock?: () => number
}): {
  client: DynamoDBDocumentClient
  commits: CommitStore
  boxes: BoxStore & BoxEraser
} {
  const client = documentsOver(
    new DynamoDBClient({
      endpoint,
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: attempts,
      requestHandler: limits,
    }),
    clock,
  )
  return { client, ...storesOver(client, tables) }
}

/** Both stores over one client. */
export const storesOver = (
  client: DynamoDBDocumentClient,
  tables: TableNames,
): { commits: CommitStore; boxes: BoxStore & BoxEraser } => ({
  commits: openCommitStore({ client, table: tables.commits }),
  boxes: { ...openBoxStore({ client, table: tables.boxes }), ...openBoxEraser({ client, table: tables.boxes }) },
})
