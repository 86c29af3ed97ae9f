import { join } from 'node:path'
import { parseDid, possessionText } from '@sijil/credentials'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aKeyOfAnotherAccount } from '../support/lent-key.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, officerOf, problemOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD, officersOf } from './trust.ts'

/** A body that issues here with a key in an account of its own. It grants the use of the key, and nothing else. */
let registry: OpenRegistry
let officers: Awaited<ReturnType<typeof officersOf>>
let body: ReturnType<typeof officerOf>
let key: Awaited<ReturnType<typeof aKeyOfAnotherAccount>>
beforeAll(async () => {
  registry = await openRegistry()
  officers = await officersOf(registry)
  body = officerOf(registry, DSD)
  key = await aKeyOfAnotherAccount(join(registry.folder, 'keys'))
})
afterAll(() => registry.close())

const path = `/issuers/${DSD}/keys`
const lent = ({ issuer = DSD, kid = 'certificates-2', keyRef = key.keyRef } = {}) => {
  const did = parseDid(`did:web:${new URL(registry.baseUrl).host.replace(':', '%3A')}:issuers:${issuer}`)
  const { publicKeyMultibase } = key
  const possession = key.signText(possessionText({ registry: registry.baseUrl, did, kid, publicKeyMultibase }))
  return { keyRef, publicKeyMultibase, possession }
}
const asked = (more: object) => ({ authority: officers.authority, purpose: 'certificates', ...more })
const keyOf = (document: Record<string, unknown>) =>
  (document.proof as { verificationMethod: string }).verificationMethod.split('#')[1]
const issue = (number: string) => body.request(aThaiBricklayer(number), number)

test('a lent key is refused if it did not sign for this body, is an alias, or lies in an account or region without signers', async () => {
  const anId = '11111111-2222-4333-8444-555555555555'
  for (const [wrong, pointer] of [
    [lent({ issuer: TESDA }), '/lent/possession'],
    [lent({ kid: 'certificates-7' }), '/lent/possession'],
    [lent({ keyRef: 'arn:aws:kms:local:111122223333:alias/ours' }), '/lent/keyRef'],
    [lent({ keyRef: `arn:aws:kms:local:999999999999:key/${anId}` }), '/lent/keyRef'],
    [lent({ keyRef: `arn:aws:kms:elsewhere-1:111122223333:key/${anId}` }), '/lent/keyRef'],
  ] as const) {
    const refused = problemOf(await officers.first(path, asked({ lent: wrong })))
    expect(refused).toMatchObject({ status: 422, errors: [{ pointer }] })
  }
  const both = asked({
    lent: lent(),
    elsewhere: { kid: 'k', publicKeyMultibase: key.publicKeyMultibase, possession: lent().possession },
  })
  expect(problemOf(await officers.first(path, both))).toMatchObject({ status: 422, errors: [{ pointer: '/lent' }] })
  const curve = asked({ lent: lent(), algorithm: 'P-256' })
  expect(problemOf(await officers.first(path, curve))).toMatchObject({
    status: 422,
    errors: [{ pointer: '/algorithm' }],
  })
})

test('two officers record the key, and the next certificate is signed with it and valid; no answer contains its ARN', async () => {
  await officers.decide(path, asked({ lent: lent() }))
  const answer = await issue('TH-L-1')
  expect(answer.status).toBe(201)
  const { verifiableCredential } = answer.json<{ verifiableCredential: Record<string, unknown> }>()
  expect(keyOf(verifiableCredential)).toBe('certificates-2')
  expect((await verify(registry, { verifiableCredential })).verdict).toBe('valid')
  const keys = await registry.ask(path)
  expect(keys.text).toContain(lent().possession)
  expect(keys.text).not.toMatch(/arn:|keyRef|111122223333/)
})

test('F8: if the body takes its permission back nothing is signed for it, others still sign, and it recovers without help', async () => {
  await key.disable()
  const refused = await issue('TH-L-2')
  expect(problemOf(refused)).toMatchObject({ status: 503 })
  expect(refused.headers.get('retry-after')).toBeTruthy()
  const another = officerOf(registry, TESDA)
  expect((await another.issue(aBricklayer('PH-L-1'))).id).toMatch(/^urn:uuid:/)
  await key.enable()
  expect((await issue('TH-L-2')).status).toBe(201)
})

test('the same key cannot be lent a second time', async () => {
  const again = problemOf(await officers.first(path, asked({ lent: lent({ kid: 'certificates-3' }) })))
  expect(again).toMatchObject({ status: 422, errors: [{ pointer: '/lent/publicKeyMultibase' }] })
})
