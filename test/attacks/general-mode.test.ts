import { describe, expect, test } from 'vitest'
import { at, type Doc, put, rename, withContext, without } from './edit.ts'
import { aStranger, type Stranger, signAsStranger } from './forge.ts'
import { type Stand, useStand } from './stand.ts'
import { CREDENTIALS, claim, ISSUER, OB, sealed, V2 } from './strangers.ts'

const { stand, prove } = useStand()
const me = aStranger()
const key = me.did.slice('did:key:'.length)

/** Lets the sandbox sign a document, which it does for anybody. */
async function fromSandbox(credential: Doc, options: object = {}) {
  return stand().ask('/issuers/sandbox/credentials/issue', {
    token: await stand().as('sandbox'),
    body: { credential, options },
  })
}

async function signedBySandbox(open: Stand, more: Doc = {}, options: object = {}): Promise<Doc> {
  const answer = await fromSandbox(claim(open.didOf('sandbox'), { id: `urn:x:${open.number()}`, ...more }), options)
  expect(answer.status, answer.text).toBe(201)
  return answer.json<{ verifiableCredential: Doc }>().verifiableCredential
}

const byMethod = (method: string) => sealed(claim(me.did), { ...me, method })
const inline = (context: Record<string, unknown>, more: Doc = {}) =>
  sealed(withContext(claim(me.did, more), context), me)

