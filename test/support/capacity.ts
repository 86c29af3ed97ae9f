import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { tables } from '@sijil/aws'

export interface Capacity {
  /** Read and write units so far. */
  spent(): { rcu: number; wcu: number }
  /** Calls so far, including refused writes. */
  calls(): { reads: number; writes: number }
  reset(): void
}

const KB = 1024

/**
 * Counts what AWS would charge for the calls of this client. Reads cost one unit for each 4 KB, or half if they are eventually
 * consistent. Writes cost one unit for each 1 KB, and the same again if the item is in the index. A refused conditional write costs as
 * much as a write of its size without the index. The count of the embedded store itself leaves out the writes of the index.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function countCapacity(client: DynamoDBDocumentClient): Capacity {
  let rcu = 0
  let wcu = 0
  let reads = 0
  let writes = 0
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const input: unknown = args.input
      const command = String(context.commandName).replace(/Command$/, '')
      if (command === 'PutItem' || command === 'Put') {
        const item = recordAt(input, 'Item')
        const units = Math.max(1, Math.ceil(itemSize(item) / KB))
        const isIndexed = tables.commits.index.partitionKey in item
        wcu += units
        writes += 1
        const answer = await next(args)
        if (isIndexed) wcu += units
        return answer
      }
      if (!['GetItem', 'Get', 'Query'].includes(command)) throw new Error(`no rule to count ${command}`)
      reads += 1
      const answer = await next(args)
      const items = command === 'Query' ? listAt(answer.output, 'Items') : [recordAt(answer.output, 'Item')]
      const size = items.reduce((sum: number, item) => sum + itemSize(item), 0)
      const isConsistent = isRecord(input) && input.ConsistentRead === true
      rcu += Math.max(1, Math.ceil(size / (4 * KB))) * (isConsistent ? 1 : 0.5)
      return answer
    },
    { step: 'initialize', name: 'countCapacity', override: true },
  )
  return {
    spent: () => ({ rcu, wcu }),
    calls: () => ({ reads, writes }),
    reset() {
      rcu = 0
      wcu = 0
      reads = 0
      writes = 0
    },
  }
}

/** The size of an item in bytes by the rules of DynamoDB: names and values in UTF-8, 3 for a container, and 1 for each member of it. */
export const itemSize = (item: Record<string, unknown>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0)

function valueSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1
  if (value instanceof Uint8Array) return value.length
  if (Array.isArray(value)) return value.reduce((sum: number, member) => sum + valueSize(member) + 1, 3)
  if (isRecord(value)) return 3 + Object.keys(value).length + itemSize(value)
  return value === undefined ? 0 : 1
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function recordAt(value: unknown, name: string): Record<string, unknown> {
  const member = isRecord(value) ? value[name] : undefined
  return isRecord(member) ? member : {}
}

function listAt(value: unknown, name: string): Record<string, unknown>[] {
  const member = isRecord(value) ? value[name] : undefined
  return Array.isArray(member) ? member.filter(isRecord) : []
}
