import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { aCredential, anOldCredential, type Json } from './inputs.ts'
import { openSandbox, type Verified } from './sandbox.ts'

/** What w3c/vc-bitstring-status-list-test-suite requires of an issuer of status entries and of its lists. */
const sandbox = await openSandbox()
afterAll(sandbox.close)
const { issuer, issue, issued, verify, setStatus } = sandbox
const { ask, baseUrl } = sandbox.registry

interface Entry {
  id: string
  type: string
  statusPurpose: string
  statusListIndex: string
  statusListCredential: string
}
interface List {
  issuer: unknown
  type: string[]
  validUntil?: string
  credentialSubject: { type: string; statusPurpose: string; encodedList: string }
}

const purposes = ['revocation', 'suspension'] as const
const subject = { id: 'did:example:subject' }
let made = 0
const withStatus = async (statusPurpose: (typeof purposes)[number]) => {
  const credential = await issued(aCredential(issuer, { id: `urn:example:status:${made++}` }), { statusPurpose })
  return { credential, entry: credential.credentialStatus as Entry }
}
/** Fetches the list without a token, like every verifier. */
const fetched = async ({ statusListCredential }: Entry, accept = 'application/json') => {
  expect(statusListCredential.startsWith(`${baseUrl}/`)).toBe(true)
  const answer = await ask(statusListCredential.slice(baseUrl.length), { headers: { accept } })
  expect(answer.status).toBe(200)
  return { answer, list: answer.json<List & Json>() }
}
const bitsOf = ({ credentialSubject: { encodedList } }: List) =>
  gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'))
/** The first bit is the leftmost (§3.4). */
const bitOf = async (entry: Entry) => {
  const index = Number(entry.statusListIndex)
  const byte = bitsOf((await fetched(entry)).list)[index >> 3]
  return byte === undefined ? undefined : (byte >> (7 - (index & 7))) & 1
}
const isVerified = async (credential: unknown) => {
  const answer = await verify(credential, { checks: ['proof', 'credentialStatus'] })
  const { verified } = answer.json<Verified>()
  expect(answer.status).toBe(verified ? 200 : 400)
  return verified
}

describe.each(purposes)('%s', (purpose) => {
  test('an entry is added, and nothing else changes (§2.1)', async () => {
    const { credential, entry } = await withStatus(purpose)
    expect(credential).toMatchObject({ issuer, credentialSubject: subject, type: ['VerifiableCredential'] })
    expect(entry).toEqual({
      id: expect.any(String),
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: expect.stringMatching(/^(0|[1-9]\d*)$/),
      statusListCredential: expect.stringMatching(/^http:\/\/localhost:\d+\/status-lists\//),
    })
    expect(entry.id).not.toBe(entry.statusListCredential)
    expect(URL.canParse(entry.id)).toBe(true)
    expect(await isVerified(credential)).toBe(true)
  })

  test('its list is a verifiable credential of the same issuer (§2.2, D-18)', async () => {
    const { entry } = await withStatus(purpose)
    const { list } = await fetched(entry)
    expect(list).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: entry.statusListCredential,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      // Outside verifiers compare the two as strings.
      issuer,
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: purpose },
      proof: { type: 'DataIntegrityProof', proofPurpose: 'assertionMethod' },
    })
    expect(Date.parse(list.validUntil ?? '')).toBeGreaterThan(Date.now())
    expect(list.credentialSubject.encodedList).toMatch(/^u[\w-]+$/)
    const bits = bitsOf(list)
    expect(bits.length * 8).toBeGreaterThanOrEqual(131_072)
    expect(bits.length * 8).toBeGreaterThan(Number(entry.statusListIndex))
  })

  test('a new status is in the next list, at its place alone, and the credential no longer verifies', async () => {
    const [one, other] = [await withStatus(purpose), await withStatus(purpose)]
    expect([await bitOf(one.entry), await bitOf(other.entry)]).toEqual([0, 0])
    const answer = await setStatus(one.credential.id, purpose, true)
    expect(answer.status).toBe(200)
    expect([await bitOf(one.entry), await bitOf(other.entry)]).toEqual([1, 0])
    expect([await isVerified(one.credential), await isVerified(other.credential)]).toEqual([false, true])
  })

  test('a request without a status is refused, because it could mean a revocation', async () => {
    const { credential, entry } = await withStatus(purpose)
    expect((await setStatus(credential.id, purpose)).status).toBe(400)
    expect(await bitOf(entry)).toBe(0)
  })
})

