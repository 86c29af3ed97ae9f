import { type KeyClaim, showsPossession } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from './entity.ts'
import { entityAt } from './fold.ts'
import { trustOf } from './reader.ts'

/** Keys that were made outside this registry. The owner proves possession, and the key then belongs to that body alone, for ever. */

interface KeyPinned {
  type: 'key-pinned'
  id: string
  kid: string
}

/** Throws `validation-failed` at `at` unless the key signed the text that names this registry, DID, kid and key. */
export function requireHeld(claim: KeyClaim, possession: string, at: string): void {
  const isHeld = (() => {
    try {
      return showsPossession(claim, possession)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw heldKeyFault(`${at}/publicKeyMultibase`, 'must be the Multikey of an Ed25519 key')
    }
  })()
  if (!isHeld)
    throw heldKeyFault(
      `${at}/possession`,
      `must be a signature by this key over the text for registry, DID, "${claim.kid}" and key`,
    )
}

/**
 * Reserves a key for one body under one `kid`, so that a compromised key cannot return under another name (R005). Call it before the
 * key is added: of two bodies that bring the same key at once, one gets `validation-failed`. `named` is the public key, or the
 * signer's name for it. If the reserved `kid` was then given to another key, the reservation moves to the next `kid`.
 */
export async function pinKey(
  { kid, named }: { kid: string; named: string },
  { id, actor, at }: { id: string; actor: string; at: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.externalKey(named)
  const history = await store.read<KeyPinned>(stream)
  const holder = history.at(-1)?.events[0]
  if (holder?.id === id && holder.kid === kid) return
  if (holder !== undefined && (holder.id !== id || (await isAdded(holder, named, store))))
    throw heldKeyFault(at, 'is already registered for another body or under another name')
  const pinned: KeyPinned = { type: 'key-pinned', id, kid }
  await store.append(nextCommit(stream, history, { events: [pinned], actor, now }))
}

async function isAdded({ id, kid }: KeyPinned, named: string, store: CommitStore): Promise<boolean> {
  const keys = entityAt(id, await trustOf(store)(id), EVERYTHING)?.keys ?? []
  return keys.some((key) => key.kid === kid && (key.publicKeyMultibase === named || key.keyRef === named))
}

export const heldKeyFault = (pointer: string, detail: string, reason: RefusalReason = 'key-or-proof') =>
  new RegistryError('validation-failed', 'the body or key cannot be registered as described', {
    faults: [{ pointer, detail, reason }],
  })
