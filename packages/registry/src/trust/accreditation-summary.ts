import { ANY_SITE, type Site, scopeCovers } from '@sijil/qualifications'
import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { accreditationStatus } from './accreditation-status.ts'
import type { Entity } from './entity.ts'
import type { Right } from './events.ts'
import { termsAt } from './grant.ts'
import type { AccreditationStatus, IssuerAnswer } from './issuer-answer.ts'
import { order } from './judged.ts'
import { placeOf } from './place.ts'
import type { TrustPolicy } from './policy.ts'
import type { TrustReader } from './reader.ts'

/** The accreditation status of one entity for many qualifications. */
export interface AccreditationSummary {
  /** The best of `found`. If that is empty: `not-for-this` for an entity with grants, else `unknown`. */
  best: AccreditationStatus
  /** Each status that one of the qualifications has, best first. Empty if the scope covers none of them. */
  found: readonly AccreditationStatus[]
  /** It is authorised for one of them as a pilot. */
  pilot: boolean
  /** It is authorised for one of them at some sites only. */
  atSites: boolean
}

/** Asks about each qualification in scope separately, along the whole chain, because the chain may fail for one and not for another. */
export async function accreditationSummary(
  entity: Entity,
  {
    among,
    right,
    effective,
    recorded,
  }: { among: readonly QualificationHistory[]; right: Right; effective: string; recorded: string },
  deps: { trust: TrustReader; policy: TrustPolicy },
): Promise<AccreditationSummary> {
  const place = placeOf(entity)
  const questions = reachedBy(entity, { among, right, effective, recorded }).map((qualification) =>
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

/** The qualifications that its grants name on that day, in force or not. */
export function reachedBy(
  entity: Entity,
  {
    among,
    right,
    effective,
    recorded,
  }: { among: readonly QualificationHistory[]; right: Right; effective: string; recorded: string },
): readonly QualificationHistory[] {
  const place = placeOf(entity)
  const site = siteOf(entity)
  const scopes = entity.grants.filter((grant) => grant.right === right).map((grant) => termsAt(grant, effective).scope)
  return among.filter((history) => {
    const qualification = qualificationAt(history, { effective, recorded })
    return (
      qualification !== undefined &&
      scopes.some((scope) => scopeCovers(scope, { qualification, ...(place && { place }), site }).covered)
    )
  })
}

/** The site to ask about without a certificate: a centre assesses only at itself, any other entity at any site. */
export const siteOf = ({ kind, id }: Entity): Site => (kind === 'centre' ? id : ANY_SITE)
