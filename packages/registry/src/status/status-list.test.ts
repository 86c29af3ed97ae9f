import { decodeList, isSet, LIST_ENTRIES, verifyStatusList } from '@sijil/credentials'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { indexShowing } from '../../../../test/support/index-showing.ts'
import {
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import type { CertificateEvent } from '../certificates/record.ts'
import { certificateUuid, issuerSecret } from '../certificates/secrecy.ts'
import { isEntrySet } from '../certificates/set-entries.ts'
import { claimStatusEntry, parseListId } from '../certificates/status-pair.ts'
import { addKey, compromiseKey } from '../decisions/keys.ts'
import { RegistryError } from '../errors.ts'
import { type CommitStore, nextCommit, type StreamId, streams } from '../stream.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import { changeStatus } from './change-status.ts'
import { packEntries, unpackEntries } from './list-version.ts'
import { reinstateCertificate } from './reinstate.ts'
import { revocation as revocationBy, revokeCertificate } from './revoke.ts'
import { publishStatusList } from './status-list.ts'
import { suspendCertificate } from './suspend.ts'

const pair = `${BODY}-1`
const revocation = `${pair}-revocation`
const suspension = `${pair}-suspension`

async function entriesOf(id: string, world: World, now: Date, store: CommitStore = world.store): Promise<number[]> {
  const { text } = await publishStatusList(id, { ...world.at(now), store })
  const bits = decodeList(JSON.parse(text).credentialSubject.encodedList)
  return Array.from({ length: LIST_ENTRIES }, (_, index) => index).filter((index) => isSet(bits, index))
}

/** A world with a number of certificates of one pair. Only their streams exist, as these tests need no documents. */
async function certificates(count: number) {
  const world = await aWorld()
  const secret = await issuerSecret(BODY, { reader: world.store, secrets: world.keys })
  const made = Array.from({ length: count }, async (_, place) => {
    const uuid = certificateUuid(secret, `key-${place}`, 0)
    const status = await claimStatusEntry({ issuer: BODY, uuid }, { store: world.store, secret, now: noon })
    const stream = streams.certificate(BODY, uuid)
    const reserved = {
      type: 'reserved',
      hash: uuid,
      kid: 'k',
      status,
      number: { tag: uuid, sealed: '' },
    } as CertificateEvent
    const events = [reserved, { type: 'issued', generation: 0 }] satisfies CertificateEvent[]
    await world.store.append(nextCommit(stream, [], { events, actor: OFFICER, now: noon }))
    return { uuid, index: status.index, pair: status.pair, change: { issuer: BODY, uuid, actor: OFFICER } }
  })
  return { world, all: await Promise.all(made) }
}
/** Changes the status without the brake. */
const compromised = revocationBy({ reason: 'key-compromise' })
const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b)

/** The same store with an index that hides some commits. */
function lagging(world: World): { store: CommitStore; hide(hidden: (stream: StreamId) => boolean): void } {
  let hidden = (_: StreamId) => false
  const store: CommitStore = {
    read: (stream) => world.store.read(stream),
    latest: (stream) => world.store.latest(stream),
    append: (commit) => world.store.append(commit),
    claim: (...claim) => world.store.claim(...claim),
    async list<E>(...question: Parameters<CommitStore['list']>) {
      const page = await world.store.list<E>(...question)
      return { ...page, commits: page.commits.filter(({ stream }) => !hidden(stream)) }
    },
  }
  return { store, hide: (chosen) => (hidden = chosen) }
}

