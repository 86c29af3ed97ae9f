import { sign } from 'node:crypto'
import { encodeList, prepareStatusList, type StatusPurpose, sealStatusList } from '@sijil/credentials'
import { DID, type Keys, METHOD } from './certificates.ts'

type Fetch = typeof globalThis.fetch

/**
 * `@digitalcredentials/verifier-core` fetches DID documents, status lists and schemas for each certificate. It accepts no document
 * loader, so the platform's `fetch` is replaced and answers from memory. Only its own work is measured, and no network.
 */
export async function openVerifierCore(keys: Keys) {
  const before = globalThis.fetch
  globalThis.fetch = answering(await documentsOf(keys), before)
  const { verifyCredential } = await import('@digitalcredentials/verifier-core')
  type Credential = Parameters<typeof verifyCredential>[0]['credential']
  return {
    /** The library returns a list of findings without a verdict. This test requires signature, period and status to be good. */
    async verify(credential: object): Promise<boolean> {
      const { log = [], errors } = await verifyCredential({
        credential: credential as Credential,
        knownDIDRegistries: [],
      })
      const isGood = (id: string) => log.some((step) => step.id === id && step.valid === true)
      return errors === undefined && ['valid_signature', 'expiration', 'revocation_status'].every(isGood)
    },
    close() {
      globalThis.fetch = before
    },
  }
}

async function documentsOf(keys: Keys): Promise<Map<string, string>> {
  const { publicKeyMultibase } = keys
  const method = { id: METHOD, type: 'Multikey', controller: DID, publicKeyMultibase }
  const controller = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: DID,
    verificationMethod: [method],
    assertionMethod: [METHOD],
  }
  const documents = new Map<string, object>([
    ['https://registry.example/issuers/demo-board/did.json', controller],
    // A small schema, which is in favour of the library.
    ['https://registry.example/schemas/certificate-2', { type: 'object' }],
  ])
  for (const purpose of ['revocation', 'suspension'] as const) {
    const { id, list } = statusList(purpose, keys)
    documents.set(id, list)
  }
  return new Map([...documents].map(([url, document]) => [url, JSON.stringify(document)]))
}

function statusList(purpose: StatusPurpose, { privateKey }: Keys): { id: string; list: object } {
  const id = `https://registry.example/status-lists/demo-board.1.${purpose}`
  const prepared = prepareStatusList(
    {
      id,
      issuer: DID,
      purpose,
      encodedList: encodeList([1, 100, 10_000]),
      validFrom: '2026-03-02T00:00:00Z',
      validUntil: '2099-03-02T00:00:00Z',
    },
    { created: '2026-03-02T00:00:00Z', verificationMethod: METHOD },
  )
  return { id, list: sealStatusList(prepared, sign(null, prepared.bytes, privateKey)) }
}

/** Answers only addresses of the reserved domain of this bench. */
const answering =
  (documents: ReadonlyMap<string, string>, otherwise: Fetch): Fetch =>
  async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (new URL(url).hostname !== 'registry.example') return otherwise(input, init)
    const text = documents.get(url)
    return text === undefined
      ? new Response('', { status: 404 })
      : new Response(text, { headers: { 'content-type': 'application/json' } })
  }
