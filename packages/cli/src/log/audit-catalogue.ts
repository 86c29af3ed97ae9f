import { createHash } from 'node:crypto'
import { canonicalJson, isObject, textAt } from '../json.ts'

/** One statement, as its record says it. */
interface Stored {
  stream: string
  number: number
  text: string
  record: Record<string, unknown>
}
interface Statement extends Stored {
  /** In the log `catalogue`, from 0. */
  place: number
}

/** An item of a list, and the day of its answer. */
interface Listed {
  item: Record<string, unknown>
  asOf: string
}

export interface CatalogueDeps {
  /** The JSON of an answer. An empty object if it is refused. */
  ask: (path: string) => Promise<Record<string, unknown>>
  /** The bytes of an answer. `undefined` if there is none. */
  read: (path: string) => Promise<Uint8Array | undefined>
}

const kinds = ['qualifications', 'frameworks', 'descriptions', 'decisions', 'versions']
const AT_ONCE = 8
/** The limit for a list with endless pages. */
const MAX_PAGES = 10_000
const STREAM =
  /^registry\/(?:(qualification|framework):([\w.-]{1,110})|(description):((?:body|arrangement|state|corridor):[\w-]{1,64})|(recognition|joint):([^\s/]{1,400}))$/

/**
 * Compares the log `catalogue` with what the registry answers, in both directions. Each entry is the hash of a record that the registry
 * has now, and the registry has no other. The title and the owner that `/qualifications` lists follow from the records. An entry from
 * `before` on is new to this auditor, so its file is read as well. It is read for an earlier entry only where no record has its hash.
 */
export async function auditCatalogue(
  { entries, before }: { entries: readonly Uint8Array[]; before: number },
  deps: CatalogueDeps,
): Promise<string[]> {
  const refused: string[] = []
  const asking = { ...deps, refused }
  const stored = new Map<string, Stored>()
  for (const kind of kinds)
    for await (const record of listAll(`/log/catalogue/records?of=${kind}&limit=100`, 'records', asking))
      keep(record, stored)
  const found = await inParts(
    entries.map((bytes, place) => ({ bytes, place })),
    async ({ bytes, place }) => {
      const known = stored.get(Buffer.from(bytes).toString('base64url'))
      return known !== undefined && place < before ? { ...known, place } : statementOf({ bytes, place }, deps)
    },
  )
  const statements = found.filter((one) => typeof one !== 'string')
  const differences = found.filter((one) => typeof one === 'string')
  const logged = Map.groupBy(statements, ({ stream }) => stream)
  for (const [stream, own] of logged)
    if (own.toSorted((one, other) => one.number - other.number).some(({ number }, place) => number !== place))
      differences.push(`${stream}: an entry is missing or repeated`)
  const listed: Listed[] = []
  for await (const one of listAll('/qualifications', 'qualifications', asking)) listed.push(one)
  const has = new Set([...stored.values()].map(({ stream }) => stream))
  const unknown = listed.filter(({ item }) => !has.has(streamOf(item)))
  await inParts(unknown, async ({ item }) => {
    const { records } = await deps.ask(`/qualifications/${encodeURIComponent(String(item.id))}/records`)
    for (const item of Array.isArray(records) ? records.filter(isObject) : []) keep({ item }, stored)
  })
  differences.push(...compare(statements, [...stored.values()]))
  for (const { item, asOf } of listed)
    if (!follows(item, logged.get(streamOf(item)) ?? [], asOf)) differences.push(`qualifications ${String(item.id)}`)
  return [...new Set([...refused, ...differences])]
}

const streamOf = ({ id }: Record<string, unknown>) => `registry/qualification:${String(id)}`

/** Keeps a listed record under the entry that its own text gives, whatever the answer says beside it. */
function keep({ item }: Pick<Listed, 'item'>, stored: Map<string, Stored>): void {
  const { record } = item
  if (!isObject(record) || typeof record.number !== 'number') return
  const text = canonicalJson(record)
  const entry = createHash('sha256').update(text).digest('base64url')
  stored.set(entry, { stream: String(record.stream), number: record.number, text, record })
}

