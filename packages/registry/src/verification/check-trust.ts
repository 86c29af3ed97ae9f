import type { Certificate } from '@sijil/credentials'
import type { Entity } from '../trust/entity.ts'
import type { IssuerAnswer } from '../trust/issuer-answer.ts'
import { issuerStanding } from '../trust/standing.ts'
import { centreIdOf } from './check-centre.ts'
import type { CheckList } from './check-list.ts'
import { qualificationOf } from './check-qualification.ts'
import type { Verifying } from './verifying.ts'

/** The day of issue is the record's, never the document's word for it (I11). Two answers: on that day, and today. */
export async function checkTrust(
  certificate: Certificate,
  issuedAt: string,
  entity: Entity,
  checks: CheckList,
  { trust, policy, baseUrl, now }: Verifying,
): Promise<{ onIssueDate: IssuerAnswer; today: IssuerAnswer; pilot: boolean }> {
  const moment = now.toISOString()
  const qualification = qualificationOf(certificate)
  const place = entity.identity.state === 'ASEAN' ? undefined : entity.identity.state
  const site = centreIdOf(certificate, baseUrl)
  const award = certificate.awardedOn ?? certificate.assessedOn
  const standing = (effective: string) =>
    issuerStanding({ issuer: entity.id, qualification, place, site, effective, recorded: moment }, { trust, policy })
  const [onIssueDate, today] = await Promise.all([standing(issuedAt), standing(moment)])
  // Where a paper certificate was made digital, the body must have been allowed on both days.
  const endOfAward = award === undefined ? issuedAt : `${award}T23:59:59.999Z`
  const onAward = endOfAward < issuedAt ? await standing(endOfAward) : onIssueDate
  const worst = onIssueDate.standing === 'authorised' ? onAward : onIssueDate
  const evidence = { effective: worst.effective, recorded: worst.recorded, today: today.standing }
  switch (worst.standing) {
    case 'authorised':
      checks.pass('issuer-trust', evidence)
      break
    case 'unknown':
      checks.leave('issuer-trust', worst.refused ? 'issuer-refused' : 'issuer-unknown', evidence)
      break
    case 'suspended':
      checks.fail('issuer-trust', 'issuer-suspended', evidence)
      break
    case 'withdrawn':
      checks.fail('issuer-trust', 'issuer-withdrawn', evidence)
      break
    case 'not-for-this':
      checks.fail('issuer-trust', 'issuer-not-accredited', evidence)
      break
    default:
      worst.standing satisfies never
  }
  return { onIssueDate, today, pilot: (onIssueDate.pilot ?? false) || (onAward.pilot ?? false) }
}
