import type { HoldReason, SuspensionReason } from '@sijil/credentials'
import { catalogueOf } from '../catalogue/reader.ts'
import { restsOn } from '../certificates/affected.ts'
import { noSuchCertificate, readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import type { AskedByPerson } from '../erasure/erase.ts'
import { holdFor, liftHoldFor } from '../erasure/hold.ts'
import { RegistryError } from '../errors.ts'
import { type ChangeStatusDeps, changeOrWait, changeStatus, type StatusChanged } from '../status/change-status.ts'
import { suspension } from '../status/suspend.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { termsAt } from '../trust/grant.ts'
import { requireMember, requireOfficer } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { isSuccessor } from '../trust/successors.ts'
import { decidesAbout } from './accredit.ts'
import type { DecideDeps, DecideReader } from './decide-deps.ts'
import { type CertificateChange, carriedOutBy, requireProposal } from './proposals.ts'

interface Named {
  authority: string
  issuer: string
  uuid: string
}

/**
 * Suspends a certificate at once, by one officer alone, within the brake of the authority (I72). Only two officers of that authority
 * can lift it (I27). The body has a brake of its own, so neither uses up the limit of the other.
 */
export async function suspendCertificateByAuthority(
  request: Named & { subject: string; reason: SuspensionReason },
  deps: DecideDeps & ChangeStatusDeps,
): Promise<StatusChanged> {
  const { authority, issuer, uuid, subject, reason } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: deps.store })
  await requirePower(request, deps)
  const action = { kind: 'suspend', issuer, certificate: uuid, reason, by: authority } as const
  const decide = suspension({ reason, by: authority })
  return changeOrWait({ issuer, uuid, actor: subject }, { owner: authority, action, decide }, deps)
}

/** An officer of an authority makes a legal hold, at once. It stands beside a hold of the body, and only the authority can lift it. */
export async function holdCertificateByAuthority(
  { authority, subject, reason, ...named }: Named & { subject: string; reason: HoldReason },
  deps: DecideDeps & ChangeStatusDeps,
): Promise<StatusChanged> {
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: deps.store })
  await requirePower({ authority, ...named }, deps)
  return holdFor({ ...named, actor: subject, reason, by: authority }, deps)
}

/** Asks for the end of the hold that this authority made, or one that it succeeded. A second officer approves it. */
export async function liftHoldByAuthority(
  { authority, subject, signedInAt, ...named }: Named & { subject: string } & AskedByPerson,
  deps: DecideDeps & ChangeStatusDeps,
): Promise<StatusChanged> {
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: deps.store })
  const { holds } = await requirePower({ authority, ...named }, deps)
  let by = authority
  for (const hold of holds) if (hold.by !== undefined && (await isSuccessor(authority, hold.by, deps))) by = hold.by
  return liftHoldFor({ ...named, actor: subject, signedInAt, by, owner: authority }, deps)
}

/**
 * The record of a certificate, for officers of an authority that may change its state. For everybody else it does not exist. It holds no
 * person, and its number and its notes stay sealed.
 */
export async function overseenCertificate(
  { subject, ...named }: Named & { subject: string },
  deps: DecideReader,
): Promise<ReleasedRecord> {
  await requireOfficer({ owner: named.authority, subject }, { reader: deps.store })
  return requirePower(named, deps)
}

/**
 * Carries out an approved proposal about a certificate. It is a separate step, because the functions that write trust may not write
 * certificates, and the reverse. One approval changes a certificate once. The subject must hold the role `approve`.
 */
