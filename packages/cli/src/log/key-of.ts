import { parseVerifierKey, TlogError, type VerifierKey } from '@sijil/tlog'
import { usageFailure } from '../failure.ts'

/** A verifier key as somebody typed it. */
export function keyOf<Type extends 'ed25519' | 'cosignature'>(type: Type, text: string): VerifierKey<Type> {
  try {
    return parseVerifierKey(type, text)
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    throw usageFailure(
      type === 'cosignature' ? 'This is no key of a witness' : 'This is no key of a log',
      'It is one line, name+id+key, as `sijil log create-witness` or /log/certificates/key gives it.',
    )
  }
}
