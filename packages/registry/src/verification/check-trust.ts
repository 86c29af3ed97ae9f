import type { Certificate } from '@sijil/credentials'
import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { endOfDay } from '../moments.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import type { Entity } from '../trust/entity.ts'
import { grantOn } from '../trust/grant.ts'
import type { IssuerAnswer } from '../trust/issuer-answer.ts'
import { placeOf } from '../trust/place.ts'
import { failed, notPerformed, passed } from './check.ts'
import { centreIdOf } from './check-centre.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordedCertificate } from './stages.ts'
import type { Check } from './verification.ts'

export interface TrustAnswer {
  check: Check
  onIssueDate: IssuerAnswer
  today: IssuerAnswer
  pilot: boolean
}

/** `issuer-trust`: was the issuer allowed to issue this on the day of issue, and is it today? If the award was earlier, on that day too. */
export async function checkTrust(
  { certificate, issuer, recorded }: RecordedCertificate,
  qualification: QualificationHistory,
  source: RecordSource,
): Promise<TrustAnswer> {
  const { trust, policy, baseUrl, now } = source
  const { issuedAt } = recorded
  const question = {
    issuer: issuer.id,
    qualification,
    place: placeOf(issuer),
    site: centreIdOf(certificate, baseUrl),
    recorded: now.toISOString(),
  }
  const units = certificate.units.map(({ code }) => code)
  const about = { edition: certificate.qualification.edition, units, reservedAt: recorded.moment?.recordedAt }
  const standing = (effective: string) =>
    accreditationStatus({ ...question, certificate: about, effective }, { trust, policy })
  const [onIssueDate, today] = await Promise.all([
    standing(issuedAt),
    // Today's answer is about new certificates of these units.
    accreditationStatus({ ...question, certificate: { units }, effective: question.recorded }, { trust, policy }),
  ])
  const award = awardOf(certificate)
  const onAward = award !== undefined && award < issuedAt ? await standing(award) : onIssueDate
  const worst = onIssueDate.standing === 'authorised' ? onAward : onIssueDate
  return {
    check: checkOf(worst, today, { qualification, issuer, recorded }, source),
    onIssueDate,
    today,
    pilot: (onIssueDate.pilot ?? false) || (onAward.pilot ?? false),
  }
}

const awardOf = ({ awardedOn, assessedOn }: Certificate): string | undefined => {
  const day = awardedOn ?? assessedOn
  return day && endOfDay(day)
}

function checkOf(
  worst: IssuerAnswer,
  today: IssuerAnswer,
  {
    qualification,
    issuer,
    recorded,
  }: Pick<RecordedCertificate, 'issuer' | 'recorded'> & { qualification: QualificationHistory },
  { keptBy, now }: RecordSource,
): Check {
  const moment = now.toISOString()
  const isKnown = qualificationAt(qualification, { effective: moment, recorded: moment }) !== undefined
  const answer = isKnown || keptBy === undefined ? checkAsked(worst, today) : checkUnknown(issuer, recorded, keptBy)
  // The record may show an earlier day of issue, on which the issuer was allowed to issue.
  if (answer.outcome === 'failed' && keptBy?.hasLog && recorded.moment === undefined)
    return notPerformed('issuer-trust', 'kept-elsewhere', { registry: keptBy.registry, today: today.standing })
  return answer
}

function checkAsked(worst: IssuerAnswer, today: IssuerAnswer): Check {
  const evidence = { effective: worst.effective, recorded: worst.recorded, today: today.standing }
  switch (worst.standing) {
    case 'authorised':
      return passed('issuer-trust', evidence)
    case 'unknown':
      return notPerformed('issuer-trust', worst.refused ? 'issuer-refused' : 'issuer-unknown', evidence)
    case 'suspended':
      return failed('issuer-trust', 'issuer-suspended', evidence)
    case 'withdrawn':
      return failed('issuer-trust', 'issuer-withdrawn', evidence)
    case 'not-for-this':
      return failed('issuer-trust', 'issuer-not-accredited', evidence)
    default:
      return worst.standing satisfies never
  }
}

/**
 * For a qualification that the other registry may know and this one does not. The question stays open, unless all accreditations of the
 * issuer had ended by then: such an issuer was allowed to issue nothing.
 */
function checkUnknown(
  { grants }: Entity,
  { issuedAt }: RecordedCertificate['recorded'],
  { registry }: NonNullable<RecordSource['keptBy']>,
): Check {
  const states = grants.filter(({ right }) => right === 'issue').map((grant) => grantOn(grant, issuedAt).state.in)
  const hasEnded = states.length > 0 && states.every((state) => state === 'suspension' || state === 'withdrawal')
  if (!hasEnded) return notPerformed('issuer-trust', 'catalogue-not-copied', { registry })
  const reason = states.includes('suspension') ? 'issuer-suspended' : 'issuer-withdrawn'
  return failed('issuer-trust', reason, { registry, effective: issuedAt })
}
