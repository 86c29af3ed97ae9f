import type { Certificate, ProfileDocument } from '@sijil/credentials'
import type { CertificateRecord, StatusEntry } from '../certificates/record.ts'
import type { Entity, KeyRecord } from '../trust/entity.ts'
import type { Check } from './verification.ts'

/** A document that has the one form that certificates have (I3). Nothing that it says is believed yet. */
export interface ParsedCertificate {
  profile: ProfileDocument
  certificate: Certificate
}

declare const signatureVerified: unique symbol

/** One whose signature is that of a registered key of its issuer. Only `verifySignature` makes it: nothing else may be read from it before (I2). */
export interface SignedCertificate extends ParsedCertificate {
  readonly [signatureVerified]: true
  issuer: Entity
  key: KeyRecord
}

export interface RecordAnswer {
  checks: readonly Check[]
  /** Our own. */
  record?: CertificateRecord
  moment: RecordedMoment | undefined
  /** The record is ours and cannot be read now. */
  isUnreadable?: true
  /** The moment for which the issuer is asked, RFC 3339 UTC: the record's, and never the document's word for it (I11). */
  issuedAt: string
  history?: StatusEntry[]
}

/** When it was recorded, and by when an outside witness had seen a log that holds it: each by the registry that keeps the record. */
interface RecordedMoment {
  /** RFC 3339 UTC. */
  recordedAt: string
  witnessedAt: () => Promise<string | undefined>
}

/** The same, with what its record says. */
export interface RecordedCertificate extends SignedCertificate {
  recorded: RecordAnswer
}
