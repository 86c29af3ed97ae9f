import {
  canonicalJson,
  documentHash,
  fromOpenBadge,
  type ProfileDocument,
  prepareCredential,
  sealCredential,
} from '@sijil/credentials'
import { formatCheckpoint, leafHash, signNote } from '@sijil/tlog'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  GRANT,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { suspendAccreditation } from '../decisions/accredit.ts'
import { compromiseKey } from '../decisions/keys.ts'
import { bundleOrigin, publishBundle, readBundle } from '../log/bundle.ts'
import { noteSignersAt, readLogKeys, readVerifierKeys } from '../log/log-keys.ts'
import { sequenceLog } from '../log/sequence.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { publishStatusList } from '../status/status-list.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { nextCommit, streams } from '../stream.ts'
import { contactOn } from '../trust/contact.ts'
import { EVERYTHING } from '../trust/entity.ts'
import type { TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'
import type { Verification } from '../verification/verification.ts'
import { listOf } from './list-of.ts'
import { type OpenedBundle, openBundle } from './open-bundle.ts'
import { verifyOffline } from './verify-offline.ts'

const HOUR = 60 * MINUTE
const policy = { demonstration: true }
const general = () => import('@sijil/credentials/general')

/** The files that a clerk packs at `moment`, while there is a network. */
async function packed(world: World, moment: Date) {
  return { ...(await packedTrust(world, moment)), statusList: await packedLists(world, moment) }
}

async function packedTrust({ store, artefacts, keys, baseUrl }: World, moment: Date) {
  const signing = { store, artefacts, signer: keys, keys, baseUrl, now: moment }
  await sequenceLog('registry', { ...signing, seen: new Set() })
  await publishBundle({ ...signing, policy })
  const file: unknown = JSON.parse((await readBundle({ store, artefacts })) ?? '')
  const verifierKeys = await readVerifierKeys('registry', baseUrl, store)
  return { file, keys: verifierKeys, bundle: openBundle(file, { keys: verifierKeys }) }
}

async function packedLists({ baseUrl, at }: World, moment: Date) {
  const lists = new Map<string, unknown>()
  for (const purpose of ['revocation', 'suspension']) {
    const id = `${BODY}-1-${purpose}`
    const { text } = await publishStatusList(id, at(moment))
    lists.set(`${baseUrl}/status-lists/${id}`, JSON.parse(text))
  }
  const statusList: RemoteRegistry['statusList'] = async (url) => lists.get(url)
  return statusList
}

const logged =
  (document: ProfileDocument, witnessedAt?: string): RemoteRegistry['logged'] =>
  async (hash) =>
    hash === documentHash(document) ? { index: 0, size: 1, ...(witnessedAt && { witnessedAt }) } : undefined

const verify = (
  document: unknown,
  bundle: OpenedBundle,
  now: Date,
  brought: Pick<RemoteRegistry, 'statusList' | 'logged'> = {},
) => verifyOffline(document, { list: listOf(bundle, {}, brought), now, general })

const open = ({ checks }: Verification) =>
  Object.fromEntries(checks.flatMap(({ name, outcome, reason }) => (outcome === 'passed' ? [] : [[name, reason]])))

describe('R-022, R-115: without a network, by a bundle', () => {
  let world: World
  let document: ProfileDocument
  let pack: Awaited<ReturnType<typeof packed>>
  const later = after(3 * HOUR)
  beforeAll(async () => {
    world = await aWorld()
    document = (await world.issue()).verifiableCredential as ProfileDocument
    pack = await packed(world, after(2 * HOUR))
  })

  test('a certificate with its status lists and its log proof is valid, and the answer names the list', async () => {
    const answer = await verify(document, pack.bundle, later, { statusList: pack.statusList, logged: logged(document) })
    expect(open(answer)).toEqual({})
    expect(answer).toMatchObject({
      verdict: 'valid',
      issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'authorised' } },
      list: { registry: world.baseUrl, madeAt: after(2 * HOUR).toISOString() },
      demonstration: true,
    })
  })

  test('I1: it is not valid without the log proof, because a key does not show what was recorded', async () => {
    const answer = await verify(document, pack.bundle, later, { statusList: pack.statusList })
    expect(answer.verdict).toBe('indeterminate')
    expect(open(answer)).toEqual({ recorded: 'kept-elsewhere' })
  })

  test('I7: it is not valid without its status lists', async () => {
    const answer = await verify(document, pack.bundle, later, { logged: logged(document) })
    expect(open(answer)).toEqual({ status: 'kept-elsewhere' })
    const without = await verify(document, pack.bundle, later, {
      logged: logged(document),
      statusList: async () => undefined,
    })
    expect(open(without)).toEqual({ status: 'status-not-retrievable' })
  })

  test('I8: it is not valid once the bundle or a list has expired, or while the clock is far behind them', async () => {
    const brought = { statusList: pack.statusList, logged: logged(document) }
    const ended = await verify(document, pack.bundle, after(27 * HOUR), brought)
    expect(ended.verdict).toBe('indeterminate')
    expect(open(ended)).toMatchObject({
      'issuer-key': 'list-out-of-date',
      'issuer-trust': 'list-out-of-date',
      status: 'status-list-unusable',
    })
    const behind = await verify(document, pack.bundle, after(HOUR), brought)
    expect(open(behind)).toMatchObject({ 'issuer-trust': 'list-out-of-date' })
  })

  test.each([
    ['another list in its place', (url: string) => url.replace('revocation', 'suspension')],
    ['the list of the other purpose', (url: string) => url.replace('suspension', 'revocation')],
  ])('I7, I29a: %s is ignored', async (_, other) => {
    const statusList: RemoteRegistry['statusList'] = async (url) => pack.statusList?.(other(url))
    const answer = await verify(document, pack.bundle, later, { statusList, logged: logged(document) })
    expect(open(answer)).toEqual({ status: 'status-list-unusable' })
  })

  test('a changed status list is ignored', async () => {
    const statusList: RemoteRegistry['statusList'] = async (url) => {
      const kept = await pack.statusList?.(url)
      return kept && { ...kept, validUntil: '2030-01-01T00:00:00Z' }
    }
    const answer = await verify(document, pack.bundle, later, { statusList, logged: logged(document) })
    expect(open(answer)).toEqual({ status: 'status-list-unusable' })
  })

  test('status lists signed within half an hour of the certificate do not yet show whether it was released', async () => {
    const young = await aWorld()
    const document = (await young.issue()).verifiableCredential as ProfileDocument
    await packed(young, after(20 * MINUTE))
    // Nothing has changed since, so those lists are still the published ones.
    const pack = await packed(young, later)
    const { statusList } = pack
    const answer = await verify(document, pack.bundle, later, { statusList, logged: logged(document) })
    expect(open(answer)).toEqual({ recorded: 'not-finished' })
  })

  test('I3: a changed document is invalid', async () => {
    const changed = { ...document, validUntil: '2036-01-01T00:00:00Z' }
    const answer = await verify(changed, pack.bundle, later, { statusList: pack.statusList, logged: logged(document) })
    expect(answer.verdict).toBe('invalid')
  })

  test('R-008: a verifier that accepts fewer roots learns that no accepted authority lists the issuer', async () => {
    const list = listOf(pack.bundle, { roots: ['somebody-else'] }, { statusList: pack.statusList })
    const answer = await verifyOffline(document, { list, now: later, general })
    expect(open(answer)).toMatchObject({ 'issuer-trust': 'issuer-unknown' })
  })

  test('a verifier that accepts no demonstrations never gets a valid one', async () => {
    const list = listOf(
      pack.bundle,
      { demonstration: false },
      { statusList: pack.statusList, logged: logged(document) },
    )
    expect((await verifyOffline(document, { list, now: later, general })).verdict).toBe('indeterminate')
  })

  test('a document of an issuer that the bundle does not list is never valid', async () => {
    const stranger = { ...document, issuer: { ...document.issuer, id: 'did:web:other.example:issuers:demo-tesda' } }
    const answer = await verify(stranger, pack.bundle, later, { logged: logged(document) })
    expect(answer.verdict).not.toBe('valid')
  })
})