describe('a status list', () => {
  test('I29a, I7: is a credential of its own issuer, signed by its list key, and states how long it may be cached', async () => {
    const { world } = await certificates(1)
    const { text } = await publishStatusList(revocation, world.at(noon))
    const entity = entityAt(BODY, await trustOf(world.store)(BODY), noon.toISOString())
    const key = (purpose: string) => entity?.keys.find((one) => one.purpose === purpose)?.publicKeyMultibase
    const document = JSON.parse(text)
    expect(document).toMatchObject({
      id: `${world.baseUrl}/status-lists/${revocation}`,
      issuer: entity?.did,
      validFrom: '2026-03-02T12:00:00Z',
      validUntil: '2026-03-03T12:00:00Z',
    })
    expect(document.proof.verificationMethod).toBe(`${entity?.did}#lists-1`)
    expect(world.keys.signatures.map(({ purpose }) => purpose)).toEqual(['lists'])
    const expected = { id: document.id, issuer: String(entity?.did), purpose: 'revocation' as const, now: noon }
    const checkedWith = (purpose: string) => () =>
      verifyStatusList(document, { ...expected, publicKeyMultibase: String(key(purpose)) })
    expect(checkedWith('lists')).not.toThrow()
    expect(checkedWith('certificates')).toThrow()
  })

  test.each([
    'demo-tesda-2-revocation',
    'demo-tesda-1-other',
    'nobody-1-revocation',
    '',
    'demo-tesda-01-revocation',
    '../x-1-revocation',
  ])('is not found if it was never opened: %j', async (id) => {
    const { world } = await certificates(1)
    await expect(publishStatusList(id, world.at(noon))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('has exactly the entries that are revoked or suspended', async () => {
    const { world, all } = await certificates(6)
    const [first, second, third, fourth] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0], (typeof all)[0]]
    await revokeCertificate({ ...first.change, reason: 'misconduct' }, world.at(after(SECOND)))
    await suspendCertificate({ ...second.change, reason: 'under-investigation' }, world.at(after(SECOND)))
    await suspendCertificate({ ...third.change, reason: 'under-investigation' }, world.at(after(SECOND)))
    await reinstateCertificate(third.change, world.at(after(2 * SECOND)))
    await suspendCertificate({ ...fourth.change, reason: 'holder-request' }, world.at(after(SECOND)))
    await revokeCertificate({ ...fourth.change, reason: 'holder-request' }, world.at(after(2 * SECOND)))
    expect(await entriesOf(revocation, world, after(3 * SECOND))).toEqual(ascending([first.index, fourth.index]))
    expect(await entriesOf(suspension, world, after(3 * SECOND))).toEqual(ascending([second.index, fourth.index]))
    expect(await isEntrySet(revocation, first.index, world.store)).toBe(true)
    expect(await isEntrySet(revocation, second.index, world.store)).toBe(false)
  })

  test('I26: is a pure function of the changes: for every history it is the same, whether published once or often', async () => {
    const step = fc.record({
      on: fc.nat({ max: 3 }),
      verb: fc.constantFrom('revoke', 'suspend', 'reinstate', 'publish'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { world, all } = await certificates(4)
        const revoked = new Set<number>()
        const suspended = new Set<number>()
        let clock = 0
        for (const { on, verb } of steps) {
          const { change, index } = all[on] as (typeof all)[0]
          const deps = world.at(after(++clock * 40 * SECOND))
          if (verb === 'publish') {
            await publishStatusList(revocation, deps)
            await publishStatusList(suspension, deps)
            continue
          }
          if (revoked.has(index)) continue
          if (verb === 'revoke') {
            await revokeCertificate({ ...change, reason: 'misconduct' }, deps)
            revoked.add(index)
          } else if (verb === 'suspend') {
            await suspendCertificate({ ...change, reason: 'holder-request' }, deps)
            suspended.add(index)
          } else {
            await reinstateCertificate(change, deps)
            suspended.delete(index)
          }
        }
        const last = after(clock * 40 * SECOND + SECOND)
        expect(await entriesOf(revocation, world, last)).toEqual(ascending([...revoked]))
        expect(await entriesOf(suspension, world, last)).toEqual(ascending([...suspended]))
      }),
      { numRuns: 25 },
    )
  })

  test('without a change the published version is answered until half of its validity has passed', async () => {
    const { world } = await certificates(1)
    const first = await publishStatusList(revocation, world.at(noon))
    expect(await publishStatusList(revocation, world.at(after(11 * 60 * MINUTE)))).toEqual(first)
    const later = await publishStatusList(revocation, world.at(after(12 * 60 * MINUTE)))
    expect(Date.parse(later.validUntil)).toBeGreaterThan(Date.parse(first.validUntil))
    expect(await world.store.read(streams.listVersions(BODY, revocation))).toHaveLength(2)
  })

  test('after many revocations the list of suspensions reads no certificate, and soon no longer reads these changes', async () => {
    const { world, all } = await certificates(520)
    await publishStatusList(suspension, world.at(noon))
    for (const { change } of all.slice(0, -1)) await changeStatus(change, compromised, world.at(after(SECOND)))
    const read: StreamId[] = []
    const listed: number[] = []
    const store: CommitStore = {
      ...lagging(world).store,
      read(stream) {
        read.push(stream)
        return world.store.read(stream)
      },
      async list<E>(...question: Parameters<CommitStore['list']>) {
        const page = await world.store.list<E>(...question)
        listed.push(page.commits.length)
        return page
      },
    }
    await entriesOf(suspension, world, after(2 * SECOND), store)
    const last = all.at(-1) as (typeof all)[0]
    await revokeCertificate({ ...last.change, reason: 'key-compromise' }, world.at(after(20 * MINUTE)))
    expect(await entriesOf(suspension, world, after(21 * MINUTE), store)).toEqual([])
    expect(read.filter((stream) => stream.includes('certificate'))).toEqual([])
    listed.length = 0
    await entriesOf(suspension, world, after(22 * MINUTE), store)
    expect(listed).toEqual([1])
    expect(await world.store.read(streams.listVersions(BODY, suspension))).toHaveLength(2)
  })

  test('is signed again at once by another key, if its key was compromised or suspended', async () => {
    const world = await aWorld()
    await world.issue()
    const list = `${BODY}-1-revocation`
    const signedBy = async (now: Date) =>
      String(JSON.parse((await publishStatusList(list, world.at(now))).text).proof.verificationMethod).split('#')[1]
    expect(await signedBy(after(SECOND))).toBe('lists-1')
    const added = { id: BODY, purpose: 'lists', actor: 'officer' } as const
    await addKey({ ...added, algorithm: 'Ed25519' }, world.at(after(2 * SECOND)))
    expect(await signedBy(after(3 * SECOND))).toBe('lists-1')
    const compromised = { id: BODY, kid: 'lists-1', actor: 'officer', effectiveAt: after(SECOND).toISOString() }
    await compromiseKey(compromised, world.at(after(4 * SECOND)))
    expect(await signedBy(after(5 * SECOND))).toBe('lists-2')
    await expect(addKey({ ...added, algorithm: 'P-256' }, world.at(after(6 * SECOND)))).rejects.toMatchObject({
      faults: [{ pointer: '/algorithm' }],
    })
  })

  test('I16: is withheld if another key than the recorded one signed it', async () => {
    const world = await aWorld()
    await world.issue()
    const deps = world.at(after(SECOND))
    const signer = { sign: async () => new Uint8Array(64) }
    const published = publishStatusList(`${BODY}-1-revocation`, { ...deps, signer })
    await expect(published).rejects.toMatchObject({ code: 'internal' })
    expect(world.store.events('published')).toHaveLength(0)
  })

  test('T003: five hundred revocations at once are all in the next list', async () => {
    const { world, all } = await certificates(600)
    await entriesOf(revocation, world, noon)
    const revoked = all.slice(0, 500)
    await Promise.all(revoked.map(({ change }) => changeStatus(change, compromised, world.at(after(SECOND)))))
    expect(await entriesOf(revocation, world, after(2 * SECOND))).toEqual(ascending(revoked.map(({ index }) => index)))
  })
})

describe('I28: while the index lags', () => {
  test('a published revocation is never taken back, however long the index lags', async () => {
    const { world, all } = await certificates(2)
    const [first, second] = all as [(typeof all)[0], (typeof all)[0]]
    const { store, hide } = lagging(world)
    await revokeCertificate({ ...first.change, reason: 'misconduct' }, world.at(after(SECOND)))
    expect(await entriesOf(revocation, world, after(2 * SECOND), store)).toEqual([first.index])
    hide((stream) => stream.endsWith(first.uuid))
    await revokeCertificate({ ...second.change, reason: 'misconduct' }, world.at(after(MINUTE)))
    for (const minutes of [2, 5, 60 * 13])
      expect(await entriesOf(revocation, world, after(minutes * MINUTE), store)).toEqual(
        ascending([first.index, second.index]),
      )
  })

  test('a change that appears late, behind changes that were published, is not missed', async () => {
    const { world, all } = await certificates(2)
    const [late, early] = all as [(typeof all)[0], (typeof all)[0]]
    const { store, hide } = lagging(world)
    await revokeCertificate({ ...late.change, reason: 'misconduct' }, world.at(after(SECOND)))
    await suspendCertificate({ ...late.change, reason: 'holder-request' }, world.at(after(SECOND))).catch(() => {})
    hide((stream) => stream.endsWith(late.uuid))
    await revokeCertificate({ ...early.change, reason: 'misconduct' }, world.at(after(90 * SECOND)))
    expect(await entriesOf(revocation, world, after(91 * SECOND), store)).toEqual([early.index])
    hide(() => false)
    expect(await entriesOf(revocation, world, after(100 * SECOND), store)).toEqual(ascending([late.index, early.index]))
  })

  test('F20: a change that was recorded by a clock ten minutes behind is not missed', async () => {
    const { world, all } = await certificates(2)
    const [behind, ahead] = all as [(typeof all)[0], (typeof all)[0]]
    await revokeCertificate({ ...ahead.change, reason: 'misconduct' }, world.at(after(11 * MINUTE)))
    expect(await entriesOf(revocation, world, after(11 * MINUTE))).toEqual([ahead.index])
    await revokeCertificate({ ...behind.change, reason: 'misconduct' }, world.at(after(MINUTE)))
    expect(await entriesOf(revocation, world, after(12 * MINUTE))).toEqual(ascending([behind.index, ahead.index]))
  })

  test("a suspension stays in the list until the certificate's own stream shows that it was lifted", async () => {
    const { world, all } = await certificates(1)
    const [{ change, index, uuid }] = all as [(typeof all)[0]]
    const { store, hide } = lagging(world)
    await suspendCertificate({ ...change, reason: 'under-investigation' }, world.at(after(SECOND)))
    expect(await entriesOf(suspension, world, after(2 * SECOND), store)).toEqual([index])
    hide((stream) => stream.endsWith(uuid))
    expect(await entriesOf(suspension, world, after(MINUTE), store)).toEqual([index])
    await reinstateCertificate(change, world.at(after(2 * MINUTE)))
    expect(await entriesOf(suspension, world, after(2 * MINUTE), store)).toEqual([index])
    hide(() => false)
    expect(await entriesOf(suspension, world, after(3 * MINUTE), store)).toEqual([])
  })

  test('the list is right even if the index shows only the lifting, or only the suspension', async () => {
    const { world, all } = await certificates(1)
    const [{ change, index }] = all as [(typeof all)[0]]
    await suspendCertificate({ ...change, reason: 'under-investigation' }, world.at(after(SECOND)))
    await reinstateCertificate(change, world.at(after(2 * SECOND)))
    await suspendCertificate({ ...change, reason: 'under-investigation' }, world.at(after(3 * SECOND)))
    const onlyTheLifting: CommitStore = Object.assign(lagging(world).store, {
      list: async (...question: Parameters<CommitStore['list']>) => {
        const page = await world.store.list<CertificateEvent>(...question)
        return { commits: page.commits.filter(({ events }) => events[0]?.type === 'reinstated') }
      },
    })
    expect(await entriesOf(suspension, world, after(4 * SECOND), onlyTheLifting)).toEqual([index])
  })
})

describe('a change that only the index shows', () => {
  const change = {
    revoked: (entry: { pair: string; index: number }) => ({ type: 'revoked', reason: 'misconduct', ...entry }),
    suspended: (entry: { pair: string; index: number }) => ({ type: 'suspended', reason: 'holder-request', ...entry }),
  }
  test.each([
    [revocation, 'revoked'],
    [suspension, 'suspended'],
  ] as const)('enters no list until the stream of its certificate holds it: %s, %s', async (id, type) => {
    const { world, all } = await certificates(2)
    const [whole, other] = all as [(typeof all)[0], (typeof all)[0]]
    const commitOf = async ({ uuid, index }: typeof whole, now: Date) => {
      const stream = streams.certificate(BODY, uuid)
      const events = [change[type]({ pair, index })]
      const written = { events, actor: OFFICER, now, index: `STATUS#${pair}` } as const
      return nextCommit<unknown>(stream, await world.store.read(stream), written)
    }
    await world.store.append(await commitOf(whole, after(SECOND)))
    const halfWritten = await commitOf(other, after(2 * SECOND))
    const store = indexShowing(world.store, [halfWritten])
    expect(await entriesOf(id, world, after(3 * SECOND), store)).toEqual([whole.index])
    expect(await isEntrySet(id, whole.index, store)).toBe(true)
    expect(await isEntrySet(id, other.index, store)).toBe(false)

    await world.store.append(halfWritten)
    expect(await entriesOf(id, world, after(4 * SECOND))).toEqual(ascending([whole.index, other.index]))
    expect(await isEntrySet(id, other.index, world.store)).toBe(true)
  })
})

describe('F17, T011: two publishers at once', () => {
  test('one version is recorded, both answer with it, and no version is lost or undone', async () => {
    const { world, all } = await certificates(1)
    const [{ change, index }] = all as [(typeof all)[0]]
    const {
      port: slow,
      waiting,
      release,
    } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'waits-after' }])
    const first = publishStatusList(revocation, { ...world.at(noon), signer: slow })
    await waiting
    await revokeCertificate({ ...change, reason: 'misconduct' }, world.at(after(SECOND)))
    const second = await publishStatusList(revocation, world.at(after(SECOND)))
    release()
    expect(await first).toEqual(second)
    expect(await world.store.read(streams.listVersions(BODY, revocation))).toHaveLength(1)
    expect(await entriesOf(revocation, world, after(2 * SECOND))).toEqual([index])
  })

  test('a publisher that loses every race gives up after five tries', async () => {
    const { world } = await certificates(1)
    const conflict = new RegistryError('write-conflict', 'another version was recorded')
    const losses = Array.from({ length: 10 }, (_, place) => ({
      method: 'append' as const,
      call: place + 1,
      outcome: 'fails-before' as const,
      error: conflict,
    }))
    const { port: store, calls } = withFaults(world.store, losses)
    const published = publishStatusList(revocation, { ...world.at(noon), store })
    await expect(published).rejects.toMatchObject({ code: 'dependency-unavailable' })
    expect(calls('append')).toBe(5)
  })

  test('F16: a version that was not stored is not answered, and the next request makes it', async () => {
    const { world } = await certificates(1)
    const { port: store } = withFaults(world.store, [{ method: 'append', call: 1, outcome: 'fails-before' }])
    const failed = publishStatusList(revocation, { ...world.at(noon), store })
    await expect(failed).rejects.toMatchObject({ code: 'dependency-unavailable' })
    await publishStatusList(revocation, world.at(noon))
  })
})

