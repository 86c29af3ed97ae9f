import type { ErasureReason, HoldReason } from '@sijil/credentials'
import type { Commit } from '../stream.ts'

export interface Erasure {
  at: string
  reason: ErasureReason
}

/** A legal hold. `by`: the authority that made it. Absent: the body itself. */
export interface Hold {
  since: string
  reason: HoldReason
  by?: string
}

/** What happens to the sealed document of a certificate and to its link. None of it changes the state of the certificate. */
export type KeepingEvent =
  /** `pending`: the action that two people decided. `from`: the certificate that this one replaced, if it was erased in that moment. */
  | { type: 'erased'; reason: ErasureReason; pending?: string; approvedBy?: string; from?: string }
  | { type: 'held'; reason: HoldReason; by?: string }
  | { type: 'hold-lifted'; by?: string; pending?: string; approvedBy?: string }
  /** The link of this generation is the only one. `pending`: the action that a second person approved, if one had to. */
  | { type: 'link-replaced'; generation: number; pending?: string }

export interface Keeping {
  erased?: Erasure
  /** At most one of the body, and one of each authority. */
  holds: readonly Hold[]
  /** The generation of the newest link, and since when it is that. Absent: the certificate has its first link. */
  link?: { generation: number; since: string }
}

/** Events of a certificate that change its state. */
interface OtherEvent {
  type: 'reserved' | 'issued' | 'burned' | 'renewed' | 'revoked' | 'suspended' | 'reinstated'
}

/** The fold of these events. After an erasure, nothing counts any more. */
export function keepingOf(commits: readonly Commit<KeepingEvent | OtherEvent>[]): Keeping {
  let holds: readonly Hold[] = []
  let link: Keeping['link']
  for (const { events, recordedAt: at } of commits) {
    for (const event of events) {
      switch (event.type) {
        case 'erased':
          return { erased: { at, reason: event.reason }, holds: [], ...(link && { link }) }
        case 'held':
          if (!holds.some(({ by }) => by === event.by))
            holds = [...holds, { since: at, reason: event.reason, ...(event.by && { by: event.by }) }]
          break
        case 'hold-lifted':
          holds = holds.filter(({ by }) => by !== event.by)
          break
        case 'link-replaced':
          link = { generation: event.generation, since: at }
          break
      }
    }
  }
  return { holds, ...(link && { link }) }
}
