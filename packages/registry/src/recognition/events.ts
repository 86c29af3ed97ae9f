import type { RegistrationActivity } from '@sijil/credentials'
import type { JointText } from '../joint/events.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'
import type { Grounds } from '../trust/events.ts'

/** What a host authority decides. `temporary`: for a time. `measures`: after the steps that it names. */
export const recognitionResults = ['full', 'part', 'temporary', 'measures', 'refused'] as const
export type RecognitionResult = (typeof recognitionResults)[number]

/** What a recognition leads to under rules of the host state that are published. */
export const entitlementKinds = ['permit', 'wage', 'work'] as const
export interface Entitlement {
  kind: (typeof entitlementKinds)[number]
  /** The class of permit, wage or work, in the words of the rule. */
  text: string
  /** Where the rule is published. */
  source: string
  /** The day on which the source was read. `YYYY-MM-DD` */
  readOn: string
}

/** The authority that decided, as it was registered then. The decision counts in its own state, and nowhere else. */
export interface HostAuthority {
  id: string
  name: string
  /** ISO 3166-1 alpha-2. */
  state: string
  stateName?: string
  demonstration?: true
}

/** Which certificates of the edition a class decision covers. Each limit is named, so that the class does not grow in silence. */
export interface CertificateClass {
  /** Ids of bodies of this registry, and DIDs of others. */
  issuers: readonly string[]
  /** First and last day of award. `YYYY-MM-DD` */
  award: { from: string; until: string }
  /** The last day on which a certificate may have been issued by our record. A later one is not covered, whatever day it states. */
  issuedUntil: string
}

/** A registration of a foreign professional for a time. The supervisor stays in the sealed terms, and in no signed document. */
export interface RegistrationTerms {
  activity: RegistrationActivity
  scope: string
  place: string
  supervisor?: string
  /** First day, `YYYY-MM-DD`. Absent: the day on which it is approved. */
  from?: string
  isRenewable?: boolean
}

/** The terms of a decision. Every text is public, except those of a registration about a person. */
export interface DecisionTerms extends Grounds {
  result: RecognitionResult
  /** Codes of the units that are recognised. Absent: the whole qualification. */
  units?: readonly string[]
  /** What the holder must do before it counts: one step each. */
  measures?: readonly string[]
  conditions?: string
  /** Last day of the recognition, `YYYY-MM-DD`. */
  until?: string
  entitles?: readonly Entitlement[]
  /** How and until when the decision can be appealed. */
  appeal: string
}

/** An authority that decides together with others. `isOrigin`: the qualification is of its state, so it agrees, and the decision has no effect there. */
export interface JointParty extends HostAuthority {
  isOrigin?: true
}

/** What authorities join. The text names all of them, so its hash covers who they are. */
export interface JointClass {
  of: { qualification: string; edition: string }
  class: CertificateClass
  terms: DecisionTerms
}

/** How an appeal stands. `open`: nobody has decided it. `fell`: the decision was wrong; it ends by a decision of its own. */
export const appealStates = ['open', 'stands', 'fell'] as const
export type AppealState = (typeof appealStates)[number]

/** Everything that can happen to the record of one edition. It counts from the commit's `effectiveAt`. */
export type RecognitionEvent =
  | { type: 'class-decided'; decision: string; host: HostAuthority; class: CertificateClass; terms: DecisionTerms }
  | { type: 'class-appealed'; decision: string; by: string; state: AppealState; note: string }
  | ({ type: 'class-ended'; decision: string; by: string } & Grounds)
  /** Several authorities decide it together (decision 131). The first one proposes the text, and has joined by that. */
  | { type: 'joint-class-proposed'; decision: string; text: JointText<JointClass>; hash: string; host: HostAuthority }
  | { type: 'joint-class-joined'; decision: string; hash: string; host: JointParty }
  /** It ends for all. Nobody joins it any more. */
  | ({ type: 'joint-class-left'; decision: string; hash: string; party: string } & Grounds)

const shapes: EventShapes<RecognitionEvent> = {
  'class-decided': ['decision', 'host', 'class', 'terms'],
  'class-appealed': ['decision', 'by', 'state', 'note'],
  'class-ended': ['decision', 'by', 'basis'],
  'joint-class-proposed': ['decision', 'text', 'hash', 'host'],
  'joint-class-joined': ['decision', 'hash', 'host'],
  'joint-class-left': ['decision', 'hash', 'party', 'basis'],
}

export type RecognitionCommits = readonly Commit<RecognitionEvent>[]

/** Throws `UnknownEvent` for an event of a later version: it could be an end. */
export const requireKnownRecognition = (commits: RecognitionCommits): void => requireKnown(commits, shapes)
