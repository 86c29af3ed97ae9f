/**
 * The routes by which a person comes to be assessed. Certificates contain the signed text, so a text never changes. A value may be
 * added. Certificates of the region distinguish these three.
 */
export const assessmentRoutes = {
  training: 'Training',
  'prior-learning': 'Recognition of prior learning',
  'assessment-only': 'Assessment only',
} as const

/** The methods of assessment. Methods that are often used together are one value. */
export const assessmentMethods = {
  'practical-demonstration': 'Practical demonstration',
  'demonstration-and-questioning': 'Practical demonstration and oral questioning',
  'practical-and-written-test': 'Practical and written test',
  'written-test': 'Written test',
  interview: 'Interview',
  portfolio: 'Portfolio of evidence',
  'observation-at-work': 'Observation at work',
} as const

/** The value for anything that is not in a list. The certificate then contains free text, which can be any text. */
export const OTHER = 'other'

export type AssessmentRoute = keyof typeof assessmentRoutes | typeof OTHER
export type AssessmentMethod = keyof typeof assessmentMethods | typeof OTHER

export const assessmentRouteValues: readonly AssessmentRoute[] = listed(assessmentRoutes)
export const assessmentMethodValues: readonly AssessmentMethod[] = listed(assessmentMethods)

type Texts<L extends object> = L[keyof L]
/** A request may contain a value, or the text of a value: requests contained texts before there were lists. */
export type RouteInput = AssessmentRoute | Texts<typeof assessmentRoutes>
export type MethodInput = AssessmentMethod | Texts<typeof assessmentMethods>

export const routeInputs: readonly RouteInput[] = [...assessmentRouteValues, ...Object.values(assessmentRoutes)]
export const methodInputs: readonly MethodInput[] = [...assessmentMethodValues, ...Object.values(assessmentMethods)]

/** The value with exactly this text, or `other` for any other text. */
export const assessmentRouteOf = (text: string): AssessmentRoute => found(assessmentRoutes, text)
export const assessmentMethodOf = (text: string): AssessmentMethod => found(assessmentMethods, text)

function listed<V extends string>(list: Readonly<Record<V, string>>): (V | typeof OTHER)[] {
  return [...(Object.keys(list) as V[]), OTHER]
}

function found<V extends string>(list: Readonly<Record<V, string>>, text: string): V | typeof OTHER {
  return (Object.keys(list) as V[]).find((value) => list[value] === text) ?? OTHER
}
