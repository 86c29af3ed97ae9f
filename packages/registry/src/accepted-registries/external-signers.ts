import { type Did, isDid, issuerOfDid, type KeyClaim } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { KeyPurpose } from '../ports.ts'
import { type Commit, type CommitReader, type CommitStore, nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { DomainControl, Identity, TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { heldKeyFault, pinKey, requireHeld } from '../trust/held-keys.ts'
import { trustOf } from '../trust/reader.ts'
import { readKnownLists } from './accepted-lists.ts'

/** A key that a body keeps itself, with a proof of possession: its signature over `possessionText`. */
export interface ExternalKey {
  kid: string
  purpose: KeyPurpose
  /** Multikey of an Ed25519 key. */
  publicKeyMultibase: string
  /** Base64url. */
  possession: string
}

/**
 * The DID and the keys of an external signer. Its DID document is never fetched: only the keys recorded here count. Without a key its
 * certificates cannot be checked here, but lists of other registries can still name it, for example in a regional endorsement.
 */
export interface ExternalSigner {
  did: string
  keys: readonly ExternalKey[]
}

interface DidPinned {
  type: 'did-pinned'
  id: string
}

/** The id of the external signer with this DID. `undefined` if none is registered. */
export async function idOfDid(did: string, reader: CommitReader): Promise<string | undefined> {
  if (!did.startsWith('did:web:') || !isDid(did)) return undefined
  const [first] = await reader.read<DidPinned>(streams.externalDid(did))
  return first?.events[0]?.id
}

interface RegisterSignerDeps {
  store: CommitStore
  now: Date
  baseUrl: string
}

/**
 * Registers an external signer and pins its DID and keys. This takes several writes. Repeated after a crash, it continues. Throws
 * `validation-failed` if a key has no proof of possession, and `conflict` if another body has the DID.
 */
export async function registerExternalSigner(
  request: {
    id: string
    identity: Identity
    elsewhere: ExternalSigner
    actor: string
    under?: string
    control?: DomainControl
  },
  deps: RegisterSignerDeps,
): Promise<void> {
  const { id, identity, elsewhere, actor, under, control } = request
  const { store, now } = deps
  const did = await requireExternalDid(elsewhere.did, id, deps)
  for (const [place, key] of elsewhere.keys.entries())
    requireHeld(claimOf(did, key, deps.baseUrl), key.possession, `/elsewhere/keys/${place}`)
  const kids = new Set(elsewhere.keys.map(({ kid }) => kid))
  if (kids.size !== elsewhere.keys.length) throw heldKeyFault('/elsewhere/keys', 'names a key twice')
  const begun = entityAt(id, await trustOf(store)(id), EVERYTHING)
  const isPinned = (await idOfDid(did, store)) !== undefined
  if (begun !== undefined && !isOwnWork(begun, did, elsewhere.keys, isPinned))
    throw new RegistryError('conflict', `${id} is registered already, with other content`, {
      reason: 'already-registered',
    })
  for (const [place, key] of elsewhere.keys.entries())
    await pinKey(
      { kid: key.kid, named: key.publicKeyMultibase },
      { id, actor, at: `/elsewhere/keys/${place}/publicKeyMultibase` },
      deps,
    )
  const append = async (event: TrustEvent, index: 'ENTITIES' | 'TRUST') => {
    const history: readonly Commit<TrustEvent>[] = await trustOf(store)(id)
    await store.append(nextCommit(streams.trust(id), history, { events: [event], actor, now, index }))
  }
  if (begun === undefined)
    await append(
      {
        type: 'body-registered',
        identity,
        did,
        sandbox: false,
        elsewhere: true,
        ...(under && { under }),
        ...(control && { control }),
      },
      'ENTITIES',
    )
  for (const key of elsewhere.keys)
    if (!begun?.keys.some(({ kid }) => kid === key.kid)) await append({ type: 'key-added', key: keyOf(key) }, 'TRUST')
  if (!isPinned) {
    const pinned: DidPinned = { type: 'did-pinned', id }
    await store.append(nextCommit(streams.externalDid(did), [], { events: [pinned], actor, now }))
  }
}

/**
 * True if the record on file is this request's own, unfinished or finished. An unfinished record may hold only keys of the request. A
 * finished one must hold all of them.
 */
function isOwnWork(begun: Entity, did: string, keys: readonly ExternalKey[], isFinished: boolean): boolean {
  const isIn = (key: { kid: string; publicKeyMultibase: string }, others: readonly (typeof key)[]) =>
    others.some(({ kid, publicKeyMultibase }) => kid === key.kid && publicKeyMultibase === key.publicKeyMultibase)
  if (begun.elsewhere !== true || begun.did !== did) return false
  return isFinished ? keys.every((key) => isIn(key, begun.keys)) : begun.keys.every((key) => isIn(key, keys))
}

/** Adds and pins a key of an external signer. It needs a proof of possession. A kid is never given to a second key. */
export async function addExternalKey(
  { id, key, actor, proposal }: { id: string; key: ExternalKey; actor: string; proposal?: string },
  { store, now, baseUrl }: RegisterSignerDeps,
): Promise<void> {
  const history = await trustOf(store)(id)
  const body = entityAt(id, history, EVERYTHING)
  if (body?.did === undefined || !body.elsewhere)
    throw heldKeyFault('/elsewhere', 'this body is not an external signer: its keys are made here')
  requireHeld(claimOf(body.did as Did, key, baseUrl), key.possession, '/elsewhere')
  const same = body.keys.find(({ kid }) => kid === key.kid)
  if (same !== undefined) {
    if (same.proposal === proposal && same.publicKeyMultibase === key.publicKeyMultibase) return
    throw heldKeyFault('/elsewhere/kid', 'names another key of this body')
  }
  await pinKey(
    { kid: key.kid, named: key.publicKeyMultibase },
    { id, actor, at: '/elsewhere/publicKeyMultibase' },
    { store, now },
  )
  const event: TrustEvent = { type: 'key-added', key: keyOf(key), ...(proposal && { proposal }) }
  await store.append(nextCommit(streams.trust(id), history, { events: [event], actor, now, index: 'TRUST' }))
}

const claimOf = (did: Did, { kid, publicKeyMultibase }: ExternalKey, registry: string): KeyClaim => ({
  registry,
  did,
  kid,
  publicKeyMultibase,
})

const keyOf = ({ kid, purpose, publicKeyMultibase }: ExternalKey) => ({
  kid,
  purpose,
  algorithm: 'Ed25519' as const,
  publicKeyMultibase,
  // Empty, so that the registry cannot sign with this key.
  keyRef: '',
})

/** A did:web whose host has only one spelling: small letters, no final dot, and no escape except the one before a port. */
const CANONICAL = /^did:web:(?:[a-z0-9-]+\.)*[a-z0-9-]+(?:%3A[1-9][0-9]{0,4})?(?::[A-Za-z0-9._~-]+)*$/

/** Parses the DID. Throws if it belongs to this registry, to a registry whose list is known here, or to another body. */
async function requireExternalDid(text: string, id: string, { store, baseUrl }: RegisterSignerDeps): Promise<Did> {
  if (!text.startsWith('did:web:') || !isDid(text)) throw heldKeyFault('/elsewhere/did', 'must be a did:web')
  if (!CANONICAL.test(text))
    throw heldKeyFault(
      '/elsewhere/did',
      'must have a host in small letters, and no escape except the one before a port',
    )
  if (/^[^:]+:[^:]+:[^:]+%3A443(?::|$)/.test(text))
    throw heldKeyFault('/elsewhere/did', 'must not name port 443, which is the default of https')
  const own = `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}`
  if (text === own || text.startsWith(`${own}:`)) throw heldKeyFault('/elsewhere/did', 'is a DID of this registry')
  const lists = await readKnownLists(store)
  if (lists.some(({ registry }) => issuerOfDid(text, registry) !== undefined))
    throw heldKeyFault('/elsewhere/did', 'is a DID of a registry whose list is known here')
  const taken = await idOfDid(text, store)
  if (taken !== undefined && taken !== id)
    throw new RegistryError('conflict', `${taken} is registered with this DID`, { reason: 'already-registered' })
  return text
}
