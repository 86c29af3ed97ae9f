import { decodeList, isSet } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { type Injected, withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { sampled } from '../../../../test/support/whole.ts'
import { readRecord } from '../certificates/read-record.ts'
import { RegistryError } from '../errors.ts'
import { publishStatusList } from '../status/status-list.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { IssueDeps } from './issue-deps.ts'
import { sweepReservations } from './sweep.ts'

/**
 * F9: a crash between any two steps. One certificate replaces another, because that takes the most steps. Each call of the store, the
 * boxes, the signer or the secrets fails in turn, in each way.
 */
const ports = {
  store: ['read', 'append', 'claim'],
  boxes: ['put', 'find'],
  signer: ['sign'],
  secrets: ['decrypt'],
} as const
type Port = keyof typeof ports
interface Step {
  port: Port
  method: string
  call: number
}

async function aWorldToReplaceIn(): Promise<{
  world: World
  first: string
  deps: (faults?: Fault[]) => Partial<IssueDeps>
}> {
  const world = await aWorld()
  const { uuid: first } = await world.issue()
  const deps = (faults: Fault[] = []) =>
    Object.fromEntries(
      (Object.keys(ports) as Port[]).map((port) => [
        port,
        withFaults<object>(
          world.issuing[port],
          faults.filter((fault) => fault.port === port) as unknown as Injected<object>[], // methods differ by port
        ).port,
      ]),
    )
  return { world, first, deps }
}
type Fault = Step & { outcome: 'fails-before' | 'fails-after'; error?: Error }

const replacing = (world: World, first: string, deps: Partial<IssueDeps>) =>
  world.issue({ replaces: first, holder: { name: 'RODEL MANALO CRUZ' } }, { key: 'key-2', deps })

/** Every call that a run without faults makes. */
async function stepsOf(): Promise<Step[]> {
  const { world, first } = await aWorldToReplaceIn()
  const counted = (Object.keys(ports) as Port[]).map(
    (port) => [port, withFaults<object>(world.issuing[port], [])] as const,
  )
  const deps = Object.fromEntries(counted.map(([port, faulty]) => [port, faulty.port]))
  await replacing(world, first, deps)
  return counted.flatMap(([port, { calls }]) =>
    ports[port].flatMap((method) =>
      Array.from({ length: calls(method as never) }, (_, place) => ({ port, method, call: place + 1 })),
    ),
  )
}

const steps = await stepsOf()
const isWrite = ({ method }: Step) => ['append', 'claim', 'put', 'sign'].includes(method)
const conflict = () => new RegistryError('write-conflict', 'written already, by this very client')
/** Every write, and a sample of the reads. */
const disturbed = [
  ...steps.filter(isWrite),
  ...sampled(
    steps.filter((step) => !isWrite(step)),
    { kept: 0, step: 3 },
  ),
]
const faults: [string, Fault][] = disturbed.flatMap((step): [string, Fault][] => {
  const name = `${step.port}.${step.method} ${step.call}`
  return [
    [`${name} fails`, { ...step, outcome: 'fails-before' }],
    ...(isWrite(step)
      ? ([[`${name} takes effect and its answer is lost`, { ...step, outcome: 'fails-after' }]] as [string, Fault][])
      : []),
    ...(step.method === 'append'
      ? ([[`${name} is tried twice and meets itself`, { ...step, outcome: 'fails-after', error: conflict() }]] as [
          string,
          Fault,
        ][])
      : []),
  ]
})

/** Must hold after every fault: no status entry is used twice, every signature is recorded, each certificate is issued at most once. */
function requireSound({ store, keys }: World) {
  const reservations = store.events('reserved')
  const entries = reservations.map(({ status }) => JSON.stringify(status))
  expect(new Set(entries).size, 'an entry was assigned twice').toBe(entries.length)
  const recorded = new Set(reservations.map(({ hash }) => hash))
  expect(keys.signatures.filter(({ purpose, hash }) => purpose === 'certificates' && !recorded.has(hash))).toEqual([])
  const released = store.events('issued').map(({ stream }) => stream)
  expect(new Set(released).size).toBe(released.length)
}

test('the disturbed run contains every kind of step', () => {
  expect(steps.filter(isWrite).map(({ port, method, call }) => `${port}.${method} ${call}`)).toEqual([
    'store.append 1',
    'store.append 2',
    'store.append 3',
    'store.append 4',
    'store.append 5',
    'store.append 6',
    'store.append 7',
    'store.claim 1',
    'boxes.put 1',
    'signer.sign 1',
  ])
  expect(steps.length).toBeGreaterThan(20)
})

describe('F9, I14, I15: after a fault the same request issues exactly one certificate', () => {
  test.each(faults)('%s', async (_, fault) => {
    const { world, first, deps } = await aWorldToReplaceIn()
    const troubled = await replacing(world, first, deps([fault])).catch(() => undefined)
    const issued = await replacing(world, first, { now: after(3 * SECOND) })
    if (troubled !== undefined) expect(issued).toEqual({ ...troubled, replayed: true })
    requireSound(world)
    expect(world.store.events('issued')).toHaveLength(2)
    expect(world.store.events('reserved')).toHaveLength(2)
    expect(await readRecord(BODY, first, world.store)).toMatchObject({
      state: 'revoked',
      reason: 'superseded',
      successor: issued.uuid,
    })
    const verifying = world.verifying(after(4 * SECOND))
    expect(await verifyDocument(issued.verifiableCredential, verifying)).toMatchObject({ verdict: 'valid' })
    expect(await replacing(world, first, { now: after(5 * SECOND) })).toEqual({ ...issued, replayed: true })
  })
})

describe('F9: the sweeper abandons an attempt that nobody continues, and its bit is set', () => {
  test.each(faults)('%s', async (_, fault) => {
    const { world, first, deps } = await aWorldToReplaceIn()
    await replacing(world, first, deps([fault])).catch(() => undefined)
    await sweepReservations(world.at(after(4 * MINUTE)))
    expect(world.store.events('burned'), 'abandoned too early').toEqual([])
    await sweepReservations(world.at(after(6 * MINUTE)))
    expect(await sweepReservations(world.at(after(7 * MINUTE)))).toBe(0)
    requireSound(world)

    const list = await publishStatusList(`${BODY}-1-revocation`, world.at(after(7 * MINUTE)))
    const bits = decodeList(JSON.parse(list.text).credentialSubject.encodedList)
    for (const { stream, status } of world.store.events('reserved')) {
      const record = await readRecord(BODY, String(stream.split('/').at(-1)), world.store)
      expect(['in-force', 'revoked', 'burned']).toContain(record?.state)
      expect(isSet(bits, (status as { index: number }).index)).toBe(record?.state !== 'in-force')
    }
    // One of the two certificates is in force.
    const replaced = await readRecord(BODY, first, world.store)
    expect(replaced?.state).toBe(world.store.events('issued').length === 2 ? 'revoked' : 'in-force')
    // If the request is sent again after all, it succeeds. An abandoned attempt stays abandoned.
    const burned = world.store.events('burned').map(({ stream }) => stream)
    const { uuid } = await replacing(world, first, { now: after(8 * MINUTE) })
    expect(burned.some((stream) => stream.endsWith(uuid))).toBe(false)
    expect(world.store.events('issued')).toHaveLength(2)
  })
})
