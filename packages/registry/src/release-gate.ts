import { readJson } from '@sijil/credentials'
import { burnReservation } from './burn.ts'
import { RegistryError } from './errors.ts'
import type { Issuing } from './issue.ts'
import type { CertificateRecord } from './record.ts'
import type { SigningBody } from './signing-body.ts'
import { trustOf } from './trust/reader.ts'
import { verifyCertificate } from './verify-certificate.ts'

/**
 * What was signed leaves the house only if the public verifier finds nothing against it but that its issuing has not finished,
 * and if the reference path (jsonld, rdf-canonize) reads it as we do. Otherwise it is withheld and its entry burned (I16, F10).
 */
export async function requireReleasable(
  { text, record, body }: { text: string; record: CertificateRecord; body: SigningBody },
  needs: Issuing,
): Promise<void> {
  const document = readJson(text)
  const { store, boxes, policy, baseUrl, now } = needs
  const { checks } = await verifyCertificate(document, {
    reader: store,
    boxes,
    trust: trustOf(store),
    policy,
    baseUrl,
    now,
    general: () => Promise.reject(new Error('a certificate needs no general mode')),
  })
  const against = checks.filter(({ outcome, reason }) => outcome !== 'passed' && reason !== 'not-finished')
  const read = against.length === 0 && (await needs.referenceHash(document as object)) === record.reservation.hash
  if (read) return
  await burnReservation({ issuer: body.id, record, actor: 'system:issue' }, { store, now })
  throw new RegistryError('internal', 'the signed certificate did not verify and was withheld', {
    cause: new Error(
      against.map(({ name, reason }) => `${name}: ${reason}`).join(', ') || 'the reference path reads it otherwise',
    ),
  })
}
