import { afterAll, describe, expect, test } from 'vitest'
import { presentByLibrary } from './bazaar.ts'
import { aDidKey, issueWith } from './did-keys.ts'
import {
  aCredential,
  acceptedByIssuers,
  acceptedPresentations,
  anOldCredential,
  aPresentation,
  type Json,
  refusedByIssuers,
  refusedPresentations,
} from './inputs.ts'
import { openSandbox, type Verified } from './sandbox.ts'

/** The requests of w3c/vc-data-model-2.0-test-suite to an issuer and to two verifiers. */
const sandbox = await openSandbox()
afterAll(sandbox.close)
const { issuer, issue, issued, verify, present } = sandbox
const key = aDidKey()
const stranger = aDidKey('P-256')
const challenge = 'u4yQw4hnFVnkS1zQwY0Xo1w'
const domain = 'github.com/w3c/vc-data-model-2.0-test-suite'

const isOver = ({ validUntil }: Json) => typeof validUntil === 'string' && Date.parse(validUntil) < Date.now()

test.each(acceptedByIssuers(issuer))(
  'the issuer issues it with all its members, and it verifies: $about',
  async ({ credential }) => {
    const secured = await issued(credential, {})
    const { proof, '@context': context, ...members } = secured
    const { '@context': given, ...rest } = credential
    expect(members).toEqual(rest)
    expect((context as unknown[]).slice(0, (given as unknown[]).length)).toEqual(given)
    expect(proof).not.toBeInstanceOf(Array)
    const answer = await verify(secured)
    // A credential whose period is over can be issued like any other, but does not verify.
    expect([answer.status, answer.json<Verified>().verified]).toEqual(isOver(credential) ? [400, false] : [200, true])
  },
)

test.each(refusedByIssuers(issuer))(
  'the issuer refuses it and names the place of the fault: $about',
  async ({ credential }) => {
    const answer = await issue(credential, {})
    expect(answer.status).toBe(400)
    const { errors } = answer.json<{ errors: { pointer: string; detail: string }[] }>()
    expect(errors.length).toBeGreaterThan(0)
  },
)

describe('requests of the suite that this server refuses', () => {
  // The digests of the suite belong to an older draft of that file, so a server that compares them must refuse.
  test.each([
    { digestSRI: 'sha384-NSOcNpmdIVUxIJGvGUoe22FjTWrXiaXlsZ8q6912LdnR3KraQO2n75Ica4wK4Qeg' },
    { digestMultibase: 'uEiBZlVztZpfWHgPyslVv-6UwirFoQoRvW1htfx963sknNB' },
  ])('a related resource with a digest other than that of the published file: %j', async (digest) => {
    const relatedResource = { id: 'https://www.w3.org/ns/credentials/v2', ...digest }
    expect((await issue(aCredential(issuer, { relatedResource }))).status).toBe(400)
  })

  // VC-JOSE-COSE forbids the form that the suite sends (typ JWT, a vc or vp claim). This server reads no envelopes.
  test.each([
    ['EnvelopedVerifiableCredential', 'application/vc+jwt'],
    ['EnvelopedVerifiableCredential', 'application/jwt'],
  ])('a credential in an envelope: %s of %s', async (type, mediaType) => {
    for (const envelope of envelopes(type, mediaType)) {
      const answer = await verify(envelope)
      expect([answer.status, answer.json<Verified>().verified]).toEqual([400, false])
    }
  })

  test.each([
    ['EnvelopedVerifiablePresentation', 'application/vp+jwt'],
    ['EnvelopedVerifiablePresentation', 'application/jwt'],
  ])('a presentation in an envelope: %s of %s', async (type, mediaType) => {
    for (const envelope of envelopes(type, mediaType)) expect((await present(envelope, {})).status).toBe(400)
  })

  function envelopes(type: string, mediaType: string): Json[] {
    const good = { '@context': 'https://www.w3.org/ns/credentials/v2', id: `data:${mediaType},e30.e30.AA`, type }
    return [
      good,
      { ...good, '@context': [good['@context']] },
      { ...good, '@context': [] },
      { ...good, '@context': 'https://www.w3.org/ns/credentials/examples/v2' },
      { ...good, id: 'e30.e30.AA' },
      { '@context': good['@context'], id: good.id },
      { ...good, type: ['VerifiableCredential'] },
      { ...good, type: ['VerifiablePresentation'] },
    ]
  }
})

