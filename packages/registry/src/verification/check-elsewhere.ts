import {
  type Certificate,
  DocumentFault,
  documentHash,
  isSet,
  type ProfileDocument,
  type StatusReference,
  verifyStatusList,
} from '@sijil/credentials'
import { type Entity, keysFor } from '../trust/entity.ts'
import type { CheckList } from './check-list.ts'
import type { Elsewhere } from './elsewhere.ts'

/** What was reserved is released or burned by then, with its bit set; a list signed earlier cannot tell the two apart. */
const SETTLED_MS = 30 * 60_000

/** As for what is recorded here. */
const FIVE_MINUTES = 5 * 60_000

/** What a proof from the log says of a certificate that has no record here. */
export interface LoggedElsewhere {
  /** Its `validFrom`: the server fixed it when it was reserved, and the hash that is in the log covers it, as it covers no proof. */
  recordedAt: string
  witnessedAt?: string
}

/**
 * `recorded` and `status` where the record is kept elsewhere. The log holds what was reserved, and the status list what became of it:
 * both together say what the record would say. Neither alone does, and nothing is fetched.
 */
export async function checkElsewhere(
  profile: ProfileDocument,
  certificate: Certificate,
  entity: Entity,
  checks: CheckList,
  { list, now }: { list: Elsewhere; now: Date },
): Promise<LoggedElsewhere | undefined> {
  const { created } = profile.proof
  const reservedAt = certificate.validFrom
  const logged = await list.logged?.(documentHash(profile))
  if (logged === undefined) checks.leave('recorded', 'kept-elsewhere', keeperOf(list))
  else checks.pass('recorded', { index: logged.index, size: logged.size })
  // Whoever signs says so himself when that was: it can be no day of issue, and no earlier than the reservation.
  if (Date.parse(created) > now.getTime() || Date.parse(created) < Date.parse(reservedAt) - FIVE_MINUTES)
    checks.fail('proof', 'proof-time-implausible', { created })
  const signedAt = await checkLists(certificate, entity, checks, { list, now })
  // Signed too soon after it was reserved, the list does not say yet whether it was released: whenever somebody says he fetched it.
  if (logged !== undefined && signedAt !== undefined && !(Date.parse(signedAt) >= Date.parse(reservedAt) + SETTLED_MS))
    checks.leave('recorded', 'not-finished', { signedAt })
  return logged && { recordedAt: reservedAt, ...(logged.witnessedAt && { witnessedAt: logged.witnessedAt }) }
}

/** `status`; answers when the older of the two lists was signed, where both say that it is in force. */
async function checkLists(
  { status, issuer }: Certificate,
  entity: Entity,
  checks: CheckList,
  { list, now }: { list: Elsewhere; now: Date },
): Promise<string | undefined> {
  const signed: string[] = []
  for (const reference of status) {
    const credential = await list.statusList?.(reference.list)
    if (credential === undefined) {
      const reason = list.statusList ? 'status-not-retrievable' : 'kept-elsewhere'
      checks.leave('status', reason, { list: reference.list, ...keeperOf(list) })
      continue
    }
    const read = readEntry(credential, reference, issuer.id, entity, now)
    // Set in one list, it is withdrawn, whatever the other one would have said.
    if (read?.isSet) {
      checks.fail('status', reference.purpose === 'revocation' ? 'revoked' : 'suspended', evidenceOf(reference))
      return undefined
    }
    if (read === undefined) checks.leave('status', 'status-list-unusable', evidenceOf(reference))
    else signed.push(read.signedAt)
  }
  const [oldest] = signed.toSorted()
  if (oldest === undefined || signed.length < status.length) return undefined
  checks.pass('status', { signedAt: oldest })
  return oldest
}

/** Whether the entry is set, by a list of when; nothing where the list is not what it should be (I7, I29a). */
function readEntry(
  credential: unknown,
  { list, index, purpose }: StatusReference,
  issuer: string,
  entity: Entity,
  now: Date,
): { isSet: boolean; signedAt: string } | undefined {
  // A list that a compromised key signed says nothing; which of the others signed it the list itself says.
  for (const { publicKeyMultibase, compromisedFrom, kid, algorithm } of keysFor(entity, 'lists')) {
    if (compromisedFrom !== undefined || algorithm !== 'Ed25519' || !isSignedAs(credential, `${issuer}#${kid}`))
      continue
    try {
      const bits = verifyStatusList(credential, { publicKeyMultibase, id: list, issuer, purpose, now })
      return { isSet: isSet(bits, index), signedAt: (credential as { validFrom: string }).validFrom }
    } catch (error) {
      if (!(error instanceof DocumentFault)) throw error
      return undefined
    }
  }
  return undefined
}

function isSignedAs(credential: unknown, method: string): boolean {
  if (typeof credential !== 'object' || credential === null || !('proof' in credential)) return false
  const { proof } = credential
  return (
    typeof proof === 'object' && proof !== null && 'verificationMethod' in proof && proof.verificationMethod === method
  )
}

/** A body on its own keeps its records where nobody told us. */
const keeperOf = ({ age, registry }: Elsewhere): Record<string, string> => (age ? { registry } : {})

const evidenceOf = ({ list, index }: StatusReference) => ({ list, index })
