import { type Did, didForIssuer } from '@sijil/credentials'
import { readKnownLists } from '../accepted-registries/accepted-lists.ts'
import { RegistryError } from '../errors.ts'
import type { KeyMaker, SecretMaker } from '../ports.ts'
import { type CommitStore, isOwnerId, isReservedOwner, nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING, keysFor } from '../trust/entity.ts'
import { type DomainControl, type Grounds, groundsOf, type Identity, type TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import { addKey } from './keys.ts'

interface Change {
  actor: string
  /** The moment it counts from, RFC 3339, UTC. Absent means now. */
  effectiveAt?: string
}

interface RegisterDeps {
  store: CommitStore
  now: Date
}

/**
 * Registers a competent authority. Without `under` it is a root, of a whole state or of one profession. Throws `conflict` if an
 * accepted list of another registry already speaks for that state.
 */
export async function registerAuthority(
  request: Change & { id: string; identity: Identity; under?: string },
  { store, now }: RegisterDeps,
): Promise<void> {
  const { identity, under } = request
  if (under === undefined) await requireNoListFor(identity.state, store)
  return registerEntity(request, { type: 'authority-registered', identity, ...(under && { under }) }, { store, now })
}

async function requireNoListFor(state: string, store: CommitStore): Promise<void> {
  for (const { registry, authority } of await readKnownLists(store)) {
    const lists = entityAt(authority, await trustOf(store)(authority), EVERYTHING)?.lists ?? []
    const list = lists.find((one) => one.registry === registry)
    if (list?.suspendedAt === undefined && list?.states?.includes(state))
      throw new RegistryError('conflict', `the list of ${registry} speaks for this state: it must be suspended first`, {
        reason: 'already-accepted',
      })
  }
}

/** Registers an assessment centre. It signs nothing, so it gets no keys. */
export function registerCentre(
  request: Change & { id: string; identity: Identity; under?: string },
  { store, now }: RegisterDeps,
): Promise<void> {
  const { identity, under } = request
  return registerEntity(request, { type: 'centre-registered', identity, ...(under && { under }) }, { store, now })
}

/**
 * Records the successor of an entity. The successor decides about the grants and the entities below it, and pages say "issued by X,
 * now Y". Keys and status lists do not move.
 */
export async function succeed(
  request: Change & Grounds & { id: string; successor: string },
  { store, now }: RegisterDeps,
): Promise<void> {
  const { id, successor } = request
  const stream = streams.trust(id)
  const history = await trustOf(store)(id)
  const successorEntity = await trustOf(store)(successor)
  if (history.length === 0 || successorEntity.length === 0 || id === successor)
    throw new RegistryError('not-found', 'no such body or authority', { reason: 'not-below' })
  const event: TrustEvent = { type: 'succeeded', successor, ...groundsOf(request) }
  await store.append(nextCommit(stream, history, { ...request, events: [event], now, index: 'TRUST' }))
}

/**
 * Registers a certification body with its secret and two keys: one for certificates, one for status lists. This takes several
 * writes. If a crash interrupts them, the same request continues. Throws `conflict` once nothing is missing.
 */
export async function registerBody(
  request: Change & {
    id: string
    identity: Identity
    baseUrl: string
    sandbox?: boolean
    under?: string
    control?: DomainControl
  },
  deps: RegisterDeps & { keys: KeyMaker; secrets: SecretMaker },
): Promise<{ did: Did }> {
  const { identity, sandbox = false, under, control } = request
  const did = didForIssuer(request.baseUrl, request.id)
  const begun = await unfinishedBody(request.id, deps.store)
  if (begun === undefined) {
    await registerEntity(
      request,
      { type: 'body-registered', identity, did, sandbox, ...(under && { under }), ...(control && { control }) },
      deps,
    )
  }
  await createSecret(request.id, request.actor, deps)
  for (const purpose of firstKeys) {
    if (begun === undefined || keysFor(begun, purpose).length === 0)
      await addKey({ ...request, purpose, algorithm: 'Ed25519', isRepeated: begun !== undefined }, deps)
  }
  return { did }
}

const firstKeys = ['certificates', 'lists'] as const

/** Returns the body if it is registered but lacks its secret or a key. */
export async function unfinishedBody(id: string, store: CommitStore): Promise<Entity | undefined> {
  if (!isOwnerId(id)) return undefined
  const entity = entityAt(id, await trustOf(store)(id), EVERYTHING)
  if (entity?.kind !== 'body') return undefined
  const hasSecret = (await store.read(streams.secret(id))).length > 0
  return hasSecret && firstKeys.every((purpose) => keysFor(entity, purpose).length > 0) ? undefined : entity
}

async function registerEntity(
  request: Change & { id: string },
  event: TrustEvent,
  { store, now }: RegisterDeps,
): Promise<void> {
  await requireFreeId(request.id, store)
  await store.append(nextCommit(streams.trust(request.id), [], { ...request, events: [event], now, index: 'ENTITIES' }))
}

/** Throws unless the id is well formed, not reserved for the registry itself, and not taken. */
export async function requireFreeId(id: string, store: Pick<CommitStore, 'read'>): Promise<void> {
  if (!isOwnerId(id))
    throw new RegistryError('validation-failed', 'an id may contain only small letters, digits and hyphens', {
      faults: [{ pointer: '/id', detail: 'use a-z, 0-9 and -', reason: 'not-an-id' }],
      reason: 'not-an-id',
    })
  if (isReservedOwner(id))
    throw new RegistryError('validation-failed', 'this id is reserved for the registry itself', {
      faults: [{ pointer: '/id', detail: 'choose another id', reason: 'id-reserved' }],
      reason: 'id-reserved',
    })
  if ((await store.read<TrustEvent>(streams.trust(id))).length > 0)
    throw new RegistryError('conflict', `${id} is registered already`, { reason: 'already-registered' })
}

async function createSecret(
  id: string,
  actor: string,
  { store, secrets, now }: RegisterDeps & { secrets: SecretMaker },
): Promise<void> {
  const stream = streams.secret(id)
  const history = await store.read(stream)
  if (history.length > 0) return
  const ciphertext = Buffer.from(await secrets.createSecret(id)).toString('base64')
  await store.append(nextCommit(stream, history, { events: [{ type: 'secret-created', ciphertext }], actor, now }))
}
