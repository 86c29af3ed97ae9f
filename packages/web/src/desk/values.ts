import type {
  ActionLine,
  BodyStatement,
  ComparedUnits,
  Comparison,
  ComplianceStatement,
  CorridorText,
  Degree,
  EditionStatement,
  FrameworkStatement,
  LevelDifference,
  LevelRecord,
  LevelTableStatement,
  OfferedEvidence,
  QualificationStatement,
  ReferencingStatement,
  Scope,
  SkillSet,
  StateStatement,
  StepId,
} from '@sijil/qualifications'
import type { Proposal, ProposedChange, Resembled } from '@sijil/registry/decisions'
import type { AppealState, Fitting } from '@sijil/registry/recognition'
import type { Accreditation, Assurance, BodyPolicy, DomainControl, Right, Role } from '@sijil/registry/trust'
import type { Endpoint } from '@sijil/registry/webhooks'
import type { LocalNames } from '../names.ts'

/** An entity by its id, with its registered name. */
export interface Named {
  id: string
  name: string
  /** The state it belongs to (ISO 3166-1 alpha-2, or `ASEAN`), because two states may share a name. Absent: not on record. */
  state?: string
  /** Only of a fictional state. */
  stateName?: string
}

/** Terms of an accreditation in readable form. */
export interface ShownTerms extends Omit<Scope, 'qualifications'> {
  /** Titles of qualifications, or the name of a framework if it covers all of them. Absent: not limited. */
  qualifications?: readonly string[] | { framework: string }
  until?: string
  pilot?: boolean
  mayChangeStatus?: boolean
  assurance?: Assurance
}

/** The accreditation that a proposal is about, as it is now. */
export interface ShownGrant {
  /** `{grantee}.{grant}`. */
  id: string
  right: Right
  from: string
  terms: ShownTerms
  /** Further terms that a joining adds, oldest first. */
  also?: readonly ShownTerms[]
}

/** Qualifications that an accreditation covers. `named`: the first of them. */
export interface ShownCovered {
  count: number
  /** The bodies and authorities that they belong to. */
  bodies: number
  named: readonly { id: string; title: string; edition?: string; statedBy?: string }[]
}

/** What an accreditation covers today and what it would cover, by what was stated until the proposal. */
export interface ShownCoverage {
  after: ShownCovered
  /** Absent: the accreditation is new. */
  today?: ShownCovered
  enters?: ShownCovered
  leaves?: ShownCovered
  /** Within the terms, but an authority above does not allow it, or has not confirmed it. */
  waits: ShownCovered
  /** Numbers of units of what it covers, where the terms name units before or after. */
  units?: { after: number; today?: number; enter?: number; leave?: number }
  /** Until now, qualifications that are stated later enter by themselves. A decision ends that. */
  isOpen?: boolean
}

/** An accreditation and its present state. */
export interface GrantInState extends ShownGrant {
  state: Accreditation['state']
}

/**
 * Counts the certificates, not revoked, that were issued under an accreditation or below it. `ended` counts those that a withdrawal
 * leaves without an accreditation. `assessed`: nobody can count the certificates that rest on an assessment by centres.
 */
export type ShownAffected =
  | { count: number; ended: number; atLeast?: boolean }
  /** For a key: how many certificates it signed, and how many of them a witness saw before. */
  | { signed: number; witnessed: number; atLeast?: boolean }
  | 'assessed'
  | 'single'
  | 'new'
  | 'key'
  | 'list'
  | 'suspended-key'
  | 'suspended-list'

/** A key: its name, its purpose and its public half. */
interface ShownKey {
  kid: string
  purpose: string
  publicKeyMultibase?: string
  /** Set if another account lends the key. */
  keyRef?: string
}

