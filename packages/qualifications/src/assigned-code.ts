import type { Confidence } from './confidence.ts'

/** A code of an international scheme. It is never derived from a national code. */
export interface AssignedCode {
  /** `ISCO-08`, `ISCED-F` or `ESCO` */
  scheme: string
  /** `2008`, `2013`, `1.2.0` */
  version: string
  code: string
  title: string
  url: string
  /** Who chose this code for the qualification. */
  assignedBy: string
}

/** The international codes of a qualification. */
interface AssignedCodes {
  /** ISCO-08 unit group. */
  occupation?: AssignedCode
  /** ESCO occupation. Nothing is permitted by it. */
  escoOccupation?: AssignedCode
  /** ISCED-F 2013 detailed field. */
  fieldOfEducation?: AssignedCode & { confidence?: Confidence }
}

/** The scheme of each code. ESCO gets new versions, so a record names its own. */
export const schemes = {
  occupation: { scheme: 'ISCO-08', version: '2008' },
  escoOccupation: { scheme: 'ESCO' },
  fieldOfEducation: { scheme: 'ISCED-F', version: '2013' },
} as const

/** The same with scheme and version for each code. Early records name neither: there was one of each. */
export function withSchemes<S extends AssignedCodes>(stated: S): S {
  const { occupation, escoOccupation, fieldOfEducation } = stated
  return {
    ...stated,
    ...(occupation && { occupation: { ...schemes.occupation, ...occupation } }),
    ...(escoOccupation && { escoOccupation: { ...schemes.escoOccupation, ...escoOccupation } }),
    ...(fieldOfEducation && { fieldOfEducation: { ...schemes.fieldOfEducation, ...fieldOfEducation } }),
  }
}
