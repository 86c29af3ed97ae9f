import {
  DocumentFault,
  type FaultCode,
  fromOpenBadge,
  issuerOfDid,
  type ProfileDocument,
  parseProfile,
  parseVerificationMethod,
  verifyProof,
} from '@sijil/credentials'
import type { CertificateRecord, StatusEntry } from '../certificates/record.ts'
import { RegistryError, unlessAway } from '../errors.ts'
import { type Entity, type KeyRecord, keysFor } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { type TrustReader, trustOf } from '../trust/reader.ts'
import { checkCentre } from './check-centre.ts'
import { checkElsewhere } from './check-elsewhere.ts'
import { checkKeyWindow, type RecordedMoment } from './check-key.ts'
import { CheckList } from './check-list.ts'
import { checkPeriod } from './check-period.ts'
import { checkQualification, levelAnswers, qualificationOf } from './check-qualification.ts'
import { checkRecord } from './check-record.ts'
import { checkTrust } from './check-trust.ts'
import { concluded } from './conclude.ts'
import type { Elsewhere } from './elsewhere.ts'
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

/**
 * A document that names a body of this registry, or of a list that is accepted here: the closed profile and nothing else, before any
 * cryptography (I3, I4).
 */
export async function verifyCertificate(document: unknown, needs: Verifying, list?: Elsewhere): Promise<Verification> {
  const checks = new CheckList()
  // Keys, chain and centre are asked of whoever lists the issuer; problems are told in the words of who was asked.
  const listed = list
    ? { ...needs, trust: list.trust, policy: list.policy, baseUrl: list.registry, now: knownBy(list, needs.now) }
    : needs
  let profile: ProfileDocument
  try {
    profile = parseProfile(document)
  } catch (fault) {
    recordFault(fault, checks)
    return concluded(checks, {}, needs)
  }
  const certificate = fromOpenBadge(profile)
  const signed = await checkSignature(profile, checks, listed, list)
  // Nothing that the document says counts before its signature does (I2).
  if (signed === undefined || !checks.passed('proof')) return concluded(checks, {}, needs)
  const { entity, key } = signed
  const { record, recorded, issuedAt, history } = list
    ? await elsewhere(profile, certificate, entity, checks, { list, now: needs.now })
    : await here(profile, certificate, entity, checks, needs)
  checkPeriod(certificate, record, checks, needs.now)
  await checkKeyWindow(key, recorded, checks, list?.keepsLog)
  if (list?.age && !isInForce(list.age, needs.now)) {
    for (const name of ['issuer-key', 'issuer-trust', 'centre'] as const)
      checks.leave(name, 'list-out-of-date', list.age)
    return concluded(checks, { certificate, list }, needs)
  }
  const { pilot: pilotIssuer, ...issuer } = await checkTrust(certificate, issuedAt, entity, checks, listed)
  // Its record may show an earlier day, on which the issuer was allowed to.
  if (list?.keepsLog && recorded === undefined && checks.failed('issuer-trust'))
    checks.leave('issuer-trust', 'kept-elsewhere', { registry: list.registry, today: issuer.today.standing })
  const pilotCentre = await checkCentre(certificate, issuer.onIssueDate.effective, checks, listed)
  const qualification = checkQualification(certificate, record, checks)
  // What the list's registry knows and this one does not is no fault of the certificate.
  if (list && qualification === undefined) {
    checks.leave('qualification', 'kept-elsewhere', { registry: list.registry })
    checks.leave('issuer-trust', 'kept-elsewhere', { registry: list.registry })
  }
  const endorsements = await unlessAway(needs.endorsements?.(certificate.issuer.id, qualificationOf(certificate)))
  const levels = qualification ? levelAnswers(qualification, certificate) : []
  const { demonstration } = entity.identity
  // Whichever of its answers rests on a pilot, so does the verdict.
  const pilot = pilotIssuer || pilotCentre
  return concluded(
    checks,
    {
      certificate,
      issuer,
      policy: listed.policy,
      levels,
      demonstration,
      ...(history && { history }),
      ...(pilot && { pilot }),
      ...(list && { list }),
      ...(endorsements && endorsements.length > 0 && { endorsements }),
    },
    needs,
  )
}

