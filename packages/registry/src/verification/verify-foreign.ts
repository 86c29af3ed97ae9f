import { DocumentFault, issuerOfDid, LIST_ENTRIES } from '@sijil/credentials'
import type { Examination, KeyFor, Presenting, ProofOutcome } from '@sijil/credentials/general'
import { isEntrySet } from '../certificates/set-entries.ts'
import { listUrl, openPairs, parseListId } from '../certificates/status-pair.ts'
import { RegistryError } from '../errors.ts'
import { keysFor } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { CheckList } from './check-list.ts'
import { concluded } from './conclude.ts'
import { isRegisteredBody } from './registered-body.ts'
import type { Verification } from './verification.ts'
import { recordFault } from './verify-certificate.ts'
import type { Verifying } from './verifying.ts'

/** What each proof must answer, where somebody asked for it. */
export interface ProofExpectations {
  challenge?: string
  domain?: string
}

export interface Shown extends ProofExpectations {
  /** Absent: it was shown by itself. */
  presenting?: Presenting
}

export interface VerifiedShown {
  verification: Verification
  /** Ids of whom it was issued to, as expanded. */
  subjects: string[]
}

/**
 * Documents of others: any VCDM 2.0 or 1.1 document over pinned contexts. Facts are read from the flattened graph only. Nobody here
 * vouches for its issuer, so it is never valid, and none of its claims are returned.
 */
export async function verifyForeign(document: unknown, needs: Verifying, shown: Shown): Promise<VerifiedShown> {
  const checks = new CheckList()
  const { examineCredential } = await needs.general()
  const examination = await examineCredential(document, { now: needs.now, keyFor: sandboxKeys(needs), ...shown })
  const [fault] = examination.faults
  if (fault !== undefined) {
    recordFault(new DocumentFault(fault.code, fault.pointer, fault.detail), checks)
  } else {
    checks.pass('format', { profile: 'general' })
    await judge(examination, checks, needs)
  }
  const demonstration = examination.issuer !== undefined && issuerOfDid(examination.issuer, needs.baseUrl) !== undefined
  return { verification: concluded(checks, { demonstration }, needs), subjects: examination.subjects }
}

/** Keys of the sandbox; nobody else's are known, and nothing is ever fetched (I41). A document has four proofs at most. */
export const sandboxKeys =
  ({ trust, policy, baseUrl, now }: Verifying): KeyFor =>
  async (verificationMethod) => {
    const [did = '', kid] = verificationMethod.split('#')
    const id = issuerOfDid(did, baseUrl)
    const entity = id === undefined ? undefined : entityAt(id, await trust(id), now.toISOString())
    if (!policy.demonstration || !entity?.sandbox) return undefined
    const key = keysFor(entity, 'certificates').find((candidate) => candidate.kid === kid)
    // Of a key that is doubted nothing is said; what it signed has no record that could be older.
    if (key?.compromisedFrom !== undefined || key?.suspendedAt !== undefined) return undefined
    return key && { controller: did, publicKeyMultibase: key.publicKeyMultibase }
  }

async function judge(examination: Examination, checks: CheckList, needs: Verifying): Promise<void> {
  const { issuer, issuerKey, proofs, period, validFrom, validUntil } = examination
  // A body of this registry, hidden under an alias: its certificates have one form only.
  for (const did of [
    issuer ?? '',
    ...examination.verificationMethods.map((method) => method.split('#')[0] as string),
  ]) {
    if ((await isRegisteredBody(did, needs)) || (await needs.elsewhere?.(did))?.idOf(did) !== undefined)
      return checks.fail('format', 'malformed-value', { pointer: '/issuer' })
  }
  recordProofs(proofs, checks)
  // At least one proof is by the issuer itself; the others may be by third parties.
  if (issuerKey.outcome === 'passed') checks.pass('issuer-key')
  else if (issuerKey.outcome === 'failed') checks.fail('issuer-key', issuerKey.reason)
  else checks.leave('issuer-key', issuerKey.reason)

  const evidence = { ...(validFrom && { validFrom }), ...(validUntil && { validUntil }) }
  if (period === 'in-force') checks.pass('period', evidence)
  else checks.fail('period', period, evidence)

  try {
    await judgeStatus(examination, checks, needs)
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'dependency-unavailable')) throw error
    checks.leave('status', 'record-not-readable')
  }
  checks.leave('recorded', 'issuer-unknown')
  checks.leave('issuer-trust', 'issuer-unknown')
}

/** Every proof must verify; the first that does not says why. One whose key is not at hand leaves the question open. */
export function recordProofs(proofs: readonly ProofOutcome[], checks: CheckList): void {
  const [evidence] = proofs.filter(({ outcome }) => outcome === 'failed')
  const open = proofs.find(({ outcome }) => outcome === 'not_performed')
  if (proofs.length === 0) checks.fail('proof', 'proof-missing')
  else if (evidence?.reason !== undefined)
    checks.fail('proof', evidence.reason, { verificationMethod: evidence.verificationMethod })
  else if (open?.reason !== undefined) checks.leave('proof', open.reason)
  else checks.pass('proof', { proofs: proofs.length })
}

const LIST_ENTRY = 'BitstringStatusListEntry'

/** Every entry is looked at (V086). A list that lies elsewhere is not fetched: the question stays open. */
async function judgeStatus(
  { status, issuer }: Examination,
  checks: CheckList,
  { reader, baseUrl }: Verifying,
): Promise<void> {
  let open: { type: string; list?: string } | undefined
  for (const { type, list, index, purpose } of status) {
    const id = list?.startsWith(`${baseUrl}/status-lists/`) ? list.slice(`${baseUrl}/status-lists/`.length) : undefined
    const parsed = id === undefined ? undefined : parseListId(id)
    if (type !== LIST_ENTRY || id === undefined || parsed === undefined || index === undefined) {
      // One of a kind that we know, and could not read, is not hidden behind another: it may say anything.
      if (open?.type !== LIST_ENTRY) open = { type, ...(list && { list }) }
      continue
    }
    const owner = issuer === undefined ? undefined : issuerOfDid(issuer, baseUrl)
    if (
      parsed.issuer !== owner ||
      parsed.purpose !== purpose ||
      listUrl(baseUrl, parsed.pair, parsed.purpose) !== list
    ) {
      return checks.fail('status', 'status-mismatch')
    }
    // An entry that was never given out cannot be clear (RANGE_ERROR; a list that was never opened).
    if (index >= LIST_ENTRIES) return checks.fail('status', 'status-index-out-of-range', { list: id, index })
    const opened = await openPairs(parsed.issuer, reader)
    if (!opened.some(({ events }) => events[0]?.pair === parsed.pair)) return checks.fail('status', 'status-mismatch')
    // Whoever did not sign it cannot make us read our lists, as often as he names them.
    if (!checks.passed('issuer-key')) return checks.leave('status', 'depends-on-another-check')
    if (await isEntrySet(id, index, reader))
      return checks.fail('status', purpose === 'revocation' ? 'revoked' : 'suspended', { list: id, index })
  }
  if (open !== undefined) checks.leave('status', 'status-not-retrievable', open)
  else checks.pass('status', { entries: status.length })
}
