import type { Certificate } from '@sijil/credentials'
import {
  assessmentMethodOf,
  assessmentMethods,
  assessmentRouteOf,
  assessmentRoutes,
  OTHER,
} from '@sijil/qualifications'
import type { IssueInput } from '../certificates/issue-input.ts'
import type { Fault } from '../errors.ts'

type Said = Pick<IssueInput, 'route' | 'otherRoute' | 'method' | 'otherMethod'>
type Signed = Pick<Certificate, 'route' | 'method'>

const pairs = [
  ['route', 'otherRoute'],
  ['method', 'otherMethod'],
] as const

/** Free text stands where the list has no value, and nowhere else: a page shows the one before the name, and the other with it. */
export function assessmentFaults(said: Said): Fault[] {
  return pairs.flatMap(([list, free]) => {
    const pointer = `/${free}`
    const isOther = said[list] === OTHER
    if (isOther && said[free] === undefined) return [{ pointer, detail: `say which, as ${list} is other` }]
    if (isOther || said[free] === undefined) return []
    return [{ pointer, detail: `is for a ${list} that its list does not have: leave it out, or say other as ${list}` }]
  })
}

/** A value of a list is signed as the text that belongs to it, so that any reader understands it; what no list has, as it was said. */
export function signedAssessment({ route, otherRoute, method, otherMethod }: Said): Signed {
  const routeText = route === OTHER ? otherRoute : route && textOf(assessmentRoutes, route)
  const methodText = method === OTHER ? otherMethod : method && textOf(assessmentMethods, method)
  return { ...(routeText && { route: routeText }), ...(methodText && { method: methodText }) }
}

const textOf = (list: Readonly<Record<string, string>>, said: string): string => list[said] ?? said

/** The inverse, for a document that says it in text: the same text is signed again. */
export function saidAssessment({ route: routeText, method: methodText }: Signed): Said {
  const route = routeText && assessmentRouteOf(routeText)
  const method = methodText && assessmentMethodOf(methodText)
  return {
    ...(route && { route }),
    ...(routeText && route === OTHER && { otherRoute: routeText }),
    ...(method && { method }),
    ...(methodText && method === OTHER && { otherMethod: methodText }),
  }
}
