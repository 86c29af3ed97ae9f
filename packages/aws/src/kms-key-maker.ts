import { CreateKeyCommand, GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { multikeyFromSpki } from '@sijil/credentials'
import { type KeyMaker, RegistryError } from '@sijil/registry'
import { algorithms } from './algorithms.ts'
import { type KeyHolders, keyPolicy } from './key-policy.ts'
import { isLentFrom, placeOf } from './lending-accounts.ts'
import { outage } from './outage.ts'

/**
 * If the answer of KMS is lost, the new key stays unused. It is in no stream, so its signatures do not count. `accounts` are the
 * AWS accounts of bodies that may lend keys, never our own account.
 */
export function createKeyMaker({
  kms,
  holders,
  accounts = [],
}: {
  kms: KMSClient
  /** Who may use and change the keys, besides the function that signs with them. */
  holders: KeyHolders
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

    async createKey(issuer, purpose, algorithm) {
      try {
        const { KeyMetadata: made } = await kms.send(
          new CreateKeyCommand({
            KeySpec: algorithms[algorithm].keySpec,
            KeyUsage: 'SIGN_VERIFY',
            Policy: keyPolicy(purpose, holders),
            // The role that makes a key must not be able to change its policy, and KMS asks to confirm that.
            BypassPolicyLockoutSafetyCheck: true,
            Tags: [
              { TagKey: 'issuer', TagValue: issuer },
              { TagKey: 'purpose', TagValue: purpose },
            ],
          }),
        )
        const { PublicKey: spki } = await kms.send(new GetPublicKeyCommand({ KeyId: made?.KeyId }))
        if (made?.Arn === undefined || spki === undefined)
          throw new RegistryError('internal', 'KMS did not return the new key')
        return { keyRef: made.Arn, publicKeyMultibase: multikeyFromSpki(spki) }
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}