describe('the status of a certificate by the time of the bundle', () => {
  test.each([
    ['revoked', revokeCertificate],
    ['suspended', suspendCertificate],
  ] as const)('a certificate that was %s fails by its status list', async (state, change) => {
    const world = await aWorld()
    const { verifiableCredential, uuid } = await world.issue()
    const document = verifiableCredential as ProfileDocument
    await change({ issuer: BODY, uuid, actor: OFFICER, reason: 'holder-request' }, world.at(after(HOUR)))
    const { bundle, statusList } = await packed(world, after(2 * HOUR))
    const answer = await verify(document, bundle, after(3 * HOUR), { statusList, logged: logged(document) })
    expect(answer.verdict).toBe('invalid')
    expect(open(answer)).toEqual({ status: state })
  })

  test('an unknown event could be a withdrawal, so its entity is treated as unknown', async () => {
    const world = await aWorld()
    const document = (await world.issue()).verifiableCredential as ProfileDocument
    const stream = streams.trust(BODY)
    const events = [{ type: 'accreditation-annulled', grant: GRANT }]
    const change = { events, actor: 'registrar', now: after(HOUR), index: 'TRUST' } as const
    const statusList = await packedLists(world, after(HOUR))
    await world.store.append(nextCommit(stream, await world.store.read(stream), change))
    const { bundle } = await packedTrust(world, after(2 * HOUR))
    const answer = await verify(document, bundle, after(3 * HOUR), { statusList, logged: logged(document) })
    expect(answer.verdict).toBe('indeterminate')
  })

  test('a changed contact leaves the verdict as it was, and is read from the bundle', async () => {
    const world = await aWorld()
    const document = (await world.issue()).verifiableCredential as ProfileDocument
    const stream = streams.trust(BODY)
    const events: TrustEvent[] = [{ type: 'contact-changed', contact: 'desk@tesda.example' }]
    const change = { events, actor: 'registrar', now: after(HOUR), index: 'TRUST' } as const
    await world.store.append(nextCommit(stream, await world.store.read<TrustEvent>(stream), change))
    const { bundle, statusList } = await packed(world, after(2 * HOUR))
    const answer = await verify(document, bundle, after(3 * HOUR), { statusList, logged: logged(document) })
    expect(answer.verdict).toBe('valid')
    const body = entityAt(BODY, await listOf(bundle, {}, {}).trust(BODY), EVERYTHING)
    expect(body && contactOn(body, after(2 * HOUR).toISOString())).toBe('desk@tesda.example')
  })

  test('issuer suspended since: a certificate with a log proof counts, and one without stays open', async () => {
    const world = await aWorld()
    const document = (await world.issue()).verifiableCredential as ProfileDocument
    await suspendAccreditation(
      {
        grantee: BODY,
        grant: GRANT,
        by: AUTHORITY,
        basis: 'decision 9',
        actor: 'registrar',
        effectiveAt: after(HOUR).toISOString(),
      },
      { ...world.at(after(HOUR)), policy },
    )
    const { bundle, statusList } = await packed(world, after(2 * HOUR))
    const inLog = await verify(document, bundle, after(3 * HOUR), { statusList, logged: logged(document) })
    expect(inLog).toMatchObject({
      verdict: 'valid',
      issuer: { onIssueDate: { standing: 'authorised' }, today: { standing: 'suspended' } },
    })
    const inNone = await verify(document, bundle, after(3 * HOUR), { statusList })
    expect(inNone).toMatchObject({ verdict: 'indeterminate', issuer: { today: { standing: 'suspended' } } })
    expect(open(inNone)).toEqual({ recorded: 'kept-elsewhere', 'issuer-trust': 'kept-elsewhere' })
  })

  test('a decision made just before the bundle counts, even if the clock here is behind', async () => {
    const world = await aWorld()
    const document = (await world.issue()).verifiableCredential as ProfileDocument
    const { statusList } = await packed(world, after(HOUR))
    const change = { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision 9', actor: 'registrar' }
    const effectiveAt = after(-HOUR).toISOString()
    await suspendAccreditation({ ...change, effectiveAt }, { ...world.at(after(2 * HOUR - MINUTE)), policy })
    const { bundle } = await packed(world, after(2 * HOUR))
    const answer = await verify(document, bundle, after(2 * HOUR - 5 * MINUTE), {
      statusList,
      logged: logged(document),
    })
    expect(open(answer)).toEqual({ 'issuer-trust': 'issuer-suspended' })
  })

  test('I8, I11: the day of issue is the day that the hash in the log covers, whatever a stolen key claims', async () => {
    const world = await aWorld()
    const document = (await world.issue()).verifiableCredential as ProfileDocument
    const change = { grantee: BODY, grant: GRANT, by: AUTHORITY, basis: 'decision 9', actor: 'registrar' }
    const effectiveAt = after(-HOUR).toISOString()
    await suspendAccreditation({ ...change, effectiveAt }, { ...world.at(after(HOUR)), policy })
    const { bundle, statusList } = await packed(world, after(2 * HOUR))
    const judged = (one: ProfileDocument) =>
      verify(one, bundle, after(3 * HOUR), { statusList, logged: logged(document) })
    expect(open(await judged(document))).toEqual({ 'issuer-trust': 'issuer-suspended' })
    const held = entityAt(BODY, await trustOf(world.store)(BODY), EVERYTHING)?.keys[0]
    if (held === undefined) throw new Error('no key')
    const { verificationMethod } = document.proof
    const prepared = prepareCredential(fromOpenBadge(document), { created: '2026-03-02T09:00:00Z', verificationMethod })
    const backdated = sealCredential(prepared, await world.keys.sign(held, BODY, 'certificates', prepared.bytes))
    expect(open(await judged(JSON.parse(backdated)))).toEqual({
      'issuer-trust': 'issuer-suspended',
      proof: 'proof-time-implausible',
    })
  })

  test('I34: key compromised since: the certificate counts only if a witness saw the log before', async () => {
    const world = await aWorld()
    const document = (await world.issue()).verifiableCredential as ProfileDocument
    const effectiveAt = after(HOUR).toISOString()
    const { store } = world
    await compromiseKey(
      { id: BODY, kid: 'certificates-1', effectiveAt, actor: 'registrar' },
      { store, now: after(2 * HOUR) },
    )
    const { bundle, statusList } = await packed(world, after(2 * HOUR + SECOND))
    const seenAt = (moment?: Date) =>
      verify(document, bundle, after(3 * HOUR), { statusList, logged: logged(document, moment?.toISOString()) })
    expect((await seenAt(after(MINUTE))).verdict).toBe('valid')
    expect(open(await seenAt())).toEqual({ 'issuer-key': 'key-compromised' })
    expect((await seenAt(after(90 * MINUTE))).verdict).toBe('invalid')
    // Without a log proof, nothing shows whether the log held it before.
    const alone = await verify(document, bundle, after(3 * HOUR), { statusList })
    expect(open(alone)).toEqual({ 'issuer-key': 'key-compromised', recorded: 'kept-elsewhere' })
    expect(alone.verdict).toBe('indeterminate')
  })
})

describe('I31: a bundle', () => {
  let world: World
  let pack: Awaited<ReturnType<typeof packed>>
  beforeAll(async () => {
    world = await aWorld()
    await world.issue()
    pack = await packed(world, noon)
  })
  const opening = (change: (file: { bundle: Record<string, unknown>; note: string }) => void, more = {}) => {
    const file = structuredClone(pack.file) as { bundle: Record<string, unknown>; note: string }
    change(file)
    return () => openBundle(file, { keys: pack.keys, ...more })
  }

  test.each<[string, (file: { bundle: Record<string, unknown>; note: string }) => void]>([
    ['an entry left out', ({ bundle }) => (bundle.entries as unknown[]).pop()],
    ['another policy', ({ bundle }) => (bundle.policy = { demonstration: false })],
    ['a later end', ({ bundle }) => (bundle.validUntil = '2030-01-01T00:00:00.000Z')],
    ['another address', ({ bundle }) => (bundle.registry = 'https://other.example')],
    ['another note', (file) => (file.note = file.note.replace('\n1\n', '\n2\n'))],
    ['nothing in it', (file) => (file.bundle = {})],
    ['no note', (file) => (file.note = '')],
  ])('with %s is refused', (_, change) => {
    expect(opening(change)).toThrow(expect.objectContaining({ code: 'validation-failed' }))
  })

  test('is refused with another key, without a key, and if the file is not a bundle', () => {
    const [key = ''] = pack.keys
    expect(() => openBundle(pack.file, { keys: [] })).toThrow(/refused|not a trust bundle/)
    expect(() => openBundle(pack.file, { keys: [key.replace('registry.example', 'other.example')] })).toThrow()
    for (const nothing of [undefined, null, 1, 'x', [], {}])
      expect(() => openBundle(nothing, { keys: pack.keys })).toThrow(
        expect.objectContaining({ code: 'validation-failed' }),
      )
  })

  test('I10: nested 5,000 or 100,000 levels deep at any place, is refused with a message and never overflows the stack', () => {
    const { bundle, note } = pack.file as { bundle: { entries: object[] }; note: string }
    for (const depth of [5_000, 100_000]) {
      const deep: unknown = JSON.parse('{"a":['.repeat(depth / 2) + ']}'.repeat(depth / 2))
      for (const file of [
        deep,
        { bundle: deep, note },
        { bundle: { ...bundle, more: deep }, note },
        { bundle: { ...bundle, entries: [...bundle.entries, deep] }, note },
        { bundle, note: deep },
      ])
        expect(() => openBundle(file, { keys: pack.keys })).toThrow(
          expect.objectContaining({ code: 'validation-failed', message: expect.stringContaining('nested') }),
        )
    }
  })

  test('with a smaller tree than was seen, or another tree, is refused; one with a grown tree is accepted', () => {
    const { tree } = pack.bundle
    expect(opening(() => {}, { seen: { ...tree, size: tree.size + 1 } })).toThrow(/seen before/)
    expect(opening(() => {}, { seen: { ...tree, root: Buffer.alloc(32).toString('base64') } })).toThrow(/seen before/)
    expect(opening(() => {}, { seen: tree })().tree).toEqual(tree)
    expect(opening(() => {}, { seen: { size: 0, root: '' } })().tree).toEqual(tree)
  })

  test('with moments in another spelling than ours is refused, because they could not be compared as texts', async () => {
    const { store, keys, baseUrl } = world
    const { bundle } = structuredClone(pack.file) as { bundle: Record<string, unknown> }
    const signers = noteSignersAt(noon, await readLogKeys(store), bundleOrigin(baseUrl), keys)
    const signed = async (change: object) => {
      const changed = { ...bundle, ...change }
      const root = leafHash(Buffer.from(canonicalJson(changed)))
      const checkpoint = formatCheckpoint({ origin: bundleOrigin(baseUrl), size: 1, root, extensions: [] })
      return { bundle: changed, note: Buffer.from(await signNote(checkpoint, signers)).toString() }
    }
    expect(openBundle(await signed({}), { keys: pack.keys }).validUntil).toBe(after(24 * HOUR).toISOString())
    for (const change of [
      { validUntil: after(24 * HOUR).toUTCString() },
      { validUntil: '2026-03-03' },
      { madeAt: noon.toUTCString() },
      { madeAt: noon.getTime() },
    ]) {
      const file = await signed(change)
      expect(() => openBundle(file, { keys: pack.keys })).toThrow(/moments/)
    }
  })
})
