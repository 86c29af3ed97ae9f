import type { ActionLine, ComplianceStatement } from '@sijil/qualifications'
import type { StateOf } from './state-names.ts'

/** What one state declared of one action line, with its permanent address in the log. */
export interface DeclaredDegree extends ComplianceStatement {
  declaredBy: StateOf & { id: string; name: string }
  recordedAt: string
  entry: string
  /** False: a later one of the same state stands in its place. */
  counts: boolean
}

export interface ComplianceValues {
  lines: readonly (ActionLine & { declared: readonly DeclaredDegree[] })[]
}
