import { randomBytes } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb'
import {
  type Commit,
  type CommitReader,
  type CommitStore,
  type Consistency,
  type IndexKey,
  type Part,
  RegistryError,
  type StreamId,
} from '@sijil/registry'
import { type CommitItem, commitOf, cursorOf, itemOf, placeAfter } from './commit-items.ts'
import { indexRange, keys } from './keys.ts'
import { tableOutage } from './outage.ts'
import { tables } from './tables.ts'

/** A table of DynamoDB, with the client that reaches it. */
export interface Table {
  client: DynamoDBDocumentClient
  table: string
}

const isNotYetWritten = 'attribute_not_exists(sk)'

/** For the read path: it has no method that writes, and its role has no right to write. */
export function openCommitReader({ client, table }: Table): CommitReader {
  return {
    async read<E>(stream: StreamId, { from = 0, mayLag = false }: Partial<Part> = {}) {
      const items: CommitItem[] = []
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :stream AND sk >= :from',
          ExpressionAttributeValues: { ':stream': keys.stream(stream), ':from': keys.commit(stream, from).sk },
          ConsistentRead: !mayLag,
        },
      )
      try {
        for await (const page of pages) items.push(...((page.Items ?? []) as CommitItem[]))
      } catch (error) {
        throw tableOutage(error, 'the record')
      }
      const commits = items.map((item) => commitOf<E>(item))
      // No commit is ever deleted, so a gap means that someone changed the table by other means. Such a stream is not used.
      if (commits.some((commit, place) => commit.number !== from + place)) {
        throw new RegistryError('internal', 'a record is not complete')
      }
      return commits
    },

    async latest<E>(stream: StreamId, { mayLag = false }: Consistency = {}) {
      const query = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :stream',
        ExpressionAttributeValues: { ':stream': keys.stream(stream) },
        ConsistentRead: !mayLag,
        ScanIndexForward: false,
        Limit: 1,
      })
      const answer = await client.send(query).catch((error: unknown) => {
        throw tableOutage(error, 'the record')
      })
      const [item] = (answer.Items ?? []) as CommitItem[]
      return item && commitOf<E>(item)
    },

    async list<E>(index: IndexKey, page: Parameters<CommitReader['list']>[1]) {
      const range = indexRange(page)
      const start = page.after === undefined ? undefined : placeAfter(page.after, index, range)
      // DynamoDB refuses a lower bound above the upper one. Such a range is empty.
      if (range.from > range.to) return { commits: [] }
      const query = new QueryCommand({
        TableName: table,
        IndexName: tables.commits.index.name,
        KeyConditionExpression: 'ik = :index AND #is BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#is': tables.commits.index.sortKey },
        ExpressionAttributeValues: { ':index': index, ':from': range.from, ':to': range.to },
        ScanIndexForward: !page.newestFirst,
        // One more than requested, to know whether there is a next page.
        Limit: page.limit + 1,
        ExclusiveStartKey: start,
      })
      const answer = await client.send(query).catch((error: unknown) => {
        throw tableOutage(error, 'the record')
      })
      const found = (answer.Items ?? []) as CommitItem[]
      const items = found.slice(0, page.limit)
      const last = items.at(-1)
      const more = found.length > items.length || answer.LastEvaluatedKey !== undefined
      return {
        commits: items.map((item) => commitOf<E>(item)),
        ...(more && last && { next: cursorOf(last) }),
      }
    },
  }
}

/**
 * One condition on one item keeps the order of commits. Its writer read the last commit consistently and adds one to its number
 * (`nextCommit`), and no commit is ever deleted. So commit N-1 exists when commit N is written.
 */
export function openCommitStore({ client, table }: Table): CommitStore {
  return {
    ...openCommitReader({ client, table }),

    async append<E>(commit: Commit<E>) {
      const item = itemOf(commit, randomBytes(6))
      const written = await putOnce({ TableName: table, Item: item, ConditionExpression: isNotYetWritten })
      if (!written) {
        throw new RegistryError('write-conflict', `change ${commit.number} was made by somebody else meanwhile`)
      }
    },

    async claim(pool, entry, holder) {
      const key = keys.claim(pool, entry)
      const item = { ...key, holder }
      if (await putOnce({ TableName: table, Item: item, ConditionExpression: isNotYetWritten })) return holder
      const kept = await get(key)
      if (typeof kept?.holder !== 'string') throw new RegistryError('internal', 'a claim has no holder')
      return kept.holder
    },
  }

  async function get(key: { pk: string; sk: string }) {
    const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true })
    const answer = await client.send(command).catch((error: unknown) => {
      throw tableOutage(error, 'the record')
    })
    return answer.Item
  }

  /** Returns whether this call wrote the item. */
  async function putOnce(input: PutCommandInput & { Item: { pk: string; sk: string; w?: Uint8Array } }) {
    try {
      await client.send(new PutCommand(input))
      return true
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw tableOutage(error, 'the record')
      // After a lost answer the SDK tries again. The item that is already there may then come from this call (F2).
      if ((error.$metadata.attempts ?? 1) === 1 || input.Item.w === undefined) return false
      const { pk, sk, w } = input.Item
      const kept = await get({ pk, sk })
      return kept?.w instanceof Uint8Array && Buffer.from(kept.w).equals(w)
    }
  }
}
