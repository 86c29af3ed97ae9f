import { didForIssuer, possessionText } from '@sijil/credentials'
import { expect, test } from 'vitest'
import {
  aBody,
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { pinKey } from '../trust/held-keys.ts'
import { isLentFor } from '../trust/lent-for.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { addKey, compromiseKey, retireKey } from './keys.ts'
import { type LentKey, lendKey } from './lent-keys.ts'

const actor = 'officer'
const OTHER = 'demo-other-body'

function aLentKey(
  { keys, baseUrl }: World,
  { named = BODY, kid = 'certificates-2', registry = baseUrl } = {},
): LentKey {
  const { keyRef, publicKeyMultibase, signText } = keys.lend(BODY, 'certificates')
  const claim = { registry, did: didForIssuer(baseUrl, named), kid, publicKeyMultibase }
  return { keyRef, publicKeyMultibase, possession: signText(possessionText(claim)) }
}

const lend = (key: LentKey, world: World, { id = BODY, proposal = 'p-1' } = {}) =>
  lendKey({ id, purpose: 'certificates', key, actor, proposal }, world.at(noon))

const keysOf = async ({ store }: World, id = BODY) => entityAt(id, await trustOf(store)(id), EVERYTHING)?.keys ?? []

test('a certificate signed with a key in the body’s own account is valid', async () => {
  const world = await aWorld()
  const key = aLentKey(world)
  await lend(key, world)
  await retireKey({ id: BODY, kid: 'certificates-1', actor }, world.at(noon))
  const { verifiableCredential } = await world.issue({}, { deps: { now: after(SECOND) } })
  expect(verifiableCredential).toMatchObject({
    proof: { verificationMethod: expect.stringMatching(/#certificates-2$/) },
  })
  const { verdict } = await verifyDocument(verifiableCredential, world.verifying(after(MINUTE)))
  expect(verdict).toBe('valid')
  const lent = (await keysOf(world)).find(({ kid }) => kid === 'certificates-2')
  expect(lent).toMatchObject({ kid: 'certificates-2', keyRef: key.keyRef, lent: { possession: key.possession } })
})

test('a repeated approval finds the key that it added', async () => {
  const world = await aWorld()
  const key = aLentKey(world)
  await lend(key, world)
  await lend(key, world)
  expect(await keysOf(world)).toHaveLength(3)
})

test('the key must have signed its own name, with body, purpose, number and registry', async () => {
  const world = await aWorld()
  for (const claim of [
    { named: OTHER },
    { kid: 'certificates-3' },
    { kid: 'lists-2' },
    { registry: 'https://other.example' },
  ]) {
    await expect(lend(aLentKey(world, claim), world)).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/lent/possession', detail: expect.stringContaining('"certificates-2"') }],
    })
  }
  expect(await keysOf(world)).toHaveLength(2)
})

test('a key that the signer cannot use is refused before anything is written', async () => {
  const world = await aWorld()
  const key = { ...aLentKey(world), keyRef: 'arn:of:nobody' }
  await expect(lend(key, world)).rejects.toMatchObject({
    faults: [{ pointer: '/lent/keyRef', detail: expect.stringContaining('may sign with') }],
  })
  expect(await keysOf(world)).toHaveLength(2)
})

test('R005: a key belongs to one body under one name, even after a compromise', async () => {
  const world = await aWorld()
  await aBody(OTHER, world)
  const { keyRef, publicKeyMultibase, signText } = world.keys.lend(BODY, 'certificates')
  const asked = (id: string, kid: string): LentKey => {
    const claim = { registry: world.baseUrl, did: didForIssuer(world.baseUrl, id), kid, publicKeyMultibase }
    return { keyRef, publicKeyMultibase, possession: signText(possessionText(claim)) }
  }
  await lend(asked(BODY, 'certificates-2'), world)
  const known = {
    faults: [{ pointer: '/lent/publicKeyMultibase', detail: expect.stringContaining('already registered') }],
  }
  await expect(lend(asked(OTHER, 'certificates-2'), world, { id: OTHER })).rejects.toMatchObject(known)
  const compromise = { id: BODY, kid: 'certificates-2', actor, effectiveAt: noon.toISOString() }
  await compromiseKey(compromise, world.at(after(MINUTE)))
  await expect(lend(asked(BODY, 'certificates-3'), world, { proposal: 'p-2' })).rejects.toMatchObject(known)
})

test('a key address belongs to one body too, and a name that is taken is skipped for the next one', async () => {
  const world = await aWorld()
  await aBody(OTHER, world)
  const first = aLentKey(world)
  await lend(first, world)
  const other = { ...aLentKey(world, { named: OTHER }), keyRef: first.keyRef }
  await expect(lend(other, world, { id: OTHER })).rejects.toMatchObject({ faults: [{ pointer: '/lent/keyRef' }] })

  const { keyRef, publicKeyMultibase, signText } = world.keys.lend(BODY, 'certificates')
  const asked = (kid: string): LentKey => {
    const claim = { registry: world.baseUrl, did: didForIssuer(world.baseUrl, BODY), kid, publicKeyMultibase }
    return { keyRef, publicKeyMultibase, possession: signText(possessionText(claim)) }
  }
  const pinned = { id: BODY, actor, at: '/lent' }
  await pinKey({ kid: 'certificates-3', named: publicKeyMultibase }, pinned, world.at(noon))
  await addKey({ id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor }, world.at(noon))
  await lend(asked('certificates-4'), world, { proposal: 'p-4' })
  expect((await keysOf(world)).map(({ kid }) => kid)).toContain('certificates-4')
})

test('I23: the signature of the key itself, not our record, states its body and purpose', async () => {
  const world = await aWorld()
  await lend(aLentKey(world), world)
  const key = (await keysOf(world)).find(({ lent }) => lent !== undefined)
  if (key === undefined) throw new Error('no key was lent')
  const asked = { issuer: BODY, purpose: 'certificates', registry: world.baseUrl }
  expect(isLentFor(key, asked)).toBe(true)
  expect(isLentFor(key, { ...asked, issuer: OTHER })).toBe(false)
  expect(isLentFor(key, { ...asked, purpose: 'lists' })).toBe(false)
  expect(isLentFor({ ...key, kid: 'lists-2' }, { ...asked, purpose: 'lists' })).toBe(false)
  expect(isLentFor(key, { ...asked, registry: 'https://other.example' })).toBe(false)
  const { lent: _, ...made } = key
  expect(isLentFor(made, asked)).toBe(false)
})
