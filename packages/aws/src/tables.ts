/**
 * The definition of both tables, for the CDK app and the local stack. Every key is a string. The index is sparse: it contains only
 * commits with an `IndexKey`, and each of them once.
 */
export const tables = {
  commits: {
    partitionKey: 'pk',
    sortKey: 'sk',
    index: { name: 'Index', partitionKey: 'ik', sortKey: 'is' },
  },
  boxes: { partitionKey: 'pk' },
} as const

/** The names of the tables in this deployment. */
export interface TableNames {
  commits: string
  boxes: string
}
