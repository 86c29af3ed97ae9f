import { didForIssuer, possessionText } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { aBody, after, aWorld, BODY, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { addKey } from '../decisions/keys.ts'
import { lendKey } from '../decisions/lent-keys.ts'
import { RegistryError } from '../errors.ts'
import { streams } from '../stream.ts'
import { interruptionsOf, resumeIssuing } from './interruptions.ts'
import type { IssueDeps } from './issue-deps.ts'

const KIND = 'ph-masonry-nc2'
const OTHER = 'ph-masonry-nc1'
const paused = { code: 'issuing-paused', message: expect.stringContaining(KIND) }
const wrongly: Partial<IssueDeps> = {
  verifyIndependently: async () => ({ verified: false, kinds: ['VerificationError'] }),
}

let made = 0
/** Issues a new certificate of that qualification. */
const issue = (world: World, qualification = KIND, deps: Partial<IssueDeps> = {}, issuer = BODY) => {
  made += 1
  return world.issue({ qualification, certificateNumber: `N${made}` }, { key: `key-${made}`, issuer, deps })
}
const failing = async (world: World, times: number) => {
  const codes: string[] = []
  for (let time = 0; time < times; time++)
    await issue(world, KIND, wrongly).catch((error: RegistryError) => codes.push(error.code))
  return codes
}
const reserved = ({ store }: World) => store.events('reserved').length
const resume = (world: World, change: object = {}) =>
  resumeIssuing({ issuer: BODY, qualification: KIND, reference: 'incident-7', ...change }, world.at(after(MINUTE)))

describe('F10: after three certificates of a qualification did not verify', () => {
  test('the qualification is paused, before anything is reserved or signed', async () => {
    const world = await aWorld()
    expect(await failing(world, 3)).toEqual(['internal', 'internal', 'issuing-paused'])
    const before = [reserved(world), world.keys.signatures.length]
    await expect(issue(world)).rejects.toMatchObject(paused)
    expect([reserved(world), world.keys.signatures.length]).toEqual(before)
    expect((await interruptionsOf(BODY, world.store)).paused).toEqual([
      { qualification: KIND, since: expect.any(String) },
    ])
  })

  test('other qualifications and other issuers are not paused', async () => {
    const world = await aWorld()
    const before = () => world.issue({ certificateNumber: 'before' }, { key: 'before' })
    const { uuid } = await before()
    await aBody('demo-other', world)
    await failing(world, 3)
    await issue(world, OTHER)
    await issue(world, KIND, {}, 'demo-other')
    // Certificates issued earlier are answered as before.
    expect(await before()).toMatchObject({ uuid, replayed: true })
  })

  test('two do not pause it, however many were issued between them', async () => {
    const world = await aWorld()
    await failing(world, 1)
    await issue(world)
    await failing(world, 1)
    await issue(world)
    await failing(world, 1)
    await expect(issue(world)).rejects.toMatchObject(paused)
  })

  test('an operator resumes it with a recorded reference, and the count starts again', async () => {
    const world = await aWorld()
    await failing(world, 3)
    await resume(world)
    await issue(world)
    const last = await world.store.latest(streams.interruptions(BODY))
    expect(last).toMatchObject({ actor: 'system:operator', events: [{ withheld: {}, reference: 'incident-7' }] })
    expect(await failing(world, 2)).toEqual(['internal', 'internal'])
    await issue(world)
  })

  test.each([
    ['a qualification without withheld certificates', { qualification: OTHER }, 'conflict'],
    ['an unknown issuer', { issuer: 'nobody' }, 'conflict'],
    ['without a reference', { reference: undefined }, 'validation-failed'],
    ['with a sentence', { reference: 'Ana Reyes says that it is fine' }, 'validation-failed'],
  ])('resuming %s is refused', async (_, change, code) => {
    const world = await aWorld()
    await failing(world, 3)
    await expect(resume(world, change)).rejects.toMatchObject({ code })
    await expect(issue(world)).rejects.toMatchObject(paused)
  })

  test.each(['fails-before', 'fails-after'] as const)(
    'a count whose write %s is completed by the same request',
    async (outcome) => {
      const world = await aWorld()
      await failing(world, 2)
      // Writes of the third: reserved, number claimed, look-alike claimed, counted.
      const { port: store } = withFaults(world.store, [{ method: 'append', call: 4, outcome }])
      const third = (deps: Partial<IssueDeps>) =>
        world.issue({ certificateNumber: 'third' }, { key: 'third', deps: { ...wrongly, ...deps } })
      await expect(third({ store })).rejects.toMatchObject({ code: 'dependency-unavailable' })
      await third({ now: after(SECOND) }).catch(() => undefined)
      const { paused: kinds, last } = await interruptionsOf(BODY, world.store)
      expect(kinds).toHaveLength(1)
      expect(last?.number).toBe(2)
    },
  )

  test('fifty that fail at once are all withheld, and the qualification is paused', async () => {
    const world = await aWorld()
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => issue(world, KIND, wrongly)))
    expect(all.every(({ status }) => status === 'rejected')).toBe(true)
    expect(world.store.events('issued')).toEqual([])
    expect((await interruptionsOf(BODY, world.store)).paused).toHaveLength(1)
    await expect(issue(world)).rejects.toMatchObject(paused)
  }, 20_000)

  test('issuing without trouble costs one read of one item, and no write', async () => {
    const world = await aWorld()
    const { port: store, calls } = withFaults(world.store, [])
    await issue(world, KIND, { store })
    expect(calls('latest')).toBe(1)
    expect(await world.store.read(streams.interruptions(BODY))).toEqual([])
  })
})

