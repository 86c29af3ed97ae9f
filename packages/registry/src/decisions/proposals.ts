import type { RevocationReason } from '@sijil/credentials'
import type { ListTerms } from '../accepted-registries/accepted-lists.ts'
import type { ExternalKey, ExternalSigner } from '../accepted-registries/external-signers.ts'
import { streamOfDescription } from '../catalogue/description-at.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { LIFE_MS } from '../four-eyes.ts'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { KeyAlgorithm, KeyPurpose } from '../ports.ts'
import { type Commit, type CommitReader, type OwnKind, type StreamId, streams } from '../stream.ts'
import type { DomainControl, GrantTerms, Grounds, Identity, Right } from '../trust/events.ts'
import { type Assignment, streamOfRecord } from './assign-record.ts'
import type { GapChange } from './decide-gap.ts'
import type { TrackChange } from './decide-track.ts'
import type { VersionChange } from './decide-version.ts'
import type { ComplianceChange } from './declare-compliance.ts'
import type { DescriptionChange } from './describe.ts'
import type { LentKey } from './lent-keys.ts'
import type { Resembled } from './look-alikes.ts'
import type { MemberChange } from './own-members.ts'
import type { ReceiptChange } from './receive-portfolio.ts'
import type { RecognitionChange } from './recognition-change.ts'
import type { LogoChange } from './set-logo.ts'
import type { PolicyChange } from './set-policy.ts'
import type { SignatoryChange } from './set-signatory.ts'
import type { WebhookChange } from './set-webhook.ts'
import type { FrameworkChange, PlacementChange } from './state-framework.ts'
import type { CatalogueChange } from './state-qualification.ts'

/** The changes that need two people: those that add trust, and those that cannot be undone. */
export type ProposedChange =
  | ({
      verb: 'accredit'
      grantee: string
      grant: string
      right: Right
      jointly?: string
      onBehalfOf?: string
      effectiveAt: string
    } & Grounds &
      GrantTerms)
  | ({ verb: 'amend'; grantee: string; grant: string; effectiveAt: string } & Grounds & Seen & GrantTerms)
  /** The terms stay as they are. `catalogueAt`: the moment of the proposal. What was stated by then is confirmed. */
  | ({ verb: 'confirm'; grantee: string; grant: string; effectiveAt: string; catalogueAt?: string } & Grounds & Seen)
  | ({ verb: 'lift'; grantee: string; grant: string; effectiveAt: string } & Grounds & Seen)
  | ({ verb: 'withdraw'; grantee: string; grant: string; effectiveAt: string } & Grounds)
  | ({
      verb: 'join'
      grantee: string
      grant: string
      effectiveAt: string
      /** When each decision was recorded that waited for the grantor at the proposal. No other decision is joined. */
      joins?: readonly string[]
    } & Grounds)
  | CertificateChange
  | Registration
  | Succession
  | ContactChange
  | CatalogueChange
  | PlacementChange
  | FrameworkChange
  | DescriptionChange
  | Assignment
  | RecognitionChange
  | VersionChange
  | TrackChange
  | GapChange
  | ReceiptChange
  | ComplianceChange
  | { verb: 'add-key'; issuer: string; purpose: KeyPurpose; algorithm: KeyAlgorithm }
  | { verb: 'lend-key'; issuer: string; purpose: KeyPurpose; key: LentKey }
  | { verb: 'add-key-elsewhere'; issuer: string; key: ExternalKey }
  | { verb: 'certify-key'; issuer: string; kid: string; x5c: readonly string[] }
  | ({ verb: 'retire-key'; issuer: string; kid: string } & Partial<Grounds>)
  | ({
      verb: 'resume-key'
      issuer: string
      kid: string
      /** Start of the suspension that was seen at the proposal. No later suspension is ended. */
      suspendedAt?: string
    } & Partial<Grounds>)
  | ({ verb: 'compromise-key'; issuer: string; kid: string; compromisedFrom: string } & Partial<Grounds>)
  | ({ verb: 'set-brake'; issuer: string; limit: number } & Grounds)
  | ({ verb: 'accept-list' } & ListTerms)
  | MemberChange
  | PolicyChange
  | SignatoryChange
  | LogoChange
  | WebhookChange

