import { didForIssuer } from '@sijil/credentials'
import { createVerifierKey, formatVerifierKey, parseVerifierKey } from '@sijil/tlog'
import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { laggingIndex } from '../../../../test/support/lagging-index.ts'
import { MemoryStore } from '../../../../test/support/memory-store.ts'
import {
  after,
  aWorld,
  BODY,
  identity,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { claimNames } from '../decisions/claim-names.ts'
import { registerAuthority } from '../decisions/register.ts'
import { publishBundle, readBundle } from '../log/bundle.ts'
import { readVerifierKeys } from '../log/log-keys.ts'
import { sequenceLog } from '../log/sequence.ts'
import { type Commit, readingOf, streams } from '../stream.ts'
import { addMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import { acceptList, suspendList } from './accepted-lists.ts'
import { acceptedRegistries } from './accepted-registries.ts'
import { headOf } from './copied-lists.ts'
import { importRegistry } from './import-registry.ts'

const HOST = 'demo-onec'
const policy = { demonstration: true }
const HOUR = 60 * MINUTE

/** The Philippine registry of the test world, and a Thai registry whose authority has an officer. */
let origin: World
let host: World
let keys: readonly string[]
beforeEach(async () => {
  origin = await aWorld({ baseUrl: 'https://ph.example' })
  host = await aWorld({ baseUrl: 'https://th.example' })
  await decisionsIn(host).authority(HOST, 'TH')
  await addMember(
    { owner: HOST, subject: OFFICER, roles: ['propose'], actor: 'registrar' },
    { store: host.store, now: noon },
  )
  await bundleAt(noon)
  keys = await readVerifierKeys('registry', origin.baseUrl, origin.store)
})

/** The bundle that the origin signs at a moment. */
async function bundleAt(now: Date, stated = policy): Promise<unknown> {
  const { store, artefacts, keys: signer, baseUrl } = origin
  await sequenceLog('registry', { store, artefacts, signer, keys: signer, baseUrl, now, seen: new Set() })
  await publishBundle({ store, artefacts, signer, policy: stated, baseUrl, now })
  return JSON.parse((await readBundle({ store, artefacts })) ?? '')
}

// The host's policy names only the Thai authority, so the host's own Philippine authority is not a root.
const hostPolicy = { demonstration: true, roots: [HOST] }
const accept = (change = {}, now = noon) =>
  acceptList(
    {
      authority: HOST,
      actor: OFFICER,
      registry: origin.baseUrl,
      keys,
      states: ['PH'],
      basis: 'memorandum 1',
      ...change,
    },
    { store: host.store, policy: hostPolicy, baseUrl: host.baseUrl, now },
  )
const take = async (file: unknown, now = after(SECOND), store = host.store) =>
  importRegistry({ authority: HOST, subject: OFFICER, file }, { store, now })
const listsAt = (now: Date, stated = hostPolicy) =>
  acceptedRegistries(host.store, {
    trust: trustOf(host.store),
    catalogue: catalogueOf(host.store),
    policy: stated,
    baseUrl: host.baseUrl,
    clock: () => now.getTime(),
  })
const did = () => didForIssuer(origin.baseUrl, BODY)

/** A certificate of the origin, verified by the host. */
async function verify(document: unknown, now: Date, stated = hostPolicy) {
  const lists = listsAt(now, stated)
  return verifyDocument(document, {
    ...host.verifying(now),
    policy: stated,
    findRemote: async (one) => (await lists.find(one))?.list,
  })
}
const reasons = ({ checks }: Awaited<ReturnType<typeof verify>>) =>
  Object.fromEntries(checks.flatMap(({ name, reason }) => (reason === undefined ? [] : [[name, reason]])))

describe('R-008, R-015: the list of another registry', () => {
  test('its issuers are unknown before the list is accepted; then the answer names the list', async () => {
    const { verifiableCredential } = await origin.issue()
    expect((await verify(verifiableCredential, after(MINUTE))).issuer.today.standing).toBe('unknown')
    await accept()
    await take(await bundleAt(after(SECOND)))
    const answer = await verify(verifiableCredential, after(MINUTE))
    expect(answer).toMatchObject({
      verdict: 'indeterminate',
      issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'authorised' } },
      list: { registry: origin.baseUrl, madeAt: noon.toISOString() },
    })
    // Checks that need the other registry's record stay open, and nothing is fetched.
    expect(reasons(answer)).toEqual({ status: 'kept-elsewhere', recorded: 'kept-elsewhere' })
  })

  test('a list copied under a key that no longer counts does not count until it is copied again', async () => {
    const { verifiableCredential } = await origin.issue()
    await accept()
    const file = await bundleAt(after(SECOND))
    await take(file)
    const standing = async (now: Date) => (await verify(verifiableCredential, now)).issuer.today.standing
    const { name } = parseVerifierKey('ed25519', String(keys[0]))
    const another = createVerifierKey('ed25519', name, new Uint8Array(32).fill(9))
    const other = [formatVerifierKey(another)]
    await accept({ keys: [...keys, ...other] }, after(MINUTE))
    expect(await standing(after(2 * MINUTE))).toBe('authorised')
    await accept({ keys: other }, after(3 * MINUTE))
    expect(await standing(after(4 * MINUTE))).toBe('unknown')
    await accept({}, after(5 * MINUTE))
    expect(await standing(after(6 * MINUTE))).toBe('unknown')
    await take(file, after(7 * MINUTE))
    expect(await standing(after(8 * MINUTE))).toBe('authorised')
  })

  test('I3: a changed certificate of its bodies is invalid, and the closed profile is the only form', async () => {
    const { verifiableCredential } = await origin.issue()
    await accept()
    await take(await bundleAt(after(SECOND)))
    const changed = { ...verifiableCredential, validUntil: '2040-01-01T00:00:00Z' }
    expect((await verify(changed, after(MINUTE))).verdict).toBe('invalid')
    const other = { ...verifiableCredential, name: 'anything' }
    expect(reasons(await verify(other, after(MINUTE)))).toMatchObject({ format: expect.any(String) })
  })

  test('a suspension in the other registry is known here after the next bundle', async () => {
    const { verifiableCredential } = await origin.issue()
    await accept()
    await take(await bundleAt(noon))
    await decisionsIn(origin).suspend(BODY, 'demo-pqf', {}, after(MINUTE))
    const taken = await take(await bundleAt(after(2 * MINUTE)), after(3 * MINUTE))
    expect(taken.added).toBe(1)
    const answer = await verify(verifiableCredential, after(4 * MINUTE))
    expect(answer.issuer.today.standing).toBe('suspended')
    expect(answer.verdict).toBe('indeterminate')
  })

  test('I8, F43: an expired list answers no question', async () => {
    const { verifiableCredential } = await origin.issue()
    await accept()
    await take(await bundleAt(noon))
    const answer = await verify(verifiableCredential, after(25 * HOUR))
    expect(reasons(answer)).toMatchObject({ 'issuer-trust': 'list-out-of-date', 'issuer-key': 'list-out-of-date' })
  })

  test('one officer suspends it at once, and accepting it again with the same terms resumes it', async () => {
    const { verifiableCredential } = await origin.issue()
    await accept()
    const file = await bundleAt(noon)
    await take(file)
    const suspension = { authority: HOST, subject: OFFICER, registry: origin.baseUrl, basis: 'doubt' }
    await suspendList(suspension, { store: host.store, now: after(MINUTE) })
    await suspendList(suspension, { store: host.store, now: after(2 * MINUTE) })
    expect((await verify(verifiableCredential, after(3 * MINUTE))).issuer.today.standing).toBe('unknown')
    await expect(take(file, after(3 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    expect((await listsAt(after(3 * MINUTE)).all())[0]).toMatchObject({ suspendedAt: after(MINUTE).toISOString() })
    await accept({}, after(4 * MINUTE))
    expect((await verify(verifiableCredential, after(5 * MINUTE))).issuer.today.standing).toBe('authorised')
  })

  test('a root of this registry counts although no index shows it yet', async () => {
    const store = laggingIndex(host.store, { now: () => noon.getTime(), lag: () => 5 * SECOND })
    const root = { id: 'demo-new-root', identity: identity({ name: 'SkillsFuture', state: 'SG' }), actor: 'registrar' }
    await claimNames(root, { store, now: noon, actor: 'registrar' })
    await registerAuthority(root, { store, now: noon })
    const terms = { registry: origin.baseUrl, keys, states: ['PH', 'SG'], basis: 'memorandum 1' }
    const stated = { demonstration: true, roots: [HOST, root.id] }
    const deps = { store, policy: stated, baseUrl: host.baseUrl, now: noon }
    await expect(acceptList({ authority: HOST, actor: OFFICER, ...terms }, deps)).rejects.toMatchObject({
      faults: [{ pointer: '/states/1' }],
    })
  })

  test('no root speaks for another state: neither for a state with a root here, nor for a state that was not agreed', async () => {
    await expect(accept({ states: ['TH'] })).rejects.toMatchObject({ faults: [{ pointer: '/states/0' }] })
    await accept({ states: ['SG'] })
    await take(await bundleAt(noon))
    const { verifiableCredential } = await origin.issue()
    const answer = await verify(verifiableCredential, after(MINUTE))
    expect(answer.issuer.onIssueDate.standing).toBe('unknown')
    expect(answer.verdict).toBe('indeterminate')
  })

  test('a root cannot be registered here while a list speaks for its state', async () => {
    await accept()
    const late = {
      id: 'demo-late',
      identity: identity({ name: 'Late (demonstration)', state: 'PH' }),
      actor: 'registrar',
    }
    const deps = { store: host.store, now: after(SECOND) }
    await expect(registerAuthority(late, deps)).rejects.toMatchObject({ code: 'conflict', message: /suspended first/ })
    const suspended = { authority: HOST, subject: OFFICER, registry: origin.baseUrl, basis: 'x' }
    await suspendList(suspended, { store: host.store, now: after(MINUTE) })
    await registerAuthority(late, { store: host.store, now: after(2 * MINUTE) })
  })

  test('a demonstration is accepted only if both registries accept demonstrations', async () => {
    const { verifiableCredential } = await origin.issue()
    await accept()
    await take(await bundleAt(noon))
    const strict = { demonstration: false, roots: [HOST] }
    expect((await verify(verifiableCredential, after(MINUTE), strict)).issuer.today.standing).toBe('unknown')
  })

  test('the list does not count once the authority that accepted it is no longer a root here', async () => {
    await accept()
    await take(await bundleAt(noon))
    expect(await listsAt(after(MINUTE)).find(did())).toMatchObject({ acceptedBy: HOST })
    const without = { demonstration: true, roots: ['somebody-else'] }
    expect(await listsAt(after(MINUTE), without).find(did())).toBeUndefined()
    expect(await listsAt(after(MINUTE), { demonstration: false, roots: [HOST] }).find(did())).toBeUndefined()
  })

  test('I41: nothing that a registry signed counts until its list is accepted', async () => {
    await expect(take(await bundleAt(noon))).rejects.toMatchObject({ code: 'not-found' })
    expect(await listsAt(noon).find(did())).toBeUndefined()
    expect(await listsAt(noon).all()).toEqual([])
  })
})

describe('a list is refused', () => {
  test.each([
    ['for the registry itself', { registry: 'https://th.example' }, '/registry'],
    ['for the registry itself with another scheme', { registry: 'http://th.example' }, '/registry'],
    ['for an address whose DIDs equal those of another registry', { registry: 'https://ph.example//a' }, '/registry'],
    [
      'for an address whose streams equal those of another registry',
      { registry: 'https://ph.example/a:of:b' },
      '/registry',
    ],
    ['for an address with an escape', { registry: 'https://ph.example/a%2Fb' }, '/registry'],
    ['for an address with a final slash', { registry: 'https://ph.example/' }, '/registry'],
    ['for an address that is not http', { registry: 'file:///x' }, '/registry'],
    ['for an address with a user name', { registry: 'https://a@ph.example' }, '/registry'],
    ['without states', { states: [] }, '/states'],
    ['without a key', { keys: [] }, '/keys'],
    ['with a key of another log', { registry: 'https://sg.example' }, '/keys/0'],
    ['with a text that is not a key', { keys: ['x'] }, '/keys/0'],
  ])('%s', async (_, change, pointer) => {
    await expect(accept(change)).rejects.toMatchObject({ code: 'validation-failed', faults: [{ pointer }] })
  })

  test('from an authority that is not a root here, and from a second authority for the same registry', async () => {
    await expect(accept({ authority: BODY })).rejects.toMatchObject({ code: 'not-found' })
    await expect(accept({ authority: 'demo-pqf' })).rejects.toMatchObject({ code: 'not-found' })
    await accept()
    await decisionsIn(host).authority('demo-second', 'SG')
    const deps = {
      store: host.store,
      policy: { ...hostPolicy, roots: [HOST, 'demo-second'] },
      baseUrl: host.baseUrl,
      now: noon,
    }
    const request = {
      authority: 'demo-second',
      actor: OFFICER,
      registry: origin.baseUrl,
      keys,
      states: ['PH'],
      basis: 'x',
    }
    await expect(acceptList(request, deps)).rejects.toMatchObject({ code: 'conflict' })
    // With another scheme it is the same registry, because its DIDs and streams are the same.
    const again = { ...request, registry: 'http://ph.example', states: ['MY'] }
    await expect(acceptList(again, deps)).rejects.toMatchObject({ code: 'conflict' })
    await expect(accept({ registry: 'http://ph.example' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('I31, F44: if a bundle has a smaller or another log or was changed, and if the person is not an officer', async () => {
    await accept()
    const file = (await bundleAt(noon)) as { bundle: { entries: unknown[] }; note: string }
    await decisionsIn(origin).suspend(BODY, 'demo-pqf', {}, after(MINUTE))
    await take(await bundleAt(after(2 * MINUTE)), after(3 * MINUTE))
    await expect(take(file, after(3 * MINUTE))).rejects.toMatchObject({ code: 'validation-failed' })
    const changed = structuredClone(file)
    changed.bundle.entries.pop()
    await expect(take(changed)).rejects.toMatchObject({ code: 'validation-failed' })
    for (const nothing of [undefined, null, 1, {}, { bundle: null }])
      await expect(take(nothing)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      importRegistry({ authority: HOST, subject: 'nobody', file }, { store: host.store, now: noon }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('I31: of two bundles that are copied at once, the newer one stays', async () => {
  await accept()
  const old = await bundleAt(noon)
  await decisionsIn(origin).suspend(BODY, 'demo-pqf', {}, after(MINUTE))
  const fresh = await bundleAt(after(2 * MINUTE))
  const { store } = host
  let taken: Promise<unknown> | undefined
  const slow = {
    ...readingOf(store),
    append: async (commit: Parameters<typeof store.append>[0]) => {
      taken ??= take(fresh, after(3 * MINUTE))
      await taken
      return store.append(commit)
    },
  } as unknown as typeof store
  const answer = await take(old, after(3 * MINUTE), slow)
  expect(answer).toMatchObject({ added: 0, madeAt: after(2 * MINUTE).toISOString() })
  expect((await headOf(origin.baseUrl, store))?.madeAt).toBe(after(2 * MINUTE).toISOString())
})

test('the message for a file that is not a bundle has no words of the runtime', async () => {
  await accept()
  for (const file of [{ bundle: { registry: origin.baseUrl }, note: 7 }, { bundle: { registry: origin.baseUrl } }])
    await expect(take(file)).rejects.toMatchObject({
      code: 'validation-failed',
      message: expect.not.stringMatching(/undefined|destructure|property|TypeError/),
    })
})

test('I31: two signed logs do not mix, even if copying the first one was interrupted', async () => {
  await accept()
  await take(await bundleAt(noon))
  const fork = new MemoryStore()
  for (const commit of origin.store.appended) await fork.append(commit)
  const { artefacts } = origin
  const signing = { artefacts, signer: origin.keys, keys: origin.keys, baseUrl: origin.baseUrl, now: after(2 * MINUTE) }
  await decisionsIn({ ...origin, store: fork as unknown as World['store'] }).suspend(
    BODY,
    'demo-pqf',
    {},
    after(MINUTE),
  )
  await sequenceLog('registry', { ...signing, store: fork, seen: new Set() })
  await publishBundle({ ...signing, store: fork, policy })
  const suspended: unknown = JSON.parse((await readBundle({ store: fork, artefacts })) ?? '')
  await decisionsIn(origin).amend(BODY, 'demo-pqf', { scope: {} }, after(MINUTE))
  const amended = await bundleAt(after(2 * MINUTE))
  // Copying stops after the entry is written and before the head is.
  const { port } = withFaults(host.store, [{ method: 'append', call: 2, outcome: 'fails-before' }])
  await expect(take(amended, after(3 * MINUTE), port)).rejects.toThrow()
  await expect(take(suspended, after(3 * MINUTE))).rejects.toMatchObject({ code: 'validation-failed' })
  expect((await take(amended, after(3 * MINUTE))).added).toBe(1)
})

test('the authority of each decision is copied with it, and a log that differs only in that does not mix', async () => {
  await accept()
  await take(await bundleAt(noon))
  const fork = new MemoryStore()
  for (const commit of origin.store.appended) await fork.append(commit)
  for (const [store, by] of [
    [origin.store, 'demo-pqf'],
    [fork, 'demo-another'],
  ] as const) {
    // Decisions of two officers are written like this.
    const named = { ...readingOf(store), append: (commit: Commit<unknown>) => store.append({ ...commit, by }) }
    await decisionsIn({ ...origin, store: named as unknown as World['store'] }).suspend(
      BODY,
      'demo-pqf',
      {},
      after(MINUTE),
    )
  }
  const { artefacts } = origin
  const signing = { artefacts, signer: origin.keys, keys: origin.keys, baseUrl: origin.baseUrl, now: after(2 * MINUTE) }
  await sequenceLog('registry', { ...signing, store: fork, seen: new Set() })
  await publishBundle({ ...signing, store: fork, policy })
  const { port } = withFaults(host.store, [{ method: 'append', call: 2, outcome: 'fails-before' }])
  const bundle = await bundleAt(after(2 * MINUTE))
  await expect(take(bundle, after(3 * MINUTE), port)).rejects.toThrow()
  const copied = await host.store.read(streams.remoteTrust('ph.example', BODY))
  expect(copied.at(-1)).toMatchObject({ by: 'demo-pqf', actor: 'system:list' })
  const another: unknown = JSON.parse((await readBundle({ store: fork, artefacts })) ?? '')
  await expect(take(another, after(3 * MINUTE))).rejects.toMatchObject({ code: 'validation-failed' })
  expect((await take(bundle, after(3 * MINUTE))).added).toBe(1)
})

test('I8: a bundle from the future is refused, because it would outlive every later one', async () => {
  await accept()
  await expect(take(await bundleAt(after(13 * HOUR)), after(MINUTE))).rejects.toMatchObject({
    code: 'validation-failed',
  })
})

describe('interrupted at a write', () => {
  test.each(['fails-before', 'fails-after'] as const)(
    'copying a list %s at each write: the next attempt finishes it',
    async (outcome) => {
      await accept()
      const file = await bundleAt(noon)
      for (let call = 1; ; call++) {
        const { port, calls } = withFaults(host.store, [{ method: 'append', call, outcome }])
        const done = await take(file, after(call * SECOND), port).then(
          () => true,
          () => false,
        )
        if (done && calls('append') < call) break
        await take(file, after(call * SECOND + 1))
        expect(await listsAt(after(MINUTE)).find(did())).toMatchObject({ id: BODY, acceptedBy: HOST })
      }
      const { size } = (await listsAt(after(MINUTE)).all())[0]?.taken ?? {}
      expect(size).toBe((file as { bundle: { size: number } }).bundle.size)
    },
  )

  test.each(['fails-before', 'fails-after'] as const)(
    'accepting a list %s at each write: the repeated approval finishes it',
    async (outcome) => {
      for (const call of [1, 2]) {
        const { port } = withFaults(host.store, [{ method: 'append', call, outcome }])
        const request = {
          authority: HOST,
          actor: OFFICER,
          registry: origin.baseUrl,
          keys,
          states: ['PH'],
          basis: 'memorandum 1',
        }
        const deps = { policy: hostPolicy, baseUrl: host.baseUrl, now: noon }
        await acceptList(request, { ...deps, store: port }).catch(() => undefined)
        await acceptList(request, { ...deps, store: host.store })
      }
      expect(await listsAt(after(MINUTE)).all()).toHaveLength(1)
      expect(host.store.events('list-accepted')).toHaveLength(1)
      expect(host.store.events('list-known')).toHaveLength(1)
    },
  )
})