test('a purpose without an entry in the credential cannot be set', async () => {
  for (const [has, asked] of [
    ['revocation', 'suspension'],
    ['suspension', 'revocation'],
  ] as const) {
    const { credential, entry } = await withStatus(has)
    const answer = await setStatus(credential.id, asked, true)
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/credentialStatus/statusPurpose' }] })
    expect([await bitOf(entry), await isVerified(credential)]).toEqual([0, true])
    // The credential is issued again with an entry for that purpose, so it has both.
    await issued(aCredential(issuer, { id: credential.id }), { statusPurpose: asked })
    expect((await setStatus(credential.id, asked, true)).status).toBe(200)
  }
})

test('a suspension can be lifted, a revocation cannot', async () => {
  const suspended = await withStatus('suspension')
  await setStatus(suspended.credential.id, 'suspension', true)
  expect((await setStatus(suspended.credential.id, 'suspension', false)).status).toBe(200)
  expect([await bitOf(suspended.entry), await isVerified(suspended.credential)]).toEqual([0, true])

  const revoked = await withStatus('revocation')
  // To set the present value is no error and changes nothing.
  expect((await setStatus(revoked.credential.id, 'revocation', false)).status).toBe(200)
  expect([await bitOf(revoked.entry), await isVerified(revoked.credential)]).toEqual([0, true])
  await setStatus(revoked.credential.id, 'revocation', true)
  expect((await setStatus(revoked.credential.id, 'revocation', false)).status).toBe(400)
  expect([await bitOf(revoked.entry), await isVerified(revoked.credential)]).toEqual([1, false])
})

test('no two credentials share an entry', async () => {
  const entries = await Promise.all(Array.from({ length: 16 }, () => withStatus('revocation')))
  expect(new Set(entries.map(({ entry }) => `${entry.statusListCredential} ${entry.statusListIndex}`)).size).toBe(16)
})

// Several HTTP clients hand out no content for the registered type, so JSON is the default.
test.each([
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/ld+json, application/json', 'application/json'],
  ['application/vc+ld+json', 'application/json'],
  ['application/vc, application/json', 'application/json'],
  ['application/vc', 'application/vc'],
  ['application/vc;q=0.9, */*;q=0.1', 'application/vc'],
  ['application/vc;q=0, */*', 'application/json'],
  // Types that begin with the same letters are different types.
  ['application/vc+jwt', 'application/json'],
  ['application/vcard', 'application/json'],
])(
  'the list is served as JSON, and under its registered type only to clients that ask for it alone: Accept %s',
  async (accept, type) => {
    const { answer } = await fetched((await withStatus('revocation')).entry, accept)
    expect(answer.headers.get('content-type')?.split(';')[0]).toBe(type)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  },
)

test('a list cannot be issued as an ordinary document', async () => {
  const type = ['VerifiableCredential', 'BitstringStatusListCredential']
  const credentialSubject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: 'uH4sIAAAAAAAAA' }
  expect((await issue(aCredential(issuer, { type, credentialSubject }))).status).toBe(400)
})

test('a document with a status gets no second one, and a malformed status is refused (MALFORMED_VALUE_ERROR)', async () => {
  const { entry } = await withStatus('revocation')
  for (const statusListIndex of [true, 94_567, '-1', '1.5', '007', '', '0x10', null]) {
    expect((await issue(aCredential(issuer, { credentialStatus: { ...entry, statusListIndex } }))).status).toBe(400)
    expect((await issue(aCredential(issuer, { statusEntry: { ...entry, statusListIndex } }))).status).toBe(400)
  }
})

