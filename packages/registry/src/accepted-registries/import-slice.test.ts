import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  after,
  aWorld,
  BODY,
  identity,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { isWhole } from '../../../../test/support/whole.ts'
import { publishBundle, readBundle, type TrustBundle } from '../log/bundle.ts'
import { readVerifierKeys } from '../log/log-keys.ts'
import { sequenceLog } from '../log/sequence.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import type { TrustEvent } from '../trust/events.ts'
import { addMember } from '../trust/members.ts'
import { acceptList } from './accepted-lists.ts'
import { type BundleSlice, sliceOf } from './bundle-slice.ts'
import { headOf, historyOf } from './copied-lists.ts'
import { importRegistry } from './import-registry.ts'
import type { ImportedSlice } from './import-slice.ts'

const HOST = 'demo-onec'
const policy = { demonstration: true }
const LIMIT = 4 * 1024 * 1024

let origin: World
let host: World
beforeEach(async () => {
  origin = await aWorld({ baseUrl: 'https://ph.example' })
  host = await aWorld({ baseUrl: 'https://th.example' })
  await decisionsIn(host).authority(HOST, 'TH')
  await addMember(
    { owner: HOST, subject: OFFICER, roles: ['propose'], actor: 'registrar' },
    { store: host.store, now: noon },
  )
})

/** Registers so many bodies at the origin, with two entries each, and answers the bundle that it signs. */
async function bundleOf(bodies: number, now = noon): Promise<{ bundle: TrustBundle; note: string; head: string }> {
  const { store, artefacts, keys, baseUrl } = origin
  for (let at = 0; at < bodies; at++) {
    const stream = streams.trust(`body-${now.getTime()}-${at}`)
    const did = `did:web:ph.example:issuers:body-${at}` as const
    const registered: TrustEvent = {
      type: 'body-registered',
      identity: identity({ name: `Body ${at}` }),
      did,
      sandbox: false,
    } as TrustEvent
    const first = nextCommit(stream, [], { events: [registered], actor: 'a', now, index: 'ENTITIES' })
    const suspended: TrustEvent = { type: 'accreditation-suspended', grant: 'main', by: BODY, basis: 'decision 1' }
    await store.append(first)
    await store.append(nextCommit(stream, [first], { events: [suspended], actor: 'a', now, index: 'TRUST' }))
  }
  const at = new Date(now.getTime() + SECOND)
  await sequenceLog('registry', { store, artefacts, signer: keys, keys, baseUrl, now: at, seen: new Set() })
  await publishBundle({ store, artefacts, signer: keys, policy, baseUrl, now: at })
  return JSON.parse((await readBundle({ store, artefacts })) ?? '')
}

async function accept(): Promise<void> {
  const keys = await readVerifierKeys('registry', origin.baseUrl, origin.store)
  const terms = { registry: origin.baseUrl, keys, states: ['PH'], basis: 'memorandum 1' }
  const deps = { store: host.store, policy: { ...policy, roots: [HOST] }, baseUrl: host.baseUrl, now: noon }
  await acceptList({ authority: HOST, actor: OFFICER, ...terms }, deps)
}

const handIn = (file: unknown, store: CommitStore = host.store, now = after(10 * SECOND)) =>
  importRegistry({ authority: HOST, subject: OFFICER, file }, { store, now }) as Promise<ImportedSlice>

/** Does what `sijil relay` does. Answers the entries that each request sent. */
async function relay(file: { bundle: TrustBundle }, most: number, store: CommitStore = host.store): Promise<number[]> {
  const sent: number[] = []
  for (let from = 0; ; ) {
    const slice = await sliceOf(file, from, sent.length === 0 ? 0 : most)
    expect(Buffer.byteLength(JSON.stringify({ slice }))).toBeLessThan(LIMIT)
    sent.push(slice?.entries.length ?? 0)
    const { copied } = await handIn({ slice }, store)
    if (copied === file.bundle.size) return sent
    from = copied
  }
}

const copiedBodies = async (entries: TrustBundle['entries']) => {
  const owners = [...new Set(entries.map(({ stream }) => stream.split('/')[0] ?? ''))]
  const histories = await Promise.all(owners.map((id) => historyOf(origin.baseUrl, id, host.store)))
  return histories.reduce((sum, history) => sum + history.length, 0)
}

test('a list of ten thousand bodies, far too long for one request, is copied slice by slice', async () => {
  const bodies = isWhole ? 10_000 : 1_500
  const file = await bundleOf(bodies)
  if (isWhole) expect(Buffer.byteLength(JSON.stringify(file))).toBeGreaterThan(2 * LIMIT)
  await accept()
  const requests = await relay(file, 2_000)
  expect(requests.length).toBe(Math.ceil(file.bundle.size / 2_000) + 1)
  expect(await headOf(origin.baseUrl, host.store)).toMatchObject({ size: file.bundle.size })
  expect(await copiedBodies(file.bundle.entries)).toBe(file.bundle.size)
  // Everything is there, so one request with nothing in it is enough.
  expect(await relay(file, 2_000)).toEqual([0])
}, 600_000)

