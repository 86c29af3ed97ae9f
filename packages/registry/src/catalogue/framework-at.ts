import {
  type Framework,
  type FrameworkStatement,
  frameworkRecordOf,
  type LevelTableStatement,
  type ReferencingStatement,
  type StatedBy,
} from '@sijil/qualifications'
import type { FrameworkCommits } from './events.ts'

/** All that an authority stated about one of its frameworks. Without commits, it does not exist. */
export interface FrameworkHistory {
  id: string
  commits: FrameworkCommits
}

interface Stated<T> {
  value: T
  statedBy: StatedBy
  recordedOn: string
  effectiveOn: string
}

/** The record at both moments, RFC 3339 UTC. Undefined: no such framework was stated. */
export function frameworkAt(
  { id, commits }: FrameworkHistory,
  { effective, recorded }: { effective: string; recorded: string },
): Framework | undefined {
  let statement: Stated<FrameworkStatement> | undefined
  let referencing: Stated<ReferencingStatement> | undefined
  let table: Stated<LevelTableStatement> | undefined
  for (const { events, effectiveAt, recordedAt } of commits) {
    if (effectiveAt > effective || recordedAt > recorded) continue
    for (const event of events) {
      const stated = {
        statedBy: event.statedBy,
        recordedOn: recordedAt.slice(0, 10),
        effectiveOn: effectiveAt.slice(0, 10),
      }
      switch (event.type) {
        case 'framework-stated':
          statement = { value: event.statement, ...stated }
          break
        case 'referencing-stated':
          referencing = { value: event.referencing, ...stated }
          break
        case 'levels-confirmed':
          table = { value: event.table, ...stated }
          break
        case 'assigned':
          break
        default:
          event satisfies never
      }
    }
  }
  return statement && frameworkRecordOf(id, statement, referencing, table)
}
