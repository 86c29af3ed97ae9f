import { type KeyClaim, showsPossession } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from './entity.ts'
import { entityAt } from './fold.ts'
import { trustOf } from './reader.ts'

/** A key that was not made here: whoever brings it shows that he holds it, and it is his alone from then on. */

interface KeyPinned {
  type: 'key-pinned'
  id: string
  kid: string
}

/** Throws `validation-failed`, at `at`, unless the key itself signed that it is this one of this DID, for this registry. */
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
 * One body's, under one name: a key that was compromised does not come back under another (R005). Before it is added, so that of two
 * bodies at once one is told. `named`: its public half, or what the signer knows it by. A name that was pinned, and went to another key
 * before this one was added, is given up for the next.
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
    throw heldKeyFault(at, 'is known already, as a key of another body or under another name')
  const pinned: KeyPinned = { type: 'key-pinned', id, kid }
  await store.append(nextCommit(stream, history, { events: [pinned], actor, now }))
}

async function isAdded({ id, kid }: KeyPinned, named: string, store: CommitStore): Promise<boolean> {
  const keys = entityAt(id, await trustOf(store)(id), EVERYTHING)?.keys ?? []
  return keys.some((key) => key.kid === kid && (key.publicKeyMultibase === named || key.keyRef === named))
}

export const heldKeyFault = (pointer: string, detail: string) =>
  new RegistryError('validation-failed', 'the body or key cannot be registered as described', {
    faults: [{ pointer, detail }],
  })
