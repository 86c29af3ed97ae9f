import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { RecordAnswer, SignedCertificate } from './stages.ts'

/**
 * Where an issuer is listed and where its certificates are recorded: this registry, or another one of which a list was copied. VerifyDeps
 * asks nothing else about an issuer, and does the same whichever of them answers.
 */
export interface RecordSource {
  /** Keys, grants and centres, as known until `now`. */
  trust: TrustReader
  policy: TrustPolicy
  /** Address of the registry, without a slash at its end. */
  baseUrl: string
  now: Date
  /** The id by which the registry knows this DID, where it is a body of it. */
  idOf(did: string): string | undefined
  /** Trust past any memory, which may be older than the newest key; nothing where there is no newer one. */
  newestTrust: TrustReader | undefined
  /** Evidence that the list has ended: what it says of keys and grants counts no more. */
  outOfDate: Record<string, string | number> | undefined
  /**
   * Who else keeps what is not known here. What is missing is then no fault of the certificate. `hasLog`: what it recorded is in its log,
   * and so may be something that no proof was brought of.
   */
  keptBy: { registry: string; hasLog: boolean } | undefined
  /** `recorded` and `status`, and what the record shows about other checks. */
  findRecord(certificate: SignedCertificate): Promise<RecordAnswer>
}
