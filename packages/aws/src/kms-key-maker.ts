import {
  CreateKeyCommand,
  GetPublicKeyCommand,
  type KeySpec,
  type KMSClient,
  NotFoundException,
} from '@aws-sdk/client-kms'
import { multikeyFromSpki } from '@sijil/credentials'
import { type KeyMaker, RegistryError, type SigningPurpose } from '@sijil/registry'
import { algorithms } from './algorithms.ts'
import { findOrphan } from './find-orphan.ts'
import { type KeyHolders, keyPolicy } from './key-policy.ts'
import { isLentFrom, placeOf } from './lending-accounts.ts'
import { outage } from './outage.ts'

/**
 * If the answer of KMS is lost, the new key is in no stream, so its signatures do not count. The repeated request finds it by its tags.
 * `accounts` are the AWS accounts of bodies that may lend keys, never our own account.
 */
export function createKeyMaker({
  kms,
  holders,
  severalRegions,
  now,
  pause,
  accounts = [],
}: {
  kms: KMSClient
  /** Who may use and change the keys, besides the function that signs with them. */
  holders: KeyHolders
  /** Whether the administrator may copy the keys to another region. It cannot be changed for a key later. */
  severalRegions: boolean
  now: () => Date
  pause: (milliseconds: number) => Promise<void>
  accounts?: readonly string[]
}): KeyMaker {
  return {
    async cannotUse(keyRef) {
      const place = placeOf(keyRef)
      if (place === undefined) return 'must be the ARN of a key of KMS, not of an alias'
      const region = await kms.config.region()
      if (place.region !== region) return `must be a key in ${region}, where this registry signs`
      return isLentFrom(keyRef, accounts) ? undefined : 'must be a key of an account that this registry may sign with'
    },

    async createKey(issuer, purpose, algorithm, { name, isRepeated }) {
      const tags = { issuer, purpose, request: name }
      const { keySpec } = algorithms[algorithm]
      try {
        const left = isRepeated ? await findOrphan({ tags, keySpec }, { kms, now }) : undefined
        const keyRef = left ?? (await newKey(purpose, keySpec, tags))
        return { keyRef, publicKeyMultibase: multikeyFromSpki(await publicKeyOf(keyRef)) }
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }

  async function newKey(purpose: SigningPurpose, KeySpec: KeySpec, tags: Readonly<Record<string, string>>) {
    const { KeyMetadata: made } = await kms.send(
      new CreateKeyCommand({
        KeySpec,
        KeyUsage: 'SIGN_VERIFY',
        MultiRegion: severalRegions,
        Policy: keyPolicy(purpose, holders),
        // The role that makes a key must not be able to change its policy, and KMS asks to confirm that.
        BypassPolicyLockoutSafetyCheck: true,
        Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    )
    if (made?.Arn === undefined) throw new RegistryError('internal', 'KMS did not return the new key')
    return made.Arn
  }

  /** Waits for a key that is seconds old, which KMS may not find yet. After the last pause, a repeated request finds the key. */
  async function publicKeyOf(KeyId: string, [wait, ...later] = pauses): Promise<Uint8Array> {
    try {
      const { PublicKey: spki } = await kms.send(new GetPublicKeyCommand({ KeyId }))
      if (spki === undefined) throw new RegistryError('internal', 'KMS did not return the public half of the new key')
      return spki
    } catch (error) {
      if (wait === undefined || !(error instanceof NotFoundException)) throw error
      await pause(wait)
      return publicKeyOf(KeyId, later)
    }
  }
}

/** Milliseconds. Together 6.2 s, so that the request ends before its function does. */
const pauses = [200, 400, 800, 1_600, 3_200]
