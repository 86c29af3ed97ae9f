import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms'
import { type NoteOpener, type NoteSealer, RegistryError } from '@sijil/registry'
import { outage } from './outage.ts'

/** What a sealed text is. It is part of the encryption context, so a role that opens one kind cannot open the other. */
type Content = 'note' | 'report' | 'order' | 'signatory' | 'webhook' | 'decision'

interface Sealing {
  kms: KMSClient
  keyId: string
  content?: Content
}

/** Bytes that KMS encrypts in one call. */
const LIMIT = 4096

/** A function that seals notes cannot read them, because its role may only encrypt. */
export function createNoteSealer({ kms, keyId, content = 'note' }: Sealing): NoteSealer {
  return {
    async seal(issuer, note) {
      const plain = Buffer.from(note)
      if (plain.length > LIMIT) {
        const detail = `at most ${LIMIT} bytes of UTF-8`
        throw new RegistryError('validation-failed', `the ${content} is too long`, {
          faults: [{ pointer: `/${content}`, detail }],
        })
      }
      try {
        const answer = await kms.send(
          new EncryptCommand({ KeyId: keyId, Plaintext: plain, EncryptionContext: { issuer, content } }),
        )
        if (answer.CiphertextBlob === undefined) throw new RegistryError('internal', 'KMS returned no encrypted note')
        return Buffer.from(answer.CiphertextBlob).toString('base64')
      } catch (error) {
        throw outage(error, 'the key store')
      }
    },
  }
}

export function createNoteOpener({ kms, keyId, content = 'note' }: Sealing): NoteOpener {
  return {
    async open(issuer, sealed) {
      try {
        const answer = await kms.send(
          new DecryptCommand({
            KeyId: keyId,
            CiphertextBlob: Buffer.from(sealed, 'base64'),
            EncryptionContext: { issuer, content },
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
