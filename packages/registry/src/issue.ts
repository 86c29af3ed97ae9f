import { DocumentFault, type PreparedCredential, prepareCredential, sealCredential } from '@sijil/credentials'
import { burnReservation } from './burn.ts'
import { claimNumbers, readRecord, requireFreeNumber } from './certificate-number.ts'
import { composeCertificate, type Plan, planCertificate } from './compose.ts'
import { RegistryError } from './errors.ts'
import { requireCentre } from './issue-centre.ts'
import { canonicalInput, type IssueInput } from './issue-input.ts'
import { requireMember } from './members.ts'
import type { BoxStore, SecretReader, Signer } from './ports.ts'
import type { CertificateEvent, CertificateRecord, ReleasedRecord, Reservation } from './record.ts'
import { requireReleasable } from './release-gate.ts'
import { answerFromRecord, type Issued } from './reopen.ts'
import { supersede } from './revoke.ts'
import {
  certificateUuid,
  type IssuerSecret,
  issuerSecret,
  linkToken,
  numberTag,
  requestTag,
  sealBox,
  sealNumber,
  subjectUuid,
} from './secrecy.ts'
import { requireSigningBody, type SigningBody } from './signing-body.ts'
import { claimStatusEntry } from './status-pair.ts'
import { type CommitStore, nextCommit, streams } from './stream.ts'
import { trustOf } from './trust/reader.ts'
import { issuerStanding, type TrustPolicy } from './trust/standing.ts'

export interface IssueRequest {
  issuer: string
  /** Subject of the access token. */
  subject: string
  idempotencyKey: string
  input: IssueInput
}

export interface Issuing {
  store: CommitStore
  boxes: BoxStore
  signer: Signer
  secrets: SecretReader
  policy: TrustPolicy
  baseUrl: string
  /** Hash of the canonical document without proof by the reference path (jsonld, rdf-canonize), base64url. What it reads otherwise is not released. */
  referenceHash: (document: object) => Promise<string>
  now: Date
  random: (bytes: number) => Uint8Array
}

/** A race has one loser, who looks again; more than this and somebody should be told. */
const ROUNDS = 6

/**
 * Issues a certificate. The same request sent again continues or repeats what it began, so a crash between any two steps loses
 * nothing. The steps are numbered as in docs/issuing.md.
 */
export async function issueCertificate(request: IssueRequest, needs: Issuing): Promise<Issued> {
  await requireMember({ owner: request.issuer, subject: request.subject, role: 'issue' }, { reader: needs.store })
  for (let round = 0; ; round++) {
    try {
      return await issueOnce(request, needs)
    } catch (error) {
      if (!(error instanceof RegistryError && error.code === 'write-conflict') || round === ROUNDS) throw error
    }
  }
}

async function issueOnce(request: IssueRequest, needs: Issuing): Promise<Issued> {
  const body = await requireSigningBody(request.issuer, needs)
  const attempt = await findAttempt(request, body, needs)
  if (isReleased(attempt.record))
    return release(attempt.record, body, attempt.secret, request, needs, { replayed: true })

  const plan = await requireCentre(planCertificate(request.input, needs), needs)
  await requireAuthority(plan, body, needs) // 1
  const record = attempt.record ?? (await reserve(request, plan, attempt, body, needs)) // 2
  const prepared = prepareFrom(plan, record.reservation, attempt, body, needs)
  if (prepared.hash !== record.reservation.hash || !body.maySignWith(record.reservation.kid)) {
    // The qualification's record or the key changed under an unfinished request: what was reserved can no longer be made.
    await burnReservation({ issuer: body.id, record, actor: 'system:issue' }, needs)
    return issueOnce(request, needs)
  }
  await claimOrBurn(record, body, needs)
  const signature = await needs.signer.sign(body.keyOf(record.reservation.kid), body.id, 'certificates', prepared.bytes) // 3
  const text = sealCredential(prepared, signature)
  await requireReleasable({ text, record, body }, needs) // 4
  const { uuid, secret } = attempt
  await needs.boxes.put(
    sealBox(linkToken(secret, uuid, 0), { owner: body.id, uuid, hash: prepared.hash, text }, needs.random),
  )
  await requireAuthority(plan, body, needs, record) // 5
  const released = await finish(record, body, request, needs)
  return release(released, body, secret, request, needs, { replayed: false }) // 6
}