describe('I016, I018, I17, I29: entries', () => {
  test('two thousand certificates at once have two thousand entries, which look random', async () => {
    const { all } = await certificates(2_000)
    expect(new Set(all.map(({ pair: list, index }) => `${list} ${index}`)).size).toBe(2_000)
    expect(new Set(all.map(({ pair: list }) => list))).toEqual(new Set([pair]))
    // Runs above and below the median (Wald and Wolfowitz): 1,001 expected, with a deviation of 22.4.
    const indexes = all.map(({ index }) => index)
    const median = ascending(indexes)[1_000] ?? 0
    const runs = indexes.filter(
      (index, place) => place === 0 || index < median !== (indexes[place - 1] ?? 0) < median,
    ).length
    expect(Math.abs(runs - 1_001)).toBeLessThan(4.5 * 22.4)
    // And they fill the whole list evenly: each sixteenth has 125, with a deviation of 10.8.
    const parts = Array.from({ length: 16 }, (_, part) => indexes.filter((index) => index >> 13 === part).length)
    for (const count of parts) expect(Math.abs(count - 125)).toBeLessThan(4.5 * 10.8)
  })

  test('certificates issued one after another are not neighbours in the list', async () => {
    const { all } = await certificates(200)
    const near = all.filter(({ index }, place) => place > 0 && Math.abs(index - (all[place - 1]?.index ?? 0)) < 100)
    expect(near.length).toBeLessThan(4)
  })

  test('packing and unpacking keeps the entries', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: LIST_ENTRIES - 1 })), (entries) => {
        expect([...unpackEntries(packEntries(entries))]).toEqual(ascending(entries))
      }),
    )
  })

  test('an id names the issuer, pair and purpose of a list, and other texts are refused', () => {
    expect(parseListId('demo-ph-tesda-12-suspension')).toEqual({
      issuer: 'demo-ph-tesda',
      pair: 'demo-ph-tesda-12',
      purpose: 'suspension',
    })
    for (const text of ['demo-ph-tesda-suspension', 'demo-1-Revocation', 'demo-1-revocation/..', 'demo-1-revocation\n'])
      expect(parseListId(text)).toBeUndefined()
  })
})