/** A proposed change, with ids resolved to names. */
export interface ShownChange {
  /** The last two count at once, without a second officer. */
  verb: ProposedChange['verb'] | 'suspend-key' | 'suspend-list'
  about: Named
  right?: Right
  grant?: ShownGrant
  terms?: ShownTerms
  jointly?: Named
  onBehalfOf?: Named
  basis?: string
  effectiveAt?: string
  certificate?: { id: string; reason?: string }
  identity?: LocalNames & {
    state: string
    acronym?: string
    website: string
    mandate: string
    contact?: string
    legalReference?: string
    demonstration: boolean
  }
  /** For a body: how it showed control of its website's domain, or `stated` if it did not. */
  domain?: DomainControl | 'stated'
  /** Entities with look-alike names, in other states and in accepted lists. */
  resembles?: readonly Resembled[]
  /** An entity that it may share its name with, because it is to take its place. */
  succeeds?: Named
  /** For an external signer: its DID and its keys. */
  elsewhere?: { did: string; keys: readonly ShownKey[] }
  successor?: Named
  /** Absent text: it has none from then on. `before`: the contact on record for that day. */
  contact?: { text?: string; before?: string }
  key?: Partial<ShownKey> & { algorithm?: string; compromisedFrom?: string }
  /** SHA-256 of each X.509 certificate. The key's own comes first. */
  chain?: readonly string[]
  list?: { registry: string; keys?: readonly string[]; states?: readonly string[] }
  /** Certificates per hour. */
  brake?: number
  /** What a body decides about its own certificates. `before`: its policy without this change. */
  policy?: { stated: BodyPolicy; before?: BodyPolicy }
  /** The name stays sealed. Absent title: nobody signs from then on. */
  signatory?: { title?: string }
  /** Absent digest: none from then on. */
  logo?: { digest?: string; width?: number; height?: number }
  /** Where events of a body are sent. `null`: nowhere from then on. */
  webhook?: Endpoint | null
  /** `before`: the roles that the new ones replace. */
  member?: { subject: string; roles: readonly Role[]; before?: readonly Role[] }
  /** What an owner states about one of its qualifications. */
  catalogue?: ShownStatement
  /** What an authority states about its framework. */
  framework?: ShownFramework
  /** Where an authority places an edition. Absent level: it takes the placement back. */
  placement?: ShownPlacement
  /** What a body says about itself, or the root of a state about its state. */
  description?: ShownDescription
  /** What an authority decides about a class of certificates of another state, or about an earlier decision of its own. */
  recognition?: ShownRecognition
  /** A version that authorities join. */
  joint?: ShownVersion
  track?: ShownStepChange
  compliance?: ActionLine & ComplianceStatement
}

/** The text, where it is proposed. A party that joins or leaves names its hash. */
export interface ShownVersion {
  id: string
  number: number
  /** Authorities with the addresses of their registries. */
  parties?: readonly { registry: string; id: string }[]
  hash?: string
  comparison?: Omit<Comparison, 'catalogueAt'>
  set?: SkillSet
  levelRecord?: Omit<LevelRecord, 'origin' | 'host'>
  /** Absent: an edition is not on record. */
  compared?: ComparedVersion
  corridor?: Omit<CorridorText, 'states'>
}

/** All units of both editions, and what is counted from them. Nobody states the whole. */
export interface ComparedVersion extends ComparedUnits {
  titles: { from: string; to: string }
  degree: Degree
  level: LevelDifference
}

/** What a party decides about one step of a track. Its officers see what is not public, too. */
export interface ShownStepChange {
  corridor: string
  id: string
  step?: StepId
  gap?: string
  comparison?: { id: string; number: number }
  manifest?: string
  action?: string
  hash?: string
  progress?: 'under-way' | 'done'
  on?: string
  part?: string
  evidence?: readonly OfferedEvidence[]
  office?: string
  due?: string
}

export interface ShownPlacement {
  qualification: string
  /** The title of the qualification today. */
  title?: string
  edition: string
  framework: string
  level?: number
  source?: string
  /** Where the edition is placed today. */
  before?: { framework: string; level: number; source: string }
}

export interface ShownDescription {
  /** Of the body or the state. */
  id: string
  body?: BodyStatement
  state?: StateStatement
  /** What stood there when it was proposed. Absent: nothing did. */
  before?: Pick<ShownDescription, 'body' | 'state'>
}

export interface ShownFramework {
  framework: string
  /** Its name today. */
  name?: string
  statement?: Omit<FrameworkStatement, 'state'>
  referencing?: ReferencingStatement
  table?: LevelTableStatement
  /** Of the same kind as what is stated: the statement that counts today. Absent: there is none. */
  before?: Omit<ShownFramework, 'framework' | 'name' | 'before'>
}

export interface ShownStatement {
  /** Id of the qualification. */
  id: string
  /** The title that is stated, or the one on record. */
  title: string
  statement?: Omit<QualificationStatement, 'state'>
  edition?: EditionStatement
  /** What was on record when it was proposed. Absent: the qualification is new. */
  before?: {
    statement: QualificationStatement
    /** The edition that is corrected, or the one that the new edition follows. */
    edition?: EditionStatement
  }
}

export interface ShownProposal
  extends Pick<Proposal, 'id' | 'hash' | 'proposedBy' | 'proposedAt' | 'endsAt' | 'state' | 'decidedBy' | 'decidedAt'> {
  change: ShownChange
}

/** A class decision as a proposal states it. Of an appeal and of an end, only what they add. */
export interface ShownRecognition {
  qualification: string
  edition: string
  /** Absent: no title is known here. */
  title?: string
  decision: string
  issuers?: readonly Named[]
  covers?: { award: { from: string; until: string }; issuedUntil: string }
  terms?: Extract<ProposedChange, { verb: 'recognise-class' }>['terms']
  fitting?: Fitting
  /** Authorities that decide it together. */
  jointly?: readonly Named[]
  /** Of the text that a party joins. */
  hash?: string
  appealed?: { state: AppealState; note: string }
}
