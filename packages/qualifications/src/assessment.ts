/**
 * How a person came to be assessed. The text is what is signed, so it never changes; a value may be added. The three are those that
 * certificates of the region tell apart.
 */
export const assessmentRoutes = {
  training: 'Training',
  'prior-learning': 'Recognition of prior learning',
  'assessment-only': 'Assessment only',
} as const

/** How it was assessed. Methods that are often used together are one value. */
export const assessmentMethods = {
  'practical-demonstration': 'Practical demonstration',
  'demonstration-and-questioning': 'Practical demonstration and oral questioning',
  'practical-and-written-test': 'Practical and written test',
  'written-test': 'Written test',
  interview: 'Interview',
  portfolio: 'Portfolio of evidence',
  'observation-at-work': 'Observation at work',
} as const

/** What no list has is said in free text, which may hold anything. */
export const OTHER = 'other'

export type AssessmentRoute = keyof typeof assessmentRoutes | typeof OTHER
export type AssessmentMethod = keyof typeof assessmentMethods | typeof OTHER

export const assessmentRouteValues: readonly AssessmentRoute[] = listed(assessmentRoutes)
export const assessmentMethodValues: readonly AssessmentMethod[] = listed(assessmentMethods)

type Texts<L extends object> = L[keyof L]
/** What a request may say: a value, or the text of one, as requests did before there were lists. */
export type RouteInput = AssessmentRoute | Texts<typeof assessmentRoutes>
export type MethodInput = AssessmentMethod | Texts<typeof assessmentMethods>

export const routeInputs: readonly RouteInput[] = [...assessmentRouteValues, ...Object.values(assessmentRoutes)]
export const methodInputs: readonly MethodInput[] = [...assessmentMethodValues, ...Object.values(assessmentMethods)]

/** The value whose text this is, letter by letter; `other` for any other text. */
export const assessmentRouteOf = (text: string): AssessmentRoute => found(assessmentRoutes, text)
export const assessmentMethodOf = (text: string): AssessmentMethod => found(assessmentMethods, text)

function listed<V extends string>(list: Readonly<Record<V, string>>): (V | typeof OTHER)[] {
  return [...(Object.keys(list) as V[]), OTHER]
}

function found<V extends string>(list: Readonly<Record<V, string>>, text: string): V | typeof OTHER {
  return (Object.keys(list) as V[]).find((value) => list[value] === text) ?? OTHER
}
