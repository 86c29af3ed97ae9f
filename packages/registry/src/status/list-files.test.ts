import { decodeList, setEntries } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, BODY, MINUTE, OFFICER, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { artefactLifetimes, type CheckedStore, checkedStore } from '../artefacts.ts'
import { readRecord } from '../certificates/read-record.ts'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import type { ArtefactName } from '../ports.ts'
import { type CommitStore, nextCommit, streams } from '../stream.ts'
import { packEntries } from './list-version.ts'
import { reinstateCertificate } from './reinstate.ts'
import { revokeCertificate } from './revoke.ts'
import { publishStatusList } from './status-list.ts'
import { suspendCertificate } from './suspend.ts'

const REVOCATION = `${BODY}-1-revocation`
const SUSPENSION = `${BODY}-1-suspension`

/** A world with so many certificates of one pair. */
async function issued(count: number) {
  const world = await aWorld()
  const all = []
  for (let place = 0; place < count; place++) {
    const { uuid } = await world.issue({ certificateNumber: `26-${place}` }, { key: `key-${place}` })
    const record = await readRecord(BODY, uuid, world.store)
    all.push({ change: { issuer: BODY, uuid, actor: OFFICER }, index: record?.reservation.status.index ?? -1 })
  }
  return { world, all }
}

async function entriesOf(
  id: string,
  world: World,
  now: Date,
  deps: { artefacts?: CheckedStore; store?: CommitStore } = {},
) {
  const { text } = await publishStatusList(id, { ...world.at(now), ...deps })
  return setEntries(decodeList(JSON.parse(text).credentialSubject.encodedList))
}
const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b)
const versionsOf = (id: string, world: World) => world.store.read(streams.listVersions(BODY, id))

test('the table holds name and digest of a version, its size does not grow with the list, and the file is what is answered', async () => {
  const { world, all } = await issued(12)
  for (const { change } of all) await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(SECOND)))
  expect(await entriesOf(REVOCATION, world, after(2 * SECOND))).toHaveLength(12)
  const { text } = await publishStatusList(REVOCATION, world.at(after(60 * MINUTE)))
  const [commit] = await versionsOf(REVOCATION, world)
  expect(JSON.stringify(commit).length).toBeLessThan(700)
  const [[name, bytes] = []] = [...world.files]
  expect(commit?.events).toMatchObject([{ artefact: { name }, count: 12 }])
  expect(Buffer.from(bytes ?? '').toString()).toBe(text)
})

test('a version from before there were files, with its entries in the commit, is answered, and the next one goes on from it', async () => {
  const { world, all } = await issued(1)
  const [one] = all as [(typeof all)[0]]
  const { text, validUntil } = await publishStatusList(SUSPENSION, world.at(after(SECOND)))
  const event = { type: 'published', text, set: packEntries([7, 70_000]), validUntil, through: after(0).toISOString() }
  const change = { events: [event], actor: 'system:lists', now: after(SECOND) }
  await world.store.append(nextCommit(streams.publishedList(BODY, REVOCATION), [], change))
  expect(await publishStatusList(REVOCATION, world.at(after(2 * SECOND)))).toEqual({ text, validUntil })
  await revokeCertificate({ ...one.change, reason: 'misconduct' }, world.at(after(3 * SECOND)))
  expect(await entriesOf(REVOCATION, world, after(4 * SECOND))).toEqual(ascending([7, 70_000, one.index]))
  // The code of then can be put back: its stream has nothing that it cannot read.
  expect(await world.store.read(streams.publishedList(BODY, REVOCATION))).toMatchObject([{ events: [event] }])
})

describe('F36: a crash between the file and its commit', () => {
  test.each(['fails-before', 'fails-after'] as const)(
    'of a put that %s answers nothing, and the next request signs anew',
    async (outcome) => {
      const { world } = await issued(1)
      const { port: artefacts } = withFaults(world.artefacts, [{ method: 'put', call: 1, outcome }])
      await expect(entriesOf(REVOCATION, world, after(SECOND), { artefacts })).rejects.toMatchObject({
        code: 'dependency-unavailable',
      })
      expect(await versionsOf(REVOCATION, world)).toEqual([])
      expect(await entriesOf(REVOCATION, world, after(2 * SECOND))).toEqual([])
      expect(world.faults).toEqual([])
    },
  )

  test('a file that no commit names is never answered', async () => {
    const { world } = await issued(1)
    const { port: store } = withFaults(world.store, [{ method: 'append', call: 1, outcome: 'fails-before' }])
    await expect(entriesOf(REVOCATION, world, after(SECOND), { store })).rejects.toThrow()
    const [orphan] = [...world.files.values()].map((bytes) => Buffer.from(bytes).toString())
    const { text } = await publishStatusList(REVOCATION, world.at(after(2 * SECOND)))
    expect(text).not.toBe(orphan)
  })
})

