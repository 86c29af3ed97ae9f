import { frameworkOfState, listQualifications } from '@sijil/qualifications'
import type { AccreditValues } from '@sijil/web'
import { listGrantees } from './grantees.ts'
import { type DeskDeps, namedEntity, type Office } from './office.ts'

/** Most grantees that the form shows. Others can be accredited through the API. */
const MOST_GRANTEES = 500

/** The choices in the form for an accreditation: qualifications and grantees of the authority's state. */
export async function accreditView(
  { authority }: Office,
  deps: DeskDeps,
): Promise<Omit<AccreditValues, 'typed' | 'problem'>> {
  const { state } = authority.identity
  const framework = frameworkOfState(state)
  const { grantees } = await listGrantees(authority, { limit: MOST_GRANTEES }, deps)
  const qualifications = listQualifications()
    .filter((each) => state === 'ASEAN' || each.state === state)
    .map(({ id, title }) => ({ id, title }))
  return {
    authority: namedEntity(authority),
    state,
    grantees: grantees.map(namedEntity),
    centres: grantees.filter(({ kind }) => kind === 'centre').map(namedEntity),
    qualifications,
    ...(framework && { framework: { id: framework.id, name: framework.name } }),
  }
}
