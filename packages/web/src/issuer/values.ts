import type { BodyStatement, DescribedBy, Scope } from '@sijil/qualifications'
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
import type { Contact, Office } from '../offices.ts'

export interface IssuerValues {
  issuer: LocalNames & {
    id: string
    kind: 'authority' | 'body' | 'centre'
    /** Only a body has one. */
    did?: string
    /** True if the body publishes its DID document itself. */
    elsewhere?: true
    name: string
    /** ISO 3166-1 alpha-2, or `ASEAN`. */
    state: string
    /** Only of a fictional state. */
    stateName?: string
    acronym?: string
    domain?: string
    /** How it showed control of the domain. Absent: it only states the domain. */
    control?: DomainControl
    /** An office that takes complaints and corrections, never a person. */
    contact?: Contact
    successor?: { id: string; name: string }
  }
  /** The authority above it, if no contact of its own is recorded. */
  above?: Office
  /** Why it is not a real body. Absent: it is real, or nothing is known of it on that day. */
  unreal?: 'sandbox' | 'demonstration'
  /** Short answers about the qualification in `explained`, as a reading aid. They are not the four answers inside a verdict. */
  answers: {
    real: 'yes' | 'no' | 'not-known'
    may: 'yes' | 'in-part' | 'no' | 'not-known'
    scope: 'yes' | 'in-part' | 'no' | 'not-known'
    standing: 'yes' | 'in-part' | 'no' | 'not-known'
  }
  /** The day on which its record begins, if the question is about an earlier day. Nothing can be said about that day. */
  recordBegins?: string
  /** What could not be answered: a future day, which today replaces, or a qualification that is not on record. */
  replaced?: { qualification: true }
  standing: AccreditationStatus
  /** How the answer in `explained` changed during that day. The first entry holds at its start. Absent: it did not change. */
  turns?: readonly { from: string; standing: AccreditationStatus }[]
  /** The moment from which it is suspended or withdrawn. */
  since?: string
  /** The law or licence that it rests on. */
  basis: string
  /** True for an authority that this deployment accepts as a root. It grants by its own mandate. */
  isRoot: boolean
  /**
   * The question that the page answers in plain words, with the names of the sites to which the answer is limited. Absent: the scope
   * reaches no qualification of this registry, or the chosen one is not on record.
   */
  explained?: {
    qualification: { id: string; title: string }
    right: Right
    answer: IssuerAnswer
    sites?: readonly string[]
  }
  /** The qualifications that its scope reaches, to choose from. */
  choices: readonly { id: string; title: string }[]
  /** The highest link first, as of that day. */
  chain: readonly ChainLink[]
  /** Log indexes of the decisions in the chain, by their names in the log. A decision that no checkpoint covers yet is missing. */
  places: Readonly<Record<string, number>>
  scope: readonly (Omit<Scope, 'qualifications' | 'sites' | 'units'> & {
    /** Titles of qualifications, or the name of a framework if it covers all of them. Absent: all its qualifications. */
    qualifications?: readonly string[] | { framework: string }
    /** Names of the assessment centres to which it is limited. Absent: not limited. */
    sites?: readonly string[]
    /** The only units that it covers, by the titles of their qualifications. */
    units?: readonly { title: string; codes: readonly string[] }[]
    right: Right
    basis: string
    /** Names of the grantors. Empty: by law. */
    by: readonly string[]
    /** Name of its principal. */
    onBehalfOf?: string
    /** Its own state on that day, without regard to the links above it. */
    state: 'force' | 'suspension' | 'withdrawal' | 'past' | 'future'
    /** True if the grantors kept the power over certificates issued under it. */
    mayChangeStatus?: boolean
    from: string
    until?: string
    pilot?: boolean
    /** The findings of a reviewer, including the gaps. */
    assurance?: Assurance
  })[]
  /** What it stated about itself by that day. `read`: the name of the record of the baseline, if it is about one that was assigned to it. */
  described?: readonly { id: string; read?: string; statement: BodyStatement; describedBy: DescribedBy }[]
  /** Newest first. */
  timeline: readonly (
    | { at: string; event: 'listed' }
    | { at: string; event: 'ends'; right: Right }
    /** Absent contact: none from then on. */
    | { at: string; event: 'contact'; contact?: string; recordedOn?: string }
    | {
        at: string
        event: 'accredited' | 'amended' | 'suspended' | 'lifted' | 'joined' | 'withdrawn'
        /** The right of the accreditation. Two entries of one day may differ in nothing else. */
        right: Right
        basis: string
        /** Names of the authorities that decided it. Empty: by law. */
        by: readonly string[]
        /** The day on which it was recorded, if later. */
        recordedOn?: string
      }
  )[]
  keys: readonly {
    kid: string
    purpose: 'certificates' | 'lists' | 'decisions'
    state: 'in-use' | 'suspended' | 'retired' | 'compromised'
    from?: string
    until?: string
    publicKeyMultibase: string
    /** X.509 chain of a national CA. The key's own certificate comes first. No verdict rests on it. */
    chain?: readonly { subject: string; until: string; fingerprint: string }[]
  }[]
  /** Its entries in the public log. */
  log: LogProofValues
  /** What keeps it from issuing now. Absent: nothing does, or it could not be read now. */
  interruptions?: { key?: { since: string }; paused: readonly { title: string; since: string }[] }
  /** The day of the question. */
  asOf: string
}

export type ScopeRow = IssuerValues['scope'][number]
