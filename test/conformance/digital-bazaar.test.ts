import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { type ResolveDid, verifiesWith } from './bazaar.ts'
import { aCredential, acceptedByIssuers, anOldCredential, type Json } from './inputs.ts'
import { openSandbox } from './sandbox.ts'

/** @digitalbazaar/vc 7 over HTTP. It fetches DID documents and status lists from this server, and has its own contexts. */
const sandbox = await openSandbox()
afterAll(sandbox.close)
const { issuer, issued, setStatus } = sandbox
const { ask, baseUrl, demonstration, document } = sandbox.registry

const host = issuer.split(':issuers:')[0] as string
const resolve: ResolveDid = async (did) => {
  if (!did.startsWith(`${host}:`)) return undefined
  const answer = await ask(`/${did.slice(host.length + 1).replaceAll(':', '/')}/did.json`)
  return answer.status === 200 ? answer.json() : undefined
}

interface Entry {
  statusPurpose: string
  statusListIndex: string
  statusListCredential: string
}

/**
 * The checks of @digitalbazaar/vc-bitstring-status-list: the list verifies, is by the same issuer, has that purpose, and its bit is clear.
 */
async function isClear(credential: Json): Promise<boolean> {
  for (const { statusPurpose, statusListIndex, statusListCredential } of [
    credential.credentialStatus,
  ].flat() as Entry[]) {
    if (!statusListCredential.startsWith(baseUrl)) return false
    const list = (await ask(statusListCredential.slice(baseUrl.length))).json<
      Json & { credentialSubject: { statusPurpose: string; encodedList: string } }
    >()
    if (!(await verifiesWith(list, { resolve, isClear }))) return false
    if (list.issuer !== issuerOf(credential) || list.credentialSubject.statusPurpose !== statusPurpose) return false
    const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'))
    const index = Number(statusListIndex)
    const byte = bits[index >> 3]
    if (byte === undefined || ((byte >> (7 - (index & 7))) & 1) !== 0) return false
  }
  return true
}
const issuerOf = ({ issuer: named }: Json) => (typeof named === 'string' ? named : (named as { id: string }).id)
const verifies = (credential: Json) => verifiesWith(credential, { resolve, isClear })

describe.each([
  ['Ed25519', {}],
  ['P-256', { cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-256' }],
  ['P-384', { cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-384' }],
])('a document that the sandbox issued with %s', (_, options) => {
  test.each([
    ['2.0', aCredential(issuer)],
    ['1.1', anOldCredential(issuer)],
  ])('verifies, and fails when changed: VCDM %s', async (_, credential) => {
    const secured = await issued(credential, options)
    expect(await verifies(secured)).toBe(true)
    expect(await verifies({ ...secured, credentialSubject: { id: 'did:example:mallory' } })).toBe(false)
  })

  test.each(['revocation', 'suspension'])('fails once its status is set: %s', async (statusPurpose) => {
    const secured = await issued(aCredential(issuer, { id: `urn:example:${_}:${statusPurpose}` }), {
      ...options,
      statusPurpose,
    })
    expect(await verifies(secured)).toBe(true)
    await setStatus(secured.id, statusPurpose, true)
    expect(await verifies(secured)).toBe(false)
  })
})

// The library cannot state a base direction, has a clock of its own, and asks for the status of every type.
const isReadThere = ({ credential }: { credential: Json }) =>
  !JSON.stringify(credential).includes('@direction') &&
  credential.validUntil === undefined &&
  !credential.credentialStatus

test.each(acceptedByIssuers(issuer).filter(isReadThere))(
  'the library verifies what the suites send: $about',
  async ({ credential }) => {
    expect(await verifies(await issued(credential))).toBe(true)
  },
)

// The library reads no records of this registry, so it accepts a certificate that is wrong for a reason only they show.
const expected: Record<string, boolean> = {
  revoked: false,
  suspended: false,
  superseded: false,
  expired: false,
  altered: false,
  'issuer-unknown': false,
}
test.each(demonstration.certificates.map((certificate) => certificate.case))(
  'the library verifies a certificate of the demonstration as it stands: %s',
  async (name) => {
    expect(await verifies((await document(name)) as Json)).toBe(expected[name] ?? true)
  },
)
