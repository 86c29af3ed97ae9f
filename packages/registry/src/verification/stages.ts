import type { Certificate, ProfileDocument } from '@sijil/credentials'
import type { CertificateRecord, StatusEntry } from '../certificates/record.ts'
import type { Entity, KeyRecord } from '../trust/entity.ts'
import type { Check } from './verification.ts'

/** A document that has the form of the profile (I3). Nothing in it is trusted yet. */
export interface ParsedCertificate {
  profile: ProfileDocument
  certificate: Certificate
}

declare const signatureVerified: unique symbol

/** A certificate that a registered key of its issuer signed. Only `verifySignature` makes one. Nothing in it is used before (I2). */
export interface SignedCertificate extends ParsedCertificate {
  readonly [signatureVerified]: true
  issuer: Entity
  key: KeyRecord
}

export interface RecordAnswer {
  checks: readonly Check[]
  /** Present only if this registry keeps the record. */
  record?: CertificateRecord
  moment: RecordedMoment | undefined
  /** This registry keeps the record and cannot read it now. */
  isUnreadable?: true
  /** The moment for which the issuer is judged, RFC 3339 UTC. It comes from the record and never from the document alone (I11). */
  issuedAt: string
  history?: StatusEntry[]
}

/** When the certificate was recorded, and by when an outside witness had seen it in a log. Both come from the registry that keeps the record. */
interface RecordedMoment {
  /** RFC 3339 UTC. */
  recordedAt: string
  witnessedAt: () => Promise<string | undefined>
}

/** A signed certificate with the answer of its record. */
export interface RecordedCertificate extends SignedCertificate {
  recorded: RecordAnswer
}
