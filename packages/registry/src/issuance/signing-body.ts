import { type Did, parseDid } from '@sijil/credentials'
import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'
import { type DidDocument, didDocument } from '../trust/did-document.ts'
import { type KeyRecord, keysFor, usableKeys } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { noSuchIssuer } from '../trust/members.ts'
import { placeOf } from '../trust/place.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { type TrustReader, trustOf } from '../trust/reader.ts'

/** A body and its keys for certificates, read without a cache. */
export interface SigningBody {
  id: string
  did: Did
  /** The document that `/issuers/{id}/did.json` answers. */
  didDocument: DidDocument
  name: string
  website: string
  /** ISO 3166 code of the state. `undefined` for a body of a whole region. */
  place: string | undefined
  sandbox: boolean
  /** The newest Ed25519 key that may sign now. Throws `dependency-unavailable` if there is none. Answering an issued certificate needs no key. */
  currentKey(): KeyRecord
  keys: readonly KeyRecord[]
  /** Whether the key is neither retired, suspended nor compromised now. */
  maySignWith(kid: string): boolean
  keyOf(kid: string): KeyRecord
}

export async function requireSigningBody(
  id: string,
  { trust, now }: { trust: TrustReader; now: Date },
): Promise<SigningBody> {
  const entity = entityAt(id, await trust(id), now.toISOString())
  if (entity?.did === undefined) throw noSuchIssuer()
  if (entity.elsewhere)
    throw new RegistryError('conflict', 'This body is an external signer. It issues its certificates itself, not here.')
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
          : 'every Ed25519 key of this issuer is suspended, retired or compromised: resume a suspended one, or add a new one',
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
 * Whether this is the sandbox of a deployment that may have one. In other deployments the answer is always false, because a body on the
 * trusted domain that signs anything would be a signing oracle. False for an unknown issuer.
 */
export async function isSandbox(
  id: string,
  { store, policy, now }: { store: CommitReader; policy: TrustPolicy; now: Date },
): Promise<boolean> {
  return policy.demonstration && (entityAt(id, await trustOf(store)(id), now.toISOString())?.sandbox ?? false)
}
