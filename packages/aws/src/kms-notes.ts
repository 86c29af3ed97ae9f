import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms'
import { type NoteOpener, type NoteSealer, RegistryError } from '@sijil/registry'
import { outage } from './outage.ts'

const contextOf = (issuer: string) => ({ issuer, content: 'note' })
/** Bytes that KMS encrypts in one call. */
const LIMIT = 4096

/** A function that seals notes cannot read them, because its role may only encrypt. */
export function createNoteSealer({ kms, keyId }: { kms: KMSClient; keyId: string }): NoteSealer {
  return {
    async seal(issuer, note) {
      const plain = Buffer.from(note)
      if (plain.length > LIMIT) {
        const detail = `at most ${LIMIT} bytes of UTF-8`
        throw new RegistryError('validation-failed', 'the note is too long', { faults: [{ pointer: '/note', detail }] })
      }
      try {
        const answer = await kms.send(
          new EncryptCommand({ KeyId: keyId, Plaintext: plain, EncryptionContext: contextOf(issuer) }),
        )
        if (answer.CiphertextBlob === undefined) throw new RegistryError('internal', 'KMS returned no encrypted note')
        return Buffer.from(answer.CiphertextBlob).toString('base64')
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}

export function createNoteOpener({ kms, keyId }: { kms: KMSClient; keyId: string }): NoteOpener {
  return {
    async open(issuer, sealed) {
      try {
        const answer = await kms.send(
          new DecryptCommand({
            KeyId: keyId,
            CiphertextBlob: Buffer.from(sealed, 'base64'),
            EncryptionContext: contextOf(issuer),
          }),
        )
        if (answer.Plaintext === undefined) throw new RegistryError('internal', 'KMS returned no decrypted note')
        return Buffer.from(answer.Plaintext).toString('utf8')
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}
