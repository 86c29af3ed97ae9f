import { openCheckpoint, parseNote, signNote } from '@sijil/tlog'
import { beforeEach, describe, expect, test } from 'vitest'
import { aWitness } from '../../../../test/support/a-witness.ts'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, MINUTE, noon, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { RegistryError } from '../errors.ts'
import { sweepReservations } from '../issuance/sweep.ts'
import { type CommitStore, nextCommit, readingOf, type StreamId, streams } from '../stream.ts'
import { auditStreams } from './audit.ts'
import { auditFull } from './audit-full.ts'
import { readCheckpoint, recordCosignatures } from './cosignatures.ts'
import { noteSignersAt, readLogKeys, verifierKeysOf } from './log-keys.ts'
import { originOf, pendingOn } from './logs.ts'
import { latestCheckpoint, readEntries } from './read-log.ts'
import { releasedEntry, releasedFrom } from './released.ts'
import { type SequenceDeps, sequenceLog } from './sequence.ts'
import { findPlace } from './serve.ts'

const HOUR = 60 * MINUTE
let world: World
beforeEach(async () => {
  world = await aWorld()
})

const run = (now: Date, change: Partial<SequenceDeps> = {}) =>
  sequenceLog('certificates', {
    store: world.store,
    artefacts: world.artefacts,
    signer: world.keys,
    keys: world.keys,
    baseUrl: world.baseUrl,
    now,
    seen: new Set(),
    ...change,
  })

const hashes = () => world.store.events('reserved').map(({ hash }) => String(hash))
async function logged(): Promise<string[]> {
  const size = (await latestCheckpoint('certificates', world.store))?.size ?? 0
  const entries: string[] = []
  for (let tile = 0; tile * 256 < size; tile++)
    entries.push(...(await readEntries('certificates', tile, world.store)).entries)
  return entries.slice(0, size)
}

/** Reserves, and stops before it is signed. The same key releases it later. */
async function reserve(certificateNumber: string, now = noon): Promise<void> {
  world.keys.beforeSigning = async () => {
    throw new RegistryError('dependency-unavailable', 'no key')
  }
  await expect(issue(certificateNumber, now)).rejects.toThrow()
  world.keys.beforeSigning = async () => {}
}
const issue = (certificateNumber: string, now = noon) =>
  world.issue({ certificateNumber }, { key: certificateNumber, deps: { now } })

/** Only what the audit says of certificates: the other logs are not written here. */
async function differences(now: Date, store: CommitStore = world.store): Promise<string[]> {
  const artefacts = { read: () => Promise.reject(new Error('no file is read')) }
  const found = (await auditStreams({ store, artefacts, now })).differences
  return found.filter((difference) => difference.includes('certificate'))
}

/** The line of the last checkpoint, read as a stranger reads it. */
async function stated(): Promise<number | undefined> {
  const keys = await verifierKeysOf('certificates', world.baseUrl, world.store)
  const note = (await readCheckpoint('certificates', world.store)) ?? new Uint8Array()
  return releasedFrom(openCheckpoint(note, { origin: originOf(world.baseUrl, 'certificates'), keys }).checkpoint)
}

/** The log as an earlier version wrote it: its certificates have no second entry, and its checkpoint has no such line. */
async function anOlderLog(count: number): Promise<string[]> {
  for (let at = 0; at < count; at++) await reserve(`older-${at}`)
  await run(noon)
  const stream = streams.logCheckpoints('certificates')
  const [first] = await world.store.read<{ note: string }>(stream)
  const event = first?.events[0]
  if (first === undefined || event === undefined) throw new Error('no checkpoint')
  const text = `${parseNote(Buffer.from(event.note)).text.split('\n').slice(0, 3).join('\n')}\n`
  const origin = originOf(world.baseUrl, 'certificates')
  const note = await signNote(text, noteSignersAt(noon, await readLogKeys(world.store), origin, world.keys))
  const older = [{ ...event, note: Buffer.from(note).toString() }]
  await world.store.append(nextCommit(stream, [first], { events: older, actor: 'system:log', now: noon }))
  for (let at = 0; at < count; at++) await issue(`older-${at}`, after(SECOND))
  return logged()
}