describe('verifying', () => {
  // The sandbox signs each, so that only the status is wrong.
  const signedWith = async (change: Partial<Record<keyof Entry, unknown>>) => {
    const { entry } = await withStatus('revocation')
    return issued(aCredential(issuer, { credentialStatus: { ...entry, ...change } }))
  }

  test.each<[string, Partial<Entry>]>([
    ['outside of the list (RANGE_ERROR)', { statusListIndex: '999999999' }],
    ['of another purpose than its list', { statusPurpose: 'suspension' }],
    ['in a list that does not exist', { statusListCredential: `${baseUrl}/status-lists/sandbox-99-revocation` }],
    ['in a list of another issuer', { statusListCredential: `${baseUrl}/status-lists/demo-ph-tesda-1-revocation` }],
    ['in a list that lies elsewhere and is not fetched', { statusListCredential: 'https://lists.example/1' }],
  ])('an entry %s is not verified', async (_, change) => {
    expect(await isVerified(await signedWith(change))).toBe(false)
  })

  test('an unreadable entry fails also beside an entry of an unknown type (V086)', async () => {
    const { entry } = await withStatus('revocation')
    const unread = { ...entry, statusListCredential: 'https://lists.example/1' }
    const unknown = { id: 'https://lists.example/2', type: 'https://lists.example/AnotherStatus' }
    for (const credentialStatus of [
      [unread, unknown],
      [unknown, unread],
    ])
      expect(await isVerified(await issued(aCredential(issuer, { credentialStatus })))).toBe(false)
    // Alone, the entry of an unknown type stays open, and the answer warns.
    expect(await isVerified(await issued(aCredential(issuer, { credentialStatus: unknown })))).toBe(true)
  })

  test('each of several statuses is checked (V086)', async () => {
    const [good, bad] = [await withStatus('suspension'), await withStatus('revocation')]
    await setStatus(bad.credential.id, 'revocation', true)
    for (const credentialStatus of [
      [good.entry, bad.entry],
      [bad.entry, good.entry],
    ])
      expect(await isVerified(await issued(aCredential(issuer, { credentialStatus })))).toBe(false)
  })
})

describe('the edge', () => {
  test('a credential without an id gets one, so that its status can be set', async () => {
    const credential = await issued(aCredential(issuer), { statusPurpose: 'revocation' })
    expect(credential.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
    expect((await setStatus(credential.id, 'revocation', true)).status).toBe(200)
    expect(await isVerified(credential)).toBe(false)
  })

  // No context of VCDM 1.1 defines the entry, so the signature would not cover it.
  test('a credential of VCDM 1.1 with an entry is refused, and not issued without it', async () => {
    expect((await issue(anOldCredential(issuer), { statusPurpose: 'revocation' })).status).toBe(400)
  })

  test('a credential without a status, or one that was never issued, is not found', async () => {
    await issued(aCredential(issuer, { id: 'urn:example:plain' }))
    for (const id of ['urn:example:never', 'urn:example:plain', '']) {
      expect((await setStatus(id, 'revocation', true)).status).toBe(404)
    }
  })

  test('nobody can set a status without a token', async () => {
    const { credential } = await withStatus('revocation')
    const body = { credentialId: credential.id, credentialStatus: { statusPurpose: 'revocation' }, status: true }
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[]) {
      expect((await ask('/issuers/sandbox/credentials/status', { body, headers })).status).toBe(401)
    }
    expect(await isVerified(credential)).toBe(true)
  })

  test('a list that does not exist, or a list of another moment, is not served', async () => {
    expect((await ask('/status-lists/sandbox-99-revocation')).status).toBe(404)
    const { entry } = await withStatus('revocation')
    const path = entry.statusListCredential.slice(baseUrl.length)
    expect((await ask(`${path}?timestamp=2026-01-01T00:00:00Z`)).status).toBe(400)
  })
})
