import { parseVerifierKey, TlogError, type VerifierKey } from '@sijil/tlog'
import { usageFailure } from '../failure.ts'

/** Parses a verifier key that the user typed. */
export function keyOf<Type extends 'ed25519' | 'cosignature'>(type: Type, text: string): VerifierKey<Type> {
  try {
    return parseVerifierKey(type, text)
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    throw usageFailure(
      type === 'cosignature' ? 'This is not a key of a witness' : 'This is not a key of a log',
      'A key is one line, name+id+key, from `sijil log create-witness` or from /log/certificates/key.',
    )
  }
}