// biome-ignore format: it reads as a table
/** With a good signature if possible. Each of these would make some reader show more than was signed. */
const tricks: Record<string, () => Doc | Promise<Doc>> = {
  'a context added after signing':            async () => withContext(await sealed(claim(me.did), me), { name: `${OB}description` }),
  'a context taken away after signing':       async () => put(await inline({ name2: `${OB}name` }), '/@context', [V2]),
  'a context that redefines a term':          () => inline({ validUntil: `${OB}x` }),
  'a context that unsets a term':             () => inline({ credentialStatus: null }),
  'a context set to null':                    () => sealed(put(claim(me.did), '/@context', [V2, null]), me),
  'a context with a base':                    () => inline({ '@base': 'https://evil.example/' }),
  'a context that imports':                   () => inline({ '@import': 'https://evil.example/ctx' }),
  'a context that propagates':                () => inline({ '@propagate': false }),
  'a scoped context that is fetched':         () => inline({ T: { '@id': `${OB}T`, '@context': 'https://evil.example/ctx' } }),
  'a context scoped to a type':               () => inline({ T: { '@id': `${OB}T`, '@context': { issuer: { '@id': ISSUER, '@type': '@id' } } } }, { type: ['VerifiableCredential', 'T'] }),
  'a context in the subject':                 () => sealed(claim(me.did, { credentialSubject: { '@context': { n: OB }, id: 'urn:x:1', n: 'x' } }), me),
  'a context fetched from a stranger':        () => sealed(withContext(claim(me.did), 'https://evil.example/ctx'), me),
  'a context by data URL':                    () => sealed(withContext(claim(me.did), 'data:application/json,{}'), me),
  'a context by a path':                      () => sealed(withContext(claim(me.did), '/ctx'), me),
  'a value of JSON':                          () => inline({ raw: { '@id': `${OB}raw`, '@type': '@json' } }, { raw: { verdict: 'valid', '@context': {} } }),
  'a status as JSON':                         () => inline({ status: { '@id': `${CREDENTIALS}credentialStatus`, '@type': '@json' } }, { status: { type: 'None' } }),
  'an issuer as a literal':                   () => inline({ by: { '@id': ISSUER } }, { by: 'somebody' }),
  'nested members':                           () => inline({ more: '@nest' }, { more: { name: 'x' } }),
  'an index':                                 () => inline({ by: { '@id': `${OB}x`, '@container': '@index' } }, { by: { valid: 'x' } }),
  'a map of ids':                             () => inline({ by: { '@id': ISSUER, '@container': '@id' } }, { by: { 'did:example:2': {} } }),
  'a map of graphs':                          () => inline({ g: { '@id': `${OB}g`, '@container': '@graph' } }, { g: claim('did:example:2') }),
  'a type as an alias':                       () => inline({ kind: '@type' }, { kind: `${OB}OpenBadgeCredential` }),
  'an id as an alias':                        () => inline({ uri: '@id' }, { uri: 'urn:x:other' }),
  'a key of another did:key':                 () => byMethod(`${me.did}#${aStranger().did.slice('did:key:'.length)}`),
  'a did:key without a fragment':             () => byMethod(me.did),
  'a did:key with two fragments':             () => byMethod(`${me.did}#${key}#${key}`),
  'a did:key with an empty fragment':         () => byMethod(`${me.did}#`),
  'a did:key with a query':                   () => byMethod(`${me.did}?x=1#${key}`),
  'a did:key with a version':                 () => byMethod(`did:key:1.1:${key}#${key}`),
  'a did:key in capitals':                    () => byMethod(`DID:KEY:${key}#${key}`),
  'a did:key escaped':                        () => byMethod(`did:key:%7a${key.slice(1)}#${key}`),
  'a key of small order':                     () => byMethod('did:key:z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP#z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'),
  'a proof that follows itself':              async () => { const signed = await sealed(claim(me.did), me); return put(signed, '/proof', { ...(signed.proof as Doc), id: 'urn:x:1', previousProof: 'urn:x:1' }) },
  'two proofs that follow each other':        async () => { const { proof, ...rest } = await sealed(claim(me.did), me); return { ...rest, proof: [{ ...(proof as Doc), id: 'urn:x:1', previousProof: 'urn:x:2' }, { ...(proof as Doc), id: 'urn:x:2', previousProof: 'urn:x:1' }] } },
  'two proofs of one id':                     async () => { const { proof, ...rest } = await sealed(claim(me.did), me); return { ...rest, proof: [{ ...(proof as Doc), id: 'urn:x:1' }, { ...(proof as Doc), id: 'urn:x:1' }] } },
  'five proofs':                              async () => { const { proof, ...rest } = await sealed(claim(me.did), me); return { ...rest, proof: Array(5).fill(proof) } },
  'a good proof and one altered':             async () => { const { proof, ...rest } = await sealed(claim(me.did), me); return { ...rest, proof: [proof, { ...(proof as Doc), created: '2020-01-01T00:00:00Z' }] } },
  'a proof in the subject':                   async () => { const { proof, ...rest } = await sealed(claim(me.did), me); return put(rest, '/credentialSubject/proof', proof) },
  'a proof under its absolute name':          async () => rename(await sealed(claim(me.did), me), '/proof', 'https://w3id.org/security#proof'),
  'a proof of 2018':                          async () => put(await sealed(claim(me.did), me), '/proof/type', 'Ed25519Signature2018'),
  'a proof that is a string':                 async () => put(await sealed(claim(me.did), me), '/proof', 'eyJhbGciOiJub25lIn0..'),
  'a JWT in a proof':                         () => ({ ...claim(me.did), proof: { type: 'JwtProof2020', jwt: 'eyJhbGciOiJub25lIn0.e30.' } }),
  'an envelope':                              () => ({ '@context': [V2], type: ['EnvelopedVerifiableCredential'], id: 'data:application/vc+jwt,eyJhbGciOiJub25lIn0.e30.' }),
  'an envelope and more':                     () => ({ ...claim(me.did), type: ['VerifiableCredential', 'EnvelopedVerifiableCredential'], id: 'data:application/vc+jwt,e30.e30.' }),
  'a presentation':                           () => ({ '@context': [V2], type: ['VerifiablePresentation'], holder: me.did, verifiableCredential: [] }),
  'one in another':                           async () => ({ verifiableCredential: await sealed(claim(me.did), me) }),
  'no subject at all':                        () => sealed(without(claim(me.did), 'credentialSubject'), me),
  'a number that is no number':               () => sealed(claim(me.did, { credentialSubject: { id: 'urn:x:1', [`${OB}n`]: Number.MAX_VALUE } }), me),
  'a whole number that no double holds':      () => inline({ n: `${OB}n` }, { n: 2 ** 53 }),
  'a signing time to come':                   () => sealed(claim(me.did), me, { created: '2090-01-01T00:00:00Z' }),
  'an end of the proof that has passed':      () => sealed(claim(me.did), me, { expires: '2020-01-01T00:00:00Z' }),
}

