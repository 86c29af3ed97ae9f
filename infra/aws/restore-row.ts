import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

/**
 * Prints a row of the commits as its log has it (docs/runbook.md, "Restore a changed row"). It writes to no table: the operator reads the row
 * first. Members that no log has keep their value in the row: the person who acted, and the name of a key in KMS.
 */

/** A value in the form of `aws dynamodb`. */
type Stored =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: Stored[] }
  | { M: StoredMembers }
type StoredMembers = { [name: string]: Stored }

const [rowFile = '', loggedFile = ''] = process.argv.slice(2)
const { Item: row } = JSON.parse(readFileSync(rowFile, 'utf8')) as { Item: StoredMembers }
const logged = JSON.parse(readFileSync(loggedFile, 'utf8')) as {
  stream: string
  number: number
  events: object[]
  effectiveAt: string
  recordedAt: string
  by?: string
}
process.stdout.write(`${JSON.stringify(restored(), undefined, 2)}\n`)

function restored(): StoredMembers {
  const { stream, number, events, effectiveAt, recordedAt, by } = logged
  const digits = String(number).padStart(12, '0')
  const place = { pk: { S: `STREAM#${stream}` }, sk: { S: `COMMIT#${digits}` } }
  if (!isDeepStrictEqual({ pk: row.pk, sk: row.sk }, place))
    throw new Error('the entry belongs to another row: check the two files')
  if (events.some((event) => 'tooLong' in event))
    throw new Error('the log only has a hash of this decision: take the row from a backup')
  const { ef: _, au: __, ...kept } = row
  return {
    ...kept,
    ...place,
    ev: { L: events.map((event, at) => withKeyRef(event, eventsOf(row)[at])) },
    at: { S: recordedAt },
    ...(effectiveAt !== recordedAt && { ef: { S: effectiveAt } }),
    ...(by !== undefined && { au: { S: by } }),
    is: { S: `${recordedAt}#${stream}#${digits}` },
  }
}

function eventsOf({ ev }: StoredMembers): Stored[] {
  return ev !== undefined && 'L' in ev ? ev.L : []
}

/** Adds to a logged key its name in KMS, which the log leaves out. Throws if the row does not have it. */
function withKeyRef(event: object, stands: Stored | undefined): Stored {
  const stored = storedOf(event)
  if (!('key' in event)) return stored
  const keyRef = membersOf(membersOf(stands).key).keyRef
  if (keyRef === undefined) throw new Error('the row does not name its key: take the row from a backup')
  const members = membersOf(stored)
  return { M: { ...members, key: { M: { ...membersOf(members.key), keyRef } } } }
}

function membersOf(value: Stored | undefined): StoredMembers {
  return value !== undefined && 'M' in value ? value.M : {}
}

function storedOf(value: unknown): Stored {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value === null || value === undefined) return { NULL: true }
  if (Array.isArray(value)) return { L: value.map(storedOf) }
  return { M: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, storedOf(member)])) }
}
