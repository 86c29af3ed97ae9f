import internals from 'dynalite/db/index.js'
import { faultOfItem, type Item } from './item-limits.ts'

/**
 * Makes dynalite write a row of a table and its rows in the indexes in one batch, which LevelDB stores completely or not at all.
 * By itself dynalite writes the indexes first, so a killed process could leave rows that exist only in an index. Before, it refuses an
 * item that DynamoDB would refuse.
 */
export function writeBoth(): void {
  internals.updateIndexes = (store, table, before, after, done) => {
    const fault = after && faultOfItem(after as Item, keysOf(table.KeySchema))
    if (fault !== undefined) return done(internals.validationError(fault))
    const item = after ?? before
    const changes = (['local', 'global'] as const).flatMap((type) => {
      const indexes = (type === 'local' ? table.LocalSecondaryIndexes : table.GlobalSecondaryIndexes) ?? []
      const { puts, deletes } = internals.getIndexActions(indexes, before, after, table)
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

function keysOf(schema: readonly { AttributeName: string; KeyType: string }[]): { partition: string; sort?: string } {
  const nameOf = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName
  const sort = nameOf('RANGE')
  return { partition: nameOf('HASH') ?? '', ...(sort !== undefined && { sort }) }
}
