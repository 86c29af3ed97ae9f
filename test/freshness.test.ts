import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeList, isSet } from '@sijil/credentials'
import { keptFor } from '@sijil/http'
import { RegistryError, streams } from '@sijil/registry'
import { suspendAccreditation } from '@sijil/registry/decisions'
import { findPlace, sequenceLog } from '@sijil/registry/log'
import { revokeCertificate } from '@sijil/registry/status'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { routes } from '../functions/routes.ts'
import { sequenceOrder } from '../infra/aws/limits.ts'
import { AUTHORITY, after, aWorld, BODY, GRANT, MINUTE, noon, OFFICER, SECOND } from './support/registry-world.ts'
import { aCache, aSimulatedRegistry } from './support/simulated-registry.ts'
import { decisionsIn } from './support/trust-world.ts'

/** I22, I25, F5: everybody sees an acknowledged change within a minute, through all memories and caches together. */
const constant = (file: string, name: string): number => {
  const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
  const [, number = ''] = new RegExp(`^(?:export )?const ${name} = ([\\d_]+)$`, 'm').exec(text) ?? []
  return Number(number.replaceAll('_', '')) || Number.NaN
}
const maxAge = (text: string) => Number(/max-age=(\d+)/.exec(text)?.[1] ?? Number.NaN) * SECOND

test('the memory of trust, the memory of its answers, and the caches together keep an answer for at most a minute', () => {
  const memo = constant('packages/registry/src/clocks.ts', 'MEMORY_MS')
  expect(memo + memo + maxAge(keptFor('minute'))).toBeLessThanOrEqual(MINUTE)
  // During an outage, only the memory of trust is that old, and no cache keeps the answer.
  expect(constant('packages/registry/src/histories.ts', 'MAX_AGE_MS')).toBeLessThanOrEqual(MINUTE)
  const reader = readFileSync(join(import.meta.dirname, '../packages/registry/src/histories.ts'), 'utf8')
  expect(reader).toMatch(/^const FRESH_MS = MEMORY_MS$/m)
  expect(reader).toMatch(/^const BEHIND_MS = MEMORY_MS$/m)
})

test('no answer that depends on trust is cached for longer than the class "minute"', () => {
  const lasting = routes.filter(({ caching }) => caching === 'hour' || caching === 'year').map(({ path }) => path)
  expect(
    lasting.filter((path) => /issuers|authorities|centres|federation|status-lists|\/lists|changes/.test(path)),
  ).toEqual([])
})

test('the class "answer" is cached as "minute", unless an answer is about a past moment', () => {
  expect(keptFor('answer')).toBe(keptFor('minute'))
})

test('with the schedule of the writer, a recorded entry is covered by a checkpoint within a minute', async () => {
  const world = await aWorld()
  const { rounds, secondsBetween } = sequenceOrder
  const looks = [0, 1, 2, 3].flatMap((minute) =>
    Array.from({ length: rounds }, (_, round) => minute * MINUTE + round * secondsBetween * SECOND),
  )
  const recorded = Array.from({ length: 34 }, (_, place) => 1_500 + place * 5 * SECOND)
  const waiting = new Map<string, number>()
  const waited: number[] = []
  for (const look of looks) {
    while (recorded[0] !== undefined && recorded[0] < look) {
      const at = recorded.shift() as number
      const stream = streams.trust(BODY)
      const history = await world.store.read(stream)
      const amended = { grant: GRANT, scope: { places: ['PH'], qualifications: ['ph-masonry-nc2'] } }
      await decisionsIn(world).amend(BODY, AUTHORITY, { ...amended, pilot: history.length % 2 === 0 }, after(at))
      waiting.set(`${stream}/${history.length}`, at)
    }
    const { store, artefacts, keys, baseUrl } = world
    await sequenceLog('registry', { store, artefacts, keys, signer: keys, baseUrl, now: after(look), seen: new Set() })
    for (const [key, at] of waiting)
      if ((await findPlace('registry', key, store)) !== undefined && waiting.delete(key)) waited.push(look - at)
  }
  expect([waited.length, waiting.size]).toEqual([34, 0])
  // The rest of the minute is for the write itself.
  expect(Math.max(...waited)).toBeLessThanOrEqual(30 * SECOND)
})

