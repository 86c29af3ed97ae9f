import { LIFE_MS } from '../four-eyes.ts'
import { type CommitReader, streams } from '../stream.ts'
import type { DecidedBy } from '../trust/body-policy.ts'
import type { AppealState } from './events.ts'
import {
  requireKnownSingle,
  type SingleChange,
  type SingleCommits,
  type SingleEndReason,
  type SingleEvent,
} from './single-events.ts'

/** What waits for a second officer. `change` is absent for the decision itself. */
interface OpenProposal {
  hash: string
  by: string
  at: string
  change?: SingleChange
}

/** The state of one single decision. */
export interface SingleRecord {
  id: string
  host: string
  /** `decided`: approved, and not handed out yet. */
  state: 'open' | 'lapsed' | 'rejected' | 'decided' | 'issued'
  proposedBy: string
  proposedAt: string
  /** The hash that an approval of the decision names. */
  hash: string
  sealed: readonly string[]
  open?: OpenProposal
  decided?: { hash: string; kid: string; created: string; recordedAt: string; decidedBy: DecidedBy }
  issuedAt?: string
  ended?: { from: string; reason: SingleEndReason }
  replaced?: { by: string; at: string }
  appealed?: { state: AppealState; at: string }
  commits: SingleCommits
}

/** The fold. Undefined: nobody proposed it. */
function singleRecordOf(
  { host, id }: { host: string; id: string },
  commits: SingleCommits,
  now: Date,
): SingleRecord | undefined {
  requireKnownSingle(commits)
  const [first] = commits
  const [opening] = first?.events ?? []
  if (first === undefined || opening?.type !== 'proposed') return undefined
  const { hash, sealed } = opening
  const proposed = { proposedBy: first.actor, proposedAt: first.recordedAt, hash, sealed }
  const record: SingleRecord = { id, host, state: 'open', ...proposed, commits }
  for (const { events, actor, recordedAt: at } of commits) {
    for (const event of events) {
      switch (event.type) {
        case 'proposed':
          record.open = { hash: event.hash, by: actor, at }
          break
        case 'asked':
          record.open = { hash: event.hash, by: actor, at, change: event.change }
          break
        case 'rejected':
          if (record.decided === undefined) record.state = 'rejected'
          delete record.open
          break
        case 'decided':
          record.decided ??= {
            ...{ hash: event.hash, kid: event.kid, created: event.created, recordedAt: at },
            decidedBy: event.decidedBy ?? 'two',
          }
          record.state = 'decided'
          delete record.open
          break
        case 'issued':
          record.issuedAt ??= at
          record.state = 'issued'
          break
        case 'changed':
          if (event.change.kind === 'end') record.ended ??= { from: at, reason: event.change.reason }
          else record.appealed = { state: event.change.state, at }
          delete record.open
          break
        case 'opened':
          break
        case 'replaced':
          record.replaced ??= { by: event.by, at }
          break
        default:
          event satisfies never
      }
    }
  }
  if (record.open !== undefined && now.getTime() >= Date.parse(record.open.at) + LIFE_MS) {
    if (record.state === 'open') record.state = 'lapsed'
    delete record.open
  }
  return record
}

/** Strongly consistent. */
export const readSingle = async (
  of: { host: string; id: string },
  reader: Pick<CommitReader, 'read'>,
  now: Date,
): Promise<SingleRecord | undefined> =>
  singleRecordOf(of, await reader.read<SingleEvent>(streams.single(of.host, of.id)), now)
