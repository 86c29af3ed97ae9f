import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { aCredential, anOldCredential, type Json } from './inputs.ts'
import { openSandbox, type Verified } from './sandbox.ts'

/** What w3c/vc-bitstring-status-list-test-suite asks of an issuer of status entries and of the lists that they name. */
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
/** Whoever checks a status fetches the list without a token. */
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
  test('an entry is added, and nothing else is changed (§2.1)', async () => {
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

  test('the list that it names is a verifiable credential of the same issuer (§2.2)', async () => {
    const { entry } = await withStatus(purpose)
    const { list } = await fetched(entry)
    expect(list).toMatchObject({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: entry.statusListCredential,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      // A string, and equal: a verifier elsewhere compares the two.
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

  test('what is set is in the next list, at its place alone, and the credential no longer verifies', async () => {
    const [one, other] = [await withStatus(purpose), await withStatus(purpose)]
    expect([await bitOf(one.entry), await bitOf(other.entry)]).toEqual([0, 0])
    const answer = await setStatus(one.credential.id, purpose, true)
    expect(answer.status).toBe(200)
    expect([await bitOf(one.entry), await bitOf(other.entry)]).toEqual([1, 0])
    expect([await isVerified(one.credential), await isVerified(other.credential)]).toEqual([false, true])
  })

  test('a request that does not say what the status shall be is refused, for it would mean a revocation', async () => {
    const { credential, entry } = await withStatus(purpose)
    expect((await setStatus(credential.id, purpose)).status).toBe(400)
    expect(await bitOf(entry)).toBe(0)
  })
})

test('a purpose of which a credential has no entry cannot be set', async () => {
  for (const [has, asked] of [
    ['revocation', 'suspension'],
    ['suspension', 'revocation'],
  ] as const) {
    const { credential, entry } = await withStatus(has)
    const answer = await setStatus(credential.id, asked, true)
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/credentialStatus/statusPurpose' }] })
    expect([await bitOf(entry), await isVerified(credential)]).toEqual([0, true])
    // Issued again with an entry of that purpose too, it has both.
    await issued(aCredential(issuer, { id: credential.id }), { statusPurpose: asked })
    expect((await setStatus(credential.id, asked, true)).status).toBe(200)
  }
})

test('a suspension is lifted, a revocation is not', async () => {
  const suspended = await withStatus('suspension')
  await setStatus(suspended.credential.id, 'suspension', true)
  expect((await setStatus(suspended.credential.id, 'suspension', false)).status).toBe(200)
  expect([await bitOf(suspended.entry), await isVerified(suspended.credential)]).toEqual([0, true])

  const revoked = await withStatus('revocation')
  // What is so already is no error, and changes nothing.
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

// The registered type makes several HTTP clients hand out nothing.
test.each([
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/ld+json, application/json', 'application/json'],
  ['application/vc+ld+json', 'application/json'],
  ['application/vc, application/json', 'application/json'],
  ['application/vc', 'application/vc'],
  ['application/vc;q=0.9, */*;q=0.1', 'application/vc'],
  ['application/vc;q=0, */*', 'application/json'],
  // Another type is not this one, however it begins.
  ['application/vc+jwt', 'application/json'],
  ['application/vcard', 'application/json'],
])(
  'the list is served as JSON, and under its registered type to whom asks for that alone: Accept %s',
  async (accept, type) => {
    const { answer } = await fetched((await withStatus('revocation')).entry, accept)
    expect(answer.headers.get('content-type')?.split(';')[0]).toBe(type)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  },
)

test('a list is no document that can be issued by hand', async () => {
  const type = ['VerifiableCredential', 'BitstringStatusListCredential']
  const credentialSubject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: 'uH4sIAAAAAAAAA' }
  expect((await issue(aCredential(issuer, { type, credentialSubject }))).status).toBe(400)
})

test('a status that has been added is not added again, and a malformed one is refused (MALFORMED_VALUE_ERROR)', async () => {
  const { entry } = await withStatus('revocation')
  for (const statusListIndex of [true, 94_567, '-1', '1.5', '007', '', '0x10', null]) {
    expect((await issue(aCredential(issuer, { credentialStatus: { ...entry, statusListIndex } }))).status).toBe(400)
    expect((await issue(aCredential(issuer, { statusEntry: { ...entry, statusListIndex } }))).status).toBe(400)
  }
})

describe('verifying', () => {
  // Each is signed by the sandbox, so that the status alone is at fault.
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

  test('an entry that could not be read is not hidden behind one of a kind that is not known (V086)', async () => {
    const { entry } = await withStatus('revocation')
    const unread = { ...entry, statusListCredential: 'https://lists.example/1' }
    const unknown = { id: 'https://lists.example/2', type: 'https://lists.example/AnotherStatus' }
    for (const credentialStatus of [
      [unread, unknown],
      [unknown, unread],
    ])
      expect(await isVerified(await issued(aCredential(issuer, { credentialStatus })))).toBe(false)
    // Alone it is left open, and the answer warns.
    expect(await isVerified(await issued(aCredential(issuer, { credentialStatus: unknown })))).toBe(true)
  })

  test('of several statuses each is looked at (V086)', async () => {
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
  test('a credential without id is given one, to name it by when its status is set', async () => {
    const credential = await issued(aCredential(issuer), { statusPurpose: 'revocation' })
    expect(credential.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
    expect((await setStatus(credential.id, 'revocation', true)).status).toBe(200)
    expect(await isVerified(credential)).toBe(false)
  })

  // No context of VCDM 1.1 defines the entry: it would be dropped from what is signed.
  test('a credential of VCDM 1.1 cannot carry an entry, and is refused rather than issued without', async () => {
    expect((await issue(anOldCredential(issuer), { statusPurpose: 'revocation' })).status).toBe(400)
  })

  test('a credential that was never issued, or without status, is not found', async () => {
    await issued(aCredential(issuer, { id: 'urn:example:plain' }))
    for (const id of ['urn:example:never', 'urn:example:plain', '']) {
      expect((await setStatus(id, 'revocation', true)).status).toBe(404)
    }
  })

  test('nobody sets a status without a token', async () => {
    const { credential } = await withStatus('revocation')
    const body = { credentialId: credential.id, credentialStatus: { statusPurpose: 'revocation' }, status: true }
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as Record<string, string>[]) {
      expect((await ask('/issuers/sandbox/credentials/status', { body, headers })).status).toBe(401)
    }
    expect(await isVerified(credential)).toBe(true)
  })

  test('a list that does not exist, and one of another moment, are not made up', async () => {
    expect((await ask('/status-lists/sandbox-99-revocation')).status).toBe(404)
    const { entry } = await withStatus('revocation')
    const path = entry.statusListCredential.slice(baseUrl.length)
    expect((await ask(`${path}?timestamp=2026-01-01T00:00:00Z`)).status).toBe(400)
  })
})
