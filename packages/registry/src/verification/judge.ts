import { notPerformed } from './check.ts'
import { checkCentre } from './check-centre.ts'
import { checkKeyWindow } from './check-key.ts'
import { checkPeriod } from './check-period.ts'
import { checkQualification, historyFor, judgedAt, levelAnswers } from './check-qualification.ts'
import { checkTrust } from './check-trust.ts'
import { noticesOf, renewalNotice } from './notices.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordedCertificate } from './stages.ts'
import type { Check, Verification } from './verification.ts'

export interface Judgement {
  checks: readonly Check[]
  /** Absent if the copied list that would answer is out of date. */
  found?: Pick<Verification, 'issuer' | 'policy' | 'levels' | 'pilot' | 'notices'>
}

/** The checks that need the record: period, key, trust in the issuer, centre and qualification. */
export async function judge(certificate: RecordedCertificate, source: RecordSource, now: Date): Promise<Judgement> {
  const { certificate: stated, key, recorded } = certificate
  const period = checkPeriod(stated, recorded.record, now)
  const { outOfDate, policy } = source
  if (outOfDate !== undefined) {
    const open = (['issuer-key', 'issuer-trust', 'centre'] as const).map((name) =>
      notPerformed(name, 'list-out-of-date', outOfDate),
    )
    return { checks: [period, ...open] }
  }
  const keyWindow = await checkKeyWindow(key, recorded, source)
  const history = await historyFor(stated, source)
  const trust = await checkTrust(certificate, history, source)
  const moments = { issuedAt: trust.onIssueDate.effective, reservedAt: recorded.moment?.recordedAt }
  const centre = await checkCentre(stated, moments, history, source)
  const { check, qualification } = checkQualification(stated, history, recorded, source)
  return {
    checks: [period, keyWindow, trust.check, centre.check, check],
    found: {
      issuer: { onIssueDate: trust.onIssueDate, today: trust.today },
      policy,
      levels: qualification ? levelAnswers(qualification, stated) : [],
      // If one of the answers rests on a pilot, the verdict does too.
      pilot: trust.pilot || centre.pilot,
      notices: [
        ...(qualification ? noticesOf(stated, history, judgedAt(stated, recorded, now), now) : []),
        ...renewalNotice(recorded.record),
      ],
    },
  }
}
