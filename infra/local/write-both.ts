import internals from 'dynalite/db/index.js'
import { faultOfItem, type Item } from './item-limits.ts'

/**
 * Makes dynalite write a row of a table and its rows in the indexes in one batch, which LevelDB stores completely or not at all.
 * By itself dynalite writes the indexes first, so a killed process could leave rows that exist only in an index. Before, it refuses an
 * item that DynamoDB would refuse.
 */
export function writeBoth(): void {
  internals.updateIndexes = (store, table, before, after, done) => {
    const keys = keysOf(table.KeySchema)
    // A deletion has no item afterwards. As the policies of the tables do, refuse it except for boxes, whose key has one part.
    if (!after && keys.sort !== undefined) return done(accessDenied())
    const fault = after ? faultOfItem(after as Item, keys) : undefined
    if (fault !== undefined) return done(internals.validationError(fault))
    const item = after ?? before
    const changes = (['local', 'global'] as const).flatMap((type) => {
      const indexes = (type === 'local' ? table.LocalSecondaryIndexes : table.GlobalSecondaryIndexes) ?? []
      const { puts, deletes } = internals.getIndexActions(indexes, before, after ?? undefined, table)
      const keyIn = (index: string, key: string) => `index-${type}~${table.TableName}~${index}~${key}`
      return [
        ...deletes.map(({ index, key }) => ({ type: 'del' as const, key: keyIn(index, key) })),
        ...puts.map(({ index, key, item: value }) => ({ type: 'put' as const, key: keyIn(index, key), value })),
      ]
    })
    if (item === undefined || changes.length === 0) return done()
    // The keys have the form of dynalite's `getItemDb` and `getIndexDb`. Afterwards dynalite writes the same row again.
    const key = `item-${table.TableName}~${internals.createKey(item, table)}`
    store.db.batch([...changes, after ? { type: 'put', key, value: after } : { type: 'del', key }], done)
  }
}

/** The answer of DynamoDB to a request that a policy refuses (I35). */
function accessDenied(): Error {
  const message =
    'User is not authorized to perform: dynamodb:DeleteItem with an explicit deny in a resource-based policy'
  const body = { __type: 'com.amazon.coral.service#AccessDeniedException', message }
  return Object.assign(new Error(message), { statusCode: 400, body })
}

function keysOf(schema: readonly { AttributeName: string; KeyType: string }[]): { partition: string; sort?: string } {
  const nameOf = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName
  const sort = nameOf('RANGE')
  return { partition: nameOf('HASH') ?? '', ...(sort !== undefined && { sort }) }
}
