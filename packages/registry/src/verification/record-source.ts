import type { CatalogueReader } from '../catalogue/reader.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'
import type { RecordAnswer, SignedCertificate } from './stages.ts'

/**
 * Where an issuer is listed and its certificates are recorded: this registry, or another one whose list was copied. Verification uses
 * only this interface to ask about an issuer, and follows the same steps for both.
 */
export interface RecordSource {
  /** Keys, grants and centres, as recorded until `now`. */
  trust: TrustReader
  /** Its statements about qualifications. */
  catalogue: CatalogueReader
  policy: TrustPolicy
  /** Address of the registry, without a trailing slash. */
  baseUrl: string
  now: Date
  /** The registry's id of the body with this DID. `undefined` if it has no such body. */
  idOf(did: string): string | undefined
  /** Trust without a cache, as a cache may be older than the newest key. `undefined` if no newer trust can be read. */
  newestTrust: TrustReader | undefined
  /** Evidence that the copied list is out of date. Its keys and grants then no longer count. */
  outOfDate: Record<string, string | number> | undefined
  /**
   * The other registry that keeps the records. A record that is missing here is then not a fault of the certificate. `hasLog`: it logs
   * its records, so the log may hold a certificate for which no proof was supplied.
   */
  keptBy: { registry: string; hasLog: boolean } | undefined
  /** The checks `recorded` and `status`, and further failures that the record shows. */
  findRecord(certificate: SignedCertificate): Promise<RecordAnswer>
}
