import { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand, type KMSClient } from '@aws-sdk/client-kms'
import { RegistryError, type SecretMaker, type SecretReader } from '@sijil/registry'
import { memoryOf } from './memory.ts'
import { outage } from './outage.ts'

/** Makes secrets without seeing them, because KMS returns only the ciphertext. */
export function createSecretMaker({ kms, keyId }: { kms: KMSClient; keyId: string }): SecretMaker {
  return {
    async createSecret(issuer) {
      try {
        const answer = await kms.send(
          new GenerateDataKeyWithoutPlaintextCommand({
            KeyId: keyId,
            KeySpec: 'AES_256',
            EncryptionContext: { issuer },
          }),
        )
        if (answer.CiphertextBlob === undefined) throw new RegistryError('internal', 'KMS returned no encrypted secret')
        return answer.CiphertextBlob
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}

/**
 * KMS decrypts a ciphertext only for the issuer for which it was made. A decrypted secret stays in memory for at most five minutes,
 * under the issuer and the ciphertext together, so that a secret of one issuer is never returned for another.
 */
export function createSecretReader({
  kms,
  keyId,
  now,
}: {
  kms: KMSClient
  keyId: string
  now: () => Date
}): SecretReader {
  const opened = memoryOf<Uint8Array>({ ms: 5 * 60_000, entries: 200, now })
  return {
    async decrypt(issuer, ciphertext) {
      const name = JSON.stringify([issuer, Buffer.from(ciphertext).toString('base64')])
      const known = opened.find(name)
      if (known !== undefined) return known.slice()
      try {
        const answer = await kms.send(
          new DecryptCommand({ KeyId: keyId, CiphertextBlob: ciphertext, EncryptionContext: { issuer } }),
        )
        if (answer.Plaintext?.length !== 32) throw new RegistryError('internal', 'KMS returned no secret of 32 bytes')
        opened.keep(name, answer.Plaintext)
        return answer.Plaintext.slice()
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}
