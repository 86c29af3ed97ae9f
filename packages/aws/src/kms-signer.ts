import { createHash } from 'node:crypto'
import { type KMSClient, paginateListResourceTags, SignCommand } from '@aws-sdk/client-kms'
import { isSignedByKey } from '@sijil/credentials'
import { RegistryError, type Signer, type SigningPurpose } from '@sijil/registry'
import { isLentFor } from '@sijil/registry/trust'
import { algorithms } from './algorithms.ts'
import { isLentFrom } from './lending-accounts.ts'
import { memoryOf } from './memory.ts'
import { keyOutage } from './outage.ts'

/** The tags that `createKeyMaker` gives to a key. */
interface KeyTags {
  issuer: string | undefined
  purpose: string | undefined
}

/** Bytes that KMS accepts as a raw message. The hash inputs of proofs have 64 to 96 bytes. */
const RAW_LIMIT = 4096

/**
 * Signs with keys that never leave KMS. The tags are read from KMS and not from our record, so that write access to a stream is not
 * enough to make one issuer's key sign for another (I23). They are kept in memory for five minutes. KMS does not return the tags of
 * a key in another account. A lent key has instead signed a statement about the issuer and the purpose for which it signs here.
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
  /** AWS accounts of bodies that lend keys, as for `createKeyMaker`. */
  accounts?: readonly string[]
}): Signer {
  const remembered = memoryOf<KeyTags>({ ms: 5 * 60_000, entries: 1_000, now })

  return {
    async sign(key, issuer, purpose, bytes) {
      const algorithm = algorithms[key.algorithm]
      requireMatch({ issuer, purpose: key.purpose }, issuer, purpose)
      const message = messageOf(bytes, algorithm.digest)
      try {
        const keyRef = key.lent === undefined ? inRegion(key.keyRef, await kms.config.region()) : key.keyRef
        if (key.lent === undefined) requireMatch(await tagsOf(keyRef), issuer, purpose)
        else if (!isLentFrom(key.keyRef, accounts) || !isLentFor(key, { issuer, purpose, registry }))
          throw madeForAnother()
        const answer = await kms.send(
          new SignCommand({
            KeyId: keyRef,
            SigningAlgorithm: algorithm.signing,
            ...message,
          }),
        )
        const signature = algorithm.signature(answer.Signature ?? new Uint8Array())
        // Our record may hold the wrong ARN. Never return a signature that the registered public key does not verify.
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

/** ECDSA signs a digest, so a long message is sent to KMS as its digest. Ed25519 signs the message itself. */
function messageOf(bytes: Uint8Array, digest: string | undefined) {
  if (bytes.length <= RAW_LIMIT) return { MessageType: 'RAW', Message: bytes } as const
  if (digest === undefined) throw new RegistryError('internal', 'the message is too long for this key of KMS')
  return { MessageType: 'DIGEST', Message: new Uint8Array(createHash(digest).update(bytes).digest()) } as const
}

function requireMatch(tags: KeyTags, issuer: string, purpose: SigningPurpose): void {
  if (tags.issuer !== issuer || tags.purpose !== purpose) throw madeForAnother()
}

/**
 * The ARN of the copy in our region, if the key may have copies. They have the same id, so the ARN that was recorded in one region serves in
 * the other. A copy has its own tags and policy, and signs only if they are right.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
const inRegion = (keyRef: string, region: string): string =>
  keyRef.replace(/^(arn:[\w-]+:kms:)[a-z0-9-]+(:\d{12}:key\/mrk-)/, (_, service, key) => `${service}${region}${key}`)

const madeForAnother = () => new RegistryError('internal', 'this key was made for another issuer or purpose')
