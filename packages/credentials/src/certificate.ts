/** A day without a time, `YYYY-MM-DD`. */
export type Day = string
/** RFC 3339 in UTC without fraction, `2026-03-02T00:00:00Z`. */
export type Instant = string

/** A level that the certificate states under its issuer's signature. It must be in a table that the national authority confirmed. */
export interface StatedLevel {
  kind: 'national' | 'aqrf'
  /** `PQF`, `AQRF` … */
  framework: string
  level: string
  name: string
  url: string
  /** Report, version, date. */
  citation: string
}

export interface Unit {
  code: string
  title: string
}

export const qualificationKinds = ['Certificate', 'MicroCredential', 'License', 'Certification'] as const
export type QualificationKind = (typeof qualificationKinds)[number]

export const statusPurposes = ['revocation', 'suspension'] as const
export type StatusPurpose = (typeof statusPurposes)[number]

export interface StatusReference {
  purpose: StatusPurpose
  /** URL of the list. */
  list: string
  index: number
}

/** The content of a certificate in our own terms. Only `open-badge.ts` knows how an Open Badge expresses it. */
export interface Certificate {
  /** `urn:uuid:…` in lower case. */
  id: string
  issuer: { id: string; name: string; url: string; onBehalfOf?: { id: string; name: string } }
  holder: {
    /** `urn:uuid:…`, random, so that it reveals nothing about the person. */
    id: string
    /** As printed, complete, in Latin script. A single word is allowed. */
    name: string
    /** As printed in the national script. */
    nativeName?: string
    birthDate?: Day
    /** The person's number in a public register (TESDA's ULI, BNSP's register). */
    registerNumber?: string
  }
  certificateNumber: string
  qualification: {
    /** URL of its page, which ends in `/qualifications/{code of ours}`. */
    id: string
    kind: QualificationKind
    title: string
    /** BCP 47. */
    language: string
    localTitle?: { text: string; language: string }
    description: string
    /** National code, if there is one. */
    code?: string
    /** Edition of the standard, if known. The first form of the profile always has one. */
    edition?: string
    field: string
    /** Only for a part of a qualification: the whole qualification. */
    partOf?: { id: string; title: string }
    /** ISO/IEC 17024 limits of scope. Absent means "none", and the document says so. */
    limits?: string
  }
  levels: StatedLevel[]
  /** ISCO-08 unit group. */
  occupation?: { code: string; title: string; url: string }
  /** ISCED-F 2013 detailed field. */
  fieldOfEducation?: { code: string; title: string; url: string }
  units: Unit[]
  assessedOn?: Day
  awardedOn?: Day
  /** Training, prior achievement, or assessment only. */
  route?: string
  method?: string
  /** The assessor's reference, never a name. */
  assessor?: string
  centre?: { id: string; name: string }
  signatory?: { name: string; position: string }
  validFrom: Instant
  validUntil?: Instant
  status: StatusReference[]
  /** URL of the profile's JSON Schema. It determines the form of the document (`certificate-form.ts`). */
  schema: string
}