describe('I15, I30: a certificate that was released has a second entry in the log', () => {
  test('after the first, found by a key that anybody computes from the hash', async () => {
    await issue('A-1')
    await run(after(SECOND))
    const [hash = ''] = hashes()
    const bytes = Buffer.concat([Buffer.from('sijil/released/v1'), Buffer.from(hash, 'base64url')])
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    expect(releasedEntry(hash)).toBe(Buffer.from(digest).toString('base64url'))
    expect(await logged()).toEqual([hash, releasedEntry(hash)])
    expect(await findPlace('certificates', releasedEntry(hash), world.store)).toEqual({ index: 1, size: 2 })
    expect(await run(after(2 * SECOND))).toEqual({ size: 2, added: 0 })
  })

  test('also if it is released later, and in a process that remembers its first entry', async () => {
    const seen = new Set<string>()
    await reserve('A-1')
    await run(after(SECOND), { seen })
    await run(after(3 * MINUTE), { seen })
    const [hash = ''] = hashes()
    expect(await logged()).toEqual([hash])
    await issue('A-1', after(4 * MINUTE))
    await run(after(9 * MINUTE), { seen })
    expect(await logged()).toEqual([hash, releasedEntry(hash)])
    for (const minute of [16, 200]) expect(await run(after(minute * MINUTE), { seen })).toMatchObject({ added: 0 })
    expect(await differences(after(4 * HOUR))).toEqual([])
  })

  test('and never if it was abandoned, whatever is appended after that', async () => {
    await reserve('A-1')
    await run(after(SECOND))
    expect(await sweepReservations(world.at(after(10 * MINUTE)))).toBe(1)
    const [stream] = world.store.events('burned').map((event) => event.stream as StreamId)
    if (stream === undefined) throw new Error('nothing was abandoned')
    const forged = [{ type: 'issued', generation: 0 }]
    const history = await world.store.read(stream)
    await world.store.append(nextCommit(stream, history, { events: forged, actor: 'x', now: after(11 * MINUTE) }))
    for (const minute of [12, 16, 181]) await run(after(minute * MINUTE))
    expect(await logged()).toEqual(hashes())
    expect(await differences(after(4 * HOUR))).toEqual([])
  })

  test('and stays if the certificate is revoked', async () => {
    const { uuid } = await issue('A-1')
    await run(after(SECOND))
    const stream = streams.certificate(BODY, uuid)
    const revoked = [{ type: 'revoked', reason: 'issued-in-error', pair: 'p', index: 1 }]
    const history = await world.store.read(stream)
    await world.store.append(nextCommit(stream, history, { events: revoked, actor: 'a', now: after(MINUTE) }))
    await run(after(3 * MINUTE))
    expect(await logged()).toHaveLength(2)
    expect(await differences(after(4 * HOUR))).toEqual([])
  })

  test('from two writers at once, in the order of one of them', async () => {
    await run(noon)
    for (let round = 1; round <= 5; round++) {
      const now = after(round * SECOND)
      await issue(`A-${round}`, now)
      await Promise.allSettled([run(now), run(now), run(now)])
    }
    await run(after(MINUTE))
    const entries = await logged()
    expect(entries.toSorted()).toEqual(
      hashes()
        .flatMap((hash) => [hash, releasedEntry(hash)])
        .toSorted(),
    )
    for (const hash of hashes()) expect(entries.indexOf(hash)).toBeLessThan(entries.indexOf(releasedEntry(hash)))
  })

  test('F18: also if the writer is stopped at any write, with the two entries in different tiles', async () => {
    const full = async () => {
      world = await aWorld()
      for (let at = 0; at < 255; at++) {
        const stream = streams.certificate(BODY, `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`)
        const events = [{ type: 'reserved', hash: Buffer.from(String(at).padStart(32)).toString('base64url') }]
        const index = pendingOn(noon.getTime())
        await world.store.append(nextCommit(stream, [], { events, actor: 'a', now: noon, index }))
      }
      await run(noon)
      await issue('A-1', after(SECOND))
    }
    await full()
    const { port, calls } = withFaults(world.store, [])
    await run(after(2 * SECOND), { store: port })
    const whole = await logged()
    const last = hashes().at(-1) ?? ''
    expect(whole.slice(255)).toEqual([last, releasedEntry(last)])
    // Both entries, both pointers, an upper tile and the checkpoint.
    expect(calls('append')).toBe(6)
    for (let call = 1; call <= 6; call++)
      for (const outcome of ['fails-before', 'fails-after'] as const) {
        await full()
        const { port: stopped } = withFaults(world.store, [{ method: 'append', call, outcome }])
        await run(after(2 * SECOND), { store: stopped }).catch(() => undefined)
        await run(after(3 * SECOND))
        const entry = hashes().at(-1) ?? ''
        expect((await logged()).slice(255)).toEqual([entry, releasedEntry(entry)])
      }
  })
})

