import type { Form, RevocationReason, SuspensionReason } from '@sijil/credentials'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'
import { type Erasure, type Hold, type KeepingEvent, keepingOf } from './keeping.ts'

/** All that was fixed before signing. It contains no readable person, because the subject of the hashed document is a random id. */
export interface Reservation {
  /** SHA-256 of the canonical document without its proof, base64url. */
  hash: string
  /** Keyed hash of the body of the request. */
  requestTag: string
  /** The DID URL fragment of the signing key. */
  kid: string
  /** The moment in `proof.created` and `validFrom`. */
  created: string
  qualification: string
  /** The edition from the record of the qualification. If no source states one, a sentence that says so. */
  edition: string
  /** The issuer's name in the document. */
  issuerName: string
  status: { pair: string; index: number }
  number: { tag: string; sealed: string }
  replaces?: string
  renews?: string
  /** Id of the assessment centre that the document names. */
  centre?: string
  /** Codes of the units that a part names. Absent: the whole qualification. */
  units?: readonly string[]
  /** The form of the document. Absent: the first form. */
  form?: Form
}

/** A note for the body's own officers, as KMS ciphertext in base64, because it may be about a person. */
type SealedNote = string

interface StatusFields {
  pair: string
  index: number
  note?: SealedNote
  /** The authority that made the change. Absent: the body itself. */
  by?: string
  /** The proposal by which two people of that authority decided it. */
  proposal?: string
  /** The waiting action that this commit carries out, and who approved it. The commit's actor had asked for it. */
  pending?: string
  approvedBy?: string
  /** The list of which it is a row. Its sender is the commit's actor. */
  batch?: string
}

export type CertificateEvent =
  | ({ type: 'reserved' } & Reservation)
  /** `batch`: the id of the batch of which it is a row. */
  | { type: 'issued'; generation: number; batch?: string }
  | { type: 'burned'; pair: string; index: number }
  /** A new award follows it. Its status stays as it is. */
  | { type: 'renewed'; renewal: string }
  | ({ type: 'revoked'; reason: RevocationReason; successor?: string } & StatusFields)
  | ({ type: 'suspended'; reason: SuspensionReason } & StatusFields)
  | ({ type: 'reinstated'; reason?: SuspensionReason } & StatusFields)
  | KeepingEvent

const shapes: EventShapes<CertificateEvent> = {
  reserved: ['hash', 'kid', 'status'],
  issued: ['generation'],
  burned: [],
  renewed: ['renewal'],
  revoked: ['reason'],
  suspended: ['reason'],
  reinstated: [],
  erased: ['reason'],
  held: ['reason'],
  'hold-lifted': [],
  'link-replaced': ['generation'],
}

/** One change as the public sees it. A history has the oldest first. */
export interface StatusEntry {
  state: 'in-force' | 'suspended' | 'revoked' | 'superseded' | 'burned'
  at: string
  reason?: string
  successor?: string
  /** Id of the authority that made the change. Absent: the body itself. */
  by?: string
}

/** The state of a certificate. Everything signed has a record, because recording comes first (invariant I15). */
export type CertificateRecord = Common & State

interface Common {
  uuid: string
  reservation: Reservation
  reservedAt: string
  history: StatusEntry[]
  /** The certificate of the new award that followed it last, and the moment at which that was recorded. */
  renewed?: { uuid: string; at: string }
  commits: readonly Commit<CertificateEvent>[]
  /** Its sealed document is erased, for good. The state is not changed by that. */
  erased?: Erasure
  /** While there is one, nobody can erase it. */
  holds: readonly Hold[]
  /** When its newest link was made. Absent: it has its first one. */
  linkSince?: string
}

type State =
  | { state: 'reserved' }
  | { state: 'burned'; burnedAt: string }
  | { state: 'in-force'; issuedAt: string; generation: number }
  | {
      state: 'suspended'
      issuedAt: string
      generation: number
      since: string
      reason: SuspensionReason
      /** The authority that suspended it. Only this authority may reinstate it. */
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

/** The record of a certificate that was released. */
export type ReleasedRecord = Extract<CertificateRecord, { generation: number }>

/** A reservation is released or abandoned, and the first of both counts. This also reads a stream that a newer version continued. */
export const wasReleased = (commits: readonly Commit<CertificateEvent>[]): boolean =>
  commits.flatMap(({ events }) => events).find(({ type }) => type === 'issued' || type === 'burned')?.type === 'issued'

/** The fold of a certificate's stream. Undefined: never recorded here. Throws `UnknownEvent`. */
export function recordOf(uuid: string, commits: readonly Commit<CertificateEvent>[]): CertificateRecord | undefined {
  requireKnown(commits, shapes)
  const [first] = commits
  const [opening] = first?.events ?? []
  if (first === undefined || opening?.type !== 'reserved') return undefined
  const { type: _, ...reservation } = opening
  const history: StatusEntry[] = []
  let renewed: CertificateRecord['renewed']
  let outcome: State = { state: 'reserved' }
  for (const { events, recordedAt: at } of commits) {
    for (const event of events) {
      // A final state stays, even if a late writer appended something after it (invariant I24).
      if (outcome.state === 'burned' || outcome.state === 'revoked') break
      switch (event.type) {
        case 'reserved':
          break
        case 'issued':
          outcome = { state: 'in-force', issuedAt: at, generation: event.generation }
          history.push({ state: 'in-force', at })
          break
        case 'renewed':
          renewed = { uuid: event.renewal, at }
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
          // If an authority takes over a suspension by the body, the moment of the first suspension stays.
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
        case 'erased':
        case 'held':
        case 'hold-lifted':
        case 'link-replaced':
          break
        default:
          event satisfies never
      }
    }
  }
  const { link, ...keeping } = keepingOf(commits)
  const linked = 'generation' in outcome && link ? { ...outcome, generation: link.generation } : outcome
  const common: Common = { uuid, reservation, reservedAt: first.recordedAt, history, commits, ...keeping }
  return { ...common, ...(renewed && { renewed }), ...(link && { linkSince: link.since }), ...linked }
}
