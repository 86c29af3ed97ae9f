import { descriptionOf } from '../catalogue/description-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import { hashOf } from '../four-eyes.ts'
import { isFreshSignIn } from '../fresh-sign-in.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { requireMember, requireOfficer, rolesOf } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { lastDecided } from './accredit.ts'
import { streamOfRecord } from './assign-record.ts'
import { carryOut } from './carry-out.ts'
import { fittingOf } from './class-faults.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { awaitedSince } from './joining.ts'
import { findLookAlikes } from './look-alikes.ts'
import { suspensionsOf } from './oversight.ts'
import { ownKind, type Proposal, type ProposalEvent, type ProposedChange, requireProposal } from './proposals.ts'
import { rehearsal } from './rehearsal.ts'

interface Proposing {
  authority: string
  subject: string
  id: string
  change: ProposedChange
}

/** The change as it would be recorded. Writes nothing. Throws the error of a change that could not be carried out now. */
export async function rehearseProposal(
  { authority, subject, id, change }: Proposing,
  deps: CarryOutDeps,
): Promise<ProposedChange> {
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: deps.store })
  const seen = await withSeen(change, authority, deps)
  await carryOut(seen, { authority, actor: subject, proposal: id }, rehearsal(deps).deps)
  return seen
}

/** Records a proposal of one officer. */
export async function proposeChange(request: Proposing, deps: CarryOutDeps): Promise<Proposal> {
  const { authority, subject, id } = request
  const change = await rehearseProposal(request, deps)
  const event: ProposalEvent = { type: 'proposed', change, hash: hashOf(change) }
  const { store, now } = deps
  const stream = streams.proposal(authority, id)
  await store.append(nextCommit(stream, [], { events: [event], actor: subject, now, index: `PROPOSALS#${authority}` }))
  return requireProposal(authority, id, store, now)
}

/** Adds to the change the state that it refers to, so that an approval does not cover anything that is decided later. */
async function withSeen(
  change: ProposedChange,
  authority: string,
  { store, now }: CarryOutDeps,
): Promise<ProposedChange> {
  if (change.verb === 'reinstate-certificate') {
    const record = await readRecord(change.issuer, change.certificate, store)
    return { ...change, suspended: suspensionsOf(record) }
  }
  if (change.verb === 'resume-key') {
    const body = entityAt(change.issuer, await trustOf(store)(change.issuer), EVERYTHING)
    const suspendedAt = body?.keys.find(({ kid }) => kid === change.kid)?.suspendedAt
    return { ...change, ...(suspendedAt && { suspendedAt }) }
  }
  if ('identity' in change) {
    const { shown } = await findLookAlikes(change, store)
    return { ...change, ...(shown.length > 0 && { resembles: shown }) }
  }
  if ('recognised' in change && change.verb !== 'join-recognition') {
    const version = (await recognitionsOf(store)(change.recognised)).length
    const fitting = change.verb === 'recognise-class' && (await fittingOf(change, { store }))
    return { ...change, version, ...(fitting && { fitting }) }
  }
  if ('qualification' in change)
    return { ...change, version: (await catalogueOf(store)(change.qualification)).commits.length }
  if ('framework' in change) return { ...change, version: (await frameworkOf(change.framework, store)).commits.length }
  if ('record' in change) return { ...change, version: (await store.read(streamOfRecord(change))).length }
  if ('described' in change) return { ...change, version: (await descriptionOf(change.described, store)).length }
  if ('body' in change) {
    const last = await store.latest(streams.own(change.body, ownKind(change)))
    return { ...change, version: last === undefined ? 0 : last.number + 1 }
  }
  if (change.verb === 'add-member') return { ...change, held: await rolesOf(change.owner, change.subject, store) }
  if (change.verb === 'remove-member') return { ...change, roles: await rolesOf(change.owner, change.subject, store) }
  if (change.verb === 'accredit' || change.verb === 'propose-comparison' || change.verb === 'propose-skill-set')
    return { ...change, catalogueAt: now.toISOString() }
  if (change.verb !== 'join' && change.verb !== 'lift' && change.verb !== 'amend' && change.verb !== 'confirm')
    return change
  const grantee = entityAt(change.grantee, await trustOf(store)(change.grantee), EVERYTHING)
  const grant = grantee?.grants.find((one) => one.id === change.grant)
  if (change.verb === 'join') return { ...change, joins: grant ? awaitedSince(grant, authority) : [] }
  const seen = { ...change, ...(grant && { seen: lastDecided(grant) }) }
  return seen.verb === 'lift' ? seen : { ...seen, catalogueAt: now.toISOString() }
}