describe('the general mode never says valid for a manipulated document (I1, I3, I11)', () => {
  test.each(Object.entries(tricks))('%s', async (_, make) => {
    const answer = await stand().verify(await make())
    expect([200, 422], answer.text).toContain(answer.status)
    const { verdict, certificate, levels } = answer.json<{
      verdict?: string
      certificate?: object
      levels?: unknown[]
    }>()
    expect(verdict).not.toBe('valid')
    expect(certificate).toBeUndefined()
    expect(levels ?? []).toEqual([])
  })

  test.each([
    'JWS: eyJhbGciOiJub25lIn0.e30.',
    'eyJhbGciOiJFUzI1NiIsInR5cCI6InZjK2p3dCJ9.e30.AAAA',
    'eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9.e30.AAAA~WyJhIl0~',
    '',
    null,
    true,
    7,
    [],
    [[]],
    {},
  ])('nor for a value that is not a document: %j (J001, J010)', async (value) => {
    const answer = await stand().verify(value)
    expect([answer.status, answer.json().verdict]).toEqual([200, 'invalid'])
  })

  test('nor for a list of good certificates', async () => {
    const good = await stand().document('in-force')
    for (const value of [[good], [good, good], { 0: good }, { ...good, 0: good }]) {
      expect((await stand().verify(value)).json().verdict).toBe('invalid')
    }
  })
})

describe('a status cannot be hidden from a reader of the graph (I7)', () => {
  const hidden: Record<string, (document: Doc) => Doc> = {
    'as it was issued': (document) => document,
    'under its absolute name': (document) => rename(document, '/credentialStatus', `${CREDENTIALS}credentialStatus`),
    'in a list': (document) => put(document, '/credentialStatus', [document.credentialStatus]),
    'its type under its absolute name': (document) =>
      put(document, '/credentialStatus/type', 'https://www.w3.org/ns/credentials/status#BitstringStatusListEntry'),
    'its index under its absolute name': (document) =>
      rename(document, '/credentialStatus/statusListIndex', 'https://www.w3.org/ns/credentials/status#statusListIndex'),
  }
  test.each(Object.entries(hidden))('%s', async (_, hide) => {
    const document = await signedBySandbox(stand(), {}, { statusPurpose: 'revocation' })
    const revoked = await stand().ask('/issuers/sandbox/credentials/status', {
      token: await stand().as('sandbox'),
      body: { credentialId: document.id, credentialStatus: { statusPurpose: 'revocation' }, status: true },
    })
    expect(revoked.status, revoked.text).toBe(200)
    const answer = await stand().ask('/credentials/verify', { body: { verifiableCredential: hide(document) } })
    expect(answer.status, answer.text).toBe(400)
    expect((await stand().verify(hide(document))).json().verdict).toBe('invalid')
  })
})

