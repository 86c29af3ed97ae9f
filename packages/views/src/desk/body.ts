import { grantState, mayDecide } from '@sijil/registry/trust'
import { endpointState } from '@sijil/registry/webhooks'
import type { BodyDeskValues } from '@sijil/web'
import { bodyNumbers, endingSoon } from './body-numbers.ts'
import { bodyWaits } from './body-waits.ts'
import { type CatalogueDeps, namedEntity, type Office } from './office.ts'
import { foundQualifications, ownQualifications } from './own-qualifications.ts'
import { listedProposals } from './proposals.ts'

/** The desk of a certification body: what waits, and its qualifications as they are today. */
export async function bodyDeskView(
  office: Office,
  { subject, search }: { subject: string; search: string },
  deps: CatalogueDeps,
): Promise<BodyDeskValues> {
  const { authority: body, roles } = office
  const moment = deps.now.toISOString()
  const [own, numbers, ends, listed, { pausedAt }] = await Promise.all([
    ownQualifications(office, deps),
    bodyNumbers(office, subject, deps),
    endingSoon(office, deps),
    // Proposals are for those who decide them.
    mayDecide(roles) ? listedProposals(office, deps) : { proposals: [], isPart: false },
    endpointState(body.id, { reader: deps.store, now: deps.now }),
  ])
  const waits = await bodyWaits(office, { subject, proposals: listed.proposals }, deps)
  return {
    body: namedEntity(body),
    roles,
    decides: mayDecide(roles),
    ...foundQualifications(own, search),
    numbers,
    ends,
    waits,
    ...listed,
    ...(pausedAt !== undefined && { webhooksPausedAt: pausedAt }),
    accredits: body.grants.some((grant) => grant.right === 'accredit' && grantState(grant, moment).in === 'force'),
  }
}
