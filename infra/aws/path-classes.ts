import type { Route } from '@sijil/functions/routes.ts'

/** Kinds of paths. The firewall counts each kind by itself (limits.ts). */
export const pathClasses = ['files', 'cached', 'fresh', 'reports', 'sign-in', 'officers', 'bodies'] as const
export type PathClass = (typeof pathClasses)[number]

/** The class of paths that no route has, and of a path whose routes differ. Of what anybody may ask, only two classes have lower limits. */
export const restClass = 'fresh' satisfies PathClass

/** The class follows from the columns of a route, so a new route has one. The firewall sees a path, so all routes of a path share it. */
export function pathClassOf(path: string, routes: readonly Route[]): PathClass {
  const [first, second] = new Set(routes.filter((route) => route.path === path).map(classOf))
  return first === undefined || second !== undefined ? restClass : first
}

function classOf({ scope, caching, function: name }: Route): PathClass {
  if (caching === 'year') return 'files'
  if (caching !== 'never') return 'cached'
  if (scope.startsWith('credentials:')) return 'bodies'
  if (scope !== 'public') return 'officers'
  if (name === 'reports') return 'reports'
  return name === 'desk' ? 'sign-in' : 'fresh'
}

export interface PathGroup {
  pathClass: PathClass
  readers: Route['readers']
  /** Regular expressions for the paths of the group. A path belongs to it if one of them matches. */
  expressions: readonly string[]
}

/** AWS WAF takes no longer regular expression. It also refuses one with many branches, without naming a number. */
const MAX_LENGTH = 200
const MOST_BRANCHES = 10

/**
 * The paths of all routes by their class and their readers. Paths that have nothing but what every unknown path has are left out, so a
 * path that is written in an unusual way is counted with them. Throws if one path would be in two groups.
 */
export function pathGroups(routes: readonly Route[]): PathGroup[] {
  const groups = new Map<string, { pathClass: PathClass; readers: Route['readers']; paths: Set<string> }>()
  for (const { path, readers } of routes) {
    const pathClass = pathClassOf(path, routes)
    const key = `${pathClass} for ${readers}`
    const group = groups.get(key) ?? { pathClass, readers, paths: new Set() }
    groups.set(key, { ...group, paths: group.paths.add(path) })
  }
  for (const { path } of routes) {
    const found = [...groups].filter(([, { paths }]) => [...paths].some((other) => covers(other, path)))
    if (found.length > 1) throw new TypeError(`${path} is ${found.map(([key]) => key).join(' and ')}`)
  }
  return [...groups.values()]
    .filter(({ pathClass, readers }) => pathClass !== restClass || readers === 'people')
    .map(({ paths, ...group }) => ({ ...group, expressions: joined([...paths].map(expressionOf)) }))
}

/** Whether a path of the table matches another one, with its parameters filled in. */
const covers = (wider: string, path: string): boolean =>
  new RegExp(`^${expressionOf(wider)}$`).test(path.replaceAll(/\{[^}]+\}/g, 'x'))

/**
 * A value begins with a letter or a digit, and a value of several segments has no two dots in a row and no percent sign. So no path with
 * `..` or `%2e` belongs to a group with a higher limit than the path that it leads to.
 */
const expressionOf = (path: string): string =>
  path
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\{\w+\+\}/g, String.raw`\w[^.%]*(?:\.[^.%]+)*`)
    .replaceAll(/\{\w+\}/g, String.raw`\w[^/]*`)

/** As few expressions as possible, none too long. */
function joined(expressions: readonly string[]): string[] {
  const groups: string[][] = []
  for (const expression of expressions) {
    const last = groups.at(-1)
    const isFull = last?.length === MOST_BRANCHES || anchored([...(last ?? []), expression]).length > MAX_LENGTH
    if (last === undefined || isFull) groups.push([expression])
    else last.push(expression)
  }
  return groups.map(anchored)
}

const anchored = (expressions: readonly string[]): string =>
  expressions.length === 1 ? `^${expressions[0]}$` : `^(?:${expressions.join('|')})$`
