import type { CorridorText } from '@sijil/qualifications'
import type { JointCommits, Party } from '../joint/events.ts'
import { type Joint, type JointMoments, jointAt } from '../joint/joint-at.ts'

/** A version from the moment at which all of its parties had joined, until the next one or the first leaving. */
export interface Period {
  joint: Joint<CorridorText>
  from: string
  until?: string
}

export interface Corridor {
  id: string
  /** The version in force, or the last one that was. Absent: no version was ever joined by all. */
  current?: Joint<CorridorText>
  state: 'open' | 'waiting' | 'ended'
  /** A later version that not all have joined. The one in force stays in force until they have. */
  waiting?: Joint<CorridorText>
  periods: readonly Period[]
}

/** A corridor by its versions, in the order of their numbers. Undefined: none was on record. */
export function corridorAt(
  versions: readonly JointCommits<CorridorText>[],
  moments: JointMoments,
): Corridor | undefined {
  const joints = versions.flatMap((commits) => jointAt(commits, moments) ?? [])
  const [first] = joints
  if (first === undefined) return undefined
  const joined = joints.filter(({ jointFrom }) => jointFrom !== undefined)
  const periods = joined.map((joint, at): Period => {
    const ends = [joint.endedFrom, joined[at + 1]?.jointFrom].filter((end) => end !== undefined).sort()
    return { joint, from: joint.jointFrom ?? '', ...(ends[0] !== undefined && { until: ends[0] }) }
  })
  const current = joined.at(-1)
  const waiting = joints.findLast(
    ({ state, text }) => state !== 'joint' && state !== 'ended' && text.number > (current?.text.number ?? 0),
  )
  const state = current === undefined ? (waiting ? 'waiting' : 'ended') : current.endedFrom ? 'ended' : 'open'
  return { id: first.text.id, state, periods, ...(current && { current }), ...(waiting && { waiting }) }
}

/** The ids of the parties of the version that was in force at a moment. None: none was. */
export const partiesAt = ({ periods }: Pick<Corridor, 'periods'>, moment: string): readonly string[] =>
  periods
    .findLast(({ from, until }) => from <= moment && (until === undefined || moment < until))
    ?.joint.text.parties.map(({ id }: Party) => id) ?? []

/** The day on which all had joined the first version. Nothing was declared before it. */
export const foundedOn = ({ periods }: Pick<Corridor, 'periods'>): string | undefined => periods[0]?.from.slice(0, 10)
