import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

/**
 * A row of the commits as its log has it: docs/runbook.md, "Restore a changed row". It writes nothing but its answer: whoever operates the
 * registry reads it first. What no log has (which person acted, by what name a key is known to its keeper) stays as it stands in the row.
 */

/** As `aws dynamodb` writes values. */
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
  if (!isDeepStrictEqual({ pk: row.pk, sk: row.sk }, place)) throw new Error('this entry is that of another row')
  if (events.some((event) => 'tooLong' in event)) throw new Error('of this decision the log has a hash alone')
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

/** A logged key is one without its keeper's name for it. */
function withKeyRef(event: object, stands: Stored | undefined): Stored {
  const stored = storedOf(event)
  if (!('key' in event)) return stored
  const keyRef = membersOf(membersOf(stands).key).keyRef
  if (keyRef === undefined) throw new Error('the row does not say which key it is: take the row from a backup')
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
