import {
  type Framework,
  findCertifier,
  findFramework,
  partOf,
  type Qualification,
  referenceFramework,
} from '@sijil/qualifications'
import { RegistryError, unlessAway } from '@sijil/registry'
import type { QualificationValues } from '@sijil/web'
import { recordToday } from './catalogue.ts'
import { type ExplorerDeps, findIssuers } from './explorer.ts'
import type { View } from './view.ts'

export const noSuchThing = () => new RegistryError('not-found', 'there is nothing at this address')

/** Most bodies that the page of a qualification names. */
const MOST_ISSUERS = 50

/**
 * A qualification, or a part of it with only these units. `units`: codes separated by commas. Its page also names the bodies that may
 * issue it today, and is shown without them if the store does not answer. Throws `not-found`.
 */
export async function qualificationView(
  id: string,
  units: string | undefined,
  deps: ExplorerDeps,
): Promise<View<object, Promise<QualificationValues>>> {
  const qualification = await recordToday(id, deps)
  if (qualification === undefined) throw noSuchThing()
  const part = partAsked(qualification, units)
  const body = qualification.body === null ? undefined : findCertifier(qualification.body)
  return {
    json: {
      ...qualification,
      issuers: `/issuers?qualification=${id}`,
      ...(part && { part: { units: part.map(({ code }) => code), level: 'none' } }),
    },
    values: async () => ({
      qualification,
      ...(await issuersOf(id, deps)),
      ...(part && { part }),
      ...(body && { body: { name: body.name } }),
      ...(qualification.framework && { frameworkPage: `/frameworks/${qualification.framework}` }),
      levelConfirmed: qualification.levelConfirmedBy !== undefined,
    }),
  }
}

async function issuersOf(qualification: string, deps: ExplorerDeps): Promise<Pick<QualificationValues, 'issuers'>> {
  const search = { qualification, standing: 'authorised' } as const
  const found = await unlessAway(findIssuers({ search, place: { limit: MOST_ISSUERS } }, deps))
  if (found === undefined) return {}
  const { issuers: bodies, next } = found
  return { issuers: { asOf: deps.now.toISOString().slice(0, 10), bodies, isPart: next !== undefined } }
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
