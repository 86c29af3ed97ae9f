import type { FilesEvent } from '../batch-files/asked-files.ts'
import type { PrintEvent } from '../certificates/prints.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import type { SignatoryOpened } from '../decisions/open-signatories.ts'
import type { ProposalEvent } from '../decisions/proposals.ts'
import type { ReportEvent } from '../reports/report.ts'
import type { PendingEvent } from '../status/pending-action.ts'
import type { Commit } from '../stream.ts'
import type { MemberEvent } from '../trust/members.ts'
import type { ReplayEvent } from '../webhooks/replay.ts'
import type { SecretEvent } from '../webhooks/secrets.ts'

/** Everything that the trail of a body can say. */
export const trailActs = [
  'issued',
  'revoked',
  'suspended',
  'reinstated',
  'abandoned',
  'held',
  'hold-lifted',
  'printed',
  'duplicate-printed',
  'asked',
  'asked-approved',
  'asked-rejected',
  'proposed',
  'approved',
  'rejected',
  'batch-sent',
  'batch-approved',
  'batch-changed',
  'files-asked',
  'files-approved',
  'file-loaded',
  'member-added',
  'member-removed',
  'signatory-opened',
  'webhook-secret-made',
  'webhook-replayed',
  'details-opened',
  'report-opened',
  'report-closed',
  'letter-opened',
  'other',
] as const
export type TrailAct = (typeof trailActs)[number]

/** One act. It names no holder: certificates by their ids, and members by their identifiers. */
export interface TrailEntry {
  at: string
  act: TrailAct
  /** The member who acted, or `system:…`. Absent: an officer of the authority in `by`, whom the body need not know. */
  actor?: string
  /** The authority that acted. Absent: the body itself. */
  by?: string
  /** UUID. */
  certificate?: string
  /** Id of the proposal, of the action that waits, of the batch, or of the report. */
  record?: string
  /** What was proposed or asked for, the reason, the roles of a member. A closed list of words. */
  detail?: string
  /** The member whose roles changed. */
  member?: string
}

type KnownEvent =
  | CertificateEvent
  | PrintEvent
  | ProposalEvent
  | PendingEvent
  | MemberEvent
  | SignatoryOpened
  | SecretEvent
  | ReplayEvent
  | ReportEvent
  | FilesEvent
  | { type: 'opened'; certificate: string; purpose: string }

/** The acts of one commit, of any of the streams that the trail lists. A commit of an authority hides who of its officers acted. */
export function entriesOf({ stream, events, actor, recordedAt: at, by }: Commit<unknown>, body: string): TrailEntry[] {
  const [, kind = '', id = ''] = stream.split('/')
  return (events as readonly KnownEvent[]).map((event) => {
    const acting =
      'by' in event && event.by !== undefined && event.by !== body ? event.by : by !== body ? by : undefined
    const who = acting === undefined ? { actor } : { by: acting }
    // What officers of a host did about one certificate. Its events share some names with those of a certificate.
    if (kind === 'single') return { at, ...who, act: 'other' as const, record: id, detail: event.type }
    if (kind === 'letter') return { at, ...who, act: 'letter-opened' as const, certificate: id }
    const act = kind === 'batch' ? batchAct(event, id) : actOf(event, { isPending: kind === 'pending', id })
    return { at, ...who, ...act }
  })
}

type Act = Omit<TrailEntry, 'at' | 'actor' | 'by'>

function batchAct({ type, act: list }: { type: string; act?: string }, record: string): Act {
  if (type === 'submitted') return { act: 'batch-sent', record }
  if (type === 'list-submitted') return { act: 'batch-sent', record, ...(list && { detail: list }) }
  return type === 'approved' ? { act: 'batch-approved', record } : { act: 'batch-changed', record, detail: type }
}

function actOf(event: KnownEvent, { isPending, id }: { isPending: boolean; id: string }): Act {
  switch (event.type) {
    case 'issued':
      return { act: 'issued', certificate: id }
    case 'burned':
      return { act: 'abandoned', certificate: id }
    case 'revoked':
    case 'suspended':
    case 'reinstated':
      return { act: event.type, certificate: id, ...(event.reason && { detail: event.reason }) }
    case 'held':
      return { act: 'held', certificate: id, detail: event.reason }
    case 'hold-lifted':
      return { act: 'hold-lifted', certificate: id }
    case 'printed':
      return {
        act: event.copy === 1 ? 'printed' : 'duplicate-printed',
        certificate: id,
        ...(event.reason && { detail: event.reason }),
      }
    case 'asked':
      return { act: 'asked', record: id, certificate: event.action.certificate, detail: event.action.kind }
    case 'proposed':
      return { act: 'proposed', record: id, detail: event.change.verb }
    case 'approved':
      return { act: isPending ? 'asked-approved' : 'approved', record: id }
    case 'rejected':
      return { act: isPending ? 'asked-rejected' : 'rejected', record: id }
    case 'member-added':
      return { act: 'member-added', member: event.subject, detail: event.roles.join(' ') }
    case 'member-removed':
      return { act: 'member-removed', member: event.subject }
    case 'files-asked':
    case 'file-loaded':
      return { act: event.type, record: id, detail: event.kind }
    case 'files-approved':
      return { act: 'files-approved', record: id }
    case 'signatory-opened':
      return { act: 'signatory-opened' }
    case 'webhook-secret-made':
      return { act: 'webhook-secret-made' }
    case 'replay-asked':
      return { act: 'webhook-replayed', ...(event.event && { record: event.event }) }
    case 'opened':
      return { act: 'details-opened', certificate: event.certificate, detail: event.purpose }
    case 'message-opened':
      return { act: 'report-opened', record: id }
    case 'closed':
      return { act: 'report-closed', record: id, detail: event.outcome }
    default:
      // An act that this list does not name is shown all the same, by its kind.
      return { act: 'other', record: id, detail: event.type }
  }
}