describe('the sandbox refuses to sign a document that could pass for a certificate or a status list (I23)', () => {
  const did = (id: string) => stand().didOf(id)
  const wanted: Record<string, () => Doc | Promise<Doc>> = {
    'for a registered body': () => claim(did('demo-ph-tesda')),
    'for a registered body, in an object': () => claim({ id: did('demo-ph-tesda') }),
    'a certificate of ours': async () => without(await stand().document('in-force'), 'proof'),
    'a certificate of ours, as the sandbox': async () =>
      put(without(await stand().document('in-force'), 'proof'), '/issuer/id', did('sandbox')),
    'a certificate, its type as an absolute IRI': () =>
      claim(did('sandbox'), { type: ['VerifiableCredential', `${OB}OpenBadgeCredential`] }),
    'a certificate, its type under an alias': () =>
      withContext(claim(did('sandbox'), { type: ['VerifiableCredential', 'Ours'] }), {
        Ours: `${OB}OpenBadgeCredential`,
      }),
    'a certificate inside of the subject': () =>
      claim(did('sandbox'), { credentialSubject: { id: 'urn:x:1', type: `${OB}AchievementCredential` } }),
    'a status list': () => claim(did('sandbox'), { type: ['VerifiableCredential', 'BitstringStatusListCredential'] }),
    'a status list under an alias': () =>
      withContext(claim(did('sandbox'), { type: ['VerifiableCredential', 'List'] }), {
        List: 'https://www.w3.org/ns/credentials/status#BitstringStatusListCredential',
      }),
    'what has a proof already': async () => put(await signAsStranger(claim(me.did), me), '/issuer', did('sandbox')),
    'an issuer by a prefix': () => withContext(claim('b:sandbox'), { b: did('sandbox').replace('sandbox', '') }),
    'a second issuer': () => claim(did('sandbox'), { [ISSUER]: { id: did('demo-ph-tesda') } }),
    'a presentation': () => ({ '@context': [V2], type: ['VerifiablePresentation'], issuer: did('sandbox') }),
  }
  test.each(Object.entries(wanted))('%s', async (_, make) => {
    const answer = await fromSandbox(await make())
    expect(answer.status, answer.text).toBe(400)
  })

  test('a document that it does sign is never valid, with a status and with any suite', async () => {
    for (const options of [{}, { statusPurpose: 'suspension' }, { cryptosuite: 'ecdsa-rdfc-2019', keyType: 'P-384' }]) {
      const document = await signedBySandbox(stand(), {}, options)
      const answer = await stand().verify(document)
      expect(answer.json()).toMatchObject({ verdict: 'indeterminate', demonstration: true })
    }
  })

  test('the id of its document cannot be confused with the id of a certificate', async () => {
    const { id } = await stand().document('in-force')
    const document = await signedBySandbox(stand(), { id })
    expect((await stand().verify(document)).json().verdict).toBe('indeterminate')
    const status = await stand().ask('/issuers/demo-ph-tesda/credentials/status', {
      token: await stand().as('sandbox'),
      body: { credentialId: id, credentialStatus: { statusPurpose: 'revocation' }, status: true },
    })
    expect(status.status).toBe(404)
    expect((await stand().verify(await stand().document('in-force'))).json().verdict).toBe('valid')
  })
})

test('a document that is not from the issuer cannot make us read our lists ninety times', async () => {
  const entry = (index: number) => ({
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: `${stand().baseUrl}/status-lists/sandbox-1-revocation`,
  })
  const credentialStatus = Array.from({ length: 90 }, (_, index) => entry(index))
  const answer = await stand().verify(await sealed(claim(stand().didOf('sandbox'), { credentialStatus }), me))
  const { verdict, checks } = answer.json<{ verdict: string; checks: object[] }>()
  expect(verdict).toBe('invalid')
  expect(checks).toContainEqual({ name: 'status', outcome: 'not_performed', reason: 'depends-on-another-check' })
})

test('a reversed term does not name the issuer', async () => {
  const reversed = withContext(claim(me.did, { signs: { id: stand().didOf('demo-ph-tesda') } }), {
    signs: { '@reverse': ISSUER },
  })
  const answer = await stand().verify(await sealed(reversed, me satisfies Stranger))
  expect(answer.json().verdict).toBe('indeterminate')
  expect(at(answer.json(), '/issuer/today/standing')).toBe('unknown')
})

prove()
