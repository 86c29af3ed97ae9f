export { type Affected, countAffected, type NotCounted } from './affected.ts'
export { type IssueInput, maxLength } from './issue-input.ts'
export type { ReleasedRecord, StatusEntry } from './record.ts'
export { listUrl as statusListUrl } from './status-pair.ts'
