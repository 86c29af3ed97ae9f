import type { Certificate } from '@sijil/credentials'
import {
  type AssessmentMethod,
  type AssessmentRoute,
  assessmentMethodOf,
  assessmentRouteOf,
} from '@sijil/qualifications'
import type { StatusEntry } from '../certificates/record.ts'
import type { Recognition } from '../recognition/recognition.ts'
import type { Check, Verification } from './verification.ts'

/** The meaning of a certificate without its holder. It has no free text, which may contain a name, and nothing unique to the certificate. */
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
  /** Limits of scope are free text, so only their existence is shown. */
  qualification: Omit<Certificate['qualification'], 'limits'> & { limited: boolean }
  /** The value of the list, or `other` for any other text. */
  route?: AssessmentRoute
  method?: AssessmentMethod
}

export type VerificationWithoutPerson = Omit<Verification, 'certificate'> & { certificate?: CertificateWithoutPerson }

/**
 * The answer before the caller asks for the name (I46). The verdict is complete. Moments of the certificate are cut to the day, because
 * its exact moment, like its place in a status list, would identify it in the public log.
 */
export function withoutPerson({ certificate, ...verification }: Verification): VerificationWithoutPerson {
  const { checks, issuer, history, recognition } = verification
  const { onIssueDate } = issuer
  return {
    ...verification,
    checks: checks.map(withoutMarks),
    issuer: { ...issuer, onIssueDate: { ...onIssueDate, effective: dayOf(onIssueDate.effective) } },
    ...(history && { history: history.map(entryWithoutMarks) }),
    ...(recognition && { recognition: recognition.map(decisionWithoutMarks) }),
    ...(certificate && { certificate: publicPart(certificate) }),
  }
}

/** `moment` is RFC 3339, so its day comes first. */
const dayOf = (moment: string): string => moment.slice(0, 10)

/**
 * A single decision without what is unique to it: its id, its exact moments and its signed document. Its texts were compared with the name of
 * the holder before it was signed.
 */
function decisionWithoutMarks(recognition: Recognition): Recognition {
  if (recognition.kind === 'class') return recognition
  const { decision: _, credential: __, replacedBy: ___, appealed, from, endedFrom, recordedAt, ...terms } = recognition
  return {
    ...terms,
    from: dayOf(from),
    ...(endedFrom && { endedFrom: dayOf(endedFrom) }),
    recordedAt: dayOf(recordedAt),
    ...(appealed && { appealed: { ...appealed, at: dayOf(appealed.at) } }),
  }
}

/** Leaves out the successor: it is a certificate of the same person. */
const entryWithoutMarks = ({ successor: _, at, ...entry }: StatusEntry): StatusEntry => ({ ...entry, at: dayOf(at) })

// biome-ignore format: it reads as a table
/** Evidence that may be shown without the person. Every other fact is left out, such as ids, places in lists and the centre. */
const shownEvidence = new Set([
  'pointer', 'profile', 'cryptosuite', 'key', 'class', 'changes', 'named', 'standing', 'today',
  'qualification', 'edition', 'framework', 'level', 'recorded', 'validUntil', 'retiredAt', 'suspendedAt', 'compromisedFrom',
])
/** Moments of the certificate itself, which are shown as days. */
const shownAsDays = new Set(['created', 'validFrom', 'issuedAt', 'burnedAt', 'since', 'effective', 'witnessedAt'])

function withoutMarks(check: Check): Check {
  if (check.evidence === undefined) return check
  const evidence = Object.entries(check.evidence).flatMap(([name, value]) => {
    if (shownAsDays.has(name)) return [[name, dayOf(String(value))]]
    return shownEvidence.has(name) ? [[name, value]] : []
  })
  return { ...check, evidence: Object.fromEntries(evidence) }
}

/** Copies member by member, so that a member that the profile gains later stays hidden until somebody decides to show it. */
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
