import { grantState, mayDecide } from '@sijil/registry/trust'
import type { BodyDeskValues } from '@sijil/web'
import { type CatalogueDeps, namedEntity, type Office } from './office.ts'
import { ownQualifications } from './own-qualifications.ts'
import { listedProposals } from './proposals.ts'

/** The desk of a certification body: what waits, and its qualifications as they are today. */
export async function bodyDeskView(office: Office, deps: CatalogueDeps): Promise<BodyDeskValues> {
  const { authority: body, roles } = office
  const moment = deps.now.toISOString()
  const [{ stated, assigned }, listed] = await Promise.all([
    ownQualifications(office, deps),
    // Proposals are for those who decide them.
    mayDecide(roles) ? listedProposals(office, deps) : { proposals: [], isPart: false },
  ])
  return {
    body: namedEntity(body),
    roles,
    decides: mayDecide(roles),
    qualifications: stated,
    assigned: assigned.map(({ id, title }) => ({ id, title })),
    ...listed,
    accredits: body.grants.some((grant) => grant.right === 'accredit' && grantState(grant, moment).in === 'force'),
  }
}
