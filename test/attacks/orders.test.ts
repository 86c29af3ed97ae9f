import { describe, expect, test } from 'vitest'
import type { Doc } from './edit.ts'
import { masonry, useStand } from './stand.ts'

const { stand, prove } = useStand()

describe('the options of VCALM requests cannot change our rules', () => {
  test.each([
    { checks: [] },
    { checks: ['proof'] },
    { skipStatus: true, now: '2020-01-01T00:00:00Z' },
    { documentLoader: 'https://evil.example', trustedIssuers: ['*'] },
    { challenge: 'x', domain: 'y' },
    { verified: true, demonstration: false },
  ])('%j', async (options) => {
    for (const name of ['revoked', 'expired', 'altered', 'not-recorded', 'out-of-scope']) {
      const verifiableCredential = await stand().document(name)
      const answer = await stand().ask('/credentials/verify', {
        body: { verifiableCredential, options, verified: true },
      })
      expect([answer.status, answer.json().verified], name).toEqual([400, false])
    }
  })
  test('challenge and domain of a wrong type are refused, not ignored (O003)', async () => {
    for (const value of [7, ['a', 'b'], {}, null, true]) {
      const verifiablePresentation: Doc = { type: ['VerifiablePresentation'] }
      const answer = await stand().ask('/presentations/verify', {
        body: { verifiablePresentation, options: { challenge: value } },
      })
      expect(answer.status).toBe(400)
      const own = await stand().ask('/verify', { body: { verifiablePresentation, options: { domain: value } } })
      expect(own.status).toBe(422)
    }
  })
  test('options of issuing that would change the signed document have no effect', async () => {
    const answer = await stand().ask('/issuers/sandbox/credentials/issue', {
      token: await stand().as('sandbox'),
      body: {
        credential: {
          '@context': ['https://www.w3.org/ns/credentials/v2'],
          type: ['VerifiableCredential'],
          issuer: stand().didOf('sandbox'),
          credentialSubject: { id: 'urn:x:1' },
        },
        options: {
          created: '2001-01-01T00:00:00Z',
          verificationMethod: `${stand().didOf('demo-ph-tesda')}#certificates-1`,
          proofPurpose: 'authentication',
          credentialStatus: { type: 'X' },
        },
      },
    })
    expect(answer.status).toBe(201)
    const { proof } = answer.json<{ verifiableCredential: { proof: Doc } }>().verifiableCredential
    expect(proof).toMatchObject({
      proofPurpose: 'assertionMethod',
      verificationMethod: `${stand().didOf('sandbox')}#certificates-1`,
    })
    expect(String(proof.created) > '2026').toBe(true)
  })
})

