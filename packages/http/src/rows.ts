import type { Caller, SignedIn } from './caller.ts'
import type { Endpoint } from './route.ts'

/** One row of the route table, with the columns that this package reads. */
export interface RouteRow {
  method: 'GET' | 'POST'
  path: `/${string}`
  /** `public` must be explicit. `session` is a person with a session of the desk. `order` is a form that such a person checked. `a|b` is a token with either scope. */
  scope: string
  /** If Accept leaves the form open, people get a page and programs get JSON. */
  readers: 'people' | 'programs'
  caching: 'never' | 'minute' | 'hour' | 'year' | 'answer'
  /** The address of the licence of what is answered. */
  licence?: string
  summary: string
}

export const scopesOf = ({ scope }: RouteRow): string[] => scope.split('|')

export type KeyOf<Row extends RouteRow> = Row extends RouteRow ? `${Row['method']} ${Row['path']}` : never

export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [N in Name extends `${infer Plain}+` ? Plain : Name]: string } & ParamsOf<Rest>
  : Readonly<Record<never, string>>

type WhoAsks<Scope extends string> = Scope extends 'public'
  ? undefined
  : Scope extends 'session' | 'order'
    ? SignedIn
    : Caller

/** An answer for each row. A missing one does not compile. */
export type Answers<Rows extends readonly RouteRow[]> = {
  readonly [Row in Rows[number] as KeyOf<Row>]: Endpoint<ParamsOf<Row['path']>, WhoAsks<Row['scope']>>
}

const names = (path: string): { name: string; isGreedy: boolean }[] =>
  [...path.matchAll(/\{(\w+)(\+?)\}/g)].map(([, name = '', plus]) => ({ name, isGreedy: plus === '+' }))

/** Whether a text can be one segment of an address of this API. */
const isSegment = (text: string) => /^(?!\.\.?$)[^\p{C}\s/]{1,512}$/u.test(text)

/** The parameters in the path of a row. `undefined` if one is missing, or cannot be part of an address of this API. */
export function paramsOf(
  row: RouteRow,
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (const { name, isGreedy } of names(row.path)) {
    const value = given[name]
    if (value === undefined || !(isGreedy ? value.split('/') : [value]).every(isSegment)) return undefined
    params[name] = value
  }
  return params
}

/** Whether a path, percent-encoded or not, belongs to this row. */
export const hasPath = (row: RouteRow, path: string): boolean => {
  const parts = path.split('/')
  const pattern = row.path.split('/')
  // A parameter with a plus takes all remaining segments.
  const isGreedy = row.path.endsWith('+}')
  return (
    (isGreedy ? parts.length >= pattern.length : parts.length === pattern.length) &&
    pattern.every((part, i) => (part.startsWith('{') ? parts[i] !== '' : part === parts[i]))
  )
}