/** When the last decision about the grant was recorded, as seen at the proposal. A later decision makes the proposal fail. */
export interface Seen {
  seen?: string
}

export interface Registration {
  verb: 'register-authority' | 'register-body' | 'register-centre'
  id: string
  identity: Identity
  /** Only for an external signer. */
  elsewhere?: ExternalSigner
  /** Only for a body: shows that it controls the domain of its website. */
  control?: DomainControl
  /** Id of the entity that it will succeed. It may have the names of that entity. */
  succeeds?: string
  /** Look-alikes at the proposal that do not block it: those in other states and in accepted lists. */
  resembles?: readonly Resembled[]
}
export interface Succession extends Grounds {
  verb: 'succeed'
  id: string
  successor: string
  effectiveAt: string
}

/** `contact` is `null` for none. It is never left out, so that no contact is lost by an omission. */
interface ContactChange extends Partial<Grounds> {
  verb: 'change-contact'
  id: string
  contact: string | null
  effectiveAt: string
}

/** Changes of a body's certificate by an authority that kept this power. */
export type CertificateChange =
  | { verb: 'revoke-certificate'; issuer: string; certificate: string; reason: RevocationReason }
  | {
      verb: 'reinstate-certificate'
      issuer: string
      certificate: string
      /** Number of suspensions at the proposal. No later suspension is lifted. */
      suspended?: number
    }

export type ProposalEvent =
  | { type: 'proposed'; change: ProposedChange; hash: string }
  | { type: 'approved'; hash: string }
  /** The approved change has been made. */
  | { type: 'carried-out' }
  | { type: 'rejected'; why?: string }

const shapes: EventShapes<ProposalEvent> = {
  proposed: ['change', 'hash'],
  approved: ['hash'],
  'carried-out': [],
  rejected: [],
}

export interface Proposal {
  id: string
  authority: string
  change: ProposedChange
  /** SHA-256 of the change, base64url. The approval must name it. */
  hash: string
  proposedBy: string
  proposedAt: string
  endsAt: string
  state: 'open' | 'approved' | 'carried-out' | 'rejected' | 'ended'
  decidedBy?: string
  decidedAt?: string
  commits: readonly Commit<ProposalEvent>[]
}

function proposalOf(
  authority: string,
  id: string,
  commits: readonly Commit<ProposalEvent>[],
  now: Date,
): Proposal | undefined {
  requireKnown(commits, shapes)
  const [first, ...later] = commits
  const [opening] = first?.events ?? []
  if (first === undefined || opening?.type !== 'proposed') return undefined
  const { change, hash } = opening
  const endsAt = new Date(Date.parse(first.recordedAt) + LIFE_MS).toISOString()
  const proposal: Proposal = {
    id,
    authority,
    change,
    hash,
    proposedBy: first.actor,
    proposedAt: first.recordedAt,
    endsAt,
    state: 'open',
    commits,
  }
  for (const { events, actor, recordedAt } of later) {
    for (const { type } of events) {
      if (type === 'proposed') continue
      proposal.state = type
      if (type === 'carried-out') continue
      proposal.decidedBy = actor
      proposal.decidedAt = recordedAt
    }
  }
  const isUndone = proposal.state === 'open' || proposal.state === 'approved'
  return isUndone && now.toISOString() >= endsAt ? { ...proposal, state: 'ended' } : proposal
}

/** Reads one proposal in its state at `now`. Throws `not-found` if the authority has none with this id. */
export async function requireProposal(
  authority: string,
  id: string,
  reader: CommitReader,
  now: Date,
): Promise<Proposal> {
  const proposal = proposalOf(authority, id, await reader.read<ProposalEvent>(streams.proposal(authority, id)), now)
  if (proposal === undefined) throw new RegistryError('not-found', 'no such proposal')
  return (await isDone(proposal, reader)) ? { ...proposal, state: 'carried-out' } : proposal
}

