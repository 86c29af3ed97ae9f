import { sealCredential } from '@sijil/credentials'
import type { CertificateEvent, CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { type IssuerSecret, linkToken, lookTag, sealBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import { untilWon } from '../lost-race.ts'
import type { PendingAction } from '../status/pending-action.ts'
import { nextCommit, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { findAttempt, isReleased } from './attempt.ts'
import { burnReservation } from './burn.ts'
import { planCertificate } from './compose.ts'
import { interruptionsOf, markingKey, requireNotPaused } from './interruptions.ts'
import { requireCentre } from './issue-centre.ts'
import type { IssueRequest, Issuing } from './issuing.ts'
import { requireAuthority } from './issuing-authority.ts'
import { requireReleasable } from './release-gate.ts'
import { answerFromRecord, type Issued } from './reopen.ts'
import { requireStillReplaceable, roomToReplace, takePlace } from './replace.ts'
import { claimOrBurn, prepareFrom, requireRecord, reserve } from './reserve.ts'
import { requireSigningBody, type SigningBody } from './signing-body.ts'

/** Nothing was issued or reserved: that a certificate is replaced waits for a second person. */
export interface Waiting {
  waits: PendingAction
}

/**
 * Issues a certificate. The same request sent again continues or repeats what it began, so a crash between any two steps loses
 * nothing. The steps are numbered as in docs/issuing.md.
 */
export async function issueCertificate(request: IssueRequest, needs: Issuing): Promise<Issued | Waiting> {
  await requireMember({ owner: request.issuer, subject: request.subject, role: 'issue' }, { reader: needs.store })
  await needs.quota(request, needs)
  return untilWon(() => issueOnce(request, needs), needs.patience)
}

/** Each reservation takes a status entry, so a request that cannot use its reservations must not take more and more. */
const MOST_RESERVATIONS = 3

async function issueOnce(
  request: IssueRequest,
  needs: Issuing,
  reservationsLeft = MOST_RESERVATIONS,
): Promise<Issued | Waiting> {
  const body = await requireSigningBody(request.issuer, needs)
  const attempt = await findAttempt(request, needs)
  if (isReleased(attempt.record))
    return release(attempt.record, body, attempt.secret, request, needs, { replayed: true })

  const plan = await requireCentre(planCertificate(request.input, needs), needs)
  await requireAuthority(plan, body, needs) // 1
  const interruptions = await interruptionsOf(body.id, needs.store)
  requireNotPaused(interruptions, plan.qualification.id)
  const replacing = { issuer: body.id, replaces: plan.input.replaces, actor: request.subject }
  const waits = attempt.record === undefined ? await roomToReplace(replacing, needs) : undefined
  if (waits !== undefined) return { waits }
  const record = attempt.record ?? (await reserve(request, plan, attempt, body, needs)) // 2
  const prepared = prepareFrom(plan, record.reservation, attempt, body, needs)
  if (prepared.hash !== record.reservation.hash || !body.maySignWith(record.reservation.kid)) {
    // The qualification's record or the key changed under an unfinished request: what was reserved can no longer be made.
    await burnReservation({ issuer: body.id, record, actor: 'system:issue' }, needs)
    if (reservationsLeft > 1) return issueOnce(request, needs, reservationsLeft - 1)
    throw new RegistryError('dependency-unavailable', 'The reservation changed while the certificate was made.')
  }
  await claimOrBurn(record, await lookTag(attempt.secret, request.input.certificateNumber), body, needs)
  const { kid } = record.reservation
  const signature = await markingKey(
    () => needs.signer.sign(body.keyOf(kid), body.id, 'certificates', prepared.bytes), // 3
    { issuer: body.id, kid, interruptions },
    needs,
  )
  const text = sealCredential(prepared, signature)
  await requireReleasable({ text, record, body }, needs) // 4
  const { uuid, secret } = attempt
  await needs.boxes.put(
    sealBox(linkToken(secret, uuid, 0), { owner: body.id, uuid, hash: prepared.hash, text }, needs.random),
  )
  await requireAuthority(plan, body, needs, record) // 5
  await requireStillReplaceable(body.id, record, needs)
  const released = await finish(record, body, request, needs)
  return release(released, body, secret, request, needs, { replayed: false }) // 6
}

/** What it replaces has ended first, also when a crash came between the two; then the answer is read from the record. */
async function release(
  record: ReleasedRecord,
  body: SigningBody,
  secret: IssuerSecret,
  { subject }: IssueRequest,
  needs: Issuing,
  how: { replayed: boolean },
): Promise<Issued> {
  await takePlace({ issuer: body.id, record, actor: subject }, needs)
  return answerFromRecord(record, body, secret, needs, how)
}

async function finish(
  record: CertificateRecord,
  body: SigningBody,
  { subject }: IssueRequest,
  { store, now }: Issuing,
): Promise<ReleasedRecord> {
  const stream = streams.certificate(body.id, record.uuid)
  const event: CertificateEvent = { type: 'issued', generation: 0 }
  await store.append(
    nextCommit(stream, record.commits, { events: [event], actor: subject, now, index: `CERTIFICATES#${body.id}` }),
  )
  const released = await requireRecord(body.id, record.uuid, store)
  if (!isReleased(released)) throw new RegistryError('internal', 'an issued certificate that is not')
  return released
}
