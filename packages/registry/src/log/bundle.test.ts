import { canonicalJson } from '@sijil/credentials'
import { createVerifierKey, leafHash, openCheckpoint, parseVerifierKey } from '@sijil/tlog'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  after,
  aWorld,
  BODY,
  identity,
  MINUTE,
  noon,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { registerAuthority } from '../decisions/register.ts'
import { nearlyFullBundle, partsOf, publishBundle, readBundle, type TrustBundle } from './bundle.ts'
import { readVerifierKeys } from './log-keys.ts'
import { sequenceLog } from './sequence.ts'

const sequence = ({ store, keys, baseUrl }: World, now: Date) =>
  sequenceLog('registry', { store, signer: keys, keys, baseUrl, now, seen: new Set() })
const publish = ({ store, keys, baseUrl }: World, now: Date, change = {}) =>
  publishBundle({ store, signer: keys, policy: { demonstration: true }, baseUrl, now, ...change })

/** Opens the bundle like a client without a network that knows the log's key. */
async function opened({ store, baseUrl }: World): Promise<TrustBundle> {
  const text = await readBundle(store)
  const { bundle, note } = JSON.parse(text ?? '') as { bundle: TrustBundle; note: string }
  const [key = ''] = await readVerifierKeys('registry', baseUrl, store)
  const origin = 'registry.example/trust-bundle'
  const keys = [createVerifierKey('ed25519', origin, parseVerifierKey('ed25519', key).publicKey)]
  const { checkpoint } = openCheckpoint(Buffer.from(note), { origin, keys })
  expect(checkpoint.root).toEqual(leafHash(Buffer.from(canonicalJson(bundle))))
  return bundle
}

test('R-022, R-115: one signed file lists every entity, with keys, scopes, the head of the log and the end of its validity', async () => {
  const world = await aWorld()
  expect(await publish(world, noon)).toBe(false)
  const { size } = await sequence(world, noon)
  expect(await publish(world, noon)).toBe(true)
  const bundle = await opened(world)
  expect(bundle).toMatchObject({ size, madeAt: noon.toISOString(), validUntil: after(24 * 60 * MINUTE).toISOString() })
  expect(bundle).toMatchObject({ registry: world.baseUrl, policy: { demonstration: true } })
  expect(bundle.entries).toHaveLength(size)
  expect(bundle.levels.find(({ id }) => id === 'PQF')).toMatchObject({ referencing: { status: 'endorsed' } })
  expect(bundle.checkpoint).toContain(`registry.example/log/registry\n${size}\n`)
  const body = bundle.entities.find(({ id }) => id === BODY)
  expect(body).toMatchObject({
    kind: 'body',
    grants: [{ right: 'issue' }],
    keys: [{ kid: 'certificates-1' }, { kid: 'lists-1' }],
  })
  expect(JSON.stringify(bundle)).not.toMatch(/keyRef|registrar/)
})

test('a new bundle is signed when the log has grown, and before the last one ends', async () => {
  const world = await aWorld()
  await sequence(world, noon)
  await publish(world, noon)
  expect(await publish(world, after(11 * 60 * MINUTE))).toBe(false)
  expect(await publish(world, after(12 * 60 * MINUTE))).toBe(true)
  await registerAuthority(
    { id: 'new', identity: identity(), actor: 'a' },
    { store: world.store, now: after(12 * 60 * MINUTE) },
  )
  await sequence(world, after(12 * 60 * MINUTE + SECOND))
  expect(await publish(world, after(12 * 60 * MINUTE + 2 * SECOND))).toBe(true)
  expect((await opened(world)).entities.map(({ id }) => id)).toContain('new')
})

test.each([1, 2])(
  'a run that stops at write %i leaves the bundle before in place, and the next run makes the new one',
  async (call) => {
    const world = await aWorld()
    await sequence(world, noon)
    await publish(world, noon)
    for (const [place, outcome] of (['fails-before', 'fails-after'] as const).entries()) {
      const now = after((place + 1) * 13 * 60 * MINUTE)
      const { port } = withFaults(world.store, [{ method: 'append', call, outcome }])
      await expect(publish(world, now, { store: port })).rejects.toThrow()
      await opened(world)
      await publish(world, new Date(now.getTime() + SECOND))
      expect(Date.parse((await opened(world)).madeAt)).toBeGreaterThanOrEqual(now.getTime())
    }
  },
)

test('its length is counted, and reported long before the bundle reaches a limit', async () => {
  const world = await aWorld()
  await sequence(world, noon)
  expect(await nearlyFullBundle(world.store)).toBeUndefined()
  await publish(world, noon)
  expect(await nearlyFullBundle(world.store)).toBeUndefined()
  // Names that fill three megabytes, in as few bodies as the limit on names allows.
  const name = 'ก'.repeat(20_000)
  for (let place = 0; place < 40; place++)
    await registerAuthority(
      { id: `wordy-${place}`, identity: { ...identity(), name }, actor: 'a' },
      { store: world.store, now: after(SECOND) },
    )
  await sequence(world, after(MINUTE))
  await publish(world, after(MINUTE + SECOND))
  const bytes = Buffer.byteLength((await readBundle(world.store)) ?? '')
  expect(bytes).toBeGreaterThan(3 * 1024 * 1024)
  expect(await nearlyFullBundle(world.store)).toEqual({ bytes })
})

test('a text is cut by bytes and never within a character, whatever its script', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 4, max: 40 }), (text, most) => {
      const parts = partsOf(text, most)
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(part.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(most)
      }
    }),
  )
})
