/**
 * Both tables, as plain data: the CDK app and the local stack build from this one definition. Every key is a string.
 * The index is sparse: only a commit that names an `IndexKey` stands in it, and each commit in at most one.
 */
export const tables = {
  commits: {
    partitionKey: 'pk',
    sortKey: 'sk',
    index: { name: 'Index', partitionKey: 'ik', sortKey: 'is' },
  },
  boxes: { partitionKey: 'pk' },
} as const

/** What the tables are called where this runs. */
export interface TableNames {
  commits: string
  boxes: string
}