test('nothing of a list counts before its last slice', async () => {
  const file = await bundleOf(20)
  await accept()
  for (let from = 0; from < file.bundle.size; from += 10) {
    expect(await headOf(origin.baseUrl, host.store)).toBeUndefined()
    await handIn({ slice: await sliceOf(file, from, 10) })
  }
  expect(await headOf(origin.baseUrl, host.store)).toMatchObject({ size: file.bundle.size })
})

describe('a copy that is stopped continues where it was', () => {
  test.each([3, 40, 41, 75])('in slices, stopped at write %i', async (call) => {
    const file = await bundleOf(40)
    await accept()
    const { port } = withFaults<CommitStore>(host.store, [{ method: 'append', call, outcome: 'fails-before' }])
    await expect(relay(file, 30, port)).rejects.toMatchObject({ code: 'dependency-unavailable' })
    await relay(file, 30)
    expect(await copiedBodies(file.bundle.entries)).toBe(file.bundle.size)
    expect(await headOf(origin.baseUrl, host.store)).toMatchObject({ size: file.bundle.size })
  })

  test('in one request: the second one writes only what the first did not', async () => {
    const file = await bundleOf(700)
    await accept()
    const stopped = withFaults<CommitStore>(host.store, [{ method: 'append', call: 1_100, outcome: 'fails-before' }])
    await expect(handIn(file, stopped.port)).rejects.toMatchObject({ code: 'dependency-unavailable' })
    const second = withFaults<CommitStore>(host.store, [])
    await handIn(file, second.port)
    expect(second.calls('append')).toBeLessThan(file.bundle.size - 1_000 + 10)
    expect(await copiedBodies(file.bundle.entries)).toBe(file.bundle.size)
  })

  test('F41: with a later bundle, which goes on where the earlier one ended', async () => {
    const first = await bundleOf(20)
    await accept()
    await handIn({ slice: await sliceOf(first, 0, 25) })
    const second = await bundleOf(20, after(2 * SECOND))
    expect(await relay(second, 100)).toEqual([0, second.bundle.size - 25])
    expect(await copiedBodies(second.bundle.entries)).toBe(second.bundle.size)
  })
})

describe('I31, F42: everything is checked before the first write', () => {
  const change: [string, (slice: BundleSlice) => BundleSlice][] = [
    [
      'an entry was changed',
      (slice) => ({
        ...slice,
        entries: slice.entries.map((one, at) => (at === 3 ? { ...one, recordedAt: noon.toISOString() } : one)),
      }),
    ],
    ['an entry is missing', (slice) => ({ ...slice, entries: slice.entries.slice(1) })],
    [
      'two entries changed places',
      (slice) => ({
        ...slice,
        entries: [...slice.entries.slice(1, 2), ...slice.entries.slice(0, 1), ...slice.entries.slice(2)],
      }),
    ],
    ['the proof is that of another slice', (slice) => ({ ...slice, proof: slice.proof.slice(1) })],
    ['the policy was changed', (slice) => ({ ...slice, head: { ...slice.head, policy: { demonstration: false } } })],
    [
      'it is valid for longer',
      (slice) => ({ ...slice, head: { ...slice.head, validUntil: '2027-01-01T00:00:00.000Z' } }),
    ],
    ['it has no entries at all', (slice) => ({ ...slice, entries: 'none' }) as never],
  ]
  test.each(change)('a slice is refused if %s', async (_, changed) => {
    const file = await bundleOf(20)
    await accept()
    const slice = await sliceOf(file, 0, 30)
    if (slice === undefined) throw new Error('no slice')
    const { port, calls } = withFaults<CommitStore>(host.store, [])
    await expect(handIn({ slice: changed(slice) }, port)).rejects.toMatchObject({ code: 'validation-failed' })
    expect(calls('append')).toBe(0)
    expect((await handIn({ slice }, port)).copied).toBe(30)
  })

  test('a list with an entry that is no decision about an entity is refused as a whole', async () => {
    const commit = { events: [{ type: 'succeeded', successor: BODY, basis: 'x' }], actor: 'a', now: noon } as const
    await origin.store.append(
      nextCommit(streams.names('PH'), await origin.store.read(streams.names('PH')), { ...commit, index: 'TRUST' }),
    )
    const file = await bundleOf(5, after(2 * SECOND))
    await accept()
    const { port, calls } = withFaults<CommitStore>(host.store, [])
    for (const given of [file, { slice: await sliceOf(file, 0, 500) }])
      await expect(handIn(given, port)).rejects.toMatchObject({ code: 'validation-failed' })
    expect(calls('append')).toBe(0)
  })
})
