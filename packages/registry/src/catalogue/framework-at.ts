import {
  type Framework,
  type FrameworkStatement,
  frameworkRecordOf,
  type LevelTableStatement,
  type ReferencingStatement,
  type StatedBy,
} from '@sijil/qualifications'
import { endOfDay } from '../moments.ts'
import { baselineAt } from './baseline-at.ts'
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

/** The statements that count at both moments, each as its authority made it. */
export interface StatedFramework {
  statement?: Stated<FrameworkStatement>
  referencing?: Stated<ReferencingStatement>
  table?: Stated<LevelTableStatement>
}

interface Moments {
  /** RFC 3339 UTC, as `recorded`. */
  effective: string
  recorded: string
}

const LAST = endOfDay('9999-12-31')

/** Later than every statement: finds what was stated last, also if it counts only from a later day on. */
export const EVER = { effective: LAST, recorded: LAST } satisfies Moments

/** The record at both moments. Undefined: no such framework was stated. */
export function frameworkAt(history: FrameworkHistory, moments: Moments): Framework | undefined {
  const { statement, referencing, table } = frameworkStatedAt(history, moments)
  return statement && frameworkRecordOf(history.id, statement, referencing, table)
}

/** The same, or where its authority has stated nothing, what the baseline says. */
export const frameworkRecordAt = (history: FrameworkHistory, moments: Moments): Framework | undefined =>
  frameworkAt(history, moments) ?? baselineAt<Framework>(history.commits, moments)

/** The one of each kind that was recorded last. A table counts as stated here, also without an endorsed report. */
export function frameworkStatedAt({ commits }: FrameworkHistory, { effective, recorded }: Moments): StatedFramework {
  const known: StatedFramework = {}
  for (const { events, effectiveAt, recordedAt } of commits) {
    if (effectiveAt > effective || recordedAt > recorded) continue
    for (const event of events) {
      if (event.type === 'baseline-stated') continue
      const stated = {
        statedBy: event.statedBy,
        recordedOn: recordedAt.slice(0, 10),
        effectiveOn: effectiveAt.slice(0, 10),
      }
      switch (event.type) {
        case 'framework-stated':
          known.statement = { value: event.statement, ...stated }
          break
        case 'referencing-stated':
          known.referencing = { value: event.referencing, ...stated }
          break
        case 'levels-confirmed':
          known.table = { value: event.table, ...stated }
          break
        case 'assigned':
          break
        default:
          event satisfies never
      }
    }
  }
  return known
}
