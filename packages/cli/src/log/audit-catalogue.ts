import { createHash } from 'node:crypto'
import { canonicalJson, isObject, textAt } from '../json.ts'

/** One statement of the log `catalogue`, as its record says it. */
interface Statement {
  place: number
  stream: string
  number: number
  text: string
  record: Record<string, unknown>
}

export interface CatalogueDeps {
  /** The JSON of an answer. An empty object if it is refused. */
  ask: (path: string) => Promise<Record<string, unknown>>
  /** The bytes of an answer. `undefined` if there is none. */
  read: (path: string) => Promise<Uint8Array | undefined>
}

const AT_ONCE = 8
/** The limit for a list with endless pages. */
const MAX_PAGES = 10_000
const STREAM =
  /^registry\/(?:(qualification|framework):([\w.-]{1,110})|(description):((?:body|arrangement|state):[\w-]{1,64}))$/

/**
 * Compares the log `catalogue` with what the registry answers, in both directions. Each entry is the hash of a record that is answered
 * under it. Each record is what the registry has of the qualification, the framework or the description now, and the registry has no other. The title
 * and the owner that `/qualifications` lists follow from the records.
 */
export async function auditCatalogue(entries: readonly Uint8Array[], deps: CatalogueDeps): Promise<string[]> {
  const differences: string[] = []
  const found = await inParts(
    entries.map((bytes, place) => ({ bytes, place })),
    (entry) => statementOf(entry, deps),
  )
  const statements = found.flatMap((one) => (typeof one === 'string' ? [] : [one]))
  differences.push(...found.filter((one) => typeof one === 'string'))
  const logged = Map.groupBy(statements, ({ stream }) => stream)
  for (const [stream, own] of logged)
    if (own.toSorted((one, other) => one.number - other.number).some(({ number }, place) => number !== place))
      differences.push(`${stream}: an entry is missing or repeated`)
  const { qualifications, asOf } = await listAll(deps)
  const listed = qualifications.map(({ id }) => `registry/qualification:${String(id)}`)
  // The records of a qualification come with those of its frameworks, also of one that is in no log.
  const stored = new Map<string, Map<number, string>>()
  for (const stream of [...new Set([...logged.keys(), ...listed])].toSorted()) stored.set(stream, new Map())
  const answers = await inParts([...stored.keys()], (stream) => recordsOf(stream, deps))
  for (const { stream, number, text } of answers.flat()) {
    const own = stored.get(stream) ?? new Map<number, string>()
    stored.set(stream, own.set(number, text))
  }
  for (const [stream, own] of stored) differences.push(...compareStream(stream, logged.get(stream) ?? [], own))
  for (const item of qualifications)
    if (!follows(item, logged.get(`registry/qualification:${String(item.id)}`) ?? [], asOf))
      differences.push(`qualifications ${String(item.id)}`)
  return [...new Set(differences)]
}

/** The statement of an entry, or what is wrong with it. */
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

/** Every page of the list, of one day. */
async function listAll({ ask }: CatalogueDeps) {
  const qualifications: Record<string, unknown>[] = []
  let asOf = ''
  let next: unknown = ''
  for (let page = 0; page < MAX_PAGES && typeof next === 'string'; page++) {
    const answer = await ask(`/qualifications${next && `?page=${encodeURIComponent(next)}`}`)
    if (Array.isArray(answer.qualifications)) qualifications.push(...answer.qualifications.filter(isObject))
    asOf = String(answer.asOf)
    next = answer.next
  }
  return { qualifications, asOf }
}

/** What the registry has of a stream, and of those that its records name. */
async function recordsOf(stream: string, { ask }: CatalogueDeps) {
  const [kind, id = ''] = (STREAM.exec(stream) ?? []).slice(1).filter((part) => part !== undefined)
  const { records } = await ask(`/${kind}s/${encodeURIComponent(id)}/records`)
  return (Array.isArray(records) ? records : []).flatMap((each) => {
    const record: unknown = isObject(each) ? each.record : undefined
    if (!isObject(record) || typeof record.number !== 'number') return []
    return [{ stream: String(record.stream), number: record.number, text: canonicalJson(record) }]
  })
}

function compareStream(stream: string, logged: readonly Statement[], stored: ReadonlyMap<number, string>): string[] {
  const known = new Set(logged.map(({ number }) => number))
  const missing = [...stored.keys()].filter((number) => !known.has(number))
  return [
    ...logged.flatMap(({ place, number, text }) => {
      const now = stored.get(number)
      if (now === text) return []
      return [`${stream}/${number}: ${now === undefined ? 'in the log alone' : 'changed'} (log/catalogue/${place})`]
    }),
    ...missing.map((number) => `${stream}/${number}: in no log`),
  ]
}

/**
 * Whether title and owner follow from the statements that count. Of those of the day of the answer, any may be the last that counted. A
 * record that nobody stated is not compared.
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
  if (whole.length === 0) return true
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
