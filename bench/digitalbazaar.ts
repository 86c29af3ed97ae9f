import { sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { type Certificate, toOpenBadge } from '@sijil/credentials'
import { pinnedContexts } from '@sijil/credentials/general'
import { type Keys, METHOD } from './certificates.ts'

const MULTIKEY = 'https://w3id.org/security/multikey/v1'

/** `@digitalbazaar/vc` used as in its documentation, offline. Every document is made once and returned unchanged. One key per issuer. */
export function createBazaar(methods: ReadonlyMap<string, string>) {
  const documents = new Map<string, object>(
    [...pinnedContexts].map(([url, context]): [string, object] => [url, { '@context': context }]),
  )
  for (const [id, publicKeyMultibase] of methods) {
    const controller = id.slice(0, id.indexOf('#'))
    const method = { '@context': MULTIKEY, id, type: 'Multikey', controller, publicKeyMultibase }
    documents.set(id, method)
    documents.set(controller, {
      '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY],
      id: controller,
      verificationMethod: [method],
      assertionMethod: [id],
    })
  }
  const documentLoader = async (url: string) => {
    const document = documents.get(url)
    if (document === undefined) throw new Error(`nothing is fetched: ${url}`)
    return { contextUrl: null, documentUrl: url, document, tag: 'static' }
  }

  return {
    async verify(credential: object): Promise<boolean> {
      const suite = new DataIntegrityProof({ cryptosuite })
      // The caller would check the status. Neither side of this comparison includes it.
      const checkStatus = async () => ({ verified: true })
      return (await vc.verifyCredential({ credential, suite, documentLoader, checkStatus })).verified
    },
    async issue(certificate: Certificate, { privateKey }: Keys): Promise<string> {
      const signer = {
        id: METHOD,
        algorithm: 'Ed25519',
        sign: async ({ data }: { data: Uint8Array }) => sign(null, data, privateKey),
      }
      const suite = new DataIntegrityProof({ cryptosuite, signer, date: certificate.validFrom })
      const credential = structuredClone(toOpenBadge(certificate))
      return JSON.stringify(await vc.issue({ credential, suite, documentLoader }))
    },
  }
}
export type Bazaar = ReturnType<typeof createBazaar>

/** The simplest HTTP server with this library. */
export const bazaarServer = ({ verify }: Pick<Bazaar, 'verify'>): Server =>
  createServer(async (request, response) => {
    try {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { verifiableCredential } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      const verified = await verify(verifiableCredential)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ verified }))
    } catch {
      response.writeHead(400).end()
    }
  })