/** The statement of an entry as its file says it, or what is wrong with it. */
async function statementOf(
  { bytes, place }: { bytes: Uint8Array; place: number },
  { read }: CatalogueDeps,
): Promise<Statement | string> {
  const where = `log/catalogue/${place}`
  const key = Buffer.from(bytes).toString('base64url')
  const file = await read(`/log/catalogue/record/${key}`)
  if (file === undefined) return `${where}: its record is missing`
  if (!createHash('sha256').update(file).digest().equals(bytes)) return `${where}: its record is another one`
  const text = Buffer.from(file).toString()
  const record = parsed(text)
  const stream = record && textAt(record, 'stream')
  const number = record?.number
  if (record === undefined || stream === undefined || !STREAM.test(stream) || !Number.isSafeInteger(number))
    return `${where}: its record is no statement`
  return { place, stream, number: number as number, text, record }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The items of every page of a list, each with the day of its page. A page that is no list is kept in `refused`: a list that ends early would hide the rest. */
async function* listAll(
  path: string,
  name: 'records' | 'qualifications',
  { ask, refused }: CatalogueDeps & { refused: string[] },
): AsyncGenerator<Listed> {
  let next: unknown = ''
  for (let page = 0; page < MAX_PAGES && typeof next === 'string'; page++) {
    const answer = await ask(
      next === '' ? path : `${path}${path.includes('?') ? '&' : '?'}page=${encodeURIComponent(next)}`,
    )
    const items = answer[name]
    if (!Array.isArray(items)) refused.push(`${path}: page ${page + 1} is no list`)
    for (const item of Array.isArray(items) ? items.filter(isObject) : []) yield { item, asOf: String(answer.asOf) }
    next = answer.next
  }
}

/** By stream and number: what was logged and is not stored so, and what is stored and not logged. */
function compare(logged: readonly Statement[], stored: readonly Stored[]): string[] {
  const named = ({ stream, number }: Stored) => `${stream}/${number}`
  const now = Map.groupBy(stored, named)
  const entries = new Set(logged.map(({ text }) => text))
  const changed = new Set<string>()
  const alone = logged.flatMap((one) => {
    const own = now.get(named(one)) ?? []
    if (own.some(({ text }) => text === one.text)) return []
    if (own.length > 0) changed.add(named(one))
    return [`${named(one)}: ${own.length === 0 ? 'in the log alone' : 'changed'} (log/catalogue/${one.place})`]
  })
  // Two records may claim the same number, and only one of them is in the log.
  const unknown = stored.filter((one) => !entries.has(one.text) && !changed.has(named(one)))
  return [...alone, ...unknown.map((one) => `${named(one)}: in no log`)]
}

/**
 * Whether title and owner follow from the statements that count. Of those of the day of the answer, any may be the last that counted. Of
 * a record of the baseline, which nobody stated, only that it is in the log is compared.
 */
function follows(item: Record<string, unknown>, logged: readonly Statement[], asOf: string): boolean {
  const ordered = logged.toSorted((one, other) => one.number - other.number)
  const stated = ordered.flatMap(({ record }) => {
    const day = String(record.effectiveAt).slice(0, 10)
    const events = Array.isArray(record.events) && day <= asOf ? record.events.filter(isObject) : []
    return events.map((event) => ({ event, isOfToday: day === asOf }))
  })
  const whole = stated.filter(({ event }) => event.type === 'qualification-stated')
  const before = whole.findLast(({ isOfToday }) => !isOfToday)
  const candidates = [...(before ? [before] : []), ...whole.filter(({ isOfToday }) => isOfToday)]
  if (whole.length === 0) return logged.length > 0
  const owners = stated.flatMap(({ event: { type, statedBy } }) =>
    type === 'qualification-stated' || type === 'edition-stated' ? [canonicalJson(statedBy)] : [],
  )
  const titles = candidates.map(({ event: { statement } }) => (isObject(statement) ? statement.title : undefined))
  return titles.includes(item.title) && owners.includes(canonicalJson(item.owner ?? null))
}

/** The results in the order of the items. So many are asked at once. */
async function inParts<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(ask))))
  return results
}
