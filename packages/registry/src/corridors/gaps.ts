import type { Evidence, PinnedEdition } from '@sijil/qualifications'
import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import type { Declarer } from './events.ts'

/** One unit of the host that a comparison found in part or not at all. */
export interface OpenedGap {
  /** Unique within the register: `g1`, `g2` … */
  id: string
  unit: string
  result: 'partial' | 'gap'
  /** The words of the comparison. */
  note: string
}

/** Everything that parties decide about the gaps of one track. Two officers of the party decided each event. */
export type GapEvent =
  | {
      type: 'gaps-opened'
      comparison: { id: string; number: number }
      from: PinnedEdition
      to: PinnedEdition
      gaps: readonly OpenedGap[]
      declaredBy: Declarer
    }
  | { type: 'gap-action'; gap: string; action: string; declaredBy: Declarer }
  /** It is closed for good. A later comparison opens another one. */
  | { type: 'gap-closed'; gap: string; evidence: readonly Evidence[]; declaredBy: Declarer }

const shapes: EventShapes<GapEvent> = {
  'gaps-opened': ['comparison', 'from', 'to', 'gaps', 'declaredBy'],
  'gap-action': ['gap', 'action', 'declaredBy'],
  'gap-closed': ['gap', 'evidence', 'declaredBy'],
}

export type GapCommits = readonly Commit<GapEvent>[]

export interface Gap extends OpenedGap {
  comparison: { id: string; number: number }
  from: PinnedEdition
  to: PinnedEdition
  openedBy: Declarer
  openedAt: string
  action?: string
  closed?: { evidence: readonly Evidence[]; by: Declarer; at: string }
}

/** The register by what is on record. Throws `UnknownEvent` for an event of a later version: it could close a gap. */
export function gapsAt(commits: GapCommits): readonly Gap[] {
  requireKnown(commits, shapes)
  const gaps = new Map<string, Gap>()
  for (const { events, recordedAt } of commits)
    for (const event of events) {
      if (event.type === 'gaps-opened') {
        const { comparison, from, to, declaredBy } = event
        for (const gap of event.gaps)
          gaps.set(gap.id, { ...gap, comparison, from, to, openedBy: declaredBy, openedAt: recordedAt })
        continue
      }
      const gap = gaps.get(event.gap)
      if (gap === undefined) continue
      if (event.type === 'gap-action') gap.action = event.action
      else gap.closed = { evidence: event.evidence, by: event.declaredBy, at: recordedAt }
    }
  return [...gaps.values()]
}

/** Strongly consistent. */
export const readGaps = (corridor: string, track: string, reader: Pick<CommitReader, 'read'>): Promise<GapCommits> =>
  reader.read<GapEvent>(streams.gaps(corridor, track))
