import type { Certifier } from './certifier.ts'
import type { Practice } from './practice.ts'
import type { StateRecord } from './state-profile.ts'

interface Sourced {
  /** Where it is published, for everybody to read. */
  source: string
}

/** What a body states about itself. Its names, its state and its contact are in its registration. A later statement takes the place of the whole earlier one. */
export interface BodyStatement extends Sourced {
  awards: Certifier['awards']
  mandate?: Sourced & { text: string; law?: string; dated?: string }
  practice?: Sourced & Practice
  /** Address of its public register. */
  register?: string
  note?: string
}

/** What the root of a state states about it. A later statement takes the place of the whole earlier one. */
export interface StateStatement {
  /** Codes of the languages of certificates, the usual language first. */
  certificateLanguages: Sourced & { codes: readonly string[] }
  standards: readonly (Sourced & { text: string; place?: string })[]
  assurance: readonly (Sourced & { text: string })[]
}

/** A statement of its owner is as certain as this registry can know it. */
const sourced = <S extends Sourced>({ source, ...rest }: S) => ({
  ...rest,
  sources: [source],
  confidence: 'high' as const,
})

/** The record of a body of the baseline, with what its owner states in the place of what we read. Names and offices stay as they were read. */
export function certifierOf(read: Certifier, { source, mandate, practice, ...stated }: BodyStatement): Certifier {
  const { mandate: _, register: __, note: ___, ...kept } = read
  return {
    ...kept,
    ...stated,
    ...(mandate && { mandate: sourced(mandate) }),
    ...(practice && { practice: sourced(practice) }),
    sources: [source],
    confidence: 'high',
  }
}

export const stateRecordOf = (state: string, stated: StateStatement): StateRecord => ({
  state,
  certificateLanguages: sourced(stated.certificateLanguages),
  standards: stated.standards.map(sourced),
  assurance: stated.assurance.map(sourced),
})
