import { type Did, parseDid } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { SigningKey } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import { type DidDocument, didDocument } from '../trust/did-document.ts'
import { keysFor, usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { noSuchIssuer } from '../trust/members.ts'
import { placeOf } from '../trust/place.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'

/** A body with what it signs certificates with, read afresh. */
export interface SigningBody {
  id: string
  did: Did
  /** As `/issuers/{id}/did.json` answers it. */
  didDocument: DidDocument
  name: string
  website: string
  /** ISO state; absent for a body that speaks for all. */
  place: string | undefined
  sandbox: boolean
  /** The newest Ed25519 key that may sign now. Throws `dependency-unavailable` where there is none: what was issued is answered without it. */
  currentKey(): SigningKey
  keys: readonly SigningKey[]
  /** Neither retired, suspended nor compromised now. */
  maySignWith(kid: string): boolean
  keyOf(kid: string): SigningKey
}

export async function requireSigningBody(
  id: string,
  { store, now }: { store: CommitReader; now: Date },
): Promise<SigningBody> {
  const entity = entityAt(id, await trustOf(store)(id), now.toISOString())
  if (entity?.did === undefined) throw noSuchIssuer()
  if (entity.elsewhere) throw new RegistryError('conflict', 'This body signs elsewhere: nothing is issued for it here.')
  const keys = keysFor(entity, 'certificates')
  const usable = usableKeys(entity, 'certificates', now.toISOString())
  return {
    id,
    did: parseDid(entity.did),
    didDocument: didDocument(entity, entity.did),
    name: entity.identity.name,
    website: entity.identity.website,
    place: placeOf(entity),
    sandbox: entity.sandbox,
    currentKey() {
      const current = usable.findLast(({ algorithm }) => algorithm === 'Ed25519')
      if (current !== undefined) return current
      throw new RegistryError(
        'dependency-unavailable',
        keys.length === 0
          ? 'this issuer has no key to sign with yet'
          : 'every Ed25519 key of this issuer is suspended, retired or compromised: have one resumed, or add one',
      )
    },
    keys: usable,
    maySignWith: (kid) => usable.some((key) => key.kid === kid),
    keyOf(kid) {
      const key = keys.find((candidate) => candidate.kid === kid)
      if (key === undefined)
        throw new RegistryError('internal', 'a reservation names a key that this issuer does not have')
      return key
    },
  }
}

/**
 * Is this the sandbox, in a deployment that may have one? Elsewhere nothing is, whatever a stream says: a signer for anybody on the
 * trusted domain is an oracle. An unknown issuer is no sandbox.
 */
export async function isSandbox(
  id: string,
  { store, policy, now }: { store: CommitReader; policy: TrustPolicy; now: Date },
): Promise<boolean> {
  return policy.demonstration && (entityAt(id, await trustOf(store)(id), now.toISOString())?.sandbox ?? false)
}
