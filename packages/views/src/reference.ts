import {
  type Framework,
  findCertifier,
  findFramework,
  findQualification,
  partOf,
  type Qualification,
  referenceFramework,
} from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import type { QualificationValues } from '@sijil/web'
import type { View } from './view.ts'

export const noSuchThing = () => new RegistryError('not-found', 'there is nothing at this address')

/** A qualification, or a part of it with only these units. `units`: codes separated by commas. Throws `not-found`. */
export function qualificationView(id: string, units: string | undefined): View<object, QualificationValues> {
  const qualification = findQualification(id)
  if (qualification === undefined) throw noSuchThing()
  const part = partAsked(qualification, units)
  const body = qualification.body === null ? undefined : findCertifier(qualification.body)
  return {
    json: { ...qualification, ...(part && { part: { units: part.map(({ code }) => code), level: 'none' } }) },
    values: () => ({
      qualification,
      ...(part && { part }),
      ...(body && { body: { name: body.name } }),
      ...(qualification.framework && { frameworkPage: `/frameworks/${qualification.framework}` }),
      levelConfirmed: qualification.levelConfirmedBy !== undefined,
    }),
  }
}

/** The units of a part. `undefined` for the whole qualification. Throws `not-found` for units of another qualification. */
function partAsked(qualification: Qualification, units: string | undefined): Qualification['units'] | undefined {
  if (units === undefined || units === '') return undefined
  const part = partOf(qualification, units.split(','))
  if (part === undefined) throw noSuchThing()
  return part === 'whole' ? undefined : part
}

/** A national framework, or `reference` for the framework of ASEAN, which has a page of its own. Throws `not-found`. */
export function frameworkView(id: string): View<object, { framework: Framework } | 'reference'> {
  if (id === referenceFramework.id) return { json: referenceFramework, values: () => 'reference' }
  const framework = findFramework(id)
  if (framework === undefined) throw noSuchThing()
  return { json: framework, values: () => ({ framework }) }
}
