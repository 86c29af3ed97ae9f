import type { Form, RevocationReason, SuspensionReason } from '@sijil/credentials'
import type { Commit } from '../stream.ts'

/** What was fixed before anything was signed. It holds no readable person: the subject of the hashed document is random. */
export interface Reservation {
  /** SHA-256 of the canonical document without its proof, base64url. */
  hash: string
  /** Keyed hash of the request's body. */
  requestTag: string
  /** Fragment of the key that signs. */
  kid: string
  /** `proof.created` and `validFrom`. */
  created: string
  qualification: string
  /** As the record of the qualification says it: where no source states one, a sentence that says so. */
  edition: string
  /** As it stands in the document. */
  issuerName: string
  status: { pair: string; index: number }
  number: { tag: string; sealed: string }
  replaces?: string
  /** Id of the assessment centre that the document names. */
  centre?: string
  /** Of the document. Absent: the first, which was the only one. */
  form?: Form
}

/** A note for the body's own officers, as KMS ciphertext in base64: it may speak of a person. */
type SealedNote = string

interface StatusFields {
  pair: string
  index: number
  note?: SealedNote
  /** The authority that did it; absent: the body itself. */
  by?: string
  /** By which two people of that authority decided it. */
  proposal?: string
  /** Which action that had to wait it carries out, and who released it. The commit's actor asked for it. */
  pending?: string
  approvedBy?: string
}

export type CertificateEvent =
  | ({ type: 'reserved' } & Reservation)
  | { type: 'issued'; generation: number }
  | { type: 'burned'; pair: string; index: number }
  | ({ type: 'revoked'; reason: RevocationReason; successor?: string } & StatusFields)
  | ({ type: 'suspended'; reason: SuspensionReason } & StatusFields)
  | ({ type: 'reinstated'; reason?: SuspensionReason } & StatusFields)

/** What happened to it, oldest first; what is shown to the public. */
export interface StatusEntry {
  state: 'in-force' | 'suspended' | 'revoked' | 'superseded' | 'burned'
  at: string
  reason?: string
  successor?: string
  /** Id of the authority that did it; absent: the body itself. */
  by?: string
}

/** What became of a certificate. Whatever was signed has a record, since recording comes first (invariant I15). */
export type CertificateRecord = {
  uuid: string
  reservation: Reservation
  reservedAt: string
  history: StatusEntry[]
  commits: readonly Commit<CertificateEvent>[]
} & (
  | { state: 'reserved' }
  | { state: 'burned'; burnedAt: string }
  | { state: 'in-force'; issuedAt: string; generation: number }
  | {
      state: 'suspended'
      issuedAt: string
      generation: number
      since: string
      reason: SuspensionReason
      /** The authority that did it, and alone lifts it. */
      by?: string
    }
  | {
      state: 'revoked'
      issuedAt: string
      generation: number
      since: string
      reason: RevocationReason
      successor?: string
    }
)

/** A record whose document was released. */
export type ReleasedRecord = Extract<CertificateRecord, { generation: number }>

type Outcome<R> = R extends unknown ? Omit<R, 'uuid' | 'reservation' | 'reservedAt' | 'history' | 'commits'> : never

/** The fold of a certificate's stream. Absent: never recorded here. */
export function recordOf(uuid: string, commits: readonly Commit<CertificateEvent>[]): CertificateRecord | undefined {
  const [first] = commits
  const [opening] = first?.events ?? []
  if (first === undefined || opening?.type !== 'reserved') return undefined
  const { type: _, ...reservation } = opening
  const history: StatusEntry[] = []
  let outcome: Outcome<CertificateRecord> = { state: 'reserved' }
  for (const { events, recordedAt: at } of commits) {
    for (const event of events) {
      // Final states stay: whatever a late writer may have added after them changes nothing (invariant I24).
      if (outcome.state === 'burned' || outcome.state === 'revoked') break
      switch (event.type) {
        case 'reserved':
          break
        case 'issued':
          outcome = { state: 'in-force', issuedAt: at, generation: event.generation }
          history.push({ state: 'in-force', at })
          break
        case 'burned':
          outcome = { state: 'burned', burnedAt: at }
          history.push({ state: 'burned', at })
          break
        case 'revoked': {
          if (outcome.state === 'reserved') break
          const { issuedAt, generation }: Pick<ReleasedRecord, 'issuedAt' | 'generation'> = outcome
          const { reason, successor, by } = event
          outcome = { state: 'revoked', issuedAt, generation, since: at, reason, ...(successor && { successor }) }
          history.push({
            state: reason === 'superseded' ? 'superseded' : 'revoked',
            at,
            reason,
            ...(successor && { successor }),
            ...(by && { by }),
          })
          break
        }
        case 'suspended': {
          if (outcome.state === 'reserved') break
          const { issuedAt, generation }: Pick<ReleasedRecord, 'issuedAt' | 'generation'> = outcome
          const { reason, by } = event
          // An authority may take over what the body had suspended: since when stays.
          const since: string = outcome.state === 'suspended' ? outcome.since : at
          outcome = { state: 'suspended', issuedAt, generation, since, reason, ...(by && { by }) }
          history.push({ state: 'suspended', at, reason, ...(by && { by }) })
          break
        }
        case 'reinstated':
          if (outcome.state !== 'suspended') break
          outcome = { state: 'in-force', issuedAt: outcome.issuedAt, generation: outcome.generation }
          history.push({ state: 'in-force', at, ...(event.by && { by: event.by }) })
          break
        default:
          event satisfies never
      }
    }
  }
  return { uuid, reservation, reservedAt: first.recordedAt, history, commits, ...outcome }
}
