import { describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { AUTHORITY, after, aWorld, BODY, GRANT, identity, noon } from '../../../../test/support/registry-world.ts'
import { suspendAccreditation } from '../decisions/accredit.ts'
import { registerBody } from '../decisions/register.ts'
import { RegistryError } from '../errors.ts'
import { accreditationStatus } from './accreditation-status.ts'
import type { TrustHistory } from './events.ts'
import { cachedTrust, trustOf } from './reader.ts'

const world = await aWorld()
const history = await trustOf(world.store)(BODY)
const down = new RegistryError('dependency-unavailable', 'the record cannot be used at the moment')

/** A store that answers the same for every entity, and a clock that stands still. */
function remembered(answer: (entity: string) => TrustHistory | Error = () => history) {
  const its = { now: 0, reads: 0, answer }
  const trust = cachedTrust(
    async (entity) => {
      its.reads += 1
      const stated = its.answer(entity)
      if (stated instanceof Error) throw stated
      return stated
    },
    () => its.now,
  )
  return Object.assign(its, { trust })
}

describe('I22: the trust cache of verify', () => {
  test('is at most ten seconds old', async () => {
    const its = remembered()
    await its.trust(BODY)
    its.now = 9_999
    await its.trust(BODY)
    expect(its.reads).toBe(1)
    its.now = 10_000
    await its.trust(BODY)
    expect(its.reads).toBe(2)
  })

  test('holds at most a thousand entities', async () => {
    const its = remembered()
    for (let place = 0; place <= 1_000; place++) await its.trust(`body-${place}`)
    await its.trust('body-1000')
    expect(its.reads).toBe(1_001)
    await its.trust('body-0')
    expect(its.reads).toBe(1_002)
  })

  test('reads once for all simultaneous questions', async () => {
    const its = remembered()
    const answers = await Promise.all(Array.from({ length: 100 }, () => its.trust(BODY)))
    expect(its.reads).toBe(1)
    expect(new Set(answers).size).toBe(1)
  })

  test('keeps no absence: an entity that is registered after a question is seen by the next request', async () => {
    const { store, keys, baseUrl } = await aWorld()
    const trust = cachedTrust(trustOf(store), () => 0)
    expect(await trust('demo-new')).toEqual([])
    const deps = { store, keys, secrets: keys, now: noon }
    await registerBody(
      { id: 'demo-new', identity: identity(), baseUrl, actor: 'registrar', effectiveAt: noon.toISOString() },
      deps,
    )
    expect(await trust('demo-new')).not.toEqual([])
  })

  test('keeps nothing of invented names, and evicts nobody for them', async () => {
    const its = remembered((entity) => (entity === BODY ? history : []))
    await its.trust(BODY)
    await Promise.all(Array.from({ length: 5_000 }, (_, place) => its.trust(`invented-${place}`)))
    const before = its.reads
    await its.trust(BODY)
    expect(its.reads).toBe(before)
    // Each invented name is read again, because nothing was kept.
    await its.trust('invented-0')
    expect(its.reads).toBe(before + 1)
  })
})

describe('F5: while the store is away', () => {
  test('cached trust counts for a minute, with its age, and then there is no answer', async () => {
    const its = remembered()
    await its.trust(BODY)
    its.answer = () => down
    its.now = 59_999
    expect(await its.trust(BODY)).toBe(history)
    expect(its.trust.ageOf?.(BODY)).toBe(59)
    its.now = 60_000
    await expect(its.trust(BODY)).rejects.toBe(down)
  })

  test('the store is not asked for two seconds, and then asked again', async () => {
    const its = remembered()
    await its.trust(BODY)
    its.answer = () => down
    its.now = 20_000
    for (let time = 0; time < 10; time++) await its.trust(BODY)
    expect(its.reads).toBe(2)
    its.answer = () => history
    its.now = 22_000
    await its.trust(BODY)
    expect(its.reads).toBe(3)
    expect(its.trust.ageOf?.(BODY)).toBe(0)
  })

  test('an entity that is not cached is not answered as unknown: the question fails', async () => {
    const its = remembered(() => down)
    await expect(its.trust('anybody')).rejects.toBe(down)
    await expect(its.trust('anybody')).rejects.toBe(down)
    expect(its.reads).toBe(2)
  })

  test('an incomplete record is an error and not an outage: no cached answer replaces it', async () => {
    const its = remembered()
    await its.trust(BODY)
    const broken = new RegistryError('internal', 'a record is not complete')
    its.answer = () => broken
    its.now = 10_000
    await expect(its.trust(BODY)).rejects.toBe(broken)
  })

  test('I22: a suspension during the outage counts within a minute of it', async () => {
    const { store, keys } = await aWorld()
    let now = noon.getTime()
    let isDown = false
    const trust = cachedTrust(
      (entity) => (isDown ? Promise.reject(down) : trustOf(store)(entity)),
      () => now,
    )
    const standing = () => {
      const moment = new Date(now).toISOString()
      const question = { issuer: BODY, qualification: baselineHistory('ph-masonry-nc2'), place: 'PH', site: undefined }
      return accreditationStatus(
        { ...question, effective: moment, recorded: moment },
        { trust, policy: { demonstration: true } },
      )
    }
    expect(await standing()).toMatchObject({ standing: 'authorised' })
    isDown = true
    now += 1
    const decision = { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision 2', actor: 'registrar' }
    await suspendAccreditation(
      { ...decision, effectiveAt: after(1).toISOString() },
      { store, policy: { demonstration: true }, now: after(1) },
    )
    now += 60_000
    await expect(standing()).rejects.toBe(down)
    isDown = false
    expect(await standing()).toMatchObject({ standing: 'suspended' })
    expect(keys.signatures).toEqual([])
  })
})
