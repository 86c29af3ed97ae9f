import { generateKeyPairSync, sign } from 'node:crypto'
import { cosign, createVerifierKey, formatNote, parseNote, type VerifierKey } from '@sijil/tlog'

export interface ATestWitness {
  key: VerifierKey<'cosignature'>
  /** Returns the note with the cosignature of the witness at a moment. */
  cosign(note: Uint8Array, at: Date): Promise<Uint8Array>
}

/** A witness that cosigns every checkpoint without checking. A real witness checks first (`sijil log witness`). */
export function aWitness(name: string): ATestWitness {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const key = createVerifierKey('cosignature', name, new Uint8Array(Buffer.from(x, 'base64url')))
  return {
    key,
    async cosign(note, at) {
      const { text, signatures } = parseNote(note)
      const time = Math.floor(at.getTime() / 1_000)
      const signer = { key, time, sign: async (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) }
      return formatNote({ text, signatures: [...signatures, await cosign(text, signer)] })
    },
  }
}
