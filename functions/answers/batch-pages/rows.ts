import {
  type BatchDeps,
  type BatchRequest,
  closedListOf,
  isStatusAct,
  previewBatch,
  requireBatchOf,
  resultsOf,
  type StatusChange,
} from '@sijil/registry/batches'

export const rowColumns = ['line', 'state', 'reason', 'field', 'certificate'] as const

/** The outcome of each row of a part. Before the approval: its faults, and of a list also what it would change. It holds no cell of the file. */
export async function rowsOf(request: BatchRequest & { part?: number }, deps: BatchDeps): Promise<string[][]> {
  const batch = await requireBatchOf(request, deps)
  if (batch.approvedAt !== undefined)
    return (await resultsOf(request, deps)).rows.map(({ line, state, code = '', certificate = '' }) => [
      String(line),
      state,
      code,
      '',
      certificate,
    ])
  const preview = await previewBatch(request, deps)
  const closed =
    batch.closed && isStatusAct(batch.act) ? await closedListOf({ ...request, of: preview.rows }, deps) : undefined
  if (closed !== undefined) return closed.map(({ line, change }) => changing(line, change))
  return preview.rows.flatMap(({ line, faults, change }) => [
    ...(change === undefined ? [] : [changing(line, change)]),
    ...faults.map(({ kind, field = '', certificate = '' }) => [String(line), 'faulty', kind, field, certificate]),
  ])
}

const changing = (line: number, { state, reason, certificate }: StatusChange): string[] => [
  ...[String(line), state, reason ?? ''],
  ...['', certificate],
]
