import { canonicalJson } from '@sijil/credentials'
import { createVerifierKey, leafHash, openCheckpoint, parseVerifierKey } from '@sijil/tlog'
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
import { checkedReader, checkedStore } from '../artefacts.ts'
import { registerAuthority } from '../decisions/register.ts'
import { RegistryError } from '../errors.ts'
import type { ArtefactName } from '../ports.ts'
import { nextCommit, type StreamId, streams } from '../stream.ts'
import { nearlyFullBundle, publishBundle, readBundle, type TrustBundle } from './bundle.ts'
import { readVerifierKeys } from './log-keys.ts'
import { sequenceLog } from './sequence.ts'

const sequence = ({ store, artefacts, keys, baseUrl }: World, now: Date) =>
  sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now, seen: new Set() })
const publish = ({ store, artefacts, keys, baseUrl }: World, now: Date, change = {}) =>
  publishBundle({ store, artefacts, signer: keys, policy: { demonstration: true }, baseUrl, now, ...change })

/** Opens the bundle like a client without a network that knows the log's key. */
async function opened({ store, artefacts, baseUrl }: World): Promise<TrustBundle> {
  const text = await readBundle({ store, artefacts })
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

test.each([
  ['Thai', 'สถาบันทดสอบฝีมือแรงงานแห่งชาติ'],
  ['Lao', 'ສະຖາບັນທົດສອບສີມືແຮງງານແຫ່ງຊາດ'],
  ['Khmer', 'វិទ្យាស្ថានតេស្តជំនាញការងារជាតិ'],
  ['Burmese', 'အမျိုးသားကျွမ်းကျင်မှုစစ်ဆေးရေးအဖွဲ့'],
])('a bundle of more bytes than an item of the table holds is whole in %s', async (_, words) => {
  const world = await aWorld()
  const name = words.repeat(6).slice(0, 190)
  const MOST_IN_ITEM = 400 * 1024
  for (let place = 0; place < 700; place++)
    await registerAuthority(
      { id: `office-${place}`, identity: { ...identity(), name }, actor: 'a' },
      { store: world.store, now: noon },
    )
  await sequence(world, after(SECOND))
  expect(await publish(world, after(2 * SECOND))).toBe(true)
  expect(Buffer.byteLength((await readBundle(world)) ?? '')).toBeGreaterThan(MOST_IN_ITEM)
  const names = (await opened(world)).entities.filter(({ id }) => id.startsWith('office-'))
  expect(new Set(names.map((entity) => entity.identity.name))).toEqual(new Set([name]))
  expect(names).toHaveLength(700)
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

test.each(['artefacts', 'store'] as const)(
  'F36: a run that stops at its write to %s leaves the bundle before in place, and the next run makes the new one',
  async (written) => {
    const world = await aWorld()
    await sequence(world, noon)
    await publish(world, noon)
    for (const [place, outcome] of (['fails-before', 'fails-after'] as const).entries()) {
      const now = after((place + 1) * 13 * 60 * MINUTE)
      const { port } =
        written === 'store'
          ? withFaults(world.store, [{ method: 'append', call: 1, outcome }])
          : withFaults(world.artefacts, [{ method: 'put', call: 1, outcome }])
      await expect(publish(world, now, { [written]: port })).rejects.toThrow()
      await opened(world)
      await publish(world, new Date(now.getTime() + SECOND))
      expect(Date.parse((await opened(world)).madeAt)).toBeGreaterThanOrEqual(now.getTime())
    }
    expect(world.faults).toEqual([])
  },
)

test('F36: a stored file that no commit names is never answered', async () => {
  const world = await aWorld()
  await sequence(world, noon)
  const { port } = withFaults(world.store, [{ method: 'append', call: 1, outcome: 'fails-before' }])
  await expect(publish(world, noon, { store: port })).rejects.toThrow()
  expect(world.files.size).toBe(1)
  expect(await readBundle(world)).toBeUndefined()
})

test('the table holds the name and the digest of a bundle, and not its text', async () => {
  const world = await aWorld()
  await sequence(world, noon)
  await publish(world, noon)
  const [commit] = await world.store.read(streams.logBundleFiles())
  expect(JSON.stringify(commit).length).toBeLessThan(600)
  const [[name, bytes] = []] = [...world.files]
  expect(Buffer.from(bytes ?? '').toString()).toBe(await readBundle(world))
  expect(commit?.events).toMatchObject([{ artefact: { name }, bytes: bytes?.length }])
})

test('a bundle from before there were files is answered until the next one, and its stream gets nothing that the code of then cannot read', async () => {
  const world = await aWorld()
  const { size } = await sequence(world, noon)
  const madeAt = noon.toISOString()
  const append = (stream: StreamId, event: object) =>
    world.store.append(nextCommit(stream, [], { events: [event], actor: 'system:log', now: noon }))
  await append(streams.logBundle(madeAt), { type: 'bundle-part', text: '{"bundle":1,' })
  await append(streams.logBundles(), { type: 'bundle-signed', size, madeAt, bytes: 12 })
  expect(await readBundle(world)).toBe('{"bundle":1,')
  expect(await publish(world, after(13 * 60 * MINUTE))).toBe(true)
  expect((await opened(world)).size).toBe(size)
  expect(await world.store.read(streams.logBundles())).toHaveLength(1)
})

const losses: [string, (files: World['files'], name: ArtefactName) => unknown][] = [
  ['is missing', (files, name) => files.delete(name)],
  ['was changed', (files, name) => files.set(name, Buffer.from('{"bundle":{},"note":""}'))],
  ['was cut short', (files, name) => files.set(name, files.get(name)?.subarray(1) ?? new Uint8Array())],
]
test.each(losses)(
  'F38: a bundle whose file %s is not answered but reported, and the next run makes it again',
  async (_, lose) => {
    const world = await aWorld()
    await sequence(world, noon)
    await publish(world, noon)
    const [name] = world.files.keys()
    if (name === undefined) throw new Error('no file')
    lose(world.files, name)
    await expect(readBundle(world)).rejects.toMatchObject({ code: 'dependency-unavailable' })
    expect(world.faults).toMatchObject([{ artefact: name }])
    expect(await publish(world, after(MINUTE))).toBe(true)
    expect((await opened(world)).madeAt).toBe(after(MINUTE).toISOString())
    expect(await publish(world, after(2 * MINUTE))).toBe(false)
  },
)

test('F37: while the files are away a run leaves a fresh bundle as it is, a process that read it still answers it, and a new one waits', async () => {
  const world = await aWorld()
  await sequence(world, noon)
  await publish(world, noon)
  let isAway = false
  const troubled = {
    read: async (name: ArtefactName) => (isAway ? away() : world.files.get(name)),
    put: async (name: ArtefactName, bytes: Uint8Array) => (isAway ? away() : void world.files.set(name, bytes)),
  }
  const how = { report: () => expect.fail('nothing is lost') }
  const remembering = checkedReader(troubled, { ...how, memory: 1_000_000 })
  const forgetful = checkedStore(troubled, how)
  const text = await readBundle({ ...world, artefacts: remembering })
  isAway = true
  expect(await publish(world, after(MINUTE), { artefacts: forgetful })).toBe(false)
  expect(await readBundle({ ...world, artefacts: remembering })).toBe(text)
  await expect(readBundle({ ...world, artefacts: forgetful })).rejects.toMatchObject({ code: 'dependency-unavailable' })
  const later = after(13 * 60 * MINUTE)
  await expect(publish(world, later, { artefacts: forgetful })).rejects.toMatchObject({
    code: 'dependency-unavailable',
  })
  isAway = false
  expect(await publish(world, later, { artefacts: forgetful })).toBe(true)
  expect(await readBundle({ ...world, artefacts: remembering })).not.toBe(text)
})

const away = () => Promise.reject(new RegistryError('dependency-unavailable', 'the store is away'))

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
  const bytes = Buffer.byteLength((await readBundle(world)) ?? '')
  expect(bytes).toBeGreaterThan(3 * 1024 * 1024)
  expect(await nearlyFullBundle(world.store)).toEqual({ bytes })
})
