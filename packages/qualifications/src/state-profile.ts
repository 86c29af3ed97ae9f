import { type Arrangement, listArrangements } from './arrangement.ts'
import { type Certifier, listCertifiers } from './certifier.ts'
import type { Confidence } from './confidence.ts'
import stateRecords from './data/states.data.json' with { type: 'json' }
import { type Framework, frameworkOfState, states } from './framework.ts'
import { listQualifications, type Qualification } from './qualification.ts'

/** One sentence without its full stop, and its sources. */
export interface StatedFact {
  text: string
  /** Id of the certifier that the sentence is about. */
  body?: string
  sources: readonly string[]
  confidence: Confidence
}

/** Facts about a state, apart from its framework and its bodies. */
interface StateRecord {
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Codes of the languages of certificates, the usual language first. */
  certificateLanguages: { codes: readonly string[]; sources: readonly string[]; confidence: Confidence }
  /** `place`: where the standards are published. Absent: our sources do not state it. */
  standards: readonly (StatedFact & { place?: string })[]
  /** Quality assurance of training and assessment. Empty: our sources do not state it. */
  assurance: readonly StatedFact[]
}

/** The regulators of a profession in a state. Empty: our sources do not state them. */
export interface RegulatedProfession {
  arrangement: Omit<Arrangement, 'regulators'>
  regulators: readonly { name: string; body?: string; sources: readonly string[]; confidence: Confidence }[]
}

/** The skills system of one state, made from the records of this package. */
export interface StateProfile extends StateRecord {
  name: string
  framework: Framework
  bodies: readonly Certifier[]
  professions: readonly RegulatedProfession[]
  qualifications: readonly Qualification[]
}

// state-records.test.ts checks that the file has this shape.
const records = stateRecords as readonly StateRecord[]

function regulatorsIn(
  state: string,
  { id, regulators }: Pick<Arrangement, 'id' | 'regulators'>,
): RegulatedProfession['regulators'] {
  const recorded = listCertifiers().filter((body) => body.state === state && body.arrangements?.includes(id))
  // A body with its own record has better sources than a name in the arrangement.
  if (recorded.length > 0)
    return recorded.map(({ id: body, name, sources, confidence }) => ({ name, body, sources, confidence }))
  const name = regulators?.names[state]
  if (regulators === undefined || name === undefined) return []
  return [{ name, sources: regulators.sources, confidence: regulators.confidence }]
}

function profileOf({ iso2, name }: (typeof states)[number]): StateProfile {
  const record = records.find(({ state }) => state === iso2)
  const framework = frameworkOfState(iso2)
  if (record === undefined || framework === undefined) throw new Error(`no record of ${iso2}`)
  return {
    ...record,
    name,
    framework,
    bodies: listCertifiers().filter(({ state }) => state === iso2),
    professions: listArrangements().map(({ regulators, ...arrangement }) => ({
      arrangement,
      regulators: regulatorsIn(iso2, { id: arrangement.id, ...(regulators && { regulators }) }),
    })),
    qualifications: listQualifications({ state: iso2 }),
  }
}

const profiles: readonly StateProfile[] = states.map(profileOf)

/** The profiles of all eleven states, in the order of `states`. */
export const listStateProfiles = (): readonly StateProfile[] => profiles

/** Finds a state by ISO 3166-1 alpha-2, in upper or lower case. */
export const findStateProfile = (iso2: string): StateProfile | undefined =>
  // ASCII letters only, because `ı` also becomes `I` in upper case.
  /^[A-Za-z]{2}$/.test(iso2) ? profiles.find(({ state }) => state === iso2.toUpperCase()) : undefined