/** What it replaces is superseded first, also when a crash came between the two; then the answer is read from the record. */
async function release(
  record: ReleasedRecord,
  body: SigningBody,
  secret: IssuerSecret,
  { subject }: IssueRequest,
  needs: Issuing,
  how: { replayed: boolean },
): Promise<Issued> {
  const { replaces } = record.reservation
  if (replaces !== undefined && record.state !== 'revoked')
    await supersede({ issuer: body.id, uuid: replaces, successor: record.uuid, actor: subject }, needs)
  return answerFromRecord(record, body, secret, needs, how)
}

interface Attempt {
  uuid: string
  tag: string
  secret: IssuerSecret
  record: CertificateRecord | undefined
}

/** The id follows from the key and the attempt, so the first write of an attempt is also what makes the key one-time (I18). */
async function findAttempt(
  { issuer, idempotencyKey, input }: IssueRequest,
  body: SigningBody,
  needs: Issuing,
): Promise<Attempt> {
  const secret = await issuerSecret(body.id, { reader: needs.store, secrets: needs.secrets })
  const tag = requestTag(secret, canonicalInput(input))
  for (let number = 0; ; number++) {
    const uuid = certificateUuid(secret, idempotencyKey, number)
    const record = await readRecord(issuer, uuid, needs.store)
    if (record !== undefined && record.reservation.requestTag !== tag) {
      throw new RegistryError(
        'idempotency-key-reuse',
        'this Idempotency-Key came with another body before; use a new key for a new certificate',
      )
    }
    if (record?.state !== 'burned') return { uuid, tag, secret, record }
  }
}

const isReleased = (record: CertificateRecord | undefined): record is ReleasedRecord =>
  record !== undefined && 'generation' in record

/**
 * Judged for this qualification and place, now and on the day of the award; a refusal ends what was reserved. "Now" is the moment of
 * the request, or that of the body's last entry where one came meanwhile: a suspension between two steps is seen (F12, I20).
 */
async function requireAuthority(
  plan: Plan,
  body: SigningBody,
  needs: Issuing,
  record?: CertificateRecord,
): Promise<void> {
  const trust = trustOf(needs.store)
  const asked = needs.now.toISOString()
  const latest = (await trust(body.id)).at(-1)?.recordedAt ?? asked
  const moment = latest > asked ? latest : asked
  const question = { issuer: body.id, qualification: plan.qualification.id, place: body.place, recorded: moment }
  for (const effective of [`${plan.award}T23:59:59.999Z`, moment]) {
    const answer = await issuerStanding(
      { ...question, effective: effective < moment ? effective : moment },
      { trust, policy: needs.policy },
    )
    if (answer.standing === 'authorised') continue
    if (record !== undefined) await burnReservation({ issuer: body.id, record, actor: 'system:issue' }, needs)
    const code = (
      {
        'not-for-this': 'type-not-in-scope',
        suspended: 'issuer-suspended',
        withdrawn: 'issuer-not-accredited',
        unknown: 'issuer-not-accredited',
      } as const
    )[answer.standing]
    throw new RegistryError(
      code,
      effective === moment ? answer.sentence : `On the day of the award: ${answer.sentence}`,
    )
  }
}