describe('the checkpoint says where these entries begin', () => {
  test('in a new log at the first entry, from its first checkpoint on', async () => {
    await run(noon)
    expect(await stated()).toBe(0)
    await issue('A-1')
    await run(after(MINUTE))
    expect(await stated()).toBe(0)
  })

  test('in an older log behind its last entry, and never elsewhere afterwards; what stands before keeps one entry', async () => {
    const older = await anOlderLog(2)
    // A cosignature covers every line, so a checkpoint of the same size keeps its text.
    await run(after(HOUR))
    expect(await stated()).toBeUndefined()
    await issue('A-1', after(HOUR))
    await run(after(HOUR + MINUTE))
    expect(await stated()).toBe(2)
    const [, , hash = ''] = hashes()
    expect(await logged()).toEqual([...older, hash, releasedEntry(hash)])
    await issue('A-2', after(2 * HOUR))
    for (const hour of [2, 3, 4, 5, 6]) await run(after(hour * HOUR + MINUTE))
    expect(await stated()).toBe(2)
    expect(await logged()).toHaveLength(6)
    expect(await differences(after(7 * HOUR))).toEqual([])
    expect(
      await auditFull({ store: world.store, artefacts: world.artefacts, now: after(7 * HOUR), from: '2025-01-01' }),
    ).toEqual({
      differences: [],
    })
  })

  test('D006: and a witness that cosigned the older text is still believed, until the log grows', async () => {
    const witness = aWitness('witness.example')
    await anOlderLog(1)
    const older = (await readCheckpoint('certificates', world.store)) ?? new Uint8Array()
    const note = await witness.cosign(older, after(2 * SECOND))
    const deps = { store: world.store, witnesses: [witness.key], baseUrl: world.baseUrl, now: after(2 * SECOND) }
    expect(await recordCosignatures({ log: 'certificates', note }, deps)).toBe(1)
    await run(after(HOUR))
    const newer = Buffer.from((await readCheckpoint('certificates', world.store)) ?? []).toString()
    expect(newer.split('\n').slice(0, 3)).toEqual(Buffer.from(older).toString().split('\n').slice(0, 3))
    // A cosignature that did not fit would be refused here.
    expect(await recordCosignatures({ log: 'certificates', note: Buffer.from(newer) }, deps)).toBe(0)
  })

  test.each(['', '-1', '01', '1 ', '12345678901234567', 'x'])('a line with %j states no place', (text) => {
    expect(releasedFrom({ extensions: [`sijil/released/v1 ${text}`] })).toBeUndefined()
  })

  test('nothing is signed over a line that somebody moved', async () => {
    await issue('A-1')
    await run(noon)
    await issue('A-2', after(SECOND))
    const store: CommitStore = { ...readingOf(world.store), append: (commit) => world.store.append(commit) }
    store.latest = async <E>(stream: StreamId) => {
      const found = await world.store.latest<E>(stream)
      return found && JSON.parse(JSON.stringify(found).replace('released/v1 0', 'released/v1 9'))
    }
    await expect(run(after(2 * SECOND), { store })).rejects.toThrow('signature')
  })
})

