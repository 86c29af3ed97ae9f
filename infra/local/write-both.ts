import internals from 'dynalite/db/index.js'

/**
 * Makes dynalite write a row of a table and its rows in the indexes together. By itself it writes the indexes first, so a process that
 * is killed in between leaves rows that only an index has. LevelDB keeps a batch whole or not at all.
 */
export function writeBoth(): void {
  internals.updateIndexes = (store, table, before, after, done) => {
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
    // The keys are as dynalite's `getItemDb` and `getIndexDb` make them. Afterwards dynalite writes this row again, as it is.
    const key = `item-${table.TableName}~${internals.createKey(item, table)}`
    store.db.batch([...changes, after ? { type: 'put', key, value: after } : { type: 'del', key }], done)
  }
}
