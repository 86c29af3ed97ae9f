import { ANY_SITE, type Qualification, type Site, scopeCovers } from '@sijil/qualifications'
import { accreditationStatus } from './accreditation-status.ts'
import type { Entity } from './entity.ts'
import type { Right } from './events.ts'
import { termsAt } from './grant.ts'
import type { AccreditationStatus, IssuerAnswer } from './issuer-answer.ts'
import { order } from './judged.ts'
import { placeOf } from './place.ts'
import type { TrustPolicy } from './policy.ts'
import type { TrustReader } from './reader.ts'

/** How somebody stands for many qualifications at once. */
export interface AccreditationSummary {
  /** The best of `found`. Where its scope reaches none of them: known, or not even that. */
  best: AccreditationStatus
  /** Each answer that one of them has, best first; none where its scope reaches none of them. */
  found: readonly AccreditationStatus[]
  /** It is authorised for one of them as a pilot. */
  pilot: boolean
  /** It is authorised for one of them at some sites only. */
  atSites: boolean
}

/** Each qualification that its scope reaches is a question of its own, with the whole chain: what stands for one may fail for another. */
export async function accreditationSummary(
  entity: Entity,
  {
    among,
    right,
    effective,
    recorded,
  }: { among: readonly Qualification[]; right: Right; effective: string; recorded: string },
  deps: { trust: TrustReader; policy: TrustPolicy },
): Promise<AccreditationSummary> {
  const place = placeOf(entity)
  const questions = reachedBy(entity, { among, right, effective }).map(({ id: qualification }) =>
    accreditationStatus(
      { issuer: entity.id, right, qualification, place, site: siteOf(entity), effective, recorded },
      deps,
    ),
  )
  const answers: readonly IssuerAnswer[] = await Promise.all(questions)
  const found = order.filter((standing) => answers.some((answer) => answer.standing === standing))
  const isKnown = entity.grants.length > 0 && !entity.sandbox
  return {
    best: found[0] ?? (isKnown ? 'not-for-this' : 'unknown'),
    found,
    pilot: answers.some(({ standing, pilot }) => standing === 'authorised' && pilot === true),
    atSites: answers.some(({ standing, sites }) => standing === 'authorised' && sites !== undefined),
  }
}

/** What its grants name on that day, whether or not they are in force. */
export function reachedBy(
  entity: Entity,
  { among, right, effective }: { among: readonly Qualification[]; right: Right; effective: string },
): readonly Qualification[] {
  const place = placeOf(entity)
  const site = siteOf(entity)
  const scopes = entity.grants.filter((grant) => grant.right === right).map((grant) => termsAt(grant, effective).scope)
  return among.filter((qualification) =>
    scopes.some((scope) => scopeCovers(scope, { qualification, ...(place && { place }), site }).covered),
  )
}

/** Where no certificate is asked about: a centre assesses at itself, anybody else at any site that there is. */
export const siteOf = ({ kind, id }: Entity): Site => (kind === 'centre' ? id : ANY_SITE)