describe('F22: the hourly audit compares the second entries with the streams', () => {
  /** An attacker who can write to the table adds an entry. The writer of the logs then signs over it. */
  async function forge(entry: string, now: Date): Promise<void> {
    const { commits } = await readEntries('certificates', 0, world.store)
    const events = [{ type: 'entries-logged', entries: [entry] }]
    await world.store.append(nextCommit(streams.logTile('certificates', 0, 0), commits, { events, actor: 'x', now }))
    await run(now)
  }

  test('a forged one of a certificate that was never released is named', async () => {
    await reserve('A-1')
    await run(after(SECOND))
    const [hash = ''] = hashes()
    await forge(releasedEntry(hash), after(2 * SECOND))
    const [stream] = world.store.events('reserved').map((event) => event.stream)
    const named = [`${stream}: not released (log/certificates/1)`]
    expect(await differences(after(HOUR))).toEqual(named)
    await sweepReservations(world.at(after(2 * HOUR)))
    expect(await differences(after(3 * HOUR))).toEqual(named)
  })

  test('a forged one of nothing is named like any other', async () => {
    await issue('A-1')
    await run(after(SECOND))
    await forge(releasedEntry('x'), after(2 * SECOND))
    expect(await differences(after(HOUR))).toEqual([
      expect.stringMatching(/^log\/certificates\/2 \([\w-]{43}\): reserved on no day since /),
    ])
  })

  test('one that is missing is named once the writer no longer looks for it, and an operator has it logged', async () => {
    await reserve('A-1')
    await reserve('A-2')
    for (const minute of [0, 3, 9, 16, 181]) await run(after(minute * MINUTE))
    await issue('A-1', after(182 * MINUTE))
    await run(after(185 * MINUTE))
    expect(await differences(after(185 * MINUTE))).toEqual([])
    const [stream] = world.store.events('issued').map((event) => event.stream)
    expect(await differences(after(4 * HOUR))).toEqual([`${stream}/0: its release is in no log`])
    await run(after(5 * HOUR), { since: after(-HOUR).toISOString() })
    expect(await differences(after(6 * HOUR))).toEqual([])
    expect(await logged()).toHaveLength(3)
  })

  test('a stream with a gap is named, and keeps no other from being compared', async () => {
    await reserve('A-1')
    await reserve('A-2')
    for (const minute of [0, 181]) await run(after(minute * MINUTE))
    await issue('A-2', after(182 * MINUTE))
    const [broken, other] = world.store.events('reserved').map((event) => event.stream)
    const store: CommitStore = {
      ...readingOf(world.store),
      append: (commit) => world.store.append(commit),
      async read<E>(stream: StreamId) {
        if (stream === broken) throw new RegistryError('internal', 'a record is not complete')
        return world.store.read<E>(stream)
      },
    }
    const named = [`${broken}/0: not complete`, `${other}/0: its release is in no log`]
    expect((await differences(after(4 * HOUR), store)).toSorted()).toEqual(named.toSorted())
  })

  test('a row whose hash is none enters no log and stops nothing', async () => {
    const stream = streams.certificate(BODY, '00000000-0000-4000-8000-000000000000')
    for (const [number, hash] of [undefined, 'RODEL MANALO DELA CRUZ'].entries()) {
      const own = `${stream}${number}` as StreamId
      const index = pendingOn(noon.getTime())
      const events = [{ type: 'reserved', hash }]
      await world.store.append(nextCommit(own, [], { events, actor: 'x', now: noon, index }))
    }
    await issue('A-1')
    expect(await run(after(SECOND))).toMatchObject({ added: 2 })
    expect(await differences(after(HOUR))).toEqual([`${stream}0/0: changed`, `${stream}1/0: changed`])
  })
})
