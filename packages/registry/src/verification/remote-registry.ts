import type { CatalogueReader } from '../catalogue/reader.ts'
import type { RecognitionReader } from '../recognition/reader.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'

/**
 * A registry whose records this verifier cannot read: another one, or this one without a network. Its list is judged like our own.
 * Questions that only a record answers are judged by the supplied proofs, or stay open.
 */
export interface RemoteRegistry {
  /** Its address, without a trailing slash. */
  registry: string
  trust: TrustReader
  policy: TrustPolicy
  /**
   * Age of a copied list: the size of the log from which it was made, and when (RFC 3339 UTC). After `validUntil` it answers nothing.
   * Absent: the list is our own current one, and only the record is kept by another.
   */
  age?: { size: number; madeAt: string; validUntil: string }
  /** The list's id of the body with this DID. `undefined` if it has no such body. */
  idOf(did: string): string | undefined
  /** True if the registry logs its records. A missing proof then leaves the question open. An external signer logs nothing. */
  keepsLog: boolean
  /** What is recorded there about a qualification, by verified proofs. Absent: none was copied, and our own baseline answers. */
  catalogue?: CatalogueReader
  /** Class decisions that were recorded there, by verified proofs. Only a verification without a network shows them (G008). */
  recognitions?: RecognitionReader
  /** The signed status list with this address. `undefined` if it was not supplied. */
  statusList?: (url: string) => Promise<unknown>
  /** Place of this document's hash in the registry's log, by a verified proof, and the time by which a witness had seen it. */
  logged?: (hash: string) => Promise<{ index: number; size: number; witnessedAt?: string } | undefined>
}
