import type { FunctionName, Route } from '../../functions/routes.ts'
import { isByDefault, takesAny } from '../aws/gateway-body.ts'

export type LocalRoute = Pick<Route, 'method' | 'path' | 'scope' | 'readers'> & { function: FunctionName }

/** To whom a request goes, and as what. */
export interface Match {
  function: FunctionName
  routeKey: string
  pathParameters: Record<string, string>
  isPublic: boolean
  readers: Route['readers']
}

interface Candidate {
  route: LocalRoute
  /** Whether the operation for any method takes it. */
  isAny: boolean
  segments: readonly string[]
}

/**
 * Finds the route of a request as API Gateway does with the document of infra/aws/gateway-body.ts: segment by segment, and what is spelled
 * out wins over a parameter. A method that no row has goes to the function that reads the path, as ANY. Everything else goes to `$default`.
 * `undefined`: this is no path, or it is not well formed.
 */
export function createMatcher(routes: readonly LocalRoute[]): (method: string, rawPath: string) => Match | undefined {
  const candidates = routes.map((route) => ({
    route,
    isAny: takesAny(route, routes),
    segments: route.path.split('/'),
  }))
  return (method, rawPath) => {
    const segments = rawPath.split('/')
    const fitting = candidates.filter((candidate) => fits(candidate, segments)).sort(bySpecificity)
    const best = fitting.filter(({ route }) => route.method === method)[0]
    const reading = fitting.find(({ route }) => route.method === 'GET')
    const nearest = best ?? reading ?? fitting[0]
    if (nearest === undefined) return rawPath.startsWith('/') ? rest : undefined
    const pathParameters = parametersOf(nearest, segments)
    if (pathParameters === undefined) return undefined
    if (best !== undefined) return matchOf(best.route, { pathParameters, isAny: best.isAny, isOfRow: true })
    return reading === undefined ? rest : matchOf(reading.route, { pathParameters, isAny: true, isOfRow: false })
  }
}

const rest: Match = {
  function: 'pages',
  routeKey: '$default',
  pathParameters: {},
  isPublic: false,
  readers: 'programs',
}

/** `isOfRow`: false for a method that no row has. */
const matchOf = (
  route: LocalRoute,
  { pathParameters, isAny, isOfRow }: Pick<Match, 'pathParameters'> & { isAny: boolean; isOfRow: boolean },
): Match => ({
  function: route.function,
  routeKey: isByDefault(route) ? rest.routeKey : `${isAny ? 'ANY' : route.method} ${route.path}`,
  pathParameters,
  isPublic: isOfRow && route.scope === 'public',
  readers: route.readers,
})

const isParameter = (segment: string) => segment.startsWith('{')

/** `{name+}` at the end takes all segments that are left. */
const isGreedy = (segment: string | undefined) => segment?.endsWith('+}') === true

const fits = ({ segments }: Candidate, asked: readonly string[]) =>
  (isGreedy(segments.at(-1)) ? asked.length >= segments.length : segments.length === asked.length) &&
  segments.every((segment, place) => (isParameter(segment) ? asked[place] !== '' : segment === asked[place]))

/** What is spelled out wins over a parameter, and a parameter over all that is left. */
const rank = (segment: string) => (isGreedy(segment) ? 2 : isParameter(segment) ? 1 : 0)

/** The first segment in which two templates differ decides. */
function bySpecificity(left: Candidate, right: Candidate): number {
  for (const [place, segment] of left.segments.entries()) {
    const difference = rank(segment) - rank(right.segments[place] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}

/** Decoded once. `undefined` when the path is not well formed (RFC 3986 §2.1, UTF-8). */
function parametersOf({ segments }: Candidate, asked: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {}
  try {
    for (const [place, segment] of segments.entries()) {
      if (isGreedy(segment)) parameters[segment.slice(1, -2)] = decodeURIComponent(asked.slice(place).join('/'))
      else if (isParameter(segment)) parameters[segment.slice(1, -1)] = decodeURIComponent(asked[place] ?? '')
    }
  } catch {
    return undefined
  }
  return parameters
}
