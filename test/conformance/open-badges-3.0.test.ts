import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { aCredential, type Json } from './inputs.ts'
import { openSandbox } from './sandbox.ts'

/** @digitalcredentials/verifier-core, which reads Open Badges, over HTTP. It knows did:web over https only. */
const sandbox = await openSandbox()
const { issuer, issued, registry } = sandbox
const { baseUrl, demonstration } = registry
const fetchAsIs = globalThis.fetch
const asked: string[] = []

beforeAll(() => {
  // Of schemas it reads draft 2019-09 alone and says so at length; ours is 2020-12, which VC JSON Schema §4 wants of everybody.
  for (const method of ['log', 'error'] as const) vi.spyOn(console, method).mockReturnValue()
  globalThis.fetch = async (input, init) => {
    const url = (input instanceof Request ? input.url : String(input)).replace(
      /^https:\/\/localhost/,
      'http://localhost',
    )
    asked.push(url)
    if (!url.startsWith(`${baseUrl}/`)) throw new TypeError(`nothing else is asked: ${url}`)
    return fetchAsIs(input instanceof Request ? new Request(url, input) : url, init)
  }
})
afterAll(async () => {
  vi.restoreAllMocks()
  globalThis.fetch = fetchAsIs
  await sandbox.close()
})

interface Answer {
  errors?: { name: string; message: string }[]
  log?: { id: string; valid?: boolean; error?: object }[]
}
async function verifierCore(credential: Json): Promise<Answer> {
  const { verifyCredential } = await import('@digitalcredentials/verifier-core')
  // Its types speak of one status where VCDM 2.0 has a set.
  return (await verifyCredential({
    credential: structuredClone(credential) as never,
    knownDIDRegistries: [],
  })) as Answer
}
const stepsOf = ({ log = [] }: Answer) => Object.fromEntries(log.map(({ id, valid }) => [id, valid]))

const good = {
  valid_signature: true,
  revocation_status: true,
  suspension_status: true,
  expiration: true,
  // No registry that it was told of lists a body of a demonstration.
  registered_issuer: false,
}

describe('certificates of the demonstration', () => {
  test.each([
    ['in-force', {}],
    ['no-framework-level', {}],
    ['part-qualification', {}],
    ['mra-title', {}],
    ['revoked', { revocation_status: false }],
    ['superseded', { revocation_status: false }],
    ['suspended', { suspension_status: false }],
    ['expired', { expiration: false }],
  ])('each step is answered, and both statuses are: %s', async (name, steps) => {
    const answer = await verifierCore(await registry.document(name))
    expect(answer.errors).toBeUndefined()
    expect(stepsOf(answer)).toEqual({ ...good, ...steps })
  })

  test('an altered one has no valid signature', async () => {
    const { errors } = await verifierCore(await registry.document('altered'))
    expect(errors).toMatchObject([{ name: 'invalid_signature' }])
  })

  test('everything that it asks for is on this server', () => {
    expect(asked.length).toBeGreaterThan(0)
    expect(
      asked.filter((url) => !url.startsWith(`${baseUrl}/`) && !url.startsWith('https://json-schema.org/')),
    ).toEqual([])
  })

  test.each(demonstration.certificates.map((certificate) => certificate.case))(
    'it is an Open Badge by form (Open Badges 3.0 §B.1): %s',
    async (name) => {
      const badge = await registry.document(name)
      expect(badge).toMatchObject({
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        ],
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        issuer: { type: ['Profile'], name: expect.any(String) },
        credentialSubject: {
          type: ['AchievementSubject'],
          achievement: {
            id: expect.stringMatching(/^https?:/),
            type: ['Achievement'],
            name: expect.any(String),
            description: expect.any(String),
            criteria: { narrative: expect.any(String) },
          },
        },
      })
    },
  )
})

describe('documents of the sandbox', () => {
  test('one with an id verifies; to one without it says nothing', async () => {
    const named = await issued(aCredential(issuer, { id: 'urn:uuid:8a2f6f1e-5d0b-4d5b-9b52-0c3c8e4c2d11' }))
    expect(stepsOf(await verifierCore(named))).toMatchObject({ valid_signature: true, expiration: true })
    expect(await verifierCore(await issued(aCredential(issuer)))).toMatchObject({
      errors: [{ name: 'invalid_credential_id' }],
    })
  })

  test('its status is read', async () => {
    const id = 'urn:uuid:1b5e2e44-58a6-4a0c-8f5d-9a6f2b7f6c55'
    const secured = await issued(aCredential(issuer, { id }), { statusPurpose: 'revocation' })
    expect(stepsOf(await verifierCore(secured))).toMatchObject({ valid_signature: true, revocation_status: true })
    await sandbox.setStatus(id, 'revocation', true)
    expect(stepsOf(await verifierCore(secured))).toMatchObject({ valid_signature: true, revocation_status: false })
  })
})