describe('issuing', () => {
  const body = 'demo-ph-tesda'
  // biome-ignore format: it reads as a table
  const refused: Record<string, object> = {
    'a member that is not known':         { verdict: 'valid' },
    'an id of its own':                   { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' },
    'an issuer of its own':               { issuer: 'did:web:evil.example' },
    'a status of its own':                { credentialStatus: [] },
    'a level of its own':                 { levels: [{ framework: 'AQRF', level: '8' }] },
    'a link of its own':                  { link: 'x' },
    'a member named constructor':         { constructor: { prototype: {} } },
    'an array for a name':                { holder: { name: ['CANARY'] } },
    'an object for a name':               { holder: { name: { toString: 'CANARY' } } },
    'a number for a number':              { certificateNumber: 7 },
    'a thousand units':                   { units: Array.from({ length: 1_000 }, (_, at) => `U${at}`) },
    'a unit twice':                       { units: ['CON712301', 'CON712301'] },
    'a unit of another qualification':    { units: ['XXX'] },
    'no units':                           { units: [] },
    'units with a name of the prototype': { units: ['__proto__'] },
    'a qualification of the prototype':   { qualification: 'constructor' },
    'a qualification by a path':          { qualification: '../ph-rn' },
    'marks of direction in the centre':   { centre: { name: 'A \u202e B' } },
    'a hidden letter in the number':      { certificateNumber: 'A\u200bB' },
    'a lone joiner':                      { certificateNumber: 'A\u200dB' },
    'private letters':                    { holder: { name: 'CANARY \ue000' } },
    'tags':                               { holder: { name: 'CANARY \u{e0041}' } },
    'a variation selector':               { holder: { name: 'CANARY\ufe0f' } },
    'a tower of marks':                   { holder: { name: `CANARY${'\u0301'.repeat(9)}` } },
    'only spaces':                        { holder: { name: ' \u00a0 ' } },
    'a line in a name':                   { holder: { name: 'CANARY\nCANARY' } },
    'a script for the centre':            { centre: { id: 'javascript:alert(1)', name: 'A' } },
    'a fragment in the centre':           { centre: { id: 'https://centre.example/#1', name: 'A' } },
    'a mailbox for the centre':           { centre: { id: 'mailto:a@centre.example', name: 'A' } },
    'a language without end':             { language: `en${'-abcdefgh'.repeat(20)}` },
    'what it replaces is not there':      { replaces: '00000000-0000-4000-8000-000000000000' },
    'an end before the beginning':        { validUntil: '1960-01-01' },
  }
  test.each(Object.entries(refused))('%s is refused, and takes no number', async (_, more) => {
    const input = masonry(stand())
    const answer = await stand().issue(body, { ...input, ...more })
    expect(answer.status, answer.text).toBe(422)
    expect(answer.text).not.toContain('CANARY')
    expect((await stand().issue(body, input)).status).toBe(201)
  })

  test('the centre cannot have the id of its body or of the qualification', async () => {
    for (const id of [stand().didOf(body), `${stand().baseUrl}/qualifications/ph-masonry-nc2`]) {
      const answer = await stand().issue(body, { ...masonry(stand()), centre: { id, name: 'CANARY' } })
      expect([answer.status, answer.json().type]).toEqual([422, `${stand().baseUrl}/problems/validation-failed`])
    }
  })

  test('limits and method may be as long as the schema allows, because they are not names', async () => {
    const answer = await stand().issue(body, {
      ...masonry(stand()),
      limits: 'only walls '.repeat(80),
      method: 'other',
      otherMethod: 'by hand '.repeat(45),
    })
    expect(answer.status, answer.text).toBe(201)
  })

  test('members of the prototype in the text of the body are refused before anything reads them', async () => {
    const text = JSON.stringify(masonry(stand()))
    for (const member of ['"__proto__":{"name":"x"},', '"holder":{},"holder":{},'])
      expect(
        (
          await stand().ask(`/issuers/${body}/credentials`, {
            method: 'POST',
            token: await stand().as(body),
            headers: { 'idempotency-key': 'edges' },
            body: text.replace('{', `{${member}`),
          })
        ).status,
      ).toBe(400)
  })
})

describe('the Idempotency-Key (I18)', () => {
  const post = async (key: string | undefined, input: object) =>
    stand().ask('/issuers/demo-ph-tesda/credentials', {
      body: input,
      token: await stand().as('demo-ph-tesda'),
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    })
  test('is refused if it is missing, empty, too long or has a space', async () => {
    for (const key of [undefined, '', 'x'.repeat(256), 'a b', '\u00e9']) {
      expect((await post(key, masonry(stand()))).status, String(key)).toBe(400)
    }
  })
  test('lets twelve concurrent requests with one key issue one certificate', async () => {
    const input = masonry(stand())
    const answers = await Promise.all(Array.from({ length: 12 }, () => post('edges-twelve', input)))
    for (const { status, text } of answers) expect([201, 409, 503], text).toContain(status)
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size).toBe(1)
  })
  test('is free after a refusal, and still returns a certificate that was revoked', async () => {
    const input = masonry(stand())
    expect((await post('edges-free', { ...input, qualification: 'nothing' })).status).toBe(422)
    const first = await post('edges-free', input)
    expect(first.status).toBe(201)
    await stand().change('demo-ph-tesda', String(first.json().id).slice(9), 'revoke', { reason: 'issued-in-error' })
    expect((await post('edges-free', input)).text).toBe(first.text)
  })
  test('treats requests as equal if only the order of members or the Unicode form differs', async () => {
    const input = masonry(stand(), 'CANARY NGUY\u1ec4N')
    const first = await post('edges-order', input)
    const turned = Object.fromEntries(
      Object.entries({ ...input, holder: { name: 'CANARY NGUYE\u0302\u0303N' } }).reverse(),
    )
    expect((await post('edges-order', turned)).text).toBe(first.text)
  })
})

prove()
