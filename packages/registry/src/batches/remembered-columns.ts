import { type IssuerSecret, requestTag } from '../certificates/secrecy.ts'
import { isLostRace } from '../lost-race.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type Columns, type Field, foldHeader, type Header, isField } from './columns.ts'

/** The fields of all columns that the body named so far, by a keyed hash of the column's name: a name could be that of a person. */
interface ColumnsNamed {
  type: 'columns-named'
  fields: Readonly<Record<string, Field>>
}

/** The oldest names are forgotten. */
const MOST_NAMES = 300

const tagOf = (secret: IssuerSecret, header: string): string => requestTag(secret, `column ${foldHeader(header)}`)

/** What the body called its columns before. The name of a column decides, never its place (N015). */
export async function rememberedColumns(
  issuer: string,
  secret: IssuerSecret,
  reader: CommitReader,
): Promise<(header: string) => Field | undefined> {
  const last = await reader.latest<ColumnsNamed>(streams.batchColumns(issuer))
  const named = new Map(Object.entries(last?.events[0]?.fields ?? {}))
  return (header) => {
    const field = named.get(tagOf(secret, header))
    return field !== undefined && isField(field) ? field : undefined
  }
}

/** Remembers columns whose names do not say their field. A lost race is no harm: the next file asks again. */
export async function rememberColumns(
  {
    issuer,
    subject,
    headers,
    columns,
  }: { issuer: string; subject: string; headers: readonly Header[]; columns: Columns },
  secret: IssuerSecret,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.batchColumns(issuer)
  const last = await store.latest<ColumnsNamed>(stream)
  const before = last?.events[0]?.fields ?? {}
  const fieldOf = new Map((Object.entries(columns) as [Field, number][]).map(([field, column]) => [column, field]))
  const named = headers.flatMap(({ column, text, field }) => {
    const meant = fieldOf.get(column)
    return meant === undefined || meant === field ? [] : [[tagOf(secret, text), meant] as const]
  })
  if (named.every(([tag, field]) => before[tag] === field)) return
  const fields = Object.fromEntries([...Object.entries(before), ...named].slice(-MOST_NAMES))
  const event: ColumnsNamed = { type: 'columns-named', fields }
  await store
    .append(nextCommit(stream, last === undefined ? [] : [last], { events: [event], actor: subject, now }))
    .catch((error: unknown) => {
      if (!isLostRace(error)) throw error
    })
}
