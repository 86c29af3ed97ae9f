import { CreateKeyCommand, GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { multikeyFromSpki } from '@sijil/credentials'
import { type KeyMaker, RegistryError } from '@sijil/registry'
import { algorithms } from './algorithms.ts'
import { isLentFrom, placeOf } from './lending-accounts.ts'
import { outage } from './outage.ts'

/**
 * A key that was made but whose answer was lost is left behind unused: it is in no stream, so nothing that it signs counts.
 * `accounts` are those of bodies that may lend keys; our own is never among them.
 */
export function createKeyMaker({ kms, accounts = [] }: { kms: KMSClient; accounts?: readonly string[] }): KeyMaker {
  return {
    async cannotUse(keyRef) {
      const place = placeOf(keyRef)
      if (place === undefined) return 'must be the ARN of a key of KMS, not of an alias'
      const ours = await kms.config.region()
      if (place.region !== ours) return `must be a key in ${ours}, where this registry signs`
      return isLentFrom(keyRef, accounts) ? undefined : 'must be a key of an account that this registry may sign with'
    },

    async createKey(issuer, purpose, algorithm) {
      try {
        const { KeyMetadata: made } = await kms.send(
          new CreateKeyCommand({
            KeySpec: algorithms[algorithm].keySpec,
            KeyUsage: 'SIGN_VERIFY',
            Tags: [
              { TagKey: 'issuer', TagValue: issuer },
              { TagKey: 'purpose', TagValue: purpose },
            ],
          }),
        )
        const { PublicKey: spki } = await kms.send(new GetPublicKeyCommand({ KeyId: made?.KeyId }))
        if (made?.Arn === undefined || spki === undefined) throw new RegistryError('internal', 'KMS made no key')
        return { keyRef: made.Arn, publicKeyMultibase: multikeyFromSpki(spki) }
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}
