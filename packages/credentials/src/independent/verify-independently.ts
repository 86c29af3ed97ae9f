import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsa } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { cryptosuite as eddsa } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { contextsOfOneDocument } from '../general/context-resolver.ts'
import { pinnedContexts } from '../general/contexts.ts'

const MULTIKEY = 'https://w3id.org/security/multikey/v1'

interface DidDocument {
  id: string
  verificationMethod: readonly { id: string }[]
}

/** `kinds` are names of the library's errors. Their messages may quote the document, so they are dropped. */
export type IndependentVerdict = { verified: true } | { verified: false; kinds: readonly string[] }

/**
 * Verifies a document with the library that most other verifiers use. Every failure of the library, thrown or not, is a refusal. It checks
 * neither status nor profile, and it ignores the digests of related resources. Our own verifier checks these.
 */
export async function verifyIndependently(
  document: object,
  { didDocument, now }: { didDocument: DidDocument; now: Date },
): Promise<IndependentVerdict> {
  try {
    const { verified, error } = await vc.verifyCredential({
      // The library changes its input.
      credential: structuredClone(document),
      suite: suites.map((cryptosuite) => new DataIntegrityProof({ cryptosuite })),
      documentLoader: loaderFor(structuredClone(didDocument)),
      checkStatus: async () => ({ verified: true }),
      now,
    })
    return verified ? { verified } : { verified: false, kinds: kindsOf(error) }
  } catch (error) {
    return { verified: false, kinds: kindsOf(error) }
  }
}

/**
 * The library's suites, with a cache of processed contexts that hits (`context-resolver.ts`). Without it four fifths of the time go into
 * copies of contexts. A wrong cache could only refuse: our own canonical form was generated without it, and one signature must fit both.
 */
const suites = [eddsa, ecdsa].map((suite) => ({
  ...suite,
  canonize: (input: object, options: object) =>
    suite.canonize(input, { ...options, contextResolver: contextsOfOneDocument() }),
}))

/** The library caches static documents, because they never change. */
const contexts = new Map(
  [...pinnedContexts].map(([url, context]) => [
    url,
    { contextUrl: null, documentUrl: url, document: { '@context': context }, tag: 'static' },
  ]),
)

/** Knows pinned contexts, this DID document and its methods. Fetches nothing (I41). */
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
