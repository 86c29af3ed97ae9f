import { emptyFrontier, followLog } from '@sijil/tlog'
import { ask, type Manner } from '../client.ts'
import { CommandFailure } from '../failure.ts'
import { canonicalJson, isObject } from '../json.ts'
import { accreditationsOf, type Entry, fold, isBody } from './fold.ts'
import { followOne } from './follow.ts'
import { asFault, LogFault, type LogName, logNames, readEntries } from './log-client.ts'
import { readSeen, writeSeen } from './seen.ts'

export interface Audited {
  sizes: Record<LogName, number>
  /** Nothing of these logs was seen before, so that nothing is known of what they were. */
  isFirst: boolean
  /** Whose public state was compared. */
  entities: number
  /** Where it is not what the entries make it. */
  differences: string[]
}

/**
 * From outside, with nothing but what anybody may read: each log is the old one grown; the entries of the registry's log are those of
 * its tree; they follow each other without a gap; and what the registry says of keys and accreditations is what they make.
 */
export async function auditLogs(
  { registry, statePath, logKeys }: { registry: string; statePath: string; logKeys: readonly string[] },
  manner: Manner,
): Promise<Audited> {
  const sizes = { registry: 0, certificates: 0 }
  let isFirst = true
  let entries: Entry[] = []
  for (const log of logNames) {
    const seen = await readSeen(statePath)
    const { checkpoint, seen: last } = await followOne({ registry, log, seen, logKeys }, manner)
    sizes[log] = checkpoint.size
    if (seen[checkpoint.origin] !== undefined) isFirst = false
    if (log === 'registry') {
      const bytes = await readEntries(registry, log, checkpoint.size, manner)
      try {
        followLog(emptyFrontier, bytes, checkpoint)
      } catch (error) {
        throw asFault(error)
      }
      entries = bytes.map(parseEntry)
    }
    // Kept only once all of it was good.
    await writeSeen(statePath, { ...seen, [checkpoint.origin]: last })
  }
  const streams = Map.groupBy(
    entries.toSorted((one, other) => one.number - other.number),
    ({ stream }) => stream,
  )
  const differences: string[] = []
  const moment = entries.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), '')
  for (const [stream, own] of streams) differences.push(...(await compare(registry, stream, own, moment, manner)))
  return { sizes, isFirst, entities: streams.size, differences }
}

function parseEntry(bytes: Uint8Array): Entry {
  const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
  if (!isObject(value) || typeof value.stream !== 'string' || !Array.isArray(value.events))
    throw new LogFault('an entry of the log registry is not written as entries are')
  return value as Record<string, unknown> & Entry
}

async function compare(
  registry: string,
  stream: string,
  entries: readonly Entry[],
  moment: string,
  manner: Manner,
): Promise<string[]> {
  if (entries.some(({ number }, place) => number !== place)) return [`${stream}: an entry is missing or there twice`]
  const [id = ''] = stream.split('/')
  const folded = fold(id, entries)
  const found: string[] = []
  const when = new URLSearchParams({ effective: moment, recorded: moment })
  const said = await answerOf(`${registry}/issuers/${id}/accreditations?${when}`, manner)
  const shown = asMap(said.accreditations, 'id')
  const expected = asMap(accreditationsOf(folded, moment), 'id')
  for (const name of new Set([...shown.keys(), ...expected.keys()]))
    if (shown.get(name) !== expected.get(name)) found.push(`accreditation ${name}`)
  if (!isBody(entries)) return found
  const keys = asMap((await answerOf(`${registry}/issuers/${id}/keys`, manner)).keys, 'kid', 'verificationMethod')
  const own = asMap(folded.keys, 'kid')
  for (const name of new Set([...keys.keys(), ...own.keys()]))
    if (keys.get(name) !== own.get(name)) found.push(`key ${id}#${name}`)
  return found
}

/** An entity that is in the log and that the registry does not know is a difference, and no failure of the audit. */
async function answerOf(url: string, manner: Manner): Promise<Record<string, unknown>> {
  try {
    const answer = await ask({ method: 'GET', url, headers: { accept: 'application/json' } }, manner)
    return isObject(answer) ? answer : {}
  } catch (error) {
    if (error instanceof CommandFailure && error.kind === 'refused') return {}
    throw error
  }
}

function asMap(list: unknown, name: string, beside?: string): Map<string, string> {
  const items = Array.isArray(list) ? list.filter(isObject) : []
  return new Map(
    items.map((item) => {
      const members = Object.entries(item).filter(([member, value]) => member !== beside && value !== undefined)
      return [String(item[name]), canonicalJson(Object.fromEntries(members))]
    }),
  )
}
