import {
  type Certificate,
  DocumentFault,
  documentHash,
  isObjectOrList,
  isSet,
  type StatusReference,
  verifyStatusList,
} from '@sijil/credentials'
import { baselineCatalogue } from '../catalogue/reader.ts'
import { PROOF_TOLERANCE_MS, REGISTRY_TOLERANCE_MS } from '../clocks.ts'
import { type Entity, keysFor } from '../trust/entity.ts'
import { failed, notPerformed, passed } from './check.ts'
import type { RecordSource } from './record-source.ts'
import type { RemoteRegistry } from './remote-registry.ts'
import type { RecordAnswer, SignedCertificate } from './stages.ts'
import type { Check } from './verification.ts'
import type { VerifyDeps } from './verify-deps.ts'

/** Reservations are settled within 30 minutes. A list that was signed earlier cannot distinguish issued from abandoned. */
const SETTLED_MS = 30 * 60_000

/** The records of a remote registry, as far as its copied list and the supplied proofs show them. */
export const remoteRecords = (
  remote: RemoteRegistry,
  { catalogue, now }: Pick<VerifyDeps, 'catalogue' | 'now'>,
): RecordSource => ({
  trust: remote.trust,
  catalogue: remote.catalogue ?? baselineCatalogue(catalogue),
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

/** The later of both times, so that no entry of the list is ignored if our clock is behind. */
const knownUntil = ({ age }: RemoteRegistry, now: Date): Date =>
  age !== undefined && Date.parse(age.madeAt) > now.getTime() ? new Date(age.madeAt) : now

/**
 * The log shows that a certificate was reserved. The status list shows what happened to it. Only both together replace the record.
 * Nothing is fetched.
 */
async function findRecord(signed: SignedCertificate, remote: RemoteRegistry, now: Date): Promise<RecordAnswer> {
  const { profile, certificate, issuer } = signed
  const { created } = profile.proof
  // The server set `validFrom` when it reserved, and the logged hash covers it. The hash does not cover the proof.
  const reservedAt = certificate.validFrom
  const logged = await remote.logged?.(documentHash(profile))
  const status = await checkLists(certificate, issuer, remote, now)
  // A list that was signed too soon does not show yet whether the certificate was released, even if it was fetched later.
  const isSettled = Date.parse(status.signedAt ?? '') >= Date.parse(reservedAt) + SETTLED_MS
  // The signer states `created`, so it never counts as the day of issue. It must not lie before the reservation or in the future.
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
    // Without a proof from a log the day of issue is unknown, so the issuer is judged as of today.
    issuedAt: logged ? reservedAt : now.toISOString(),
  }
}

/** The check `status`. If both lists say "in force", `signedAt` is the time at which the older one was signed. */
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
    // If the entry is set in one list, the certificate is out of force, whatever the other list says.
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

/** Whether the entry is set, and when the list was signed. `undefined` if the list cannot be used (I7, I29a). */
function readEntry(
  credential: unknown,
  { list, index, purpose }: StatusReference,
  issuer: string,
  entity: Entity,
  now: Date,
): { isSet: boolean; signedAt: string } | undefined {
  // A list that a compromised key signed proves nothing. The list names which of the other keys signed it.
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

const isSignedAs = (credential: unknown, method: string): boolean =>
  isObjectOrList(credential) && isObjectOrList(credential.proof) && credential.proof.verificationMethod === method

/** Empty for an external signer: no address of its records is known here. */
const keeperOf = ({ age, registry }: RemoteRegistry): Record<string, string> => (age ? { registry } : {})

const evidenceOf = ({ list, index }: StatusReference) => ({ list, index })
