declare module 'dynalite' {
  import type { Server } from 'node:http'

  interface Options {
    /** The folder of the LevelDB store. Absent: the store is in memory. */
    path?: string
    /** Milliseconds for which a table stays in CREATING. */
    createTableMs?: number
  }
  /** Closing the server also closes the store. */
  export default function dynalite(options?: Options): Server
}

declare module 'dynalite/db/index.js' {
  type Item = Record<string, Record<string, unknown>>
  interface Index {
    IndexName: string
  }
  interface Table {
    TableName: string
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[]
    LocalSecondaryIndexes?: Index[]
    GlobalSecondaryIndexes?: Index[]
  }
  type Done = (error?: Error | null) => void
  type Operation = { type: 'put'; key: string; value: Item } | { type: 'del'; key: string }
  type Found = (error: Error | null | undefined, table?: Table) => void
  interface Store {
    db: { batch(operations: Operation[], done: Done): void }
    /** For requests for items the callback comes second, and a table that is not ready is not found. */
    getTable(name: string, found: Found | false, described?: Found): void
  }
  interface Internals {
    create(options: object): Store
    validationError(message: string): Error
    createKey(item: Item, table: Table): string
    getIndexActions(
      indexes: Index[],
      before: Item | undefined,
      after: Item | undefined,
      table: Table,
    ): { puts: { index: string; key: string; item: Item }[]; deletes: { index: string; key: string }[] }
    /** Each action that writes an item calls this, and writes the item itself afterwards. */
    updateIndexes(
      store: Store,
      table: Table,
      before: Item | undefined,
      after: Item | null | undefined,
      done: Done,
    ): void
  }
  const internals: Internals
  export default internals
}
