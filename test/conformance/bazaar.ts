import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsa } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import { cryptosuite as eddsa } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { pinnedContexts } from '@sijil/credentials/general'
import { CREATED, type DidKey } from './did-keys.ts'
import type { Json } from './inputs.ts'

/** A second implementation, so that our code does not agree only with itself. It verifies and signs with `did:key`, offline. */

const MULTIKEY = 'https://w3id.org/security/multikey/v1'

function contextDocument(url: string): object | undefined {
  const context = pinnedContexts.get(url)
  return context && { '@context': context }
}

interface DidDocument {
  verificationMethod: { id: string }[]
}
/** Returns the DID document of a DID that is not a `did:key`. */
export type ResolveDid = (did: string) => Promise<DidDocument | undefined>

/** Loads did:web documents through `resolve`. A URL with a fragment names one method of a document. */
function loaderOver(resolve: ResolveDid) {
  return async (url: string) => {
    if (!url.startsWith('did:web:')) return documentLoader(url)
    const [did = '', fragment] = url.split('#')
    const controller = await resolve(did)
    const document = fragment === undefined ? controller : controller?.verificationMethod.find(({ id }) => id === url)
    if (document === undefined) throw new Error(`not found: ${url}`)
    return {
      contextUrl: null,
      documentUrl: url,
      document: fragment === undefined ? document : { '@context': MULTIKEY, ...document },
    }
  }
}

async function documentLoader(url: string) {
  const [did = '', fragment] = url.split('#')
  const multikey = did.slice('did:key:'.length)
  const method = {
    '@context': MULTIKEY,
    id: `${did}#${multikey}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multikey,
  }
  const controller = {
    '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY],
    id: did,
    assertionMethod: [method],
    authentication: [method],
  }
  const document = did.startsWith('did:key:') ? (fragment ? method : controller) : contextDocument(url)
  if (document === undefined) throw new Error(`nothing is fetched: ${url}`)
  return { contextUrl: null, documentUrl: url, document }
}

const suites = { 'eddsa-rdfc-2022': eddsa, 'ecdsa-rdfc-2019': ecdsa } as const

function suiteOf(key: DidKey) {
  const signer = {
    id: key.verificationMethod,
    algorithm: key.algorithm,
    sign: async ({ data }: { data: Uint8Array }) => key.sign(data),
  }
  return new DataIntegrityProof({ cryptosuite: suites[key.cryptosuite], signer, date: CREATED })
}

export const issueByLibrary = (key: DidKey, credential: Json): Promise<Json> =>
  vc.issue({ credential: structuredClone(credential), suite: suiteOf(key), documentLoader })

export const presentByLibrary = (key: DidKey, presentation: Json, challenge: string, domain?: string): Promise<Json> =>
  vc.signPresentation({
    presentation: structuredClone(presentation),
    suite: suiteOf(key),
    challenge,
    ...(domain && { domain }),
    documentLoader,
  })

/** The library sets no rdfDirection, so it refuses every text with a direction. It judges periods by its own clock. */
export const isReadByLibrary = ({ credential }: { credential: Json }): boolean =>
  !JSON.stringify(credential).includes('@direction') && credential.validUntil === undefined

/** Verifies the signatures alone and does not ask for the status. */
export async function verifiesByLibrary(key: DidKey, credential: Json): Promise<boolean> {
  const suite = new DataIntegrityProof({ cryptosuite: suites[key.cryptosuite] })
  return (
    await vc.verifyCredential({
      credential: structuredClone(credential),
      suite,
      documentLoader,
      checkStatus: async () => ({ verified: true }),
    })
  ).verified
}

/** Verifies a credential of any issuer with a resolved DID. `isClear` answers for its status. */
export async function verifiesWith(
  credential: Json,
  { resolve, isClear }: { resolve: ResolveDid; isClear: (credential: Json) => Promise<boolean> },
): Promise<boolean> {
  return (
    await vc.verifyCredential({
      credential: structuredClone(credential),
      suite: Object.values(suites).map((cryptosuite) => new DataIntegrityProof({ cryptosuite })),
      documentLoader: loaderOver(resolve),
      checkStatus: async () => ({ verified: await isClear(credential) }),
    })
  ).verified
}