describe('F8: a key that cannot be used', () => {
  const refuses = new RegistryError('signing-key-unavailable', 'disabled')
  const without = (world: World) => ({
    signer: withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before', error: refuses }]).port,
  })

  test('marks its issuer once, and the next signature removes the mark', async () => {
    const world = await aWorld()
    for (let time = 0; time < 3; time++) await expect(issue(world, KIND, without(world))).rejects.toBe(refuses)
    expect((await interruptionsOf(BODY, world.store)).key).toEqual({ kid: 'certificates-1', since: expect.any(String) })
    expect(await world.store.read(streams.interruptions(BODY))).toHaveLength(1)
    await issue(world, OTHER)
    expect((await interruptionsOf(BODY, world.store)).key).toBeUndefined()
    await issue(world)
    expect(await world.store.read(streams.interruptions(BODY))).toHaveLength(2)
  })

  test('a mark that cannot be written changes no answer and no pause', async () => {
    const world = await aWorld()
    await failing(world, 3)
    const { port: store } = withFaults(world.store, [{ method: 'append', call: 4, outcome: 'fails-before' }])
    await expect(issue(world, OTHER, { ...without(world), store })).rejects.toBe(refuses)
    expect((await interruptionsOf(BODY, world.store)).key).toBeUndefined()
    await expect(issue(world, OTHER, without(world))).rejects.toBe(refuses)
    expect(await interruptionsOf(BODY, world.store)).toMatchObject({ key: { kid: 'certificates-1' }, paused: [{}] })
  })

  test('marks no issuer while the key is minutes old: KMS may not know it everywhere, and the request can be sent again', async () => {
    const world = await aWorld()
    const added = { id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor: 'registrar' } as const
    await addKey(added, world.at(after(-SECOND)))
    const early = issue(world, KIND, { ...without(world), now: after(9 * MINUTE) })
    await expect(early).rejects.toMatchObject({ code: 'dependency-unavailable', retryAfter: 10, cause: refuses })
    expect(await world.store.read(streams.interruptions(BODY))).toEqual([])
    await expect(issue(world, KIND, { ...without(world), now: after(10 * MINUTE) })).rejects.toBe(refuses)
    expect((await interruptionsOf(BODY, world.store)).key).toMatchObject({ kid: 'certificates-2' })
  })

  test('marks its issuer at once if the body lends the key, which is older than its record', async () => {
    const world = await aWorld()
    const { signText, keyRef, publicKeyMultibase } = world.keys.lend(BODY, 'certificates')
    const claim = {
      registry: world.baseUrl,
      did: didForIssuer(world.baseUrl, BODY),
      kid: 'certificates-2',
      publicKeyMultibase,
    }
    const key = { keyRef, publicKeyMultibase, possession: signText(possessionText(claim)) }
    await lendKey(
      { id: BODY, purpose: 'certificates', key, actor: 'registrar', proposal: 'p-1' },
      world.at(after(-SECOND)),
    )
    await expect(issue(world, KIND, without(world))).rejects.toBe(refuses)
    expect((await interruptionsOf(BODY, world.store)).key).toMatchObject({ kid: 'certificates-2' })
  })

  test('an outage of the whole key store marks no issuer', async () => {
    const world = await aWorld()
    const { port: signer } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(issue(world, KIND, { signer })).rejects.toMatchObject({ code: 'dependency-unavailable' })
    expect(await world.store.read(streams.interruptions(BODY))).toEqual([])
  })
})
