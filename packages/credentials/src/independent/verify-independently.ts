import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsa } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { cryptosuite as eddsa } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { pinnedContexts } from '../general/contexts.ts'

const MULTIKEY = 'https://w3id.org/security/multikey/v1'

interface DidDocument {
  id: string
  verificationMethod: readonly { id: string }[]
}

/** `kinds` are the names of the library's errors. Their messages may quote the document, so they go no further. */
export type IndependentVerdict = { verified: true } | { verified: false; kinds: readonly string[] }

/**
 * Verifies a document with the library that most verifiers outside use. Every failure of the library is a refusal, also where it
 * throws. It checks neither the status nor the profile, and it ignores digests of related resources: our own verifier does that.
 */
export async function verifyIndependently(
  document: object,
  { didDocument, now }: { didDocument: DidDocument; now: Date },
): Promise<IndependentVerdict> {
  try {
    const { verified, error } = await vc.verifyCredential({
      // The library writes into what it is given.
      credential: structuredClone(document),
      suite: [eddsa, ecdsa].map((cryptosuite) => new DataIntegrityProof({ cryptosuite })),
      documentLoader: loaderFor(structuredClone(didDocument)),
      checkStatus: async () => ({ verified: true }),
      now,
    })
    return verified ? { verified } : { verified: false, kinds: kindsOf(error) }
  } catch (error) {
    return { verified: false, kinds: kindsOf(error) }
  }
}

/** Static documents are contexts that never change: the library keeps what it made of them. */
const contexts = new Map(
  [...pinnedContexts].map(([url, context]) => [
    url,
    { contextUrl: null, documentUrl: url, document: { '@context': context }, tag: 'static' },
  ]),
)

/** Pinned contexts, this DID document and its methods. Nothing is fetched (I41). */
function loaderFor(didDocument: DidDocument) {
  const controlled = new Map<string, object>([
    [didDocument.id, didDocument],
    ...didDocument.verificationMethod.map((method): [string, object] => [
      method.id,
      { '@context': MULTIKEY, ...method },
    ]),
  ])
  return async (url: string) => {
    const document = controlled.get(url)
    const found = contexts.get(url) ?? (document && { contextUrl: null, documentUrl: url, document })
    if (found === undefined) throw new Error('nothing is fetched')
    return found
  }
}

function kindsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [typeof error]
  const within = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  return [error.name, ...within.flatMap(kindsOf)]
}
