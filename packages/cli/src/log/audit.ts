import type { Manner } from '../client.ts'
import { canonicalJson, isObject } from '../json.ts'
import { accreditationsOf, type Entry, type Folded, fold } from './fold.ts'
import { followEntries, followOne } from './follow.ts'
import { answerOf, LogFault, type LogName, logNames } from './log-client.ts'
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

/** A list that never ends must not keep an auditor: what was not reached is a difference. */
const MOST_PAGES = 10_000

type Ask = (path: string) => Promise<Record<string, unknown>>

/**
 * From outside, with nothing but what anybody may read: each log is the old one grown; the entries of the registry's log are those of
 * its tree; they follow each other without a gap; and what the registry lists and says of each is what they make.
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
    const followed = await followOne({ registry, log, seen, logKeys }, manner)
    const { checkpoint, seen: last } = followed
    sizes[log] = checkpoint.size
    if (seen[checkpoint.origin] !== undefined) isFirst = false
    if (log === 'registry') entries = (await followEntries(registry, followed, manner)).map(requireEntry)
    // Kept only once all of it was good.
    await writeSeen(statePath, { ...seen, [checkpoint.origin]: last })
  }
  const inOrder = entries.toSorted((one, other) => one.number - other.number)
  const streams = [...Map.groupBy(inOrder, ({ stream }) => stream)]
  const broken = streams.filter(([, own]) => own.some(({ number }, place) => number !== place))
  const differences = broken.map(([stream]) => `${stream}: an entry is missing or there twice`)
  const entities = streams.map(([stream, own]) => fold(stream.split('/')[0] ?? '', own))
  const moment = entries.reduce((last, { recordedAt }) => (recordedAt > last ? recordedAt : last), '')
  const ask: Ask = (path) => answerOf(registry + path, manner)
  for (const entity of entities) differences.push(...(await compareOne(entity, moment, ask)))
  for (const list of lists) differences.push(...(await compareList(list, entities, ask)))
  const accepted = entities.flatMap(({ id, lists }) => [...lists.values()].map((list) => ({ ...list, acceptedBy: id })))
  const { lists: shown } = await ask('/lists')
  differences.push(...differ('list ', 'registry', shown, accepted, ({ taken: _, ...list }) => list))
  return { sizes, isFirst, entities: streams.length, differences }
}

function requireEntry(value: unknown): Entry {
  if (isObject(value) && typeof value.stream === 'string' && Array.isArray(value.events))
    return value as Record<string, unknown> & Entry
  throw new LogFault('an entry of the log registry is not written as entries are')
}

/** What is said of one: by what was known when the last entry was recorded, so that what was decided since is no difference. */
async function compareOne(entity: Folded, moment: string, ask: Ask): Promise<string[]> {
  const { id, registered, keys: expected } = entity
  const { accreditations } = await ask(`/issuers/${id}/accreditations?effective=${moment}&recorded=${moment}`)
  const found = differ('accreditation ', 'id', accreditations, accreditationsOf(entity, moment))
  if (registered.type !== 'body-registered') return found
  const { keys } = await ask(`/issuers/${id}/keys`)
  return [...found, ...differ(`key ${id}#`, 'kid', keys, expected, ({ verificationMethod: _, ...key }) => key)]
}

// biome-ignore format: it reads as a table
/** Who stands in each list, and what it shows of them; what the policy of a deployment makes of that is its own. */
const lists = [
  { name: 'authorities', type: 'authority-registered', members: ['name', 'localName', 'furtherNames', 'acronym', 'state', 'website', 'mandate', 'legalReference', 'contact', 'demonstration', 'under', 'successor', 'accreditations'] },
  { name: 'issuers',     type: 'body-registered',      members: ['name', 'localName', 'acronym', 'state', 'remark'] },
  { name: 'centres',     type: 'centre-registered',    members: ['name', 'state', 'website', 'contact', 'accreditations'] },
]

async function compareList({ name, type, members }: (typeof lists)[number], entities: readonly Folded[], ask: Ask) {
  const shown: unknown[] = []
  let answer: Record<string, unknown> = { next: '' }
  for (let page = 0; page < MOST_PAGES && typeof answer.next === 'string'; page++) {
    answer = await ask(`/${name}${answer.next && `?page=${encodeURIComponent(answer.next)}`}`)
    if (Array.isArray(answer[name])) shown.push(...answer[name])
  }
  const listed = entities.filter(({ registered }) => registered.type === type && registered.sandbox !== true)
  const expected = listed.map((entity) => {
    const { identity, under } = entity.registered
    const [asOf, { successor: successorEntity }] = [String(answer.asOf), entity]
    const successor = successorEntity && successorEntity.from <= asOf ? successorEntity : undefined
    const accreditations = accreditationsOf(entity, asOf)
    return { ...identity, ...entity, successor, remark: identity?.mandate, under, accreditations }
  })
  return differ(`${name} `, 'id', shown, expected, (item) => members.map((member) => bare(item[member]) ?? null))
}

/** A list says beside an accreditation which entries made it: what they come to is compared here. */
const bare = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((one) => (isObject(one) ? { ...one, decisions: undefined } : one)) : value

/** Those of either list that are not the same in the other, by name. */
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

/** What is absent is left out, as in an answer. */
const textOf = (item: object) => canonicalJson(JSON.parse(JSON.stringify(item)))
