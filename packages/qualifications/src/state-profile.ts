import { type Arrangement, listArrangements } from './arrangement.ts'
import { type Certifier, listCertifiers } from './certifier.ts'
import type { Confidence } from './confidence.ts'
import stateRecords from './data/states.data.json' with { type: 'json' }
import { type Framework, frameworkOfState, states } from './framework.ts'
import { listQualifications, type Qualification } from './qualification.ts'

/** One sentence without its full stop, and where we read it. */
export interface StatedFact {
  text: string
  /** The certifier that it is about. */
  body?: string
  sources: readonly string[]
  confidence: Confidence
}

/** What is known of a state beside its framework and its bodies. */
interface StateRecord {
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Languages in which certificates are written, by their codes, the usual one first. */
  certificateLanguages: { codes: readonly string[]; sources: readonly string[]; confidence: Confidence }
  /** `place`: where they are published; absent where our sources do not state it. */
  standards: readonly (StatedFact & { place?: string })[]
  /** How training and assessment are quality-assured. Empty: our sources do not state it. */
  assurance: readonly StatedFact[]
}

/** Who regulates a profession in a state. Nobody named: our sources do not state it. */
export interface RegulatedProfession {
  arrangement: Omit<Arrangement, 'regulators'>
  regulators: readonly { name: string; body?: string; sources: readonly string[]; confidence: Confidence }[]
}

/** The skills system of one state, put together from the records of this package. */
export interface StateProfile extends StateRecord {
  name: string
  framework: Framework
  bodies: readonly Certifier[]
  professions: readonly RegulatedProfession[]
  qualifications: readonly Qualification[]
}

// The file is held to this shape by state-records.test.ts.
const records = stateRecords as readonly StateRecord[]

function regulatorsIn(
  state: string,
  { id, regulators }: Pick<Arrangement, 'id' | 'regulators'>,
): RegulatedProfession['regulators'] {
  const recorded = listCertifiers().filter((body) => body.state === state && body.arrangements?.includes(id))
  // A body with a record of its own has the better sources.
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

/** All eleven, in the order of `states`. */
export const listStateProfiles = (): readonly StateProfile[] => profiles

/** By ISO 3166-1 alpha-2, in capitals or not. */
export const findStateProfile = (iso2: string): StateProfile | undefined =>
  // Letters of ours alone: `ı` is an `I` in capitals, too.
  /^[A-Za-z]{2}$/.test(iso2) ? profiles.find(({ state }) => state === iso2.toUpperCase()) : undefined
