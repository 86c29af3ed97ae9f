import { afterAll, describe, expect, test } from 'vitest'
import { isWhole } from '../support/whole.ts'
import { aCredential, type Json } from './inputs.ts'
import { openSandbox } from './sandbox.ts'
import { type Answer, openVerifierCore } from './verifier-core.ts'

/** @digitalcredentials/verifier-core, which reads Open Badges, over HTTP. */
const sandbox = await openSandbox()
const { issuer, issued, registry } = sandbox
const { baseUrl, demonstration } = registry
const core = openVerifierCore(baseUrl)
const asked: string[] = []

afterAll(async () => {
  core.close()
  await sandbox.close()
})

async function verifierCore(credential: Json): Promise<Answer> {
  const found = await core.judge(credential)
  asked.push(...found.asked)
  return found.answer
}
const schemasOf = ({ additionalInformation = [] }: Answer) =>
  additionalInformation.flatMap(({ results }) => results.map(({ schema, result }) => ({ schema, ...result })))
const stepsOf = ({ log = [] }: Answer) => Object.fromEntries(log.map(({ id, valid }) => [id, valid]))

const good = {
  valid_signature: true,
  revocation_status: true,
  suspension_status: true,
  expiration: true,
  // The library was given no registry that lists a body of a demonstration.
  registered_issuer: false,
}

describe.skipIf(isWhole)('certificates of the demonstration', () => {
  test.each([
    ['in-force', {}],
    ['no-framework-level', {}],
    ['part-qualification', {}],
    ['mra-title', {}],
    ['revoked', { revocation_status: false }],
    ['superseded', { revocation_status: false }],
    ['suspended', { suspension_status: false }],
    ['expired', { expiration: false }],
  ])('each step gets an answer, and so do both statuses: %s', async (name, steps) => {
    const answer = await verifierCore(await registry.document(name))
    expect(answer.errors).toBeUndefined()
    expect(stepsOf(answer)).toEqual({ ...good, ...steps })
    expect(schemasOf(answer)).toEqual([{ schema: `${baseUrl}/schemas/certificate-2`, valid: true }])
  })

  test('an altered one has no valid signature', async () => {
    const { errors } = await verifierCore(await registry.document('altered'))
    expect(errors).toMatchObject([{ name: 'invalid_signature' }])
  })

  test('the library asks this server alone', () => {
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((url) => !url.startsWith(`${baseUrl}/`))).toEqual([])
  })

  test.each(demonstration.certificates.map((certificate) => certificate.case))(
    'it has the form of an Open Badge (Open Badges 3.0 §B.1): %s',
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
  // The library works on it until its memory is gone, so only `npm run check:whole` waits for that.
  test.runIf(isWhole)(
    'one that names the schema of the first form, in draft 2020-12, never gets a result',
    async () => {
      const credentialSchema = [{ id: `${baseUrl}/schemas/certificate`, type: 'JsonSchema' }]
      const id = 'urn:uuid:2f6b1f0e-93a1-4c58-9d53-6c7a5b0e4d27'
      const secured = await issued(aCredential(issuer, { id, credentialSchema }))
      await expect(core.judge(secured)).rejects.toThrow(
        /verifier-core (?:gave no answer in time|ended without an answer)/,
      )
      // With another schema a new process does judge the same document.
      const other = await issued(
        aCredential(issuer, { id, credentialSchema: [{ id: `${baseUrl}/schemas/certificate-2`, type: 'JsonSchema' }] }),
      )
      const [found] = schemasOf(await verifierCore(other))
      expect(found).toMatchObject({ valid: false })
      expect(found?.errors).toContainEqual(expect.objectContaining({ keyword: 'required', instancePath: '' }))
    },
  )

  test('one with an id verifies, and one without an id is an error of the library', async () => {
    const named = await issued(aCredential(issuer, { id: 'urn:uuid:8a2f6f1e-5d0b-4d5b-9b52-0c3c8e4c2d11' }))
    expect(stepsOf(await verifierCore(named))).toMatchObject({ valid_signature: true, expiration: true })
    expect(await verifierCore(await issued(aCredential(issuer)))).toMatchObject({
      errors: [{ name: 'invalid_credential_id' }],
    })
  })

  test('the library reads its status', async () => {
    const id = 'urn:uuid:1b5e2e44-58a6-4a0c-8f5d-9a6f2b7f6c55'
    const secured = await issued(aCredential(issuer, { id }), { statusPurpose: 'revocation' })
    expect(stepsOf(await verifierCore(secured))).toMatchObject({ valid_signature: true, revocation_status: true })
    await sandbox.setStatus(id, 'revocation', true)
    expect(stepsOf(await verifierCore(secured))).toMatchObject({ valid_signature: true, revocation_status: false })
  })
})