test('both verifiers refuse a document that conforms to nothing', async () => {
  for (const document of [{ type: ['NonconformingDocument'] }, aCredential(issuer), anOldCredential(issuer)]) {
    expect((await verify(document)).status).toBe(400)
    expect((await present(document, { checks: [] })).status).toBe(400)
  }
})

describe('presentations', () => {
  const options = { challenge, domain }
  const enclosing = async (...verifiableCredential: Json[]) =>
    presentByLibrary(key, aPresentation({ verifiableCredential }), challenge, domain)

  async function expectPresented(presentation: unknown, expected: boolean, asked: Json = options): Promise<void> {
    const answer = await present(presentation, asked)
    const { verified, errors } = answer.json<Verified>()
    expect([answer.status, verified]).toEqual(expected ? [200, true] : [400, false])
    if (expected) expect(errors ?? []).toEqual([])
    else expect(errors?.length).toBeGreaterThan(0)
  }

  test.each(acceptedPresentations(key.did))('accepted: $about', async ({ presentation }) => {
    const secured = await presentByLibrary(key, presentation, challenge, domain)
    await expectPresented(secured, true)
    await expectPresented(secured, true, {})
    await expectPresented(secured, true, { ...options, checks: [], unknown: 1 })
  })

  test.each(refusedPresentations)('refused: $about', async ({ change }) => {
    await expectPresented(change(await presentByLibrary(key, aPresentation(), challenge, domain)), false)
  })

  test('accepted with one credential, two, or those of several issuers', async () => {
    const own = await issueWith(key, aCredential(key.did))
    const another = await issueWith(stranger, anOldCredential(stranger.did))
    const here = await issued(aCredential(issuer))
    for (const credentials of [[own], [own, another], [here], [here, own, another]])
      await expectPresented(await enclosing(...credentials), true)
  })

  test('refused if one enclosed credential does not verify (O006)', async () => {
    const own = await issueWith(key, aCredential(key.did))
    const forged = { ...own, credentialSubject: { id: 'did:example:mallory' } }
    for (const credentials of [[forged], [own, forged], [forged, own]])
      await expectPresented(await enclosing(...credentials), false)
  })

  test('refused with another challenge or domain than the request asked for (O001, O003)', async () => {
    const secured = await enclosing()
    await expectPresented(secured, false, { ...options, challenge: 'another' })
    await expectPresented(secured, false, { ...options, domain: 'verifier.example' })
  })

  test('refused if its proof was made to assert, because a holder must authenticate', async () => {
    const asserted = await issueWith(key, aCredential(key.did))
    await expectPresented({ ...aPresentation(), proof: asserted.proof }, false)
  })

  test.each([
    ['no holder', undefined, key.did, false],
    ['the issuer as holder', key.did, key.did, true],
    ['another holder', 'did:example:acme', key.did, false],
    ['another issuer', key.did, 'did:example:acme', false],
  ])('with a credential without its own proof (VCDM 2.0 §4.13.3): %s', async (_, holder, by, isTaken) => {
    const presentation = aPresentation({ ...(holder && { holder }), verifiableCredential: [aCredential(by)] })
    await expectPresented(await presentByLibrary(key, presentation, challenge, domain), isTaken)
  })

  test('refused if the holder did not sign, even with good credentials (O005)', async () => {
    const own = await issueWith(key, aCredential(key.did))
    const presentation = aPresentation({ holder: stranger.did, verifiableCredential: [own] })
    await expectPresented(await presentByLibrary(key, presentation, challenge, domain), false)
  })
})
