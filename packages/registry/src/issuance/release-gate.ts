import { readJson } from '@sijil/credentials'
import type { IndependentVerdict } from '@sijil/credentials/independent'
import { catalogueOf } from '../catalogue/reader.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { RegistryError, type RegistryErrorCode } from '../errors.ts'
import { readOnce } from '../stream.ts'
import { trustOf } from '../trust/reader.ts'
import type { Reason } from '../verification/verification.ts'
import { verifyCertificate } from '../verification/verify-certificate.ts'
import { storeOnly } from '../verification/verify-deps.ts'
import { abandonReservation } from './abandon.ts'
import { recordWithheld } from './interruptions.ts'
import type { IssueDeps } from './issue-deps.ts'
import type { SigningBody } from './signing-body.ts'

/** If authority ended between two steps, the error says so (F12). The signed certificate itself has no fault. */
const endOfAuthority = new Map<Reason | undefined, RegistryErrorCode>([
  ['issuer-suspended', 'issuer-suspended'],
  ['issuer-withdrawn', 'issuer-not-accredited'],
  ['issuer-unknown', 'issuer-not-accredited'],
  ['issuer-refused', 'issuer-not-accredited'],
  ['issuer-not-accredited', 'type-not-in-scope'],
  ['centre-not-in-scope', 'type-not-in-scope'],
])

/**
 * Throws unless every public check passes, except `recorded: not-finished`, and the independent verifier accepts the certificate. A
 * refused certificate is withheld and its reservation abandoned. The third one of a qualification pauses its issuing (I16, F10).
 */
export async function requireReleasable(
  { text, record, body }: { text: string; record: CertificateRecord; body: SigningBody },
  deps: IssueDeps,
): Promise<void> {
  const document = readJson(text)
  const { store, boxes, policy, baseUrl, now } = deps
  const reader = readOnce(store)
  const { checks } = await verifyCertificate(document, {
    ...storeOnly,
    reader,
    boxes,
    trust: trustOf(reader),
    catalogue: catalogueOf(reader),
    policy,
    baseUrl,
    now,
    general: () => Promise.reject(new Error('a certificate needs no general mode')),
  })
  const against = checks.filter(({ outcome, reason }) => outcome !== 'passed' && reason !== 'not-finished')
  // An outage says nothing about the document. It stays reserved, and the same request can continue.
  if (against.some(({ reason }) => reason === 'record-not-readable'))
    throw new RegistryError('dependency-unavailable', 'the record could not be read back')
  const independent: IndependentVerdict | undefined =
    against.length === 0
      ? await deps.verifyIndependently(document as object, { didDocument: body.didDocument, now })
      : undefined
  if (independent?.verified) return
  const ended = against.length === 1 ? endOfAuthority.get(against[0]?.reason) : undefined
  const { qualification } = record.reservation
  const withheld = { issuer: body.id, qualification, uuid: record.uuid }
  const paused = ended === undefined ? await recordWithheld(withheld, { store, now }) : undefined
  await abandonReservation({ issuer: body.id, record, actor: 'system:issue' }, { store, now })
  if (ended !== undefined)
    throw new RegistryError(ended, 'the authority to issue this certificate ended while it was being issued')
  throw (
    paused ??
    new RegistryError('internal', 'the signed certificate did not verify and was withheld', {
      cause: new Error(
        independent === undefined
          ? against.map(({ name, reason }) => `${name}: ${reason}`).join(', ')
          : `the independent verifier refused it: ${independent.kinds.join(', ')}`,
      ),
    })
  )
}
