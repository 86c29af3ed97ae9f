import type { Certificate } from '@sijil/credentials'
import type { IssueInput } from '../certificates/issue-input.ts'
import { centreIdOf } from '../verification/check-centre.ts'
import { assessmentInputOf } from './assessment.ts'

export const dayOf = (moment: string): string => moment.slice(0, 10)
export const pages = (baseUrl: string) => `${baseUrl}/qualifications/`
/** The address of a part is that of the whole qualification, with its units as a query. */
export const wholeOf = (id: string): string => id.replace(/\?units=.*$/, '')

/** The request that makes such a certificate. Everything else in it is set by the server. */
export function inputOfCertificate(certificate: Certificate, baseUrl: string): IssueInput {
  const { holder, qualification, certificateNumber, units, signatory } = certificate
  const { assessedOn, awardedOn, assessor, validUntil } = certificate
  const centre = centreIdOf(certificate, baseUrl)
  return {
    qualification: wholeOf(qualification.id).slice(pages(baseUrl).length),
    holder: {
      name: holder.name,
      ...(holder.nativeName && { nativeName: holder.nativeName }),
      ...(holder.birthDate && { birthDate: holder.birthDate }),
    },
    certificateNumber,
    ...(holder.registerNumber && { registerNumber: holder.registerNumber }),
    ...(assessedOn && { assessedOn }),
    ...(awardedOn && { awardedOn }),
    ...assessmentInputOf(certificate),
    ...(assessor && { assessor }),
    ...(centre && { centre: { id: centre } }),
    ...(units.length > 0 && { units: units.map(({ code }) => code) }),
    ...(qualification.limits && { limits: qualification.limits }),
    ...(signatory && { signatory }),
    ...(validUntil && { validUntil: dayOf(validUntil) }),
    language: qualification.language,
  }
}