interface Decision {
  authority: string
  id: string
  subject: string
}

/**
 * A second officer of the same authority approves, and the change is carried out. The request names the hash of the change that the
 * officer has seen. Repeated after a crash, it continues. Throws `four-eyes-required`, `fresh-sign-in-required` or `conflict`.
 */
export async function approveProposal(
  request: Decision & { hash: string; signedInAt: Date | undefined },
  deps: CarryOutDeps,
): Promise<Proposal> {
  const { authority, id, subject, hash, signedInAt } = request
  const { store, now } = deps
  await requireMember({ owner: authority, subject, role: 'approve' }, { reader: store })
  const proposal = await requireProposal(authority, id, store, now)
  if (proposal.proposedBy === subject)
    throw new RegistryError('four-eyes-required', 'You proposed this. Another officer must approve it.')
  if (proposal.state === 'open' && !(await rolesOf(authority, proposal.proposedBy, store)).includes('propose'))
    throw new RegistryError(
      'four-eyes-required',
      'The officer who proposed this may not propose any more. Propose it again.',
    )
  if (await isPromotionOf(subject, proposal.change, store))
    throw new RegistryError('four-eyes-required', 'This gives you a role. Another officer must approve it.', {
      reason: 'own-roles',
    })
  if (!isFreshSignIn(signedInAt, now)) {
    throw new RegistryError(
      'fresh-sign-in-required',
      'Approving needs a person who signed in less than ten minutes ago.',
    )
  }
  if (hash !== proposal.hash) {
    throw new RegistryError('conflict', 'this is not the proposal that you saw', {
      faults: [{ pointer: '/hash', detail: 'must be the hash of the proposal as it stands' }],
    })
  }
  if (proposal.state === 'carried-out') return proposal
  if (proposal.state !== 'open' && proposal.state !== 'approved')
    throw new RegistryError('conflict', `this proposal is ${proposal.state}`)
  const { change } = proposal
  const isOfCertificate = change.verb === 'revoke-certificate' || change.verb === 'reinstate-certificate'
  if (isOfCertificate && proposal.state === 'approved') return proposal
  const decided = { authority, actor: subject, proposal: id }
  if (proposal.state === 'open') {
    // A change that cannot be carried out now is not approved. The proposal stays open until it ends or is rejected.
    await carryOut(change, decided, rehearsal(deps).deps)
    await appendDecision(proposal, { type: 'approved', hash }, subject, deps)
  }
  if (isOfCertificate) return requireProposal(authority, id, store, now)
  await carryOut(change, { ...decided, isRepeated: proposal.state === 'approved' }, deps)
  await appendDecision(await requireProposal(authority, id, store, now), { type: 'carried-out' }, subject, deps)
  return requireProposal(authority, id, store, now)
}

/** True if the change gives this person a role that they do not hold. Everybody may approve that they lose one. */
export const isPromotionOf = async (
  subject: string,
  change: ProposedChange,
  reader: CommitReader,
): Promise<boolean> => {
  if (change.verb !== 'add-member' || change.subject !== subject) return false
  const held = await rolesOf(change.owner, subject, reader)
  return change.roles.some((role) => !held.includes(role))
}

/** Ends an open proposal. Any officer who may propose or approve can do this. */
export async function rejectProposal(
  { authority, id, subject, why }: Decision & { why?: string },
  deps: { store: CommitStore; now: Date },
): Promise<Proposal> {
  const { store, now } = deps
  await requireOfficer({ owner: authority, subject }, { reader: store })
  const proposal = await requireProposal(authority, id, store, now)
  if (proposal.state === 'rejected') return proposal
  if (proposal.state !== 'open') throw new RegistryError('conflict', `this proposal is ${proposal.state}`)
  await appendDecision(proposal, { type: 'rejected', ...(why && { why }) }, subject, deps)
  return requireProposal(authority, id, store, now)
}

async function appendDecision(
  { authority, id, commits }: Proposal,
  event: ProposalEvent,
  actor: string,
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  // The trail of the authority or body lists the decision. That the change was carried out follows from it.
  const index = event.type === 'carried-out' ? {} : { index: `TRAIL#${authority}` as const }
  await store.append(nextCommit(streams.proposal(authority, id), commits, { events: [event], actor, now, ...index }))
}
