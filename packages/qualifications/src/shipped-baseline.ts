import file from '../data/baseline.json' with { type: 'json' }
import type { Arrangement } from './arrangement.ts'
import { withSchemes } from './assigned-code.ts'
import type { Baseline } from './baseline.ts'
import type { Certifier } from './certifier.ts'
import type { Framework } from './framework.ts'
import { nationalFrameworkOf } from './framework.ts'
import type { Qualification } from './qualification.ts'
import { type StateProfile, stateProfiles } from './state-profile.ts'

/** The baseline that comes with the software. Only what loads it and tests import it: everything else asks records. */
export const shippedBaseline = file as unknown as Baseline

export const listFrameworks = (): readonly Framework[] => shippedBaseline.frameworks
export const findFramework = (id: string): Framework | undefined => listFrameworks().find((each) => each.id === id)
export const frameworkOfState = (iso2: string): Framework | undefined =>
  listFrameworks().find(({ state }) => state === iso2)

/** As the registry reads it from its records: with the framework of its level, or of its state. */
function withFramework(stated: Qualification): Qualification {
  const record = withSchemes(stated)
  const framework = findFramework(record.framework ?? nationalFrameworkOf(record.state) ?? '')
  return framework === undefined ? record : { ...record, frameworkRecord: framework }
}

export const listQualifications = ({ state }: { state?: string } = {}): readonly Qualification[] =>
  shippedBaseline.qualifications.filter((each) => state === undefined || each.state === state).map(withFramework)

export const findQualification = (id: string): Qualification | undefined =>
  listQualifications().find((each) => each.id === id)

export const listCertifiers = (): readonly Certifier[] => shippedBaseline.bodies
export const findCertifier = (id: string): Certifier | undefined => listCertifiers().find((each) => each.id === id)
export const listArrangements = (): readonly Arrangement[] => shippedBaseline.arrangements
export const listStateProfiles = (): readonly StateProfile[] => stateProfiles(shippedBaseline)