/** Recorded before anything is signed, so that whatever was signed can be found and revoked (I15). */
async function reserve(
  request: IssueRequest,
  plan: Plan,
  attempt: Attempt,
  body: SigningBody,
  needs: Issuing,
): Promise<CertificateRecord> {
  const { uuid, secret, tag } = attempt
  const { input } = plan
  const { store, now } = needs
  const replaces = input.replaces
  if (replaces !== undefined) await requireReplaceable(body.id, replaces, needs)
  const number = {
    tag: numberTag(secret, input.certificateNumber),
    sealed: sealNumber(secret, uuid, input.certificateNumber),
  }
  await requireFreeNumber({ issuer: body.id, tag: number.tag, uuid, ...(replaces && { replaces }) }, { reader: store })
  const created = `${now.toISOString().slice(0, 19)}Z`
  const known: Omit<Reservation, 'hash' | 'status'> = {
    requestTag: tag,
    kid: body.currentKey.kid,
    created,
    qualification: plan.qualification.id,
    edition: plan.qualification.edition,
    issuerName: body.name,
    number,
    ...(replaces && { replaces }),
  }
  // With a status entry of nobody, so that a certificate that cannot be made takes none.
  prepareFrom(plan, { ...known, status: { pair: `${body.id}-0`, index: 0 } }, attempt, body, needs)
  const status = await claimStatusEntry({ issuer: body.id, uuid }, { store, secret, now })
  const fixed: Omit<Reservation, 'hash'> = { ...known, status }
  const { hash } = prepareFrom(plan, fixed, attempt, body, needs)
  const event: CertificateEvent = { type: 'reserved', ...fixed, hash }
  await store.append(
    nextCommit(streams.certificate(body.id, uuid), [], {
      events: [event],
      actor: request.subject,
      now,
      index: `PENDING#${created.slice(0, 10)}`,
    }),
  )
  return requireRecord(body.id, uuid, store)
}

async function requireReplaceable(issuer: string, uuid: string, { store }: Issuing): Promise<void> {
  const replaced = await readRecord(issuer, uuid, store)
  if (isReleased(replaced) && replaced.state !== 'revoked') return
  throw new RegistryError('validation-failed', 'the certificate to replace is not in force here', {
    faults: [{ pointer: '/replaces', detail: 'name a certificate of this issuer that is in force or suspended' }],
  })
}

async function requireRecord(issuer: string, uuid: string, store: CommitStore): Promise<CertificateRecord> {
  const record = await readRecord(issuer, uuid, store)
  if (record === undefined) throw new RegistryError('dependency-unavailable', 'the record could not be read back')
  return record
}

function prepareFrom(
  plan: Plan,
  fixed: Omit<Reservation, 'hash'>,
  { uuid, secret }: Attempt,
  body: SigningBody,
  { baseUrl }: Issuing,
): PreparedCredential {
  const { created, status, issuerName: name, kid } = fixed
  const certificate = composeCertificate(
    plan,
    { uuid, subject: subjectUuid(secret, uuid), created, status },
    { ...body, name },
    baseUrl,
  )
  try {
    return prepareCredential(certificate, { created, verificationMethod: `${body.did}#${kid}` })
  } catch (fault) {
    if (!(fault instanceof DocumentFault)) throw fault
    const [, pointer = ''] = saidAt.find(([start]) => fault.pointer.startsWith(start)) ?? []
    throw new RegistryError('validation-failed', 'no certificate of the profile can be made of this', {
      cause: fault,
      faults: [{ pointer, detail: fault.message }],
    })
  }
}

/** Where the input says what stands there in the document. Two things with one id: the centre has that of the body or of the qualification. */
const saidAt = [
  ['/credentialSubject/source', '/centre/id'],
  ['/credentialSubject/achievement/inLanguage', '/language'],
  ['/credentialSubject/achievement/specialization', '/limits'],
  ['/evidence', '/method'],
] as const

async function claimOrBurn(record: CertificateRecord, body: SigningBody, { store, now }: Issuing): Promise<void> {
  const { number, replaces } = record.reservation
  try {
    await claimNumbers(
      { issuer: body.id, tag: number.tag, uuid: record.uuid, ...(replaces && { replaces }) },
      { store, now },
    )
  } catch (error) {
    // Another request took the number between our look and our claim: nothing was signed, and nothing will be.
    if (error instanceof RegistryError && error.code === 'conflict')
      await burnReservation({ issuer: body.id, record, actor: 'system:issue' }, { store, now })
    throw error
  }
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
