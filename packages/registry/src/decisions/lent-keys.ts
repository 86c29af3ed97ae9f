import { didForIssuer } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { KeyMaker, KeyPurpose } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING, nextKid } from '../trust/entity.ts'
import type { TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { heldKeyFault, pinKey, requireHeld } from '../trust/held-keys.ts'
import { trustOf } from '../trust/reader.ts'

/** A key in a body's own account that the registry may sign with. */
export interface LentKey {
  /** The signer's name for the key. For KMS, its ARN. */
  keyRef: string
  /** Multikey of an Ed25519 key. */
  publicKeyMultibase: string
  /** Signature by this key over `possessionText`, base64url. */
  possession: string
}

/**
 * Adds a key that a body keeps in its own account. It gets the next name of its purpose, such as `certificates-2`. The key must have
 * signed that name, so that the key itself states its body and its purpose. Throws `validation-failed` if it did not sign the name, or
 * if the signer cannot use it.
 */
export async function lendKey(
  request: { id: string; purpose: KeyPurpose; key: LentKey; actor: string; proposal?: string },
  { store, keys, now, baseUrl }: { store: CommitStore; keys: KeyMaker; now: Date; baseUrl: string },
): Promise<void> {
  const { id, purpose, actor, proposal } = request
  const { keyRef, publicKeyMultibase, possession } = request.key
  const history = await trustOf(store)(id)
  const body = entityAt(id, history, EVERYTHING)
  if (body?.kind !== 'body' || body.did === undefined)
    throw new RegistryError('not-found', 'no such issuer', { reason: 'may-not-propose' })
  if (body.elsewhere)
    throw heldKeyFault('/lent', 'this body is an external signer, so this registry signs nothing for it')
  // An approval that is repeated after a crash finds the key that it added.
  if (proposal !== undefined && body.keys.some((key) => key.proposal === proposal)) return
  const why = await keys.cannotUse(keyRef)
  if (why !== undefined) throw heldKeyFault('/lent/keyRef', why)
  const kid = nextKid(body, purpose)
  requireHeld({ registry: baseUrl, did: didForIssuer(baseUrl, id), kid, publicKeyMultibase }, possession, '/lent')
  const pinned = { id, actor }
  await pinKey({ kid, named: publicKeyMultibase }, { ...pinned, at: '/lent/publicKeyMultibase' }, { store, now })
  await pinKey({ kid, named: keyRef }, { ...pinned, at: '/lent/keyRef' }, { store, now })
  const key = { kid, purpose, algorithm: 'Ed25519', publicKeyMultibase, keyRef, lent: { possession } } as const
  const event: TrustEvent = { type: 'key-added', key, ...(proposal && { proposal }) }
  await store.append(nextCommit(streams.trust(id), history, { events: [event], actor, now, index: 'TRUST' }))
}