describe('F38: a version whose file is lost', () => {
  const losses: [string, (files: World['files'], name: ArtefactName) => unknown][] = [
    ['is missing', (files, name) => files.delete(name)],
    ['was changed', (files, name) => files.set(name, Buffer.from('{}'))],
  ]
  test.each(losses)(
    'and %s is reported and never answered, and the list is made again from the commits',
    async (_, lose) => {
      const { world, all } = await issued(3)
      const [one, two, three] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]]
      await revokeCertificate({ ...one.change, reason: 'misconduct' }, world.at(after(SECOND)))
      await suspendCertificate({ ...two.change, reason: 'holder-request' }, world.at(after(SECOND)))
      await suspendCertificate({ ...three.change, reason: 'holder-request' }, world.at(after(SECOND)))
      for (const id of [REVOCATION, SUSPENSION]) await publishStatusList(id, world.at(after(2 * SECOND)))
      await revokeCertificate({ ...two.change, reason: 'misconduct' }, world.at(after(40 * MINUTE)))
      await reinstateCertificate(three.change, world.at(after(40 * MINUTE)))
      for (const name of [...world.files.keys()]) lose(world.files, name)
      expect(await entriesOf(REVOCATION, world, after(41 * MINUTE))).toEqual(ascending([one.index, two.index]))
      expect(await entriesOf(SUSPENSION, world, after(41 * MINUTE))).toEqual([two.index])
      expect(world.faults).toHaveLength(2)
      // Repaired: the next request reads the new file.
      expect(await entriesOf(REVOCATION, world, after(42 * MINUTE))).toEqual(ascending([one.index, two.index]))
      expect(world.faults).toHaveLength(2)
      expect(await versionsOf(REVOCATION, world)).toHaveLength(2)
    },
  )

  test('I28: keeps revocations that the index does not show yet, and is refused if the index has lost older ones', async () => {
    const { world, all } = await issued(2)
    const [old, late] = all as [(typeof all)[0], (typeof all)[0]]
    await revokeCertificate({ ...old.change, reason: 'misconduct' }, world.at(after(SECOND)))
    await revokeCertificate({ ...late.change, reason: 'misconduct' }, world.at(after(30 * MINUTE)))
    await publishStatusList(REVOCATION, world.at(after(31 * MINUTE)))
    world.files.clear()
    const without = (hidden: string): CommitStore => ({
      ...storeOf(world),
      async list<E>(...question: Parameters<CommitStore['list']>) {
        const page = await world.store.list<E>(...question)
        return { ...page, commits: page.commits.filter(({ stream }) => !stream.endsWith(hidden)) }
      },
    })
    const now = after(32 * MINUTE)
    await expect(entriesOf(REVOCATION, world, now, { store: without(old.change.uuid) })).rejects.toMatchObject({
      code: 'internal',
    })
    const both = ascending([old.index, late.index])
    expect(await entriesOf(REVOCATION, world, now, { store: without(late.change.uuid) })).toEqual(both)
  })

  test('whose lifetime has ended is no fault: nobody asks for the file, and the list is made from the commits', async () => {
    const { world, all } = await issued(1)
    const [one] = all as [(typeof all)[0]]
    await revokeCertificate({ ...one.change, reason: 'misconduct' }, world.at(after(SECOND)))
    await publishStatusList(REVOCATION, world.at(after(2 * SECOND)))
    world.files.clear()
    const later = after(artefactLifetimes.lists * DAY_MS)
    expect(await entriesOf(REVOCATION, world, later)).toEqual([one.index])
    expect(world.faults).toEqual([])
  })
})

test('F37, I25: while the files are away an unchanged list is still answered by a process that read it, a changed one waits, and no change is left out', async () => {
  const { world, all } = await issued(3)
  const [one, two, three] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]]
  let isAway = false
  const unlessAway = <T>(work: () => T) => {
    if (isAway) throw new RegistryError('dependency-unavailable', 'the store is away')
    return work()
  }
  const troubled = {
    read: async (name: ArtefactName) => unlessAway(() => world.files.get(name)),
    put: async (name: ArtefactName, bytes: Uint8Array) => void unlessAway(() => world.files.set(name, bytes)),
  }
  const artefacts = checkedStore(troubled, { report: () => expect.fail('nothing is lost'), memory: 1_000_000 })
  const ask = (now: Date) => entriesOf(REVOCATION, world, now, { artefacts })
  await revokeCertificate({ ...one.change, reason: 'misconduct' }, world.at(after(SECOND)))
  expect(await ask(after(2 * SECOND))).toEqual([one.index])
  expect(await ask(after(3 * SECOND))).toEqual([one.index])
  isAway = true
  expect(await ask(after(MINUTE))).toEqual([one.index])
  await revokeCertificate({ ...two.change, reason: 'misconduct' }, world.at(after(2 * MINUTE)))
  // The list of before would hide a revocation that was acknowledged, so there is no answer.
  await expect(ask(after(3 * MINUTE))).rejects.toMatchObject({ code: 'dependency-unavailable' })
  await revokeCertificate({ ...three.change, reason: 'misconduct' }, world.at(after(4 * MINUTE)))
  await expect(ask(after(5 * MINUTE))).rejects.toMatchObject({ code: 'dependency-unavailable' })
  isAway = false
  expect(await ask(after(11 * MINUTE))).toEqual(ascending([one.index, two.index, three.index]))
  expect((await versionsOf(REVOCATION, world)).map(({ number }) => number)).toEqual([0, 1])
})

const storeOf = ({ store }: World): CommitStore => ({
  read: (stream) => store.read(stream),
  latest: (stream) => store.latest(stream),
  append: (commit) => store.append(commit),
  claim: (...claim) => store.claim(...claim),
  list: (index, page) => store.list(index, page),
})
