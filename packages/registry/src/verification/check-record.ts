import { type Certificate, documentHash, type ProfileDocument } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { statusReferences } from '../certificates/status-pair.ts'
import { RegistryError } from '../errors.ts'
import type { Entity } from '../trust/entity.ts'
import type { CheckList } from './check-list.ts'
import type { Verifying } from './verifying.ts'

const FIVE_MINUTES = 5 * 60_000

/** `recorded` and `status`: for a body of this registry only what was recorded counts (I11a), and its own record beats any list (I25). */
export async function checkRecord(
  profile: ProfileDocument,
  certificate: Certificate,
  entity: Entity,
  checks: CheckList,
  { reader, baseUrl, now }: Verifying,
): Promise<CertificateRecord | undefined> {
  const uuid = certificate.id.slice('urn:uuid:'.length)
  let record: CertificateRecord | undefined
  try {
    record = await readRecord(entity.id, uuid, reader)
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'dependency-unavailable')) throw error
    checks.leave('recorded', 'record-not-readable')
    checks.leave('status', 'record-not-readable')
    return undefined
  }
  if (record === undefined || record.reservation.hash !== documentHash(profile)) {
    checks.fail('recorded', 'not-recorded')
    return undefined
  }
  const { reservation } = record
  if ('generation' in record) checks.pass('recorded', { issuedAt: record.issuedAt })
  else if (record.state === 'burned') checks.fail('recorded', 'burned', { burnedAt: record.burnedAt })
  else checks.leave('recorded', 'not-finished')

  const { created } = profile.proof
  if (
    Date.parse(created) < Date.parse(record.reservedAt) - FIVE_MINUTES ||
    Date.parse(created) > now.getTime() + FIVE_MINUTES
  ) {
    checks.fail('proof', 'proof-time-implausible', { created })
  }
  if (certificate.issuer.name !== reservation.issuerName)
    checks.fail('format', 'issuer-name-differs', { pointer: '/issuer/name' })

  const expected = statusReferences(reservation.status, baseUrl)
  const own = expected.every((reference) =>
    certificate.status.some(
      (stated) =>
        stated.purpose === reference.purpose && stated.list === reference.list && stated.index === reference.index,
    ),
  )
  if (!own) checks.fail('status', 'status-mismatch', { pointer: '/credentialStatus' })
  else checkStatus(record, checks)
  return record
}

function checkStatus(record: CertificateRecord, checks: CheckList): void {
  const { index, pair } = record.reservation.status
  const entry = { pair, index }
  switch (record.state) {
    case 'revoked': {
      const { reason, since, successor } = record
      checks.fail('status', reason === 'superseded' ? 'superseded' : 'revoked', {
        ...entry,
        since,
        class: reason,
        ...(successor && { successor: `urn:uuid:${successor}` }),
      })
      break
    }
    case 'suspended':
      checks.fail('status', 'suspended', { ...entry, since: record.since, class: record.reason })
      break
    case 'burned':
      checks.fail('status', 'burned', { ...entry, since: record.burnedAt })
      break
    case 'in-force':
    case 'reserved':
      checks.pass('status', { ...entry, changes: record.history.length })
      break
    default:
      record satisfies never
  }
}
