import { examineCredential } from '@sijil/credentials/general'
import { expect, test } from 'vitest'
import { presentByLibrary } from './bazaar.ts'
import { aDidKey, issueWith, NOW, noKeys } from './did-keys.ts'
import {
  aCredential,
  acceptedByIssuers,
  acceptedPresentations,
  anOldCredential,
  aPresentation,
  type Json,
  refusedByIssuers,
  refusedByVerifiers,
  refusedPresentations,
} from './inputs.ts'
import { examine, isPresented, isVerified, present, verifies } from './verified.ts'

const key = aDidKey()
const stranger = aDidKey()
const challenge = 'u4yQw4hnFVnkS1zQwY0Xo1w'
const domain = 'verifier.example'

test.each(acceptedByIssuers(key.did))(
  'D-18: an issuer signs, and a verifier accepts: $about',
  async ({ credential }) => {
    const secured = await issueWith(key, credential)
    const { proof, '@context': context, ...members } = secured
    const { '@context': given, ...rest } = credential
    expect(members).toEqual(rest)
    expect((context as unknown[]).slice(0, (given as unknown[]).length)).toEqual(given)
    expect(proof).not.toBeInstanceOf(Array)
    expect(isVerified(await examine(secured))).toBe(true)
  },
)

test.each(refusedByIssuers(key.did))('an issuer refuses: $about (V021)', async ({ credential }) => {
  await expect(issueWith(key, credential)).rejects.toMatchObject({ name: 'DocumentFault' })
})

test.each(refusedByVerifiers)('a verifier refuses: $about', async ({ change }) => {
  const secured = await issueWith(key, aCredential(key.did))
  expect(await verifies(secured)).toBe(true)
  expect(await verifies(change(secured))).toBe(false)
})

test.each(refusedByVerifiers)('a verifier of VCDM 1.1 refuses: $about', async ({ change }) => {
  const secured = await issueWith(key, anOldCredential(key.did))
  expect(await verifies(secured)).toBe(true)
  expect(await verifies(change(secured))).toBe(false)
})

test('an envelope is refused by name', async () => {
  const envelope = {
    '@context': 'https://www.w3.org/ns/credentials/v2',
    id: 'data:application/vc+jwt,x.y.z',
    type: 'EnvelopedVerifiableCredential',
  }
  expect((await examine(envelope)).faults).not.toEqual([])
  expect(
    (await examine({ ...envelope, '@context': [envelope['@context']], type: [envelope.type] })).faults,
  ).toMatchObject([{ code: 'suite-not-allowed' }])
})

test.each(acceptedPresentations(key.did))('a presentation is accepted: $about', async ({ presentation }) => {
  const secured = await presentByLibrary(key, presentation, challenge, domain)
  expect(isPresented(await present(secured, { challenge, domain }))).toBe(true)
  expect(isPresented(await present(secured))).toBe(true)
})

test.each(refusedPresentations)('a presentation is refused: $about', async ({ change }) => {
  const secured = await presentByLibrary(key, aPresentation(), challenge)
  expect(isPresented(await present(change(secured), { challenge }))).toBe(false)
})

test('a presentation returns its credentials as they were sent', async () => {
  const credentials = [await issueWith(stranger, aCredential(stranger.did)), await issueWith(key, aCredential(key.did))]
  const secured = await presentByLibrary(key, aPresentation({ verifiableCredential: credentials }), challenge)
  const examined = await present(secured, { challenge })
  expect(isPresented(examined)).toBe(true)
  expect(examined.credentials).toEqual(credentials)
  for (const credential of examined.credentials) expect(await verifies(credential)).toBe(true)
})

test('a wrong challenge or domain is a reason of its own (O001, O003)', async () => {
  const secured = await presentByLibrary(key, aPresentation(), challenge, domain)
  expect((await present(secured, { challenge: 'another' })).proofs).toMatchObject([
    { outcome: 'failed', reason: 'challenge-mismatch' },
  ])
  expect((await present(secured, { domain: 'other.example' })).proofs).toMatchObject([
    { outcome: 'failed', reason: 'domain-mismatch' },
  ])
})

test('a presentation is refused if its holder did not sign (O005)', async () => {
  const secured = await presentByLibrary(key, aPresentation({ holder: stranger.did }), challenge)
  expect((await present(secured, { challenge })).proofs).toMatchObject([
    { outcome: 'failed', reason: 'holder-mismatch' },
  ])
})

test('a credential without proof counts only if the holder is its issuer and signed (VCDM 2.0 §4.13.3)', async () => {
  const own = aCredential(key.did)
  const presented = async (holder: string | undefined, issuer: string, change = (secured: Json) => secured) => {
    const presentation = aPresentation({ ...(holder && { holder }), verifiableCredential: [{ ...own, issuer }] })
    const { credentials, ...presenting } = await present(change(await presentByLibrary(key, presentation, challenge)), {
      challenge,
    })
    return isVerified(await examineCredential(credentials[0], { now: NOW, keyFor: noKeys, presenting }))
  }
  expect(await presented(key.did, key.did)).toBe(true)
  expect(await presented(undefined, key.did)).toBe(false)
  expect(await presented(key.did, stranger.did)).toBe(false)
  expect(await presented(stranger.did, stranger.did)).toBe(false)
  const altered = ({ verifiableCredential, ...rest }: Json) => ({
    ...rest,
    verifiableCredential: [{ ...(verifiableCredential as Json[])[0], name: 'Another' }],
  })
  expect(await presented(key.did, key.did, altered)).toBe(false)
})
