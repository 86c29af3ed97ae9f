import { DocumentFault, issuerOfDid, LIST_ENTRIES } from '@sijil/credentials'
import type { Examination, KeyFor, Presenting, ProofOutcome } from '@sijil/credentials/general'
import { isEntrySet } from '../certificates/set-entries.ts'
import { listUrl, openPairs, parseListId } from '../certificates/status-pair.ts'
import { unlessAway } from '../errors.ts'
import { keysFor } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { failed, notPerformed, passed } from './check.ts'
import { checkOfFault } from './check-fault.ts'
import { conclude } from './conclude.ts'
import { isRegisteredBody } from './registered-body.ts'
import type { Check, Verification } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** Values that each proof must contain, if the caller gave them. */
export interface ProofExpectations {
  challenge?: string
  domain?: string
}

export interface Shown extends ProofExpectations {
  /** Absent if the document was shown without a presentation. */
  presenting?: Presenting
}

export interface VerifiedShown {
  verification: Verification
  /** Ids of the credential subjects, in expanded form. */
  subjects: string[]
}

/**
 * Verifies any VCDM 2.0 or 1.1 document with pinned contexts. Facts come from the flattened graph only. No authority here lists the
 * issuer, so the verdict is never valid, and none of its claims are returned.
 */
export async function verifyExternalDocument(
  document: unknown,
  deps: VerifyDeps,
  shown: Shown,
): Promise<VerifiedShown> {
  const { examineCredential } = await deps.general()
  const examination = await examineCredential(document, { now: deps.now, keyFor: sandboxKeys(deps), ...shown })
  const [fault] = examination.faults
  const checks =
    fault === undefined
      ? [passed('format', { profile: 'general' }), ...(await checkExamination(examination, deps))]
      : [checkOfFault(new DocumentFault(fault.code, fault.pointer, fault.detail))]
  const demonstration = examination.issuer !== undefined && issuerOfDid(examination.issuer, deps.baseUrl) !== undefined
  return { verification: conclude(checks, { demonstration }, deps), subjects: examination.subjects }
}

/** Finds keys of the sandbox. Keys of other issuers are unknown, and nothing is fetched (I41). A document has at most four proofs. */
export const sandboxKeys =
  ({ trust, policy, baseUrl, now }: VerifyDeps): KeyFor =>
  async (verificationMethod) => {
    const [did = '', kid] = verificationMethod.split('#')
    const id = issuerOfDid(did, baseUrl)
    const entity = id === undefined ? undefined : entityAt(id, await trust(id), now.toISOString())
    if (!policy.demonstration || !entity?.sandbox) return undefined
    const key = keysFor(entity, 'certificates').find((candidate) => candidate.kid === kid)
    // A compromised or suspended key proves nothing here: sandbox documents have no record that could be older.
    if (key?.compromisedFrom !== undefined || key?.suspendedAt !== undefined) return undefined
    return key && { controller: did, publicKeyMultibase: key.publicKeyMultibase }
  }

async function checkExamination(examination: Examination, deps: VerifyDeps): Promise<Check[]> {
  const { issuer, proofs, period, validFrom, validUntil } = examination
  // An alias can hide a body of this registry. Its certificates have only the form of the profile, so this document fails.
  for (const did of [
    issuer ?? '',
    ...examination.verificationMethods.map((method) => method.split('#')[0] as string),
  ]) {
    if ((await isRegisteredBody(did, deps)) || (await deps.findRemote?.(did))?.idOf(did) !== undefined)
      return [failed('format', 'malformed-value', { pointer: '/issuer' })]
  }
  const issuerKey = checkIssuerKey(examination)
  const evidence = { ...(validFrom && { validFrom }), ...(validUntil && { validUntil }) }
  const status = await unlessAway(checkStatus(examination, issuerKey, deps))
  return [
    checkProofs(proofs),
    issuerKey,
    period === 'in-force' ? passed('period', evidence) : failed('period', period, evidence),
    status ?? notPerformed('status', 'record-not-readable'),
    notPerformed('recorded', 'issuer-unknown'),
    notPerformed('issuer-trust', 'issuer-unknown'),
  ]
}

/** `issuer-key`: at least one proof must be by the issuer. Others may be by third parties. */
function checkIssuerKey({ issuerKey }: Examination): Check {
  switch (issuerKey.outcome) {
    case 'passed':
      return passed('issuer-key')
    case 'failed':
      return failed('issuer-key', issuerKey.reason)
    case 'not_performed':
      return notPerformed('issuer-key', issuerKey.reason)
    default:
      return issuerKey satisfies never
  }
}

/** `proof`: every proof must verify. The first that fails gives the reason. If a key is unknown, the question stays open. */
export function checkProofs(proofs: readonly ProofOutcome[]): Check {
  const [wrong] = proofs.filter(({ outcome }) => outcome === 'failed')
  const open = proofs.find(({ outcome }) => outcome === 'not_performed')
  if (proofs.length === 0) return failed('proof', 'proof-missing')
  if (wrong?.reason !== undefined)
    return failed('proof', wrong.reason, { verificationMethod: wrong.verificationMethod })
  if (open?.reason !== undefined) return notPerformed('proof', open.reason)
  return passed('proof', { proofs: proofs.length })
}

const LIST_ENTRY = 'BitstringStatusListEntry'

/** `status`: every entry is checked (V086). Lists of others are not fetched, so the question stays open for them. */
async function checkStatus(
  { status, issuer }: Examination,
  issuerKey: Check,
  { reader, baseUrl }: VerifyDeps,
): Promise<Check> {
  let open: { type: string; list?: string } | undefined
  for (const { type, list, index, purpose } of status) {
    const id = list?.startsWith(`${baseUrl}/status-lists/`) ? list.slice(`${baseUrl}/status-lists/`.length) : undefined
    const parsed = id === undefined ? undefined : parseListId(id)
    if (type !== LIST_ENTRY || id === undefined || parsed === undefined || index === undefined) {
      // An unreadable entry of the known type is reported first, because it might be set.
      if (open?.type !== LIST_ENTRY) open = { type, ...(list && { list }) }
      continue
    }
    const owner = issuer === undefined ? undefined : issuerOfDid(issuer, baseUrl)
    const isOwn =
      parsed.issuer === owner && parsed.purpose === purpose && listUrl(baseUrl, parsed.pair, parsed.purpose) === list
    if (!isOwn) return failed('status', 'status-mismatch')
    // An entry that was never assigned must not count as clear: its index is out of range, or its list was never opened.
    if (index >= LIST_ENTRIES) return failed('status', 'status-index-out-of-range', { list: id, index })
    const opened = await openPairs(parsed.issuer, reader)
    if (!opened.some(({ events }) => events[0]?.pair === parsed.pair)) return failed('status', 'status-mismatch')
    // Our lists are read only for documents that the issuer signed. Others may name them any number of times.
    if (issuerKey.outcome !== 'passed') return notPerformed('status', 'depends-on-another-check')
    if (await isEntrySet(id, index, reader))
      return failed('status', purpose === 'revocation' ? 'revoked' : 'suspended', { list: id, index })
  }
  return open === undefined
    ? passed('status', { entries: status.length })
    : notPerformed('status', 'status-not-retrievable', open)
}
