import type { TrustPolicy } from '../trust/policy.ts'
import type { TrustReader } from '../trust/reader.ts'

/**
 * A registry whose records this verifier cannot look at: another one, or this one without a network. What its list says is judged like
 * our own; what only a record can say is judged by the proofs that were brought, or stays open.
 */
export interface RemoteRegistry {
  /** Its address, without a slash at its end. */
  registry: string
  trust: TrustReader
  policy: TrustPolicy
  /**
   * Of a list that was copied: how much of the registry's log it is made from, and when; after `validUntil` it answers no question.
   * RFC 3339 UTC. Absent: the list is ours, as it is now, and only the record is kept by another.
   */
  age?: { size: number; madeAt: string; validUntil: string }
  /** The id by which the list knows this DID, where it is a body of it. */
  idOf(did: string): string | undefined
  /** The registry logs what it records, so that a missing proof is an open question; a body on its own logs nothing. */
  keepsLog: boolean
  /** A status list as it was signed; nothing where it is not at hand. */
  statusList?: (url: string) => Promise<unknown>
  /** Where the registry's log holds this document's hash, by a proof that was checked; and by when a witness had seen it. */
  logged?: (hash: string) => Promise<{ index: number; size: number; witnessedAt?: string } | undefined>
}
