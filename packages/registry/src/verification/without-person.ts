import type { Certificate } from '@sijil/credentials'
import {
  type AssessmentMethod,
  type AssessmentRoute,
  assessmentMethodOf,
  assessmentRouteOf,
} from '@sijil/qualifications'
import type { StatusEntry } from '../certificates/record.ts'
import type { Check, Verification } from './verification.ts'

/** What a certificate means, and nothing of whom it was issued to: no free text, which may hold a name, and nothing that is its alone. */
export interface CertificateWithoutPerson
  extends Omit<
    Certificate,
    | 'id'
    | 'holder'
    | 'certificateNumber'
    | 'assessor'
    | 'signatory'
    | 'centre'
    | 'status'
    | 'qualification'
    | 'route'
    | 'method'
  > {
  /** That there are limits of scope must be known before they can be read. */
  qualification: Omit<Certificate['qualification'], 'limits'> & { limited: boolean }
  /** The value of the list; `other` for every text that is none of it. */
  route?: AssessmentRoute
  method?: AssessmentMethod
}

export type VerificationWithoutPerson = Omit<Verification, 'certificate'> & { certificate?: CertificateWithoutPerson }

/**
 * The answer before somebody asks for the name (I46): the verdict whole, and of its own moments the day alone, for by its moment a
 * certificate is found in a public log, as by its place in a status list.
 */
export function withoutPerson({ certificate, ...verification }: Verification): VerificationWithoutPerson {
  const { checks, issuer, history } = verification
  const { onIssueDate } = issuer
  return {
    ...verification,
    checks: checks.map(withoutMarks),
    issuer: { ...issuer, onIssueDate: { ...onIssueDate, effective: dayOf(onIssueDate.effective) } },
    ...(history && { history: history.map(entryWithoutMarks) }),
    ...(certificate && { certificate: publicPart(certificate) }),
  }
}

/** `moment` is RFC 3339, so its day comes first. */
const dayOf = (moment: string): string => moment.slice(0, 10)

/** The certificate that took its place is one of the same person. */
const entryWithoutMarks = ({ successor: _, at, ...entry }: StatusEntry): StatusEntry => ({ ...entry, at: dayOf(at) })

// biome-ignore format: it reads as a table
/** What evidence may say then. A fact that no line names is left out: ids, places in lists, the centre. */
const shownEvidence = new Set([
  'pointer', 'profile', 'cryptosuite', 'key', 'class', 'changes', 'named', 'standing', 'today',
  'qualification', 'edition', 'framework', 'level', 'recorded', 'validUntil', 'retiredAt', 'suspendedAt', 'compromisedFrom',
])
/** Moments of the certificate's own. */
const shownAsDays = new Set(['created', 'validFrom', 'issuedAt', 'burnedAt', 'since', 'effective', 'witnessedAt'])

function withoutMarks(check: Check): Check {
  if (check.evidence === undefined) return check
  const evidence = Object.entries(check.evidence).flatMap(([name, value]) => {
    if (shownAsDays.has(name)) return [[name, dayOf(String(value))]]
    return shownEvidence.has(name) ? [[name, value]] : []
  })
  return { ...check, evidence: Object.fromEntries(evidence) }
}

/** Member by member: what a certificate comes to say later is not shown before somebody decides that it may be. */
function publicPart(certificate: Certificate): CertificateWithoutPerson {
  const { issuer, levels, occupation, fieldOfEducation, units, assessedOn, awardedOn, validUntil, schema } = certificate
  const { limits, ...qualification } = certificate.qualification
  const { route, method } = certificate
  return {
    issuer,
    qualification: { ...qualification, limited: limits !== undefined },
    levels,
    ...(occupation && { occupation }),
    ...(fieldOfEducation && { fieldOfEducation }),
    units,
    ...(assessedOn && { assessedOn }),
    ...(awardedOn && { awardedOn }),
    ...(route && { route: assessmentRouteOf(route) }),
    ...(method && { method: assessmentMethodOf(method) }),
    validFrom: dayOf(certificate.validFrom),
    ...(validUntil && { validUntil }),
    schema,
  }
}
