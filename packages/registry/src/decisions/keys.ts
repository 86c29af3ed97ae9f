import { belongsToKey } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { KeyAlgorithm, KeyMaker, KeyPurpose } from '../ports.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING, type KeyRecord, nextKid } from '../trust/entity.ts'
import { type Grounds, statedGrounds, type TrustEvent, type TrustHistory } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'

interface KeyDecision {
  id: string
  actor: string
  /** RFC 3339, UTC. Absent means now. */
  effectiveAt?: string
}

type KeyChange = KeyDecision & Partial<Grounds> & { kid: string }

interface KeyDeps {
  store: CommitStore
  now: Date
}

/**
 * Makes a new key for a body, or for an authority that decides about certificates, and returns its kid. The private half stays in the signer. To rotate a key, add one, then retire the old
 * one. Throws `validation-failed` for an external signer, and for a list key that is not Ed25519.
 */
export async function addKey(
  request: KeyDecision & {
    purpose: KeyPurpose
    algorithm: KeyAlgorithm
    proposal?: string
    /** True if the same request may have been interrupted before. It then takes the key that was made, instead of another one. */
    isRepeated?: boolean
  },
  { store, keys, now }: KeyDeps & { keys: KeyMaker },
): Promise<string> {
  const { id, purpose, algorithm, proposal, isRepeated = false } = request
  if (purpose !== 'certificates' && algorithm !== 'Ed25519')
    throw invalid('/algorithm', 'must be Ed25519: lists and decisions are signed with eddsa-rdfc-2022', 'not-for-lists')
  const { body: found } = await readBody(id, store)
  // An authority signs what it decides, and a body certificates and lists. Neither signs for the other.
  if ((found.kind === 'authority') !== (purpose === 'decisions'))
    throw invalid(
      '/purpose',
      'must be decisions for an authority, and certificates or lists for a body',
      'key-or-proof',
    )
  if (found.elsewhere)
    throw new RegistryError('validation-failed', 'this body is an external signer and keeps its own keys', {
      faults: [
        { pointer: '/elsewhere', detail: 'propose the key with a proof of possession', reason: 'keeps-its-keys' },
      ],
      reason: 'keeps-its-keys',
    })
  const before = proposal && found.keys.find((key) => key.proposal === proposal)
  // An approval that is repeated after a crash finds the key that it made.
  if (before) return before.kid
  const name = proposal ?? nextKid(found, purpose)
  const made = await keys.createKey(id, purpose, algorithm, { name, isRepeated })
  const { history, body } = await readBody(id, store)
  // A parallel request with the same proposal may have added its key first. Then the key made here stays unused.
  const meanwhile = proposal && body.keys.find((key) => key.proposal === proposal)
  if (meanwhile) return meanwhile.kid
  const kid = nextKid(body, purpose)
  const event: TrustEvent = {
    type: 'key-added',
    key: { kid, purpose, algorithm, ...made },
    ...(proposal && { proposal }),
  }
  await append(request, history, event, { store, now })
  return kid
}

/** Stops a key from signing. Earlier signatures still count, so the key stays in the DID document and never expires there. */
export const retireKey = (request: KeyChange, deps: KeyDeps): Promise<void> =>
  changeKey(request, 'key-retired', deps, (key, moment) => {
    if (key.compromisedFrom !== undefined) throw conflict('this key was declared compromised')
    return key.retiredAt === undefined || key.retiredAt > moment
  })

/** Suspends a key at once. It is reversible, so one officer may do it alone. */
export const suspendKey = (request: KeyChange, deps: KeyDeps): Promise<void> =>
  changeKey(request, 'key-suspended', deps, (key) => key.suspendedAt === undefined)

/** Ends the suspension that the officers saw. Throws `conflict` if the key was suspended again since. */
export const resumeKey = (request: KeyChange & { suspendedAt: string | undefined }, deps: KeyDeps): Promise<void> =>
  changeKey(request, 'key-resumed', deps, ({ suspendedAt }) => {
    if (suspendedAt === undefined) throw conflict('this key is not suspended')
    if (suspendedAt !== request.suspendedAt)
      throw conflict('this key was suspended again after this was proposed: look at it, and propose again')
    return true
  })

/**
 * Declares a key compromised. Signatures from `effectiveAt` on are not accepted. The moment must be in the past, and a later
 * declaration may only move it earlier (R006).
 */
export async function compromiseKey(request: KeyChange & { effectiveAt: string }, deps: KeyDeps): Promise<void> {
  if (request.effectiveAt > deps.now.toISOString())
    throw invalid('/compromisedFrom', 'must be in the past', 'not-in-the-past')
  return changeKey(request, 'key-compromised', deps, ({ compromisedFrom }, moment) => {
    if (compromisedFrom !== undefined && moment > compromisedFrom)
      throw invalid('/compromisedFrom', 'must not be later than the moment on record', 'not-in-the-past')
    return compromisedFrom !== moment
  })
}

/** Records the X.509 chain of a national CA for this key. It adds no trust here. A later chain replaces it. */
export async function certifyKey(
  request: KeyDecision & { kid: string; x5c: readonly string[] },
  { store, now }: KeyDeps,
): Promise<void> {
  const { id, kid, x5c } = request
  const { history, body } = await readBody(id, store)
  const key = body.keys.find((one) => one.kid === kid)
  if (key === undefined) throw new RegistryError('not-found', 'no such key')
  if (!belongsToKey(x5c, key.publicKeyMultibase))
    throw invalid(
      '/x5c',
      'must start with the certificate of this key, each signed by the next one, in base64 of DER',
      'key-or-proof',
    )
  if (key.x5c?.join(' ') === x5c.join(' ')) return
  await append(request, history, { type: 'key-certified', kid, x5c }, { store, now })
}

const conflict = (message: string) => new RegistryError('conflict', message)
const invalid = (pointer: string, detail: string, reason: RefusalReason) =>
  new RegistryError('validation-failed', 'the key cannot be changed as described', {
    faults: [{ pointer, detail, reason }],
  })

/** Appends the event if `decide` returns true. `decide` throws if the change is not allowed. */
async function changeKey(
  request: KeyChange,
  type: 'key-retired' | 'key-suspended' | 'key-resumed' | 'key-compromised',
  deps: KeyDeps,
  decide: (key: KeyRecord, moment: string) => boolean,
): Promise<void> {
  const { history, body } = await readBody(request.id, deps.store)
  const key = body.keys.find(({ kid }) => kid === request.kid)
  if (key === undefined) throw new RegistryError('not-found', 'no such key')
  if (!decide(key, request.effectiveAt ?? deps.now.toISOString())) return
  await append(request, history, { type, kid: request.kid, ...statedGrounds(request) }, deps)
}

async function readBody(id: string, store: CommitStore) {
  const history = await trustOf(store)(id)
  const body = entityAt(id, history, EVERYTHING)
  if (body?.kind !== 'body' && body?.kind !== 'authority')
    throw new RegistryError('not-found', 'no such issuer', { reason: 'may-not-propose' })
  return { history, body }
}

async function append(
  { id, actor, effectiveAt }: KeyDecision,
  history: TrustHistory,
  event: TrustEvent,
  { store, now }: KeyDeps,
): Promise<void> {
  const when = effectiveAt === undefined ? {} : { effectiveAt }
  await store.append(nextCommit(streams.trust(id), history, { events: [event], actor, now, ...when, index: 'TRUST' }))
}