export async function carryOutOnCertificate(
  { authority, id, subject }: { authority: string; id: string; subject: string },
  deps: DecideDeps & ChangeStatusDeps,
): Promise<StatusChanged> {
  const { store, now } = deps
  await requireMember({ owner: authority, subject, role: 'approve' }, { reader: store })
  const { change, state } = await requireProposal(authority, id, store, now)
  if (change.verb !== 'revoke-certificate' && change.verb !== 'reinstate-certificate')
    throw new RegistryError(
      'conflict',
      'this proposal is not about a certificate: it is carried out when it is approved',
    )
  if (state !== 'approved' && state !== 'carried-out')
    throw new RegistryError('conflict', `this proposal is ${state}, not approved`)
  const { issuer, certificate: uuid } = change
  const found = await requirePower({ authority, issuer, uuid }, deps)
  const isDone = ({ commits }: ReleasedRecord) => commits.some(({ events }) => carriedOutBy(id, events))
  if (change.verb === 'reinstate-certificate' && !isDone(found)) await requireOwnSuspension(authority, found, deps)
  return changeStatus(
    { issuer, uuid, actor: subject },
    (record) => {
      const stated = { by: authority, proposal: id, ...record.reservation.status }
      if (isDone(record) || record.state === 'revoked') return undefined
      if (change.verb === 'revoke-certificate') return { type: 'revoked', reason: change.reason, ...stated }
      requireLiftable(record, change)
      return { type: 'reinstated', ...stated }
    },
    deps,
  )
}

/** Throws if the change cannot be carried out. It is checked at the proposal and again at the approval. */
export async function requirePossible(authority: string, change: CertificateChange, deps: DecideDeps): Promise<void> {
  const record = await requirePower({ authority, issuer: change.issuer, uuid: change.certificate }, deps)
  if (record.state === 'revoked')
    throw new RegistryError('conflict', 'this certificate is revoked; a revocation is final')
  if (change.verb !== 'reinstate-certificate') return
  await requireOwnSuspension(authority, record, deps)
  requireLiftable(record, change)
}

/** Throws unless this authority, or one that it succeeded, suspended the certificate. */
async function requireOwnSuspension(
  authority: string,
  record: ReleasedRecord,
  { store, now }: DecideDeps,
): Promise<void> {
  const by = record.state === 'suspended' ? record.by : undefined
  if (by === authority) return
  if (by !== undefined && (await isSuccessor(authority, by, { store, now }))) return
  throw new RegistryError('conflict', 'this authority has not suspended this certificate')
}

/** Number of suspensions so far, by anyone. It identifies the suspension that a proposal lifts. */
export const suspensionsOf = (record: Pick<CertificateRecord, 'commits'> | undefined): number =>
  record?.commits.flatMap(({ events }) => events).filter(({ type }) => type === 'suspended').length ?? 0

function requireLiftable(
  record: ReleasedRecord,
  { suspended }: Extract<CertificateChange, { verb: 'reinstate-certificate' }>,
): void {
  if (record.state !== 'suspended' || record.by === undefined)
    throw new RegistryError('conflict', 'no authority has suspended this certificate')
  if (suspended !== suspensionsOf(record))
    throw new RegistryError(
      'conflict',
      'this certificate was suspended again after this was proposed: look at it, and propose again',
    )
}

/**
 * Returns the certificate if the authority has power over it: the authority kept this power in the accreditation, the certificate was
 * issued under that accreditation, and the authority is accepted here now. Throws `not-found` otherwise (I36). Withdrawing the
 * accreditation does not end the power, because it is needed then.
 */
export async function requirePower({ authority, issuer, uuid }: Named, deps: DecideReader): Promise<ReleasedRecord> {
  const { store, now } = deps
  const moment = now.toISOString()
  const [history, record] = await Promise.all([trustOf(store)(issuer), readRecord(issuer, uuid, store)])
  const body = entityAt(issuer, history, EVERYTHING)
  if (body === undefined || record === undefined) throw noSuchCertificate()
  const qualification = await catalogueOf(store)(record.reservation.qualification)
  // A grant recorded or joined after the certificate gives no power over it, even if it is effective from an earlier day.
  const asIssued = 'issuedAt' in record ? entityAt(issuer, history, record.issuedAt) : undefined
  for (const grant of body.grants) {
    const then = asIssued?.grants.find(({ id }) => id === grant.id)
    const isKept =
      termsAt(grant, moment).mayChangeStatus === true && then !== undefined && restsOn(then, record, qualification)
    if (isKept && (await decidesAbout(body, grant, authority, deps))) return record
  }
  throw noSuchCertificate()
}
