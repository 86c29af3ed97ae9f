import { createRequire } from 'node:module'

/**
 * `fork(verifier-core-process.ts, [BASE_URL])` runs @digitalcredentials/verifier-core in a process of its own. Each message to it is a
 * credential. Its answer holds the findings and the addresses that were asked. The library takes no loader, so this file replaces the
 * platform's `fetch`.
 */
const [baseUrl = ''] = process.argv.slice(2)
const fetchAsIs = globalThis.fetch
const ofVerifierCore = createRequire(import.meta.resolve('@digitalcredentials/verifier-core'))
const asked: string[] = []

globalThis.fetch = async (input, init) => {
  // The library knows did:web over https only.
  const url = (input instanceof Request ? input.url : String(input)).replace(/^https:\/\/localhost/, 'http://localhost')
  asked.push(url)
  // The metaschemas are public, and come with Ajv.
  const [, draft, name] = /^https:\/\/json-schema\.org\/draft\/(20\d\d-\d\d)\/(schema|meta\/[a-z-]+)$/.exec(url) ?? []
  if (draft !== undefined) return Response.json(ofVerifierCore(`ajv/dist/refs/json-schema-${draft}/${name}.json`))
  if (!url.startsWith(`${baseUrl}/`)) throw new TypeError(`nothing else is asked: ${url}`)
  return fetchAsIs(input instanceof Request ? new Request(url, input) : url, init)
}

const { verifyCredential } = await import('@digitalcredentials/verifier-core')
process.on('message', async (credential) => {
  asked.length = 0
  // The types of the library have one status, and VCDM 2.0 has a set.
  const answer = await verifyCredential({ credential: credential as never, knownDIDRegistries: [] })
  process.send?.({ answer, asked })
})
process.send?.('ready')
