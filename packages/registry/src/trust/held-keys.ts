import { type KeyClaim, showsPossession } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'

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
 * bodies at once one is told.
 */
export async function pinKey(
  { kid, publicKeyMultibase }: { kid: string; publicKeyMultibase: string },
  { id, actor, at }: { id: string; actor: string; at: string },
  { store, now }: { store: CommitStore; now: Date },
): Promise<void> {
  const stream = streams.foreignKey(publicKeyMultibase)
  const [first] = await store.read<KeyPinned>(stream)
  const holder = first?.events[0]
  if (holder?.id === id && holder.kid === kid) return
  if (holder !== undefined)
    throw heldKeyFault(`${at}/publicKeyMultibase`, 'is known already, as a key of another body or under another name')
  const pinned: KeyPinned = { type: 'key-pinned', id, kid }
  await store.append(nextCommit(stream, [], { events: [pinned], actor, now }))
}

export const heldKeyFault = (pointer: string, detail: string) =>
  new RegistryError('validation-failed', 'the body or key cannot be registered as described', {
    faults: [{ pointer, detail }],
  })