/**
 * True if the change is already in its own stream. The proposal may not say so yet: a crash may come first, and the function that
 * changes certificates may not write proposals.
 */
async function isDone({ id, state, change, decidedBy }: Proposal, reader: CommitReader): Promise<boolean> {
  if (decidedBy === undefined || !(state === 'approved' || state === 'ended')) return false
  if (!('certificate' in change)) return isCommitted(change, id, reader)
  const commits = await reader.read<CertificateEvent>(streams.certificate(change.issuer, change.certificate))
  return commits.some(({ events }) => carriedOutBy(id, events))
}

type OwnChanged = Extract<ProposedChange, { body: string }>

/** The record of a body about its own certificates that a change belongs to. */
export const ownKind = ({ verb }: Pick<OwnChanged, 'verb'>): OwnKind => ownKinds[verb]
const ownKinds: Record<OwnChanged['verb'], OwnKind> = {
  'set-policy': 'policy',
  'set-signatory': 'signatory',
  'set-logo': 'logo',
  'set-webhook': 'webhook',
}

/** The stream of a change that takes one commit. Registrations and lists take several, and recognise their own work themselves. */
function streamOf(change: ProposedChange): StreamId | undefined {
  if ('recognised' in change) return streams.recognition(change.recognised.qualification, change.recognised.edition)
  if (change.verb === 'declare-compliance') return streams.compliance(change.action.arrangement, change.action.line)
  if ('portfolio' in change) {
    const { corridor, track, manifest } = change.portfolio
    return streams.receipt(corridor, track, manifest)
  }
  if ('register' in change) return streams.gaps(change.register.corridor, change.register.id)
  if ('track' in change) {
    const { corridor, id: track } = change.track
    return change.verb === 'plan-step' ? streams.plan(corridor, track) : streams.track(corridor, track)
  }
  if ('joint' in change) return streams.joint(change.joint.kind, change.joint.id, change.joint.number)
  if ('qualification' in change) return streams.qualification(change.qualification)
  if ('framework' in change) return streams.framework(change.framework)
  if ('record' in change) return streamOfRecord(change)
  if ('described' in change) return streamOfDescription(change.described)
  if ('grantee' in change) return streams.trust(change.grantee)
  if ('body' in change) return streams.own(change.body, ownKind(change))
  if ('owner' in change) return streams.members(change.owner)
  if ('certificate' in change) return undefined
  if ('issuer' in change) return streams.trust(change.issuer)
  return change.verb === 'succeed' || change.verb === 'change-contact' ? streams.trust(change.id) : undefined
}

/** True if a commit of that stream names the proposal, so the change was carried out. */
export async function isCommitted(change: ProposedChange, id: string, reader: CommitReader): Promise<boolean> {
  const stream = streamOf(change)
  return stream !== undefined && (await reader.read(stream)).some(({ proposal }) => proposal === id)
}

/** True if an event of the certificate names the proposal. */
export const carriedOutBy = (proposal: string, events: readonly CertificateEvent[]): boolean =>
  events.some((event) => 'proposal' in event && event.proposal === proposal)

/** Lists proposals, newest first. Each one is read from its own stream, so that its state is never stale. */
export async function listProposals(
  { authority, limit, after }: { authority: string; limit: number; after?: string },
  { reader, now }: { reader: CommitReader; now: Date },
): Promise<{ proposals: Proposal[]; next?: string }> {
  const page = await reader.list<ProposalEvent>(`PROPOSALS#${authority}`, {
    limit,
    newestFirst: true,
    ...(after && { after }),
  })
  const proposals = await Promise.all(
    page.commits.map(({ stream }) => requireProposal(authority, stream.split('/').at(-1) ?? '', reader, now)),
  )
  return { proposals, ...(page.next && { next: page.next }) }
}
