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

type Stated = Pick<IssueInput, 'route' | 'otherRoute' | 'method' | 'otherMethod'>
type Signed = Pick<Certificate, 'route' | 'method'>

const pairs = [
  ['route', 'otherRoute'],
  ['method', 'otherMethod'],
] as const

/**
 * Free text is allowed only if the list has no fitting value. A page shows a value of the list before it shows the holder's name, but
 * free text only together with the name.
 */
export function assessmentFaults(stated: Stated): Fault[] {
  return pairs.flatMap(([list, free]) => {
    const pointer = `/${free}`
    const isOther = stated[list] === OTHER
    if (isOther && stated[free] === undefined) return [{ pointer, detail: `say which, as ${list} is other` }]
    if (isOther || stated[free] === undefined) return []
    return [
      { pointer, detail: `is only for a ${list} that its list does not have: leave it out, or give other as ${list}` },
    ]
  })
}

/** A value of a list is signed as the text that belongs to it, so that any reader understands it. Free text is signed as it was sent. */
export function signedAssessment({ route, otherRoute, method, otherMethod }: Stated): Signed {
  const routeText = route === OTHER ? otherRoute : route && textOf(assessmentRoutes, route)
  const methodText = method === OTHER ? otherMethod : method && textOf(assessmentMethods, method)
  return { ...(routeText && { route: routeText }), ...(methodText && { method: methodText }) }
}

const textOf = (list: Readonly<Record<string, string>>, stated: string): string => list[stated] ?? stated

/** The inverse of `signedAssessment`, for a document that states the texts. Signing the answer gives the same texts again. */
export function assessmentInputOf({ route: routeText, method: methodText }: Signed): Stated {
  const route = routeText && assessmentRouteOf(routeText)
  const method = methodText && assessmentMethodOf(methodText)
  return {
    ...(route && { route }),
    ...(routeText && route === OTHER && { otherRoute: routeText }),
    ...(method && { method }),
    ...(methodText && method === OTHER && { otherMethod: methodText }),
  }
}
