import { createHash } from 'node:crypto'
import { type KMSClient, paginateListResourceTags, SignCommand } from '@aws-sdk/client-kms'
import { isSignedByKey } from '@sijil/credentials'
import { RegistryError, type Signer, type SigningPurpose } from '@sijil/registry'
import { isLentFor } from '@sijil/registry/trust'
import { algorithms } from './algorithms.ts'
import { isLentFrom } from './lending-accounts.ts'
import { memoryOf } from './memory.ts'
import { keyOutage } from './outage.ts'

/** What a key is tagged with when it is made (`createKeyMaker`). */
interface KeyTags {
  issuer: string | undefined
  purpose: string | undefined
}

/** What KMS takes as a raw message; the hash inputs of proofs have 64 to 96 bytes. */
const RAW_LIMIT = 4096

/**
 * Signs with keys that never leave KMS. The tags are read from KMS and not from our record: so whoever could write a stream still
 * could not have one issuer's key sign for another (I23). They are remembered for five minutes. KMS tells nobody the tags of a key in
 * another account: one that a body lends said itself for whom it signs here.
 */
export function createSigner({
  kms,
  now,
  registry,
  accounts = [],
}: {
  kms: KMSClient
  now: () => Date
  registry: string
  /** Of bodies that lend keys; as for `createKeyMaker`. */
  accounts?: readonly string[]
}): Signer {
  const remembered = memoryOf<KeyTags>({ ms: 5 * 60_000, entries: 1_000, now })

  return {
    async sign(key, issuer, purpose, bytes) {
      const algorithm = algorithms[key.algorithm]
      requireMatch({ issuer, purpose: key.purpose }, issuer, purpose)
      const message = messageOf(bytes, algorithm.digest)
      try {
        if (key.lent === undefined) requireMatch(await tagsOf(key.keyRef), issuer, purpose)
        else if (!isLentFrom(key.keyRef, accounts) || !isLentFor(key, { issuer, purpose, registry }))
          throw madeForAnother()
        const answer = await kms.send(
          new SignCommand({
            KeyId: key.keyRef,
            SigningAlgorithm: algorithm.signing,
            ...message,
          }),
        )
        const signature = algorithm.signature(answer.Signature ?? new Uint8Array())
        // Whose key it is its account says, and a record may name the wrong one: what another key signed leaves nowhere.
        if (key.lent !== undefined && !isSignedByKey(key.publicKeyMultibase, bytes, signature))
          throw new RegistryError('signing-key-unavailable', 'the key at this address is not the one that was recorded')
        return signature
      } catch (error) {
        throw keyOutage(error)
      }
    },
  }

  async function tagsOf(keyRef: string): Promise<KeyTags> {
    const known = remembered.find(keyRef)
    if (known !== undefined) return known
    const tags = new Map<string | undefined, string | undefined>()
    for await (const page of paginateListResourceTags({ client: kms }, { KeyId: keyRef })) {
      for (const { TagKey, TagValue } of page.Tags ?? []) tags.set(TagKey, TagValue)
    }
    const found = { issuer: tags.get('issuer'), purpose: tags.get('purpose') }
    remembered.keep(keyRef, found)
    return found
  }
}

/** ECDSA signs a digest, so KMS can be given that of a long message; Ed25519 signs the message itself. */
function messageOf(bytes: Uint8Array, digest: string | undefined) {
  if (bytes.length <= RAW_LIMIT) return { MessageType: 'RAW', Message: bytes } as const
  if (digest === undefined) throw new RegistryError('internal', 'too long to be signed')
  return { MessageType: 'DIGEST', Message: new Uint8Array(createHash(digest).update(bytes).digest()) } as const
}

function requireMatch(tags: KeyTags, issuer: string, purpose: SigningPurpose): void {
  if (tags.issuer !== issuer || tags.purpose !== purpose) throw madeForAnother()
}

const madeForAnother = () => new RegistryError('internal', 'this key was made for another issuer or purpose')
