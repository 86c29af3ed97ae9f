import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'
import type { AppealState } from './events.ts'

/** Why a single decision ends. A closed list, because a free text could be about the person. */
export const singleEndReasons = ['appeal-upheld', 'certificate-changed', 'conditions-not-met', 'made-in-error'] as const
export type SingleEndReason = (typeof singleEndReasons)[number]

/** A later change of a decision, before and after its approval. */
export type SingleChange = { kind: 'end'; reason: SingleEndReason } | { kind: 'appeal'; state: AppealState }

/**
 * Everything that can happen to a single decision. The terms are sealed for the officers of the host. A stranger who reads these commits
 * learns neither the certificate nor the result.
 */
export type SingleEvent =
  /** `hash`: of the terms and of the digest of the certificate. `sealed`: parts of one note. */
  | { type: 'proposed'; hash: string; sealed: readonly string[] }
  | { type: 'asked'; hash: string; change: SingleChange }
  | { type: 'rejected' }
  /** It was approved. Recorded before it is signed: `hash` is that of the document. `decidedBy`: absent, a second officer approved. */
  | { type: 'decided'; hash: string; kid: string; created: string; decidedBy?: 'one' }
  /** The signed document was handed out. */
  | { type: 'issued' }
  | { type: 'changed'; change: SingleChange }
  /** An officer of the host read the terms. */
  | { type: 'opened' }
  /** Another decision took its place. */
  | { type: 'replaced'; by: string }

const shapes: EventShapes<SingleEvent> = {
  proposed: ['hash', 'sealed'],
  asked: ['hash', 'change'],
  rejected: [],
  decided: ['hash', 'kid', 'created'],
  issued: [],
  changed: ['change'],
  opened: [],
  replaced: ['by'],
}

export type SingleCommits = readonly Commit<SingleEvent>[]

/** Throws `UnknownEvent` for an event of a later version: it could be an end. */
export const requireKnownSingle = (commits: SingleCommits): void => requireKnown(commits, shapes)