/** What the record says, wherever it is kept. The day of issue is never the document's word for it. */
interface Recorded {
  record?: CertificateRecord | undefined
  recorded: RecordedMoment | undefined
  issuedAt: string
  history?: StatusEntry[]
}

async function here(
  ...[profile, certificate, entity, checks, needs]: Parameters<typeof checkRecord>
): Promise<Recorded> {
  const record = await checkRecord(profile, certificate, entity, checks, needs)
  if (record === undefined) return { recorded: undefined, issuedAt: certificate.validFrom }
  return {
    record,
    recorded: {
      recordedAt: record.reservedAt,
      witnessedAt: async () => needs.witnessed?.(record.reservation.hash),
    },
    issuedAt: 'issuedAt' in record ? record.issuedAt : record.reservedAt,
    history: record.history,
  }
}

/** What no log is shown to hold is judged by who is authorised today, for no day of issue is known. */
async function elsewhere(...parts: Parameters<typeof checkElsewhere>): Promise<Recorded> {
  const logged = await checkElsewhere(...parts)
  if (logged === undefined) return { recorded: undefined, issuedAt: parts[4].now.toISOString() }
  const { recordedAt, witnessedAt } = logged
  return { recorded: { recordedAt, witnessedAt: async () => witnessedAt }, issuedAt: recordedAt }
}

/** A clock that is behind shall not make an old list good: one from the future is as little believed as one that has ended. */
const isInForce = ({ madeAt, validUntil }: NonNullable<Elsewhere['age']>, now: Date) =>
  Date.parse(madeAt) <= now.getTime() + CLOCKS_DIFFER_MS && now.getTime() < Date.parse(validUntil)
const CLOCKS_DIFFER_MS = 10 * 60_000

/** What a list says was known when it was made, also where our clock is behind: nothing in it is overlooked. */
const knownBy = ({ age }: Elsewhere, now: Date): Date =>
  age !== undefined && Date.parse(age.madeAt) > now.getTime() ? new Date(age.madeAt) : now

/** `format` (the issuer's name), `proof`, `issuer-key`. */
async function checkSignature(
  profile: ProfileDocument,
  checks: CheckList,
  { trust, reader, baseUrl, now }: Verifying,
  list: Elsewhere | undefined,
): Promise<{ entity: Entity; key: KeyRecord } | undefined> {
  const { issuer, proof } = profile
  const id = list ? list.idOf(issuer.id) : issuerOfDid(issuer.id, baseUrl)
  const { controller, fragment } = parseVerificationMethod(proof.verificationMethod)
  const entityOf = async (read: TrustReader) =>
    id === undefined ? undefined : entityAt(id, await read(id), now.toISOString())
  let entity = await entityOf(trust)
  // What was kept of a body may be older than its newest key; a good certificate is never called invalid for that.
  if (!list && entity?.keys.every(({ kid }) => kid !== fragment)) entity = await entityOf(trustOf(reader))
  checks.pass('format', { profile: 'certificate' })
  if (entity === undefined || controller !== issuer.id) {
    checks.fail('issuer-key', 'issuer-mismatch')
    checks.leave('proof', 'key-not-at-hand')
    return undefined
  }
  if (entity.elsewhere && keysFor(entity, 'certificates').length === 0) {
    for (const name of ['issuer-key', 'proof'] as const) checks.leave(name, 'key-not-at-hand')
    return undefined
  }
  const key = entity.keys.find(({ kid }) => kid === fragment)
  // One key, one purpose: a list's key signs no certificate (I23), nor does one of another curve (I10: verifying never throws).
  if (key === undefined || key.purpose !== 'certificates' || key.algorithm !== 'Ed25519') {
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