describe('through a cache, with a simulated clock', () => {
  let registry: Awaited<ReturnType<typeof aSimulatedRegistry>>
  beforeEach(async () => {
    registry = await aSimulatedRegistry()
  })
  afterEach(() => registry.close())

  /** Caches that are filled at different times, so that one of them has the oldest possible answer. */
  const caches = () => Array.from({ length: 12 }, () => aCache(registry.url, registry.clock))

  /** Fills the caches five seconds apart. The last one is filled at noon, the moment of the change. */
  async function filled(paths: readonly string[]) {
    const all = caches()
    for (const [place, cache] of all.entries()) {
      registry.clock.now = noon.getTime() - (all.length - 1 - place) * 5 * SECOND
      for (const path of paths) await cache(path)
    }
    return all
  }

  const suspend = () =>
    suspendAccreditation(
      { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision 2', actor: 'a', effectiveAt: noon.toISOString() },
      registry.world.at(noon),
    )
  const shown = ['/issuers', `/issuers/${BODY}`]

  test('I22: a minute after a suspension, every cache shows the body as suspended', async () => {
    const all = await filled(shown)
    expect((await all[0]?.('/issuers'))?.text).toContain('"standing":"authorised"')
    await suspend()
    registry.clock.now = noon.getTime() + SECOND
    expect((await all.at(-1)?.('/issuers'))?.text).toContain('"standing":"authorised"')
    for (let second = 2; second <= 60; second++) {
      registry.clock.now = noon.getTime() + second * SECOND
      for (const cache of all) for (const path of shown) await cache(path)
    }
    for (const cache of all)
      for (const path of shown) expect((await cache(path)).text).toMatch(/"standing":"suspended"|"in":"suspension"/)
  })

  test('I22, F5, F24: during an outage of the store, no cache shows an answer that is older than a minute', async () => {
    const all = await filled(shown)
    registry.outage.error = new RegistryError('dependency-unavailable', 'away')
    await suspend()
    for (let second = 15; second < 60; second += 5) {
      registry.clock.now = noon.getTime() + second * SECOND
      const fresh = await aCache(registry.url, registry.clock)(shown[1] as string)
      expect([second, fresh.status === 200 ? fresh.maxAge : 0]).toEqual([second, 0])
      // The other caches are asked only at the end, when their answers are too old.
      for (const cache of all.slice(0, 6)) for (const path of shown) await cache(path)
    }
    registry.clock.now = noon.getTime() + MINUTE
    for (const cache of all) for (const path of shown) expect((await cache(path)).status).toBe(503)
  })

  test('F5, I25: a minute after a revocation was acknowledged, the list in every cache has its bit', async () => {
    const { id, verifiableCredential } = await registry.world.issue(
      {},
      { deps: { now: new Date(noon.getTime() - MINUTE) } },
    )
    const { credentialStatus } = verifiableCredential as { credentialStatus: Record<string, string>[] }
    const [{ statusListCredential = '', statusListIndex = '' } = {}] = credentialStatus
    const path = new URL(statusListCredential).pathname
    const bitIn = (text: string) =>
      isSet(decodeList(JSON.parse(text).credentialSubject.encodedList), Number(statusListIndex))
    const all = await filled([path])
    const uuid = id.slice('urn:uuid:'.length)
    await revokeCertificate({ issuer: BODY, uuid, actor: OFFICER, reason: 'misconduct' }, registry.world.at(noon))
    const seen: number[] = []
    for (let second = 0; second <= 60; second++) {
      registry.clock.now = noon.getTime() + second * SECOND
      const bits = await Promise.all(all.map(async (cache) => bitIn((await cache(path)).text)))
      seen.push(bits.filter(Boolean).length)
    }
    // The last cache was filled immediately before the revocation.
    expect(seen[0]).toBeLessThan(all.length)
    expect(seen.at(-1)).toBe(all.length)
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
    expect(bitIn((await aCache(registry.url, registry.clock)(path)).text)).toBe(true)
  })
})
