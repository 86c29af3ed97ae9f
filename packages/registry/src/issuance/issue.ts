import { sealCredential } from '@sijil/credentials'
import { catalogueOf } from '../catalogue/reader.ts'
import type { Plan } from '../certificates/plan.ts'
import type { CertificateEvent, CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { type IssuerSecret, linkToken, lookTag, sealBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import { requireReleased } from '../status/change-status.ts'
import type { PendingAction } from '../status/pending-action.ts'
import { nextCommit, readOnce, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { abandonReservation } from './abandon.ts'
import { findAttempt, isReleased } from './attempt.ts'
import { planCertificate } from './compose.ts'
import { interruptionsOf, markingKey, requireNotPaused } from './interruptions.ts'
import { requireCentre } from './issue-centre.ts'
import type { IssueDeps, IssueRequest } from './issue-deps.ts'
import { requireAuthority } from './issuing-authority.ts'
import { requireReleasable } from './release-gate.ts'
import { recordRenewal, requireStillRenewable } from './renew.ts'
import { answerFromRecord, type Issued } from './reopen.ts'
import { requireStillReplaceable, takePlace } from './replace.ts'
import { claimOrAbandon, prepareFrom, requireRecord, reserve } from './reserve.ts'
import { waitsForSecond } from './second-person.ts'
import { announceLetter, requireRecipient } from './send-letter.ts'
import { requireSigningBody, type SigningBody } from './signing-body.ts'

/** Nothing was issued or reserved, because it waits for a second person. */
export interface Waiting {
  waits: PendingAction
}

/**
 * Issues a certificate. If the same request is sent again, it continues the attempt or repeats the answer, so a crash between any two
 * steps loses nothing. The steps are numbered as in docs/issuing.md.
 */
export async function issueCertificate(request: IssueRequest, deps: IssueDeps): Promise<Issued | Waiting> {
  await requireMember({ owner: request.issuer, subject: request.subject, role: 'issue' }, { reader: deps.store })
  if (request.batch === undefined) await deps.quota(request, deps)
  return untilWon(() => issueOnce(request, deps), deps.patience)
}

/** Each reservation takes a status entry, so a request that cannot use its reservations must not take more and more. */
const MOST_RESERVATIONS = 3

async function issueOnce(
  request: IssueRequest,
  deps: IssueDeps,
  reservationsLeft = MOST_RESERVATIONS,
): Promise<Issued | Waiting> {
  const trust = trustOf(readOnce(deps.store))
  const body = await requireSigningBody(request.issuer, { trust, now: deps.now })
  const attempt = await findAttempt(request, deps)
  if (isReleased(attempt.record))
    return release(attempt.record, body, attempt.secret, request, deps, { replayed: true })

  const catalogue = catalogueOf(readOnce(deps.store))
  const planned = await planCertificate(request.input, { catalogue, now: deps.now })
  requireApprovedEdition(planned, request)
  const plan = await requireCentre(planned, { trust, policy: deps.policy, now: deps.now })
  await requireRecipient(plan, { issuer: body.id, trust, now: deps.now })
  await requireAuthority({ plan, body, trust }, deps) // 1
  const interruptions = await interruptionsOf(body.id, deps.store)
  requireNotPaused(interruptions, plan.qualification.id)
  const waits = attempt.record === undefined ? await waitsForSecond(request, plan, attempt, deps) : undefined
  if (waits !== undefined) return { waits }
  const record = attempt.record ?? (await reserve(request, plan, attempt, body, deps)) // 2
  const prepared = prepareFrom(plan, record.reservation, attempt, body, deps)
  if (prepared.hash !== record.reservation.hash || !body.maySignWith(record.reservation.kid)) {
    // The qualification's record or the key changed since the reservation, so the reserved document can no longer be made.
    await abandonReservation({ issuer: body.id, record, actor: 'system:issue' }, deps)
    if (reservationsLeft > 1) return issueOnce(request, deps, reservationsLeft - 1)
    throw new RegistryError('dependency-unavailable', 'The reservation changed while the certificate was made.')
  }
  await claimOrAbandon(record, await lookTag(attempt.secret, request.input.certificateNumber), body, deps)
  const signing = body.keyOf(record.reservation.kid)
  const signature = await markingKey(
    () => deps.signer.sign(signing, body.id, 'certificates', prepared.bytes), // 3
    { issuer: body.id, signing, interruptions },
    deps,
  )
  const text = sealCredential(prepared, signature)
  await requireReleasable({ text, record, body }, deps) // 4
  const { uuid, secret } = attempt
  const token = linkToken(secret, uuid, 0)
  await deps.boxes.put(sealBox(token, { owner: body.id, uuid, hash: prepared.hash, text }, deps.random))
  await requireAuthority({ plan, body, record, trust: trustOf(readOnce(deps.store)) }, deps) // 5
  await requireStillReplaceable(body.id, record, deps)
  await requireStillRenewable(body.id, record, deps)
  await announceLetter({ request, record, token, text }, deps)
  const released = await finish(record, body, request, deps)
  return release(released, body, secret, request, deps, { replayed: false }) // 6
}

/** A row without an edition means the one that counted when it was approved (I60). */
function requireApprovedEdition({ qualification: { edition } }: Plan, { approvedEdition }: IssueRequest): void {
  if (approvedEdition === undefined || approvedEdition === edition) return
  throw new RegistryError('validation-failed', 'another edition counts for this certificate since it was approved', {
    faults: [{ pointer: '/edition', detail: 'another edition counts for that day now: send the row in another batch' }],
  })
}

/** Ends the replaced certificate, or notes the renewal, before the answer, even if a crash came between. Then reads the answer from the record. */
async function release(
  record: ReleasedRecord,
  body: SigningBody,
  secret: IssuerSecret,
  { subject }: IssueRequest,
  deps: IssueDeps,
  how: { replayed: boolean },
): Promise<Issued> {
  await takePlace({ issuer: body.id, record, actor: subject }, deps)
  await recordRenewal({ issuer: body.id, record, actor: subject }, deps)
  // What was decided about the replaced certificate may have passed on to this one.
  const { replaces } = record.reservation
  const now = replaces === undefined ? record : await requireReleased(body.id, record.uuid, deps.store)
  return answerFromRecord(now, body, secret, deps, how)
}

async function finish(
  record: CertificateRecord,
  body: SigningBody,
  { subject, batch }: IssueRequest,
  { store, now }: IssueDeps,
): Promise<ReleasedRecord> {
  const stream = streams.certificate(body.id, record.uuid)
  const event: CertificateEvent = { type: 'issued', generation: 0, ...(batch && { batch }) }
  await store.append(
    nextCommit(stream, record.commits, { events: [event], actor: subject, now, index: `CERTIFICATES#${body.id}` }),
  )
  const released = await requireRecord(body.id, record.uuid, store)
  if (!isReleased(released))
    throw new RegistryError('internal', 'a certificate was issued and its record does not show it')
  return released
}
