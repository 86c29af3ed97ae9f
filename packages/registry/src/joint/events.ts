import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'

/** An authority that a joint version names. One of another registry joins there. */
export interface Party {
  /** The address of its registry, without the scheme. */
  registry: string
  id: string
}

/** What can be joint, and what it says. A kind is added here with its content. */
export interface JointText<C extends object = object> {
  kind: string
  /** `{proposer}.{local}` */
  id: string
  /** 1, 2, 3 … The parties join one version, never all of them. */
  number: number
  /** The first one proposes it. */
  parties: readonly Party[]
  content: C
}

/** Everything that can happen to one version. Two officers of the party decided each event. */
export type JointEvent<C extends object = object> =
  /** The proposer joins by proposing. `hash` is over the text. */
  | { type: 'joint-proposed'; text: JointText<C>; hash: string }
  | { type: 'joint-joined'; party: string; hash: string }
  /** It ends for all. Nobody joins this version any more. */
  | { type: 'joint-left'; party: string; hash: string; basis: string }

const shapes: EventShapes<JointEvent> = {
  'joint-proposed': ['text', 'hash'],
  'joint-joined': ['party', 'hash'],
  'joint-left': ['party', 'hash', 'basis'],
}

export type JointCommits<C extends object = object> = readonly Commit<JointEvent<C>>[]

/** The text that a version proposes, whatever was decided about it since. Undefined: there is no such version. */
export function proposedText<C extends object>([first]: JointCommits<C>): JointText<C> | undefined {
  const [opening] = first?.events ?? []
  return opening?.type === 'joint-proposed' ? opening.text : undefined
}

/** Throws `UnknownEvent` for an event of a later version: it could end what is joint. */
export const requireKnownJoint = (commits: JointCommits): void => requireKnown(commits, shapes)
