import {
  type Certificate,
  DocumentFault,
  documentHash,
  isSet,
  type StatusReference,
  verifyStatusList,
} from '@sijil/credentials'
import { PROOF_TOLERANCE_MS, REGISTRY_TOLERANCE_MS } from '../clocks.ts'
import { type Entity, keysFor } from '../trust/entity.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import type { RecordAnswer, SignedCertificate } from './stages.ts'
import type { Check } from './verification.ts'

/** Reservations are settled within 30 minutes. A list that was signed earlier cannot distinguish issued from abandoned. */
const SETTLED_MS = 30 * 60_000

/** Another registry, by its copied list. */
export const remoteRecords = (remote: RemoteRegistry, now: Date): RecordSource => ({
  trust: remote.trust,
  policy: remote.policy,
  baseUrl: remote.registry,
  now: knownUntil(remote, now),
  idOf: remote.idOf,
  newestTrust: undefined,
  outOfDate: remote.age && !isInForce(remote.age, now) ? remote.age : undefined,
  keptBy: { registry: remote.registry, hasLog: remote.keepsLog },
  findRecord: (certificate) => findRecord(certificate, remote, now),
})

/** Rejects a list from the future as well as one that has ended, so that a slow clock cannot revive an old one. */
const isInForce = ({ madeAt, validUntil }: NonNullable<RemoteRegistry['age']>, now: Date) =>
  Date.parse(madeAt) <= now.getTime() + REGISTRY_TOLERANCE_MS && now.getTime() < Date.parse(validUntil)

/** Nothing in the list is overlooked where our clock is behind its own. */
const knownUntil = ({ age }: RemoteRegistry, now: Date): Date =>
  age !== undefined && Date.parse(age.madeAt) > now.getTime() ? new Date(age.madeAt) : now

/**
 * The log holds what was reserved, and the status list what became of it: both together say what the record would say. Neither does
 * alone, and nothing is fetched.
 */
async function findRecord(signed: SignedCertificate, remote: RemoteRegistry, now: Date): Promise<RecordAnswer> {
  const { profile, certificate, issuer } = signed
  const { created } = profile.proof
  // The server fixed it when it reserved, and the logged hash covers it, as it covers no proof.
  const reservedAt = certificate.validFrom
  const logged = await remote.logged?.(documentHash(profile))
  const status = await checkLists(certificate, issuer, remote, now)
  // Whatever time of fetching somebody states: a list that was signed too soon does not show yet whether it was released.
  const isSettled = Date.parse(status.signedAt ?? '') >= Date.parse(reservedAt) + SETTLED_MS
  // The signer states it, so it is no day of issue; it cannot be before the reservation, or in the future.
  const isPlausible =
    Date.parse(created) <= now.getTime() && Date.parse(created) >= Date.parse(reservedAt) - PROOF_TOLERANCE_MS
  return {
    checks: [
      logged === undefined
        ? notPerformed('recorded', 'kept-elsewhere', keeperOf(remote))
        : passed('recorded', { index: logged.index, size: logged.size }),
      ...(isPlausible ? [] : [failed('proof', 'proof-time-implausible', { created })]),
      status.check,
      ...(logged && status.signedAt !== undefined && !isSettled
        ? [notPerformed('recorded', 'not-finished', { signedAt: status.signedAt })]
        : []),
    ],
    moment: logged && { recordedAt: reservedAt, witnessedAt: async () => logged.witnessedAt },
    // Without a proof from a log no day of issue is known: then the issuer is asked for today.
    issuedAt: logged ? reservedAt : now.toISOString(),
  }
}

/** `status`; and when the older of the two lists was signed, where both say that it is in force. */
async function checkLists(
  { status, issuer }: Certificate,
  entity: Entity,
  remote: RemoteRegistry,
  now: Date,
): Promise<{ check: Check; signedAt?: string }> {
  const signed: string[] = []
  let open: Check | undefined
  for (const reference of status) {
    const credential = await remote.statusList?.(reference.list)
    if (credential === undefined) {
      const reason = remote.statusList ? 'status-not-retrievable' : 'kept-elsewhere'
      open = notPerformed('status', reason, { list: reference.list, ...keeperOf(remote) })
      continue
    }
    const read = readEntry(credential, reference, issuer.id, entity, now)
    // Set in one list, it is out of force, whatever the other one would have said.
    if (read?.isSet) {
      const reason = reference.purpose === 'revocation' ? 'revoked' : 'suspended'
      return { check: failed('status', reason, evidenceOf(reference)) }
    }
    if (read === undefined) open = notPerformed('status', 'status-list-unusable', evidenceOf(reference))
    else signed.push(read.signedAt)
  }
  const [oldest] = signed.toSorted()
  if (oldest === undefined || signed.length < status.length)
    return { check: open ?? notPerformed('status', 'depends-on-another-check') }
  return { check: passed('status', { signedAt: oldest }), signedAt: oldest }
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

/** A body on its own keeps its records at no address that is known here. */
const keeperOf = ({ age, registry }: RemoteRegistry): Record<string, string> => (age ? { registry } : {})

const evidenceOf = ({ list, index }: StatusReference) => ({ list, index })
