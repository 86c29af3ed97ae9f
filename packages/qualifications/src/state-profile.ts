import type { Arrangement } from './arrangement.ts'
import type { Certifier } from './certifier.ts'
import type { Confidence } from './confidence.ts'
import type { DescribedBy } from './described-by.ts'
import { type Framework, states } from './framework.ts'
import type { Qualification } from './qualification.ts'

/** One sentence without its full stop, and its sources. */
export interface StatedFact {
  text: string
  /** Id of the certifier that the sentence is about. */
  body?: string
  sources: readonly string[]
  confidence: Confidence
}

/** Facts about a state, apart from its framework and its bodies. */
export interface StateRecord {
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Codes of the languages of certificates, the usual language first. */
  certificateLanguages: { codes: readonly string[]; sources: readonly string[]; confidence: Confidence }
  /** `place`: where the standards are published. Absent: our sources do not state it. */
  standards: readonly (StatedFact & { place?: string })[]
  /** Quality assurance of training and assessment. Empty: our sources do not state it. */
  assurance: readonly StatedFact[]
  /** Who says it. Absent in the file of a baseline. */
  describedBy?: DescribedBy
}

/** The regulators of a profession in a state. Empty: our sources do not state them. */
export interface RegulatedProfession {
  arrangement: Omit<Arrangement, 'regulators'>
  regulators: readonly { name: string; body?: string; sources: readonly string[]; confidence: Confidence }[]
}

/** The skills system of one state, made from records. */
export interface StateProfile extends StateRecord {
  name: string
  framework: Framework
  bodies: readonly Certifier[]
  professions: readonly RegulatedProfession[]
  qualifications: readonly Qualification[]
}

/** The records of which profiles are made. */
export interface StateRecords {
  states: readonly StateRecord[]
  frameworks: readonly Framework[]
  bodies: readonly Certifier[]
  arrangements: readonly Arrangement[]
  qualifications: readonly Qualification[]
}

function regulatorsIn(
  state: string,
  { id, regulators }: Arrangement,
  bodies: readonly Certifier[],
): RegulatedProfession['regulators'] {
  const recorded = bodies.filter((body) => body.state === state && body.arrangements?.includes(id))
  // A body with its own record has better sources than a name in the arrangement.
  if (recorded.length > 0)
    return recorded.map(({ id: body, name, sources, confidence }) => ({ name, body, sources, confidence }))
  const name = regulators?.names[state]
  if (regulators === undefined || name === undefined) return []
  return [{ name, sources: regulators.sources, confidence: regulators.confidence }]
}

/** The profiles of the states that have a record and a framework, in the order of `states`. */
export const stateProfiles = (records: StateRecords): readonly StateProfile[] =>
  states.flatMap(({ iso2, name }) => {
    const record = records.states.find(({ state }) => state === iso2)
    const framework = records.frameworks.find(({ state }) => state === iso2)
    if (record === undefined || framework === undefined) return []
    return {
      ...record,
      name,
      framework,
      bodies: records.bodies.filter(({ state }) => state === iso2),
      professions: records.arrangements.map((each) => {
        const { regulators: _, ...arrangement } = each
        return { arrangement, regulators: regulatorsIn(iso2, each, records.bodies) }
      }),
      qualifications: records.qualifications.filter(({ state }) => state === iso2),
    }
  })

/** Finds a state by ISO 3166-1 alpha-2, in upper or lower case. */
export const findStateProfile = (iso2: string, profiles: readonly StateProfile[]): StateProfile | undefined =>
  // ASCII letters only, because `ı` also becomes `I` in upper case.
  /^[A-Za-z]{2}$/.test(iso2) ? profiles.find(({ state }) => state === iso2.toUpperCase()) : undefined
