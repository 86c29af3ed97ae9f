import type { JointCommits, JointEvent } from '../joint/events.ts'
import { type Joint, jointAt } from '../joint/joint-at.ts'
import { groundsOf } from '../trust/events.ts'
import type { ClassDecision, RecognisedEdition } from './decided.ts'
import type { JointClass, JointParty, RecognitionCommits, RecognitionEvent } from './events.ts'

type JointClassEvent = Extract<RecognitionEvent, { type: `joint-${string}` }>

const isOf =
  (decision: string) =>
  (event: RecognitionEvent): event is JointClassEvent =>
    event.type.startsWith('joint-') && event.decision === decision

/** One joint decision as a version that authorities join (`joint`). Its record is that of its edition, so a verification reads nothing more. */
export function jointClassAt(
  decision: string,
  commits: RecognitionCommits,
  recorded: string,
): Joint<JointClass> | undefined {
  const own = commits.flatMap(({ events, ...commit }) => {
    const found = events.filter(isOf(decision))
    return found.length === 0 ? [] : [{ ...commit, events: found.map(joined) }]
  })
  return jointAt(own as JointCommits<JointClass>, { effective: '9999', recorded })
}

function joined(event: JointClassEvent): JointEvent<JointClass> {
  switch (event.type) {
    case 'joint-class-proposed':
      return { type: 'joint-proposed', text: event.text, hash: event.hash }
    case 'joint-class-joined':
      return { type: 'joint-joined', party: event.host.id, hash: event.hash }
    case 'joint-class-left':
      return { type: 'joint-left', party: event.party, hash: event.hash, basis: event.basis }
    default:
      return event satisfies never
  }
}

/** The same as a class decision. Its first moment is that of the last join, and it ends for all when the first party leaves. */
export function jointlyDecided(
  of: RecognisedEdition,
  decision: string,
  commits: RecognitionCommits,
  recorded: string,
): ClassDecision | undefined {
  const joint = jointClassAt(decision, commits, recorded)
  const events = commits.flatMap((commit) => commit.events.filter(isOf(decision)))
  const [opening] = events
  if (joint === undefined || opening?.type !== 'joint-class-proposed') return undefined
  const hosts = new Map<string, JointParty>(
    events.flatMap((event) => (event.type === 'joint-class-left' ? [] : [[event.host.id, event.host]])),
  )
  const { content } = joint.text
  const lastJoin =
    joint.joined
      .map(({ recordedAt }) => recordedAt)
      .toSorted()
      .at(-1) ?? ''
  const [firstLeft] = joint.left.toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1))
  const leaving = events.find((event) => event.type === 'joint-class-left' && event.party === firstLeft?.party.id)
  return {
    id: decision,
    of,
    host: opening.host,
    class: content.class,
    terms: content.terms,
    jointly: {
      hash: joint.hash,
      parties: joint.joined.flatMap(({ party }) => hosts.get(party.id) ?? []),
      missing: joint.missing.map(({ id }) => id),
      left: joint.left.map(({ party }) => party.id),
      ...(joint.jointFrom && { from: joint.jointFrom }),
    },
    from: joint.jointFrom ?? joint.joined[0]?.effectiveAt ?? lastJoin,
    recordedAt: lastJoin,
    appeals: [],
    ...(joint.endedFrom !== undefined &&
      firstLeft !== undefined &&
      leaving?.type === 'joint-class-left' && {
        ended: { from: joint.endedFrom, recordedAt: firstLeft.recordedAt, ...groundsOf(leaving) },
      }),
  }
}
