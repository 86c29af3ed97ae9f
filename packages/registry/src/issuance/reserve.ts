import { CURRENT_FORM, DocumentFault, type PreparedCredential, prepareCredential } from '@sijil/credentials'
import { claimNumbers, requireFreeNumber } from '../certificates/certificate-number.ts'
import type { Plan } from '../certificates/plan.ts'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateEvent, CertificateRecord, Reservation } from '../certificates/record.ts'
import { lookTag, numberTag, sealNumber, subjectUuid } from '../certificates/secrecy.ts'
import { claimStatusEntry } from '../certificates/status-pair.ts'
import { RegistryError } from '../errors.ts'
import { wholeSecond } from '../moments.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { abandonReservation } from './abandon.ts'
import type { Attempt } from './attempt.ts'
import { composeCertificate } from './compose.ts'
import type { IssueDeps, IssueRequest } from './issue-deps.ts'
import { requireRenewable } from './renew.ts'
import { requireReplaceable } from './replace.ts'
import type { SigningBody } from './signing-body.ts'

/** Records the reservation before anything is signed, so that every signed certificate can be found and revoked (I15). */
export async function reserve(
  request: IssueRequest,
  plan: Plan,
  attempt: Attempt,
  body: SigningBody,
  deps: IssueDeps,
): Promise<CertificateRecord> {
  const { uuid, secret, tag } = attempt
  const { input } = plan
  const { store, now } = deps
  const { replaces, renews } = input
  if (replaces !== undefined) await requireReplaceable(body.id, replaces, deps)
  if (renews !== undefined) await requireRenewable(body.id, { renews, qualification: plan.qualification.id }, deps)
  const number = {
    tag: numberTag(secret, input.certificateNumber),
    sealed: sealNumber(secret, uuid, input.certificateNumber),
  }
  const look = await lookTag(secret, input.certificateNumber)
  await requireFreeNumber(
    { issuer: body.id, tag: number.tag, look, uuid, ...(replaces && { replaces }), ...(renews && { renews }) },
    { reader: store },
  )
  const created = wholeSecond(now)
  const known: Omit<Reservation, 'hash' | 'status'> = {
    requestTag: tag,
    kid: body.currentKey().kid,
    created,
    qualification: plan.qualification.id,
    edition: plan.qualification.edition,
    issuerName: body.name,
    number,
    ...(replaces && { replaces }),
    ...(renews && { renews }),
    ...(plan.centre && { centre: plan.centre.id }),
    ...(plan.part && { units: plan.units.map(({ code }) => code) }),
    form: CURRENT_FORM,
  }
  // Made once with an unused status entry, so that a certificate that cannot be made takes no entry.
  prepareFrom(plan, { ...known, status: { pair: `${body.id}-0`, index: 0 } }, attempt, body, deps)
  const status = await claimStatusEntry({ issuer: body.id, uuid }, { store, secret, now })
  const fixed: Omit<Reservation, 'hash'> = { ...known, status }
  const { hash } = prepareFrom(plan, fixed, attempt, body, deps)
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

export async function requireRecord(issuer: string, uuid: string, store: CommitStore): Promise<CertificateRecord> {
  const record = await readRecord(issuer, uuid, store)
  if (record === undefined) throw new RegistryError('dependency-unavailable', 'the record could not be read back')
  return record
}

/** Makes the document of a reservation, in the form in which it was begun. The same reservation always makes the same document. */
export function prepareFrom(
  plan: Plan,
  fixed: Omit<Reservation, 'hash'>,
  { uuid, secret }: Attempt,
  body: SigningBody,
  { baseUrl }: IssueDeps,
): PreparedCredential {
  const { created, status, issuerName: name, kid, form = 1 } = fixed
  const certificate = composeCertificate(
    plan,
    { uuid, subject: subjectUuid(secret, uuid), created, status, form },
    { ...body, name },
    baseUrl,
  )
  try {
    return prepareCredential(certificate, { created, verificationMethod: `${body.did}#${kid}` })
  } catch (fault) {
    if (!(fault instanceof DocumentFault)) throw fault
    const [, pointer = ''] = inputPlaces.find(([start]) => fault.pointer.startsWith(start)) ?? []
    throw new RegistryError('validation-failed', 'this input cannot be made into a certificate of the profile', {
      cause: fault,
      faults: [{ pointer, detail: fault.message }],
    })
  }
}

/**
 * For a place in the document, the pointer into the input. A fault at `source` means that the centre has the same id as the body or the
 * qualification.
 */
const inputPlaces = [
  ['/credentialSubject/source', '/centre/id'],
  ['/credentialSubject/achievement/inLanguage', '/language'],
  ['/credentialSubject/achievement/specialization', '/limits'],
  ['/evidence', '/method'],
] as const

/** Claims the number, its look-alikes and the place of the replaced certificate. If another one holds them, abandons the reservation. */
export async function claimOrAbandon(
  record: CertificateRecord,
  look: string | undefined,
  body: SigningBody,
  { store, now }: IssueDeps,
): Promise<void> {
  const { number, replaces, renews, qualification } = record.reservation
  try {
    await claimNumbers(
      {
        issuer: body.id,
        tag: number.tag,
        look,
        uuid: record.uuid,
        qualification,
        ...(replaces && { replaces }),
        ...(renews && { renews }),
      },
      { store, now },
    )
  } catch (error) {
    // Another request claimed the number between our check and our claim. Nothing was signed, and nothing will be.
    if (error instanceof RegistryError && (error.code === 'conflict' || error.code === 'in-progress'))
      await abandonReservation({ issuer: body.id, record, actor: 'system:issue' }, { store, now })
    throw error
  }
}
