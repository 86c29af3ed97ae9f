import type { QualificationKind, StatusPurpose } from './certificate.ts'

/** The JSON of a certificate, as defined in `profile-shape.ts`. Read only documents that were checked. */
interface Node<T extends string> {
  id: string
  type: readonly [T]
}

interface OrganisationNode extends Node<'Profile'> {
  name: string
}

interface IssuerNode extends OrganisationNode {
  url: string
  parentOrg?: OrganisationNode
}

export interface IdentityNode {
  type: 'IdentityObject'
  hashed: false
  identityType: 'name' | 'ext:nativeName' | 'ext:birthDate' | 'ext:registerNumber'
  identityHash: string
}

export interface AlignmentNode extends Node<'Alignment'> {
  targetType?: 'ext:NationalLevel' | 'ext:AQRFLevel' | 'ext:Occupation' | 'ext:FieldOfEducation'
  targetFramework?: string
  targetCode: string
  targetName: string
  targetUrl: string
  targetDescription?: string
}

export interface UnitNode extends Node<'ResultDescription'> {
  name: string
  resultType: 'Status'
  alignment: readonly [AlignmentNode]
}

interface ResultNode extends Node<'Result'> {
  resultDescription: string
  status: 'Completed'
}

export interface RelatedNode extends Node<'Related'> {
  name: string
  inLanguage?: string
}

export interface EvidenceNode {
  id: string
  /** An array in the first form. */
  type: 'Evidence' | readonly ['Evidence']
  genre: 'Assessment' | 'Assessor' | 'Signatory'
  name?: string
  narrative?: string
}

interface AchievementNode extends Node<'Achievement'> {
  achievementType: QualificationKind
  name: string
  description: string
  criteria: { id: string; narrative: string }
  humanCode?: string
  /** Required in the first form. */
  version?: string
  inLanguage: string
  fieldOfStudy: string
  specialization?: string
  creator: Node<'Profile'>
  related?: readonly RelatedNode[]
  alignment?: readonly AlignmentNode[]
  resultDescription?: readonly UnitNode[]
}

export interface SubjectNode extends Node<'AchievementSubject'> {
  licenseNumber: string
  identifier: readonly IdentityNode[]
  /** A day in the first form. In the second, midnight of that day in UTC. */
  activityEndDate?: string
  source?: Node<'Profile'> & { name?: string }
  achievement: AchievementNode
  result?: readonly ResultNode[]
}

interface StatusEntryNode {
  id: string
  type: 'BitstringStatusListEntry'
  statusPurpose: StatusPurpose
  statusListIndex: string
  statusListCredential: string
}

/** A certificate's document without its proof. */
export interface UnsecuredDocument {
  '@context': readonly string[]
  id: string
  type: readonly ['VerifiableCredential', 'OpenBadgeCredential']
  name: string
  issuer: IssuerNode
  validFrom: string
  validUntil?: string
  awardedDate?: string
  credentialSubject: SubjectNode
  evidence?: readonly EvidenceNode[]
  credentialStatus: readonly StatusEntryNode[]
  credentialSchema: readonly [{ id: string; type: 'JsonSchema' }]
}

export interface ProofOptions {
  /** RFC 3339 in UTC, to the second. */
  created: string
  /** DID URL of the key. */
  verificationMethod: string
}

export interface Proof extends ProofOptions {
  type: 'DataIntegrityProof'
  cryptosuite: 'eddsa-rdfc-2022'
  proofPurpose: 'assertionMethod'
  /** Multibase, base58: 64 bytes. */
  proofValue: string
}

declare const checked: unique symbol
/** A certificate in exactly our form, with one proof. Its signature is not verified yet. Only `parseProfile` makes one. */
export type ProfileDocument = Readonly<UnsecuredDocument> & {
  readonly proof: Readonly<Proof>
  readonly [checked]: true
}
