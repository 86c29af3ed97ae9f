import { fromOpenBadge, parseProfile } from '@sijil/credentials'
import { unlessAway } from '../errors.ts'
import { checkOfFault } from './check-fault.ts'
import { qualificationOf } from './check-qualification.ts'
import { conclude } from './conclude.ts'
import { recognitionOf } from './find-recognition.ts'
import { judge } from './judge.ts'
import { localRecords } from './local-records.ts'
import { remoteRecords } from './remote-records.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import type { ParsedCertificate } from './stages.ts'
import type { Check, Verification } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'
import { verifySignature } from './verify-signature.ts'

/**
 * Verifies a document that names a body of this registry or of an accepted list. Only the closed profile is allowed, and it is checked
 * before any cryptography (I3, I4). The steps are those of docs/verifying.md.
 */
export async function verifyCertificate(
  document: unknown,
  deps: VerifyDeps,
  remote?: RemoteRegistry,
): Promise<Verification> {
  const source = remote === undefined ? localRecords(deps) : remoteRecords(remote, deps)
  const parsed = parse(document)
  if ('outcome' in parsed) return conclude([parsed], {}, deps)
  const { checks, signed } = await verifySignature(parsed, source)
  // No statement of the document counts before its signature is verified (I2).
  if (signed === undefined) return conclude(checks, {}, deps)
  const recorded = await source.findRecord(signed)
  const judged = await judge({ ...signed, recorded }, source, deps.now)
  const answers = [...checks, ...recorded.checks, ...judged.checks]
  const { certificate } = signed
  if (judged.found === undefined) return conclude(answers, { certificate, remote }, deps)
  const endorsements = await unlessAway(deps.endorsements?.(certificate.issuer.id, qualificationOf(certificate)))
  const { history } = recorded
  const { demonstration } = signed.issuer.identity
  const recognition = await unlessAway(recognitionOf(certificate, recorded, answers, deps, source))
  const decided = recognition === undefined ? { recognitionUnread: true as const } : { recognition }
  const found = { ...judged.found, certificate, remote, history, demonstration, endorsements, ...decided }
  return conclude(answers, found, deps)
}

/** The parsed certificate, of which nothing is trusted yet, or the failed check. */
function parse(document: unknown): ParsedCertificate | Check {
  try {
    const profile = parseProfile(document)
    return { profile, certificate: fromOpenBadge(profile) }
  } catch (fault) {
    return checkOfFault(fault)
  }
}
