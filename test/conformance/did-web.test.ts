import { afterAll, describe, expect, test } from 'vitest'
import { aCredential, type Json } from './inputs.ts'
import { openSandbox } from './sandbox.ts'

/** did:web, and the parts of a DID document that suites of Data Integrity read. */
const sandbox = await openSandbox()
afterAll(sandbox.close)
const { issuer, issued, registry } = sandbox
const { ask, baseUrl, demonstration } = registry

/** did:web §3.2. http is allowed for localhost alone. */
const pathOf = (did: string): string => {
  const [host = '', ...path] = did.slice('did:web:'.length).split(':')
  expect(`http://${decodeURIComponent(host)}`).toBe(baseUrl)
  return path.length === 0 ? '/.well-known/did.json' : `/${path.map(decodeURIComponent).join('/')}/did.json`
}

interface Method {
  id: string
  type: string
  controller: string
  publicKeyMultibase?: string
}
const resolve = async (did: string) => {
  const answer = await ask(pathOf(did))
  expect(answer.status).toBe(200)
  return {
    answer,
    document: answer.json<{ id: string; verificationMethod: Method[]; assertionMethod: string[] } & Json>(),
  }
}

const issuers = new Set<string>([issuer])
for (const { case: name } of demonstration.certificates) {
  const { id } = (await registry.document(name)).issuer as { id: string }
  // One certificate of the demonstration is by a stranger, whose DID document is not on this server.
  if (id.startsWith(issuer.replace(/sandbox$/, ''))) issuers.add(id)
}

describe.each([...issuers].map((did) => [did.replace(/%3A\d+/, ''), did]))('%s', (_, did) => {
  test('its document is at the address that the method prescribes, with that same id', async () => {
    const { answer, document } = await resolve(did)
    expect(answer.headers.get('content-type')).toMatch(/^application\/(did\+)?(ld\+)?json/)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(document).toMatchObject({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
    })
  })

  test('each method has an absolute id, its controller, and a base58 Multikey as its only key', async () => {
    const { document } = await resolve(did)
    expect(document.verificationMethod.length).toBeGreaterThan(0)
    for (const method of document.verificationMethod) {
      expect(Object.keys(method).sort()).toEqual(['controller', 'id', 'publicKeyMultibase', 'type'])
      expect(method).toMatchObject({ type: 'Multikey', controller: did })
      expect(method.id).toMatch(/#[\w-]+$/)
      expect(method.id.split('#')[0]).toBe(did)
      // Ed25519 (34 bytes with its code), P-256, P-384.
      expect(method.publicKeyMultibase).toMatch(/^z(6Mk|Dna|82)[1-9A-HJ-NP-Za-km-z]+$/)
    }
    const ids = document.verificationMethod.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of document.assertionMethod) expect(ids).toContain(id)
  })

  test('it holds nothing private', async () => {
    const { answer } = await resolve(did)
    // A public key is random letters, three of which may spell any word.
    const text = answer.text.replaceAll(/"publicKeyMultibase":"z[1-9A-HJ-NP-Za-km-z]+"/g, '')
    expect(text).not.toMatch(/secretKey|privateKey|"d"|kms|arn:/i)
  })
})

test.each([
  [{}, 'z6Mk'],
  [{ cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-256' }, 'zDna'],
  [{ cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-384' }, 'z82L'],
])('the method that a proof names may be used to assert: %j', async (options, prefix) => {
  const { proof } = await issued(aCredential(issuer), options)
  const { verificationMethod } = proof as { verificationMethod: string }
  expect(new URL(verificationMethod).href).toBe(verificationMethod)
  const { document } = await resolve(verificationMethod.split('#')[0] ?? '')
  expect(document.assertionMethod).toContain(verificationMethod)
  const method = document.verificationMethod.find(({ id }) => id === verificationMethod)
  expect(method?.publicKeyMultibase?.startsWith(prefix)).toBe(true)
})

// Every DID here has a path, so its document lies below that path (did:web §3.2). A document at the origin would belong to another DID,
// did:web:localhost%3A…, which issues nothing. A key in that document could sign only for that DID.
test('the origin is no DID here, so it has no document', async () => {
  expect((await ask('/.well-known/did.json')).status).toBe(404)
  expect((await ask('/issuers/nobody/did.json')).status).toBe(404)
})
