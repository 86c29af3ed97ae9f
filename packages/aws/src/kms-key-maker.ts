import { CreateKeyCommand, GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms'
import { multikeyFromSpki } from '@sijil/credentials'
import { type KeyMaker, RegistryError } from '@sijil/registry'
import { algorithms } from './algorithms.ts'
import { outage } from './outage.ts'

/**
 * A key that was made but whose answer was lost is left behind unused: it is in no stream, so nothing that it signs counts.
 */
export function createKeyMaker({ kms }: { kms: KMSClient }): KeyMaker {
  return {
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
