import { generateKeyPairSync, sign } from 'node:crypto'
import { cosign, createVerifierKey, formatNote, parseNote, type VerifierKey } from '@sijil/tlog'

export interface ATestWitness {
  key: VerifierKey<'cosignature'>
  /** The note with the witness's line, as of a moment. */
  cosign(note: Uint8Array, at: Date): Promise<Uint8Array>
}

/** Somebody outside who cosigns whatever is shown; a real one checks first (`sijil log witness`). */
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
