import { didForIssuer } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { KeyMaker, KeyPurpose } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { EVERYTHING, nextKid } from '../trust/entity.ts'
import type { TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { heldKeyFault, pinKey, requireHeld } from '../trust/held-keys.ts'
import { trustOf } from '../trust/reader.ts'

/** A key that a body of ours keeps in an account of its own, and lets us sign with. */
export interface LentKey {
  /** What the signer knows it by; for KMS the key's ARN. */
  keyRef: string
  /** Multikey of an Ed25519 key. */
  publicKeyMultibase: string
  /** Base64url: a signature by it over `possessionText`. */
  possession: string
}

/**
 * Another key of a body that signs here, which keeps it itself. It has the next name of its purpose (`certificates-2`), and signed that
 * name: so the key itself says for whom and for what it may be used. Throws `validation-failed` where it does not, or could not be used.
 */
export async function lendKey(
  request: { id: string; purpose: KeyPurpose; key: LentKey; actor: string; proposal?: string },
  { store, keys, now, baseUrl }: { store: CommitStore; keys: KeyMaker; now: Date; baseUrl: string },
): Promise<void> {
  const { id, purpose, actor, proposal } = request
  const { keyRef, publicKeyMultibase, possession } = request.key
  const history = await trustOf(store)(id)
  const body = entityAt(id, history, EVERYTHING)
  if (body?.kind !== 'body' || body.did === undefined) throw new RegistryError('not-found', 'no such issuer')
  if (body.elsewhere) throw heldKeyFault('/lent', 'this body signs elsewhere: nothing is signed for it here')
  // An approval that is repeated after a crash finds its key.
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
