import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Answer } from '../support/local-registry.ts'
import { isWhole } from '../support/whole.ts'
import { aCredential, anOldCredential, type Json } from './inputs.ts'
import { openSandbox } from './sandbox.ts'

/** What w3c-ccg/vc-api-issuer-test-suite requires of an issuer and assumes about it. */
const sandbox = await openSandbox()
afterAll(sandbox.close)
const { issuer, issue, issued, token } = sandbox
const { ask } = sandbox.registry
const path = '/issuers/sandbox/credentials/issue'
const credential = anOldCredential(issuer)
const without = (name: string): Json =>
  Object.fromEntries(Object.entries(credential).filter(([member]) => member !== name))

describe.skipIf(isWhole)('the suite', () => {
  test('a credential is issued', async () => {
    const { '@context': context, proof, ...members } = await issued(credential, {})
    const { '@context': given, ...rest } = credential
    expect(members).toEqual(rest)
    expect((context as unknown[])[0]).toEqual((given as unknown[])[0])
    expect(proof).toMatchObject({ type: 'DataIntegrityProof', proofPurpose: 'assertionMethod' })
  })

  test('a request without "credential" is refused, with any other members', async () => {
    const { status } = await ask(path, { token, body: { verifiableCredential: credential, options: {} } })
    expect(status).toBe(400)
  })

  test.each(['@context', 'type', 'issuer', 'credentialSubject'])('a credential without %s is refused', async (name) => {
    expect((await issue(without(name))).status).toBe(400)
  })

  test.each([
    ['@context', [4]],
    ['@context', [4, false, null, []]],
    ['type', [4]],
    ['type', [null, true, 4, []]],
    ['issuer', [null, true, 4, []]],
    ['credentialSubject', [null, true, 4, [], 'did:example:1234']],
  ])('a credential with %s in another form is refused: %j', async (name, values) => {
    for (const value of values)
      expect([value, (await issue({ ...credential, [name]: value })).status]).toEqual([value, 400])
  })

  test('an expirationDate a year ahead is accepted', async () => {
    const expirationDate = new Date(Date.now() + 365 * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z')
    expect(await issued({ ...credential, expirationDate })).toMatchObject({ expirationDate })
  })
})

describe.skipIf(isWhole)('items of arrays', () => {
  test.each(
    ['@context', 'type', 'credentialSubject'].flatMap((name) =>
      [4, false, null, []].map((item) => [name, item] as const),
    ),
  )('%s with %j among its items is refused', async (name, item) => {
    expect((await issue({ ...credential, [name]: [[credential[name]].flat()[0], item] })).status).toBe(400)
  })
})

describe.skipIf(isWhole)('options', () => {
  test.each([undefined, {}, { checks: ['proof'] }, { credentialId: 'urn:x', created: 'yesterday', issuanceDate: 4 }])(
    'missing, empty or unknown options change nothing: %j',
    async (options) => {
      expect(await issued(credential, options)).toMatchObject({ proof: { cryptosuite: 'eddsa-rdfc-2022' } })
    },
  )

  test.each([
    [{ cryptosuite: 'ecdsa-rdfc-2019' }, 64],
    [{ cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-256' }, 64],
    [{ cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-384' }, 96],
  ])('the request chooses the cryptosuite and the key: %j', async (options, bytes) => {
    const { proof } = (await issued(credential, options)) as { proof: { cryptosuite: string; proofValue: string } }
    expect(proof.cryptosuite).toBe(options.cryptosuite)
    expect(base58Bytes(proof.proofValue)).toBe(bytes)
  })

  // The answer never has another form than the request asked for.
  test.each([
    { cryptosuite: 'ecdsa-sd-2023' },
    { cryptosuite: 'bbs-2023' },
    { format: 'vc+jwt' },
    { format: 'dc+sd-jwt' },
    { keyType: 'P-521' },
    { statusPurpose: 'message' },
  ])('an option that is not offered is refused, not replaced: %j', async (options) => {
    expect((await issue(credential, options)).status).toBe(400)
  })
})

describe.skipIf(isWhole)('the edge', () => {
  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer not-a-token' }],
    ['another scheme', { authorization: 'Basic c2FuZGJveDpzYW5kYm94' }],
  ])('%s gets a 401 with a challenge, for good and bad bodies alike', async (_, headers) => {
    for (const body of [{ credential }, {}, 'no JSON']) {
      const answer = await ask(path, { body, headers: headers as Record<string, string> })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
  })

  test.each([
    '',
    'null',
    '[]',
    '"text"',
    '{',
    '{"credential":{},"credential":{}}',
    '{"credential":null}',
    '{"credential":"x"}',
  ])('a malformed request is refused: %s', async (body) => {
    const answer = await ask(path, { token, method: 'POST', body })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('a body that is nested too deep is refused like any other wrong form', async () => {
    const body = `{"credential":${'['.repeat(20)}${']'.repeat(20)}}`
    expect((await ask(path, { token, method: 'POST', body })).status).toBe(400)
  })

  test('a refusal names the place of the fault', async () => {
    const { errors, status } = (await issue({ ...credential, issuer: 'did:example:another' })).json<{
      status: number
      errors: { pointer: string }[]
    }>()
    expect(status).toBe(400)
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/credential/issuer'])
  })

  test('an issuer as an object keeps its other members', async () => {
    const named = { id: issuer, name: 'Example', description: { '@value': 'Contoh', '@language': 'ms' } }
    expect(await issued(aCredential(issuer, { issuer: named }))).toMatchObject({ issuer: named })
  })

  test('the sandbox signs as no other issuer, not even as one of this registry', async () => {
    for (const other of ['demo-ph-tesda', 'demo-pqf']) {
      expect((await issue({ ...credential, issuer: issuer.replace(/sandbox$/, other) })).status).toBe(400)
    }
  })

  test('a credential without an id gets none', async () => {
    expect(await issued(credential)).not.toHaveProperty('id')
  })

  // On the whole, 160 requests.
  const many = isWhole ? 160 : 40

  test('many requests at once all get an answer, and the issued documents verify, 20 at a time', async () => {
    const answers = await Promise.all(
      Array.from({ length: many }, (_, number) =>
        issue(
          aCredential(issuer, { id: `urn:example:${number}` }),
          number % 4 === 0 ? { statusPurpose: 'revocation' } : {},
        ),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: many }, () => 201))
    // Suites verify a few at a time as well. 160 at once would wait longer for two slow processors than a function may run.
    const verified: Answer[] = []
    for (let from = 0; from < answers.length; from += 20)
      verified.push(
        ...(await Promise.all(
          answers
            .slice(from, from + 20)
            .map((answer) => sandbox.verify(answer.json<Json>().verifiableCredential, { checks: ['proof'] })),
        )),
      )
    expect(verified.map(({ status }) => status)).toEqual(Array.from({ length: many }, () => 200))
  })

  test('I17: documents with one id may be sent at once, and each gets a status entry of its own', async () => {
    const given = aCredential(issuer, { id: 'urn:uuid:86294362-4254-4f36-854f-3952fe42555d' })
    await Promise.all(Array.from({ length: 8 }, () => issued(given)))
    const withStatus = () => issued(given, { statusPurpose: 'revocation' })
    const documents = await Promise.all(Array.from({ length: 8 }, withStatus))
    expect(new Set(documents.map(({ credentialStatus }) => JSON.stringify(credentialStatus))).size).toBe(8)
    // A revocation by id revokes all documents with that id, and none that is issued later.
    const answers = await Promise.all(Array.from({ length: 4 }, () => sandbox.setStatus(given.id, 'revocation', true)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    for (const document of documents) expect((await sandbox.verify(document)).status).toBe(400)
    expect((await sandbox.verify(await withStatus())).status).toBe(200)
  })

  test('a key that does not fit the cryptosuite is refused, and so is a status that VCDM 1.1 has no words for', async () => {
    const asked = async (credential: Json, options: Json) => {
      const answer = await issue(credential, options)
      return [answer.status, answer.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)]
    }
    expect(await asked(aCredential(issuer), { keyType: 'P-384' })).toEqual([400, ['/options/keyType']])
    expect(await asked(anOldCredential(issuer), { statusPurpose: 'revocation' })).toEqual([
      400,
      ['/credential/@context/0'],
    ])
  })

  test('any value of a member gives 201 or 400, never a fault of the server', async () => {
    const members = [
      '@context',
      'id',
      'type',
      'issuer',
      'credentialSubject',
      'credentialStatus',
      'relatedResource',
      'x',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...members), fc.jsonValue(), fc.jsonValue(), async (name, value, option) => {
        const given = aCredential(issuer, { [name]: value })
        for (const options of [{}, { cryptosuite: option }, option])
          expect([201, 400]).toContain((await ask(path, { token, body: { credential: given, options } })).status)
      }),
      { seed: 4_417, numRuns: 60 },
    )
  })

  test('a page of another origin cannot issue in a browser', async () => {
    const answer = await ask(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The number of bytes in a multibase `z`. */
function base58Bytes(text: string): number {
  const value = [...text.slice(1)].reduce((sum, digit) => sum * 58n + BigInt(ALPHABET.indexOf(digit)), 0n)
  return Math.ceil(value.toString(16).length / 2) + (/^z(1*)/.exec(text)?.[1]?.length ?? 0)
}
