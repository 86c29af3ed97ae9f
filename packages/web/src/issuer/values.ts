import type { Scope } from '@sijil/qualifications'
import type {
  AccreditationStatus,
  Assurance,
  ChainLink,
  DomainControl,
  IssuerAnswer,
  Right,
} from '@sijil/registry/trust'
import type { LogProofValues } from '../log-proof.ts'
import type { LocalNames } from '../names.ts'

export interface IssuerValues {
  issuer: LocalNames & {
    id: string
    kind: 'authority' | 'body' | 'centre'
    /** Of a body. */
    did?: string
    /** It publishes its DID document itself. */
    elsewhere?: true
    name: string
    /** ISO 3166-1 alpha-2, or `ASEAN`. */
    state: string
    acronym?: string
    domain?: string
    /** That it controls this domain. Absent: it only states it. */
    control?: DomainControl
    /** Where to complain or ask for a correction: an office, never a person. */
    contact?: string
    successor?: { id: string; name: string }
  }
  /** Why it is not a real body. Absent: it is one, or nothing is known of it on that day. */
  unreal?: 'sandbox' | 'demonstration'
  /** A reading aid, about the qualification in `explained`; the four answers inside a verdict are another matter. */
  answers: {
    real: 'yes' | 'no' | 'not-known'
    may: 'yes' | 'in-part' | 'no' | 'not-known'
    scope: 'yes' | 'in-part' | 'no' | 'not-known'
    standing: 'yes' | 'in-part' | 'no' | 'not-known'
  }
  /** The day on which the record of it begins, where an earlier one was asked about: of that nothing can be said. */
  recordBegins?: string
  /** What was asked and could not be answered: a day to come, in whose place today is shown, or a qualification that is not on record. */
  replaced?: { day?: string; qualification?: true }
  standing: AccreditationStatus
  /** How the answer in `explained` turned on that day, the first as the day began. Absent: it was the same all day. */
  turns?: readonly { from: string; standing: AccreditationStatus }[]
  /** Since when it is suspended or withdrawn. */
  since?: string
  /** What it rests on: a law, a licence. */
  basis: string
  /** An authority that this deployment accepts as a root: it holds what it grants by its own mandate. */
  isRoot: boolean
  /**
   * The question whose answer is told in plain words, with the names of the sites that it is limited to. Absent where the scope reaches no
   * qualification here, or the one that was asked about is not on record.
   */
  explained?: {
    qualification: { id: string; title: string }
    right: Right
    answer: IssuerAnswer
    sites?: readonly string[]
  }
  /** What its scope reaches: what may be asked about. */
  choices: readonly { id: string; title: string }[]
  /** Top first, as of that day. */
  chain: readonly ChainLink[]
  /** Where the decisions of the chain stand in the log of the registry, by their names there; one that no checkpoint covers yet is not among them. */
  places: Readonly<Record<string, number>>
  scope: readonly (Omit<Scope, 'qualifications' | 'sites'> & {
    /** Titles, or all of a framework, by its name. Absent: all of its qualifications. */
    qualifications?: readonly string[] | { framework: string }
    /** Names of the assessment centres that it is limited to. Absent: not limited. */
    sites?: readonly string[]
    right: Right
    basis: string
    /** Names of who granted it; none: by law. */
    by: readonly string[]
    /** Name of whom it acts for. */
    onBehalfOf?: string
    /** How it stood on that day by itself, whatever those above it held. */
    state: 'force' | 'suspension' | 'withdrawal' | 'past' | 'future'
    /** The grantors kept the power over certificates issued under it. */
    mayChangeStatus?: boolean
    from: string
    until?: string
    pilot?: boolean
    /** What a reviewer found. Gaps are shown. */
    assurance?: Assurance
  })[]
  /** Newest first. */
  timeline: readonly (
    | { at: string; event: 'listed' }
    | { at: string; event: 'ends'; right: Right }
    | {
        at: string
        event: 'accredited' | 'amended' | 'suspended' | 'lifted' | 'joined' | 'withdrawn'
        /** Of the accreditation: two of one day may differ in nothing else. */
        right: Right
        basis: string
        /** Names of the authorities that decided it; none: by law. */
        by: readonly string[]
        /** The day on which it was recorded, where that is a later one. */
        recordedOn?: string
      }
  )[]
  keys: readonly {
    kid: string
    purpose: 'certificates' | 'lists'
    state: 'in-use' | 'suspended' | 'retired' | 'compromised'
    from?: string
    until?: string
    publicKeyMultibase: string
    /** X.509 chain of a national CA, the key's own certificate first. Nothing rests on it. */
    chain?: readonly { subject: string; until: string; fingerprint: string }[]
  }[]
  /** What the public log has of it. */
  log: LogProofValues
  /** What keeps it from issuing at the moment. Absent: nothing, or it could not be read just now. */
  interruptions?: { key?: { since: string }; paused: readonly { title: string; since: string }[] }
  /** The day that was asked about. */
  asOf: string
}

export type ScopeRow = IssuerValues['scope'][number]
