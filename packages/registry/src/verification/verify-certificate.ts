import {
  type Certificate,
  DocumentFault,
  type FaultCode,
  fromOpenBadge,
  issuerOfDid,
  type ProfileDocument,
  parseProfile,
  parseVerificationMethod,
  verifyProof,
} from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { type Entity, entityAt, type KeyRecord } from '../trust/entity.ts'
import { type TrustReader, trustOf } from '../trust/reader.ts'
import { checkCentre } from './check-centre.ts'
import { checkKeyWindow } from './check-key.ts'
import { CheckList } from './check-list.ts'
import { checkQualification, levelAnswers } from './check-qualification.ts'
import { checkRecord } from './check-record.ts'
import { checkTrust } from './check-trust.ts'
import { concluded } from './conclude.ts'
import type { CheckName, Reason, Verification } from './verification.ts'
import type { Verifying } from './verifying.ts'

/** Which check a refused document fails, and why. `document-too-complex` is no verdict: it cannot be processed. */
const faultReasons = {
  'malformed-json': ['format', 'malformed-value'],
  'duplicate-member': ['format', 'malformed-value'],
  'document-too-complex': undefined,
  'context-not-allowed': ['format', 'context-not-allowed'],
  'unknown-member': ['format', 'undefined-term'],
  'malformed-value': ['format', 'malformed-value'],
  'not-a-certificate': ['format', 'not-a-certificate'],
  'status-mismatch': ['status', 'status-mismatch'],
  'status-index-out-of-range': ['status', 'status-index-out-of-range'],
  'proof-missing': ['proof', 'proof-missing'],
  'proof-malformed': ['proof', 'proof-malformed'],
  'suite-not-allowed': ['proof', 'suite-not-allowed'],
} as const satisfies Record<FaultCode, readonly [CheckName, Reason] | undefined>

export function recordFault(fault: unknown, checks: CheckList): void {
  if (!(fault instanceof DocumentFault)) throw fault
  const row = faultReasons[fault.code]
  if (row === undefined) throw new RegistryError('document-too-complex', fault.message, { cause: fault })
  checks.fail(row[0], row[1], { pointer: fault.pointer })
}

/** A document that names a body of this registry: the closed profile and nothing else, before any cryptography (I3, I4). */
export async function verifyCertificate(document: unknown, needs: Verifying): Promise<Verification> {
  const checks = new CheckList()
  let profile: ProfileDocument
  try {
    profile = parseProfile(document)
  } catch (fault) {
    recordFault(fault, checks)
    return concluded(checks, {}, needs)
  }
  const certificate = fromOpenBadge(profile)
  const signed = await checkSignature(profile, checks, needs)
  // Nothing that the document says counts before its signature does (I2).
  if (signed === undefined || !checks.passed('proof')) return concluded(checks, {}, needs)
  const { entity, key } = signed
  checkPeriod(certificate, checks, needs)
  const record = await checkRecord(profile, certificate, entity, checks, needs)
  await checkKeyWindow(key, record, checks, needs)
  const issuer = await checkTrust(certificate, record, entity, checks, needs)
  await checkCentre(certificate, issuer.onIssueDate.effective, checks, needs)
  const qualification = checkQualification(certificate, record, checks)
  const levels = qualification ? levelAnswers(qualification, certificate) : []
  const { demonstration } = entity.identity
  const { pilot } = issuer.onIssueDate
  return concluded(
    checks,
    { certificate, issuer, levels, ...(record && { history: record.history }), demonstration, ...(pilot && { pilot }) },
    needs,
  )
}

/** `format` (the issuer's name), `proof`, `issuer-key`. */
async function checkSignature(
  profile: ProfileDocument,
  checks: CheckList,
  { trust, reader, baseUrl, now }: Verifying,
): Promise<{ entity: Entity; key: KeyRecord } | undefined> {
  const { issuer, proof } = profile
  const id = issuerOfDid(issuer.id, baseUrl)
  const { controller, fragment } = parseVerificationMethod(proof.verificationMethod)
  const entityOf = async (read: TrustReader) =>
    id === undefined ? undefined : entityAt(id, await read(id), now.toISOString())
  let entity = await entityOf(trust)
  // What was kept of a body may be older than its newest key; a good certificate is never called invalid for that.
  if (entity?.keys.every(({ kid }) => kid !== fragment)) entity = await entityOf(trustOf(reader))
  checks.pass('format', { profile: 'certificate' })
  if (entity === undefined || controller !== issuer.id) {
    checks.fail('issuer-key', 'issuer-mismatch')
    checks.leave('proof', 'key-not-at-hand')
    return undefined
  }
  const key = entity.keys.find(({ kid }) => kid === fragment)
  // One key, one purpose: a list's key signs no certificate (I23).
  if (key === undefined || key.purpose !== 'certificates') {
    checks.fail('issuer-key', 'key-not-authorized', { key: fragment })
    checks.leave('proof', 'key-not-at-hand')
    return undefined
  }
  checks.pass('issuer-key', { key: fragment, since: key.addedAt })
  if (verifyProof(profile, key.publicKeyMultibase))
    checks.pass('proof', { cryptosuite: 'eddsa-rdfc-2022', created: proof.created })
  else checks.fail('proof', 'signature-mismatch')
  return { entity, key }
}

/** Skew never extends validity (I8): `now` is the server's, once a request. */
function checkPeriod({ validFrom, validUntil }: Certificate, checks: CheckList, { now }: Verifying): void {
  const evidence = { validFrom, ...(validUntil && { validUntil }) }
  if (Date.parse(validFrom) > now.getTime()) checks.fail('period', 'not-yet-valid', evidence)
  else if (validUntil !== undefined && Date.parse(validUntil) < now.getTime())
    checks.fail('period', 'expired', evidence)
  else checks.pass('period', evidence)
}
