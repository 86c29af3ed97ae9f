import { canonicalJson } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord, ReleasedRecord } from '../certificates/record.ts'
import { certificateUuid, type IssuerSecret, issuerSecret, requestTag } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import type { IssueDeps, IssueRequest } from './issue-deps.ts'

/** The certificate that a request began or is about to begin. */
export interface Attempt {
  uuid: string
  tag: string
  secret: IssuerSecret
  record: CertificateRecord | undefined
}

/**
 * Finds the attempt of a request. The certificate's id follows from the Idempotency-Key and the number of the attempt, so the first write
 * of an attempt also makes the key usable only once (I18). Throws `idempotency-key-reuse`.
 */
export async function findAttempt({ issuer, idempotencyKey, input }: IssueRequest, deps: IssueDeps): Promise<Attempt> {
  const secret = await issuerSecret(issuer, { reader: deps.store, secrets: deps.secrets })
  const tag = requestTag(secret, canonicalJson(input))
  for (let number = 0; ; number++) {
    const uuid = certificateUuid(secret, idempotencyKey, number)
    const record = await readRecord(issuer, uuid, deps.store)
    if (record !== undefined && record.reservation.requestTag !== tag) {
      throw new RegistryError(
        'idempotency-key-reuse',
        'this Idempotency-Key was sent with another body before; use a new key for a new certificate',
      )
    }
    if (record?.state !== 'burned') return { uuid, tag, secret, record }
  }
}

export const isReleased = (record: CertificateRecord | undefined): record is ReleasedRecord =>
  record !== undefined && 'generation' in record
