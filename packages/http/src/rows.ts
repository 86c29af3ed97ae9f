import type { Endpoint } from './route.ts'

/** One row of the route table, as far as HTTP reads it. */
export interface RouteRow {
  method: 'GET' | 'POST'
  path: `/${string}`
  /** `public` is said, never implied. */
  scope: string
  caching: 'never' | 'minute' | 'hour' | 'year'
  summary: string
}

/** What an access token proves: a subject, and the most that it may be used for. Bodies and roles are in the registry. */
export interface Caller {
  subject: string
  scopes: readonly string[]
  /** When the person behind it signed in; absent for a program. */
  signedInAt?: Date
}

export type KeyOf<Row extends RouteRow> = Row extends RouteRow ? `${Row['method']} ${Row['path']}` : never

export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [N in Name]: string } & ParamsOf<Rest>
  : Readonly<Record<never, string>>

type WhoAsks<Scope extends string> = Scope extends 'public' ? undefined : Caller

/** An answer for every row: forgetting one does not compile. */
export type Answers<Rows extends readonly RouteRow[]> = {
  readonly [Row in Rows[number] as KeyOf<Row>]: Endpoint<ParamsOf<Row['path']>, WhoAsks<Row['scope']>>
}

const names = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** The parameters that a row's path names; `undefined` when one is missing or could be part of no address of ours. */
export function paramsOf(
  row: RouteRow,
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  const params = names(row.path).map((name): [string, string | undefined] => [name, given[name]])
  const fine = (entry: [string, string | undefined]): entry is [string, string] =>
    entry[1] !== undefined && /^(?!\.\.?$)[^\p{C}\s/]{1,512}$/u.test(entry[1])
  return params.every(fine) ? Object.fromEntries(params) : undefined
}

/** Does a path, percent-encoded or not, belong to this row? */
export const hasPath = (row: RouteRow, path: string): boolean => {
  const parts = path.split('/')
  const pattern = row.path.split('/')
  return (
    parts.length === pattern.length &&
    pattern.every((part, i) => (part.startsWith('{') ? parts[i] !== '' : part === parts[i]))
  )
}
