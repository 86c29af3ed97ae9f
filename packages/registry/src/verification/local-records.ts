import { documentHash, issuerOfDid } from '@sijil/credentials'
import { readRecord } from '../certificates/read-record.ts'
import type { CertificateRecord } from '../certificates/record.ts'
import { statusReferences } from '../certificates/status-pair.ts'
import { PROOF_TOLERANCE_MS } from '../clocks.ts'
import { unlessAway } from '../errors.ts'
import { trustOf } from '../trust/reader.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { RecordAnswer, SignedCertificate } from './stages.ts'
import type { Check } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** The records of this registry. For its own bodies only recorded certificates count (I11a), and the record overrides any list (I25). */
export const localRecords = (deps: VerifyDeps): RecordSource => ({
  trust: deps.trust,
  catalogue: deps.catalogue,
  policy: deps.policy,
  baseUrl: deps.baseUrl,
  now: deps.now,
  idOf: (did) => issuerOfDid(did, deps.baseUrl),
  newestTrust: trustOf(deps.reader),
  outOfDate: undefined,
  keptBy: undefined,
  findRecord: (certificate) => findRecord(certificate, deps),
})

async function findRecord(signed: SignedCertificate, deps: VerifyDeps): Promise<RecordAnswer> {
  const { profile, certificate, issuer } = signed
  const unrecorded = { moment: undefined, issuedAt: certificate.validFrom }
  const uuid = certificate.id.slice('urn:uuid:'.length)
  const found = await unlessAway(readRecord(issuer.id, uuid, deps.reader).then((record) => ({ record })))
  if (found === undefined) {
    const checks = [notPerformed('recorded', 'record-not-readable'), notPerformed('status', 'record-not-readable')]
    return { ...unrecorded, checks, isUnreadable: true }
  }
  const { record } = found
  if (record === undefined || record.reservation.hash !== documentHash(profile))
    return { ...unrecorded, checks: [failed('recorded', 'not-recorded')] }
  return {
    checks: [
      checkRecorded(record),
      ...checkProofTime(profile.proof.created, record, deps.now),
      ...checkIssuerName(signed, record),
      checkStatus(signed, record, deps.baseUrl),
    ],
    record,
    moment: {
      recordedAt: record.reservedAt,
      witnessedAt: async () => deps.witnessed?.(record.reservation.hash),
    },
    issuedAt: 'issuedAt' in record ? record.issuedAt : record.reservedAt,
    history: record.history,
  }
}

function checkRecorded(record: CertificateRecord): Check {
  if ('generation' in record) return passed('recorded', { issuedAt: record.issuedAt })
  if (record.state === 'burned') return failed('recorded', 'burned', { burnedAt: record.burnedAt })
  return notPerformed('recorded', 'not-finished')
}

/** Fails a proof whose stated time lies before the reservation or in the future. The signer states that time. */
function checkProofTime(created: string, { reservedAt }: CertificateRecord, now: Date): Check[] {
  const isPlausible =
    Date.parse(created) >= Date.parse(reservedAt) - PROOF_TOLERANCE_MS &&
    Date.parse(created) <= now.getTime() + PROOF_TOLERANCE_MS
  return isPlausible ? [] : [failed('proof', 'proof-time-implausible', { created })]
}

const checkIssuerName = ({ certificate }: SignedCertificate, { reservation }: CertificateRecord): Check[] =>
  certificate.issuer.name === reservation.issuerName
    ? []
    : [failed('format', 'issuer-name-differs', { pointer: '/issuer/name' })]

function checkStatus({ certificate }: SignedCertificate, record: CertificateRecord, baseUrl: string): Check {
  const { pair, index } = record.reservation.status
  const isOwn = statusReferences({ pair, index }, baseUrl).every((reference) =>
    certificate.status.some(
      (stated) =>
        stated.purpose === reference.purpose && stated.list === reference.list && stated.index === reference.index,
    ),
  )
  if (!isOwn) return failed('status', 'status-mismatch', { pointer: '/credentialStatus' })
  const entry = { pair, index }
  switch (record.state) {
    case 'revoked': {
      const { reason, since, successor } = record
      return failed('status', reason === 'superseded' ? 'superseded' : 'revoked', {
        ...entry,
        since,
        class: reason,
        ...(successor && { successor: `urn:uuid:${successor}` }),
      })
    }
    case 'suspended':
      return failed('status', 'suspended', { ...entry, since: record.since, class: record.reason })
    case 'burned':
      return failed('status', 'burned', { ...entry, since: record.burnedAt })
    case 'in-force':
    case 'reserved':
      return passed('status', { ...entry, changes: record.history.length })
    default:
      return record satisfies never
  }
}
