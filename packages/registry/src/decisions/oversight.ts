import type { SuspensionReason } from '@sijil/credentials'
import { restsOn } from '../certificates/affected.ts'
import { noSuchCertificate, readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { RegistryError } from '../errors.ts'
import { type ChangeStatusDeps, changeOrWait, changeStatus, type StatusChanged } from '../status/change-status.ts'
import { suspension } from '../status/suspend.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { termsAt } from '../trust/grant.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { isSuccessor } from '../trust/successors.ts'
import { decidesAbout } from './accredit.ts'
import type { DecideDeps } from './decide-deps.ts'
import { type CertificateChange, carriedOutBy, requireProposal } from './proposals.ts'

interface Named {
  authority: string
  issuer: string
  uuid: string
}

/**
 * One officer alone, at once, within the brake of the authority (I72): only the authority itself takes it back, by two people (I27).
 * The body's own hour is another, so neither uses up the room of the other.
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

/**
 * Does what two officers decided about a certificate, for either of them. It is a step of its own because whoever decides about trust
 * writes no certificate, and whoever writes certificates no decision. One approval changes a certificate once.
 */
export async function carryOutOnCertificate(
  { authority, id, subject }: { authority: string; id: string; subject: string },
  deps: DecideDeps & ChangeStatusDeps,
): Promise<StatusChanged> {
  const { store, now } = deps
  await requireMember({ owner: authority, subject, role: 'approve' }, { reader: store })
  const { change, state } = await requireProposal(authority, id, store, now)
  if (change.verb !== 'revoke-certificate' && change.verb !== 'reinstate-certificate')
    throw new RegistryError('conflict', 'this proposal is not about a certificate: its approval carries it out')
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

/** What could not be carried out is refused when it is proposed, and again when it is approved. */
export async function requirePossible(authority: string, change: CertificateChange, deps: DecideDeps): Promise<void> {
  const record = await requirePower({ authority, issuer: change.issuer, uuid: change.certificate }, deps)
  if (record.state === 'revoked')
    throw new RegistryError('conflict', 'this certificate is revoked; a revocation is final')
  if (change.verb !== 'reinstate-certificate') return
  await requireOwnSuspension(authority, record, deps)
  requireLiftable(record, change)
}

/** The authority that suspended it alone lifts it, or whoever took its place. */
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

/** How often it was suspended, by whomever: which suspension it is that somebody lifts. */
export const suspensionsOf = (record: Pick<CertificateRecord, 'commits'> | undefined): number =>
  record?.commits.flatMap(({ events }) => events).filter(({ type }) => type === 'suspended').length ?? 0

function requireLiftable(
  record: ReleasedRecord,
  { suspended }: Extract<CertificateChange, { verb: 'reinstate-certificate' }>,
): void {
  if (record.state !== 'suspended' || record.by === undefined)
    throw new RegistryError('conflict', 'no authority has suspended this certificate')
  if (suspended !== suspensionsOf(record))
    throw new RegistryError('conflict', 'it was suspended anew since this was proposed: look, and propose again')
}

/**
 * The authority kept this power when it accredited the body, the certificate was issued under that accreditation, and the authority is
 * one that counts here now. Anybody else's certificate does not exist (I36). A withdrawn grant leaves the power: it is needed then.
 */
export async function requirePower({ authority, issuer, uuid }: Named, deps: DecideDeps): Promise<ReleasedRecord> {
  const { store, now } = deps
  const moment = now.toISOString()
  const [history, record] = await Promise.all([trustOf(store)(issuer), readRecord(issuer, uuid, store)])
  const body = entityAt(issuer, history, EVERYTHING)
  if (body === undefined || record === undefined) throw noSuchCertificate()
  // A grant that was recorded or joined after the certificate gives no power over it, from whatever day it counts.
  const asIssued = 'issuedAt' in record ? entityAt(issuer, history, record.issuedAt) : undefined
  for (const grant of body.grants) {
    const then = asIssued?.grants.find(({ id }) => id === grant.id)
    const isKept = termsAt(grant, moment).mayChangeStatus === true && then !== undefined && restsOn(then, record)
    if (isKept && (await decidesAbout(body, grant, authority, deps))) return record
  }
  throw noSuchCertificate()
}
