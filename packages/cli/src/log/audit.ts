import type { RetryPolicy } from '../client.ts'
import { canonicalJson, isObject } from '../json.ts'
import { auditCatalogue } from './audit-catalogue.ts'
import { accreditationsOf, contactOf, type Entry, type Folded, fold } from './fold.ts'
import { followBytes, followEntries, followOne } from './follow.ts'
import { answerOf, bytesOf, LogFault, type LogName, logNames } from './log-client.ts'
import { readSeen, writeSeen } from './seen.ts'

export interface Audited {
  sizes: Record<LogName, number>
  /** These logs were never audited before, so there is no earlier state to compare with. */
  isFirst: boolean
  /** The number of entities whose public state was compared. */
  entities: number
  /** The number of statements of the catalogue that were compared. */
  statements: number
  /** Each place in which the public state does not follow from the entries. */
  differences: string[]
}

/** The limit for a list with endless pages. Entities on later pages are reported as differences. */
const MAX_PAGES = 10_000

type Ask = (path: string) => Promise<Record<string, unknown>>

/**
 * Audits a registry from outside, with public answers only. It checks that each log contains its earlier state, that the entries of
 * the registry log make its tree, that they follow each other without a gap, and that the public lists and answers follow from them. It
 * compares the log of the catalogue in the same way.
 */
export async function auditLogs(
  { registry, statePath, logKeys }: { registry: string; statePath: string; logKeys: readonly string[] },
  retry: RetryPolicy,
): Promise<Audited> {
  const sizes = { registry: 0, certificates: 0, catalogue: 0 }
  let isFirst = true
  let entries: Entry[] = []
  let catalogue = { before: 0, entries: [] as Uint8Array[] }
  for (const log of logNames) {
    const seen = await readSeen(statePath)
    const followed = await followOne({ registry, log, seen, logKeys }, retry)
    const { checkpoint, seen: last } = followed
    sizes[log] = checkpoint.size
    if (seen[checkpoint.origin] !== undefined) isFirst = false
    if (log === 'registry') entries = (await followEntries(registry, followed, retry)).map(requireEntry)
    if (log === 'catalogue') catalogue = { ...followed, entries: await followBytes(registry, followed, retry) }
    // The state is written only after all checks of this log passed.
    await writeSeen(statePath, { ...seen, [checkpoint.origin]: last })
  }
  const inOrder = entries.toSorted((one, other) => one.number - other.number)
  const streams = [...Map.groupBy(inOrder, ({ stream }) => stream)]
  const broken = streams.filter(([, own]) => own.some(({ number }, place) => number !== place))
  const differences = broken.map(([stream]) => `${stream}: an entry is missing or repeated`)
  const entities = streams.map(([stream, own]) => fold(stream.split('/')[0] ?? '', own))
  const moment = entries.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), '')
  const ask: Ask = (path) => answerOf(registry + path, retry)
  for (const entity of entities) differences.push(...(await compareOne(entity, moment, ask)))
  for (const list of lists) differences.push(...(await compareList(list, entities, ask)))
  const accepted = entities.flatMap(({ id, lists }) => [...lists.values()].map((list) => ({ ...list, acceptedBy: id })))
  const { lists: shown } = await ask('/lists')
  differences.push(...differ('list ', 'registry', shown, accepted, ({ taken: _, ...list }) => list))
  differences.push(...(await auditCatalogue(catalogue, { ask, read: bytesOf(registry, retry) })))
  return { sizes, isFirst, entities: streams.length, statements: catalogue.entries.length, differences }
}

function requireEntry(value: unknown): Entry {
  if (isObject(value) && typeof value.stream === 'string' && Array.isArray(value.events))
    return value as Record<string, unknown> & Entry
  throw new LogFault('an entry of the log registry does not have the form of an entry')
}

/** Compares the answers about one entity as of the last entry, so that later decisions are not differences. */
async function compareOne(entity: Folded, moment: string, ask: Ask): Promise<string[]> {
  const { id, registered, keys: expected } = entity
  const { accreditations } = await ask(`/issuers/${id}/accreditations?effective=${moment}&recorded=${moment}`)
  const found = differ('accreditation ', 'id', accreditations, accreditationsOf(entity, moment))
  if (registered.type !== 'body-registered') return found
  const { keys } = await ask(`/issuers/${id}/keys`)
  return [...found, ...differ(`key ${id}#`, 'kid', keys, expected, ({ verificationMethod: _, ...key }) => key)]
}

// biome-ignore format: it reads as a table
/** The public lists, with the type of entity and the members to compare. Members that follow from the policy of a deployment are not. */
const lists = [
  { name: 'authorities', type: 'authority-registered', members: ['name', 'localName', 'furtherNames', 'acronym', 'state', 'website', 'mandate', 'legalReference', 'contact', 'demonstration', 'under', 'successor', 'accreditations'] },
  { name: 'issuers',     type: 'body-registered',      members: ['name', 'localName', 'acronym', 'state', 'remark'] },
  { name: 'centres',     type: 'centre-registered',    members: ['name', 'state', 'website', 'contact', 'accreditations'] },
]

async function compareList({ name, type, members }: (typeof lists)[number], entities: readonly Folded[], ask: Ask) {
  const shown: unknown[] = []
  let answer: Record<string, unknown> = { next: '' }
  for (let page = 0; page < MAX_PAGES && typeof answer.next === 'string'; page++) {
    answer = await ask(`/${name}${answer.next && `?page=${encodeURIComponent(answer.next)}`}`)
    if (Array.isArray(answer[name])) shown.push(...answer[name])
  }
  const listed = entities.filter(({ registered }) => registered.type === type && registered.sandbox !== true)
  const expected = listed.map((entity) => {
    const { identity, under } = entity.registered
    const [asOf, { successor: recorded }] = [String(answer.asOf), entity]
    const successor = recorded && recorded.from <= asOf ? recorded : undefined
    const accreditations = accreditationsOf(entity, asOf)
    const also = { contact: contactOf(entity, asOf), remark: identity?.mandate }
    return { ...identity, ...entity, ...also, successor, under, accreditations }
  })
  return differ(`${name} `, 'id', shown, expected, (item) => members.map((member) => bare(item[member]) ?? null))
}

/** Removes `decisions` from an accreditation. They only name its entries, and this audit compares the result of the entries. */
const bare = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((one) => (isObject(one) ? { ...one, decisions: undefined } : one)) : value

/** The names of the items that differ between both lists, or are only in one of them. */
function differ(
  what: string,
  name: string,
  shown: unknown,
  expected: readonly object[],
  part = (item: Record<string, unknown>): object => item,
): string[] {
  const textsOf = (list: readonly unknown[]) =>
    new Map(list.filter(isObject).map((item) => [String(item[name]), textOf(part(item))]))
  const [one, other] = [textsOf(Array.isArray(shown) ? shown : []), textsOf(expected)]
  const names = new Set([...one.keys(), ...other.keys()])
  return [...names].filter((each) => one.get(each) !== other.get(each)).map((each) => what + each)
}

/** Leaves out absent members, as an answer does. */
const textOf = (item: object) => canonicalJson(JSON.parse(JSON.stringify(item)))
