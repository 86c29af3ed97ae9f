import type { Certificate } from '@sijil/credentials'
import { findQualification, levelsOf, type Qualification, supportsStatedLevel } from '@sijil/qualifications'
import type { CertificateRecord } from '../certificates/record.ts'
import type { CheckList } from './check-list.ts'
import type { LevelAnswer } from './verification.ts'

/** Our id of the qualification: a part names the whole that it belongs to. */
export const qualificationOf = ({ qualification }: Certificate): string =>
  (qualification.partOf?.id ?? qualification.id).split('/').at(-1) ?? ''

/** The code exists, and the levels that are stated are those that the referencing supports. */
export function checkQualification(
  certificate: Certificate,
  record: CertificateRecord | undefined,
  checks: CheckList,
): Qualification | undefined {
  const qualification = findQualification(qualificationOf(certificate))
  const { edition } = certificate.qualification
  const stated: Record<string, string> = edition === undefined ? {} : { edition }
  if (qualification === undefined || (record !== undefined && record.reservation.qualification !== qualification.id)) {
    checks.fail('qualification', 'qualification-unknown', stated)
    return qualification
  }
  const on = certificate.validFrom.slice(0, 10)
  const unsupported = certificate.levels.find((level) => !supportsStatedLevel(qualification, level, { on }))
  if (unsupported === undefined) checks.pass('qualification', { qualification: qualification.id, ...stated })
  else
    checks.fail('qualification', 'level-not-supported', { framework: unsupported.framework, level: unsupported.level })
  return qualification
}

/** What may be said about its levels, computed here and not taken from the document. */
export function levelAnswers(qualification: Qualification, certificate: Certificate): LevelAnswer[] {
  const { partOf } = certificate.qualification
  const { national, aqrf } = levelsOf(qualification, { on: certificate.validFrom.slice(0, 10) })
  return [national, aqrf].map(({ framework, level, basis, confirmed }) => {
    if (partOf !== undefined)
      return { framework, basis: `A part of ${partOf.title} has no level of its own. ${basis}`, confirmed }
    return { framework, ...(level && { level }), basis, confirmed }
  })
}
