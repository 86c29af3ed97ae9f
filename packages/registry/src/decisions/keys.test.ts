import { generateKeyPairSync, sign } from 'node:crypto'
import { fromOpenBadge, multikeyFromSpki, parseProfile, prepareCredential, sealCredential } from '@sijil/credentials'
import { describe, expect, test } from 'vitest'
import { after, aWorld, BODY, MINUTE, noon, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { RegistryError } from '../errors.ts'
import { publishStatusList } from '../status/status-list.ts'
import { type CommitReader, readingOf, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import type { TrustEvent } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import { verifyDocument } from '../verification/verify.ts'
import type { VerifyDeps } from '../verification/verify-deps.ts'
import { addKey, compromiseKey, resumeKey, retireKey, suspendKey } from './keys.ts'

const actor = 'officer'
const FIRST = 'certificates-1'
const change = { id: BODY, kid: FIRST, actor }
const second = { key: 'key-2' }
const keyOf = async ({ store }: World, kid = FIRST) => {
  const found = entityAt(BODY, await trustOf(store)(BODY), EVERYTHING)?.keys.find((key) => key.kid === kid)
  if (found === undefined) throw new Error('no such key')
  return found
}
const addedTo = (world: World, now: Date) =>
  addKey({ id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor }, world.at(now))
/** The start of the suspension that an officer sees. */
const suspended = async (kid: string, world: World) => ({
  ...change,
  kid,
  suspendedAt: (await keyOf(world, kid)).suspendedAt,
})
const methodOf = (document: object) => (document as { proof: { verificationMethod: string } }).proof.verificationMethod

/** A store in which certificate records cannot be read. */
const withoutRecords = ({ store }: World): CommitReader => ({
  ...readingOf(store),
  read: async (stream) => {
    if (stream.includes('/certificate/')) throw new RegistryError('dependency-unavailable', 'away')
    return store.read(stream)
  },
})

async function verdictOn(document: object, world: World, now: Date, witnessed?: VerifyDeps['witnessed']) {
  const { verdict, checks } = await verifyDocument(document, {
    ...world.verifying(now),
    ...(witnessed && { witnessed }),
  })
  return { verdict, key: checks.find(({ name }) => name === 'issuer-key'), checks }
}

describe('rotating a key', () => {
  test('V051: signatures of the old key still count, and new certificates are signed with the new key', async () => {
    const world = await aWorld()
    const old = await world.issue()
    expect(await addedTo(world, after(SECOND))).toBe('certificates-2')
    await retireKey(change, world.at(after(2 * SECOND)))
    const retiredAt = after(2 * SECOND).toISOString()
    expect(await verdictOn(old.verifiableCredential, world, after(MINUTE))).toMatchObject({
      verdict: 'valid',
      key: { outcome: 'passed', evidence: { key: FIRST, retiredAt } },
    })
    const next = await world.issue({ certificateNumber: 'B' }, { ...second, deps: { now: after(MINUTE) } })
    expect(methodOf(next.verifiableCredential)).toMatch(/#certificates-2$/)
    expect((await verdictOn(next.verifiableCredential, world, after(2 * MINUTE))).verdict).toBe('valid')
  })

  test('I10: a proof that names a key of another curve fails, and nothing is thrown', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    const kid = await addKey({ id: BODY, purpose: 'certificates', algorithm: 'P-256', actor }, world.at(after(SECOND)))
    const forged = structuredClone(verifiableCredential) as { proof: { verificationMethod: string } }
    forged.proof.verificationMethod = forged.proof.verificationMethod.replace(FIRST, kid)
    expect(await verdictOn(forged, world, after(MINUTE))).toMatchObject({
      verdict: 'invalid',
      key: { reason: 'key-not-authorized' },
    })
  })

  test('a key that is retired twice keeps the first day', async () => {
    const world = await aWorld()
    await retireKey(change, world.at(noon))
    await retireKey(change, world.at(after(MINUTE)))
    expect((await keyOf(world)).retiredAt).toBe(noon.toISOString())
  })

  test('I8: a certificate recorded after its key was retired fails, whatever date its proof claims', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await retireKey({ ...change, effectiveAt: after(-SECOND).toISOString() }, world.at(after(SECOND)))
    expect(await verdictOn(verifiableCredential, world, after(MINUTE))).toMatchObject({
      verdict: 'invalid',
      key: { outcome: 'failed', reason: 'key-retired' },
    })
  })
})

describe('suspending a key', () => {
  test('issuing continues with another key, or the error says that the key is suspended', async () => {
    const world = await aWorld()
    await suspendKey(change, world.at(after(-MINUTE)))
    await expect(world.issue()).rejects.toMatchObject({
      code: 'dependency-unavailable',
      message: expect.stringContaining('suspended'),
    })
    await addedTo(world, after(-SECOND))
    expect(methodOf((await world.issue()).verifiableCredential)).toMatch(/#certificates-2$/)
  })

  test('earlier signatures still count, and a resumed key signs again', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await suspendKey(change, world.at(after(SECOND)))
    expect((await verdictOn(verifiableCredential, world, after(MINUTE))).verdict).toBe('valid')
    await resumeKey(await suspended(change.kid, world), world.at(after(MINUTE)))
    await world.issue({ certificateNumber: 'B' }, { ...second, deps: { now: after(2 * MINUTE) } })
  })

  test('a suspended list key stops the publication of new lists', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    const [status] = (verifiableCredential as { credentialStatus: { statusListCredential: string }[] }).credentialStatus
    const list = status?.statusListCredential.split('/').at(-1) ?? ''
    await suspendKey({ ...change, kid: 'lists-1' }, world.at(after(SECOND)))
    await expect(publishStatusList(list, world.at(after(2 * SECOND)))).rejects.toMatchObject({
      code: 'dependency-unavailable',
    })
    await resumeKey(await suspended('lists-1', world), world.at(after(3 * SECOND)))
    await publishStatusList(list, world.at(after(4 * SECOND)))
  })
})

test.each([
  ['retired', retireKey],
  ['suspended', suspendKey],
  ['compromised', compromiseKey],
] as const)(
  'I8: if a key was %s and the record cannot be read, the check of the key is not performed',
  async (_, end) => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await end({ ...change, effectiveAt: after(MINUTE).toISOString() }, world.at(after(2 * MINUTE)))
    const deps = { ...world.verifying(after(3 * MINUTE)), reader: withoutRecords(world) }
    const { verdict, checks } = await verifyDocument(verifiableCredential, deps)
    const key = checks.find(({ name }) => name === 'issuer-key')
    expect([verdict, key?.outcome, key?.reason]).toEqual(['indeterminate', 'not_performed', 'record-not-readable'])
  },
)

describe('a compromised key', () => {
  const from = after(MINUTE).toISOString()
  async function compromised() {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await compromiseKey({ ...change, effectiveAt: from }, world.at(after(2 * MINUTE)))
    return { world, document: verifiableCredential }
  }
  const hashOf = (document: object, { store }: World) => {
    const uuid = (document as { id: string }).id.slice('urn:uuid:'.length)
    return store.events('reserved').find(({ stream }) => stream.endsWith(uuid))?.hash
  }

  test('V053: a certificate that a witness saw before stays valid, and the answer says that the key was compromised later', async () => {
    const { world, document } = await compromised()
    const asked: string[] = []
    const witnessed = async (hash: string) => {
      asked.push(hash)
      return after(SECOND).toISOString()
    }
    expect(await verdictOn(document, world, after(3 * MINUTE), witnessed)).toMatchObject({
      verdict: 'valid',
      key: { outcome: 'passed', evidence: { compromisedFrom: from, witnessedAt: after(SECOND).toISOString() } },
    })
    expect(asked).toEqual([hashOf(document, world)])
  })

  test('I34: without a witness the check is not performed; with a witness that came too late it fails', async () => {
    const { world, document } = await compromised()
    const open = { verdict: 'indeterminate', key: { outcome: 'not_performed', reason: 'key-compromised' } }
    expect(await verdictOn(document, world, after(3 * MINUTE))).toMatchObject(open)
    expect(await verdictOn(document, world, after(3 * MINUTE), async () => undefined)).toMatchObject(open)
    expect(await verdictOn(document, world, after(3 * MINUTE), async () => from)).toMatchObject({
      verdict: 'invalid',
      key: { outcome: 'failed', reason: 'key-compromised' },
    })
  })

  test('a certificate recorded after the compromise fails even with a witness', async () => {
    const world = await aWorld()
    const { verifiableCredential } = await world.issue()
    await compromiseKey({ ...change, effectiveAt: after(-SECOND).toISOString() }, world.at(after(MINUTE)))
    expect(
      await verdictOn(verifiableCredential, world, after(3 * MINUTE), async () => '2026-01-01T00:00:00.000Z'),
    ).toMatchObject({ verdict: 'invalid', key: { reason: 'key-compromised' } })
  })

  test('V054: a back-dated forgery with a stolen key fails, because only recorded certificates count', async () => {
    const world = await aWorld()
    // The test holds the private key, as a thief would.
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const stolen = multikeyFromSpki(publicKey.export({ format: 'der', type: 'spki' }))
    const keys = { ...world.keys, createKey: async () => ({ keyRef: 'stolen', publicKeyMultibase: stolen }) }
    const signer = {
      sign: async (...[, , , bytes]: Parameters<typeof world.keys.sign>) =>
        new Uint8Array(sign(null, bytes, privateKey)),
    }
    const kid = await addKey(
      { id: BODY, purpose: 'certificates', algorithm: 'Ed25519', actor },
      { ...world.at(after(-MINUTE)), keys },
    )
    const { verifiableCredential } = await world.issue({}, { deps: { signer } })
    await compromiseKey({ id: BODY, kid, actor, effectiveAt: from }, world.at(after(2 * MINUTE)))

    const document = parseProfile(verifiableCredential)
    const forge = (name: string, id: string) => {
      const certificate = fromOpenBadge(document)
      const prepared = prepareCredential(
        { ...certificate, id, holder: { ...certificate.holder, name } },
        { created: document.proof.created, verificationMethod: document.proof.verificationMethod },
      )
      return JSON.parse(sealCredential(prepared, sign(null, prepared.bytes, privateKey)))
    }
    const witnessed = async () => after(SECOND).toISOString()
    const now = after(3 * MINUTE)
    for (const forged of [
      forge('MALLORY', document.id),
      forge('MALLORY', 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'),
    ]) {
      const { verdict, checks, key } = await verdictOn(forged, world, now, witnessed)
      expect([verdict, key?.reason]).toEqual(['invalid', 'key-compromised'])
      expect(checks.find(({ name }) => name === 'recorded')).toMatchObject({ reason: 'not-recorded' })
      expect(checks.find(({ name }) => name === 'proof')).toMatchObject({ outcome: 'passed' })
    }
    // The real certificate, signed with the same key, stays valid.
    expect((await verdictOn(verifiableCredential, world, now, witnessed)).verdict).toBe('valid')
  })

  test('signs nothing any more, and retiring the key cannot replace the compromise', async () => {
    const { world } = await compromised()
    await expect(
      world.issue({ certificateNumber: 'B' }, { ...second, deps: { now: after(3 * MINUTE) } }),
    ).rejects.toMatchObject({ code: 'dependency-unavailable' })
    await expect(retireKey(change, world.at(after(3 * MINUTE)))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('R006: the moment of the compromise must be in the past and can only move earlier', async () => {
    const { world } = await compromised()
    const again = (effectiveAt: string) => compromiseKey({ ...change, effectiveAt }, world.at(after(5 * MINUTE)))
    const refused = { code: 'validation-failed', faults: [{ pointer: '/compromisedFrom' }] }
    await expect(again(after(10 * MINUTE).toISOString())).rejects.toMatchObject(refused)
    await expect(again(after(2 * MINUTE).toISOString())).rejects.toMatchObject(refused)
    await again(after(SECOND).toISOString())
    expect((await keyOf(world)).compromisedFrom).toBe(after(SECOND).toISOString())
  })

  test('R006: a later moment that is in the stream anyway changes nothing', async () => {
    const { world } = await compromised()
    const history = await world.store.read<TrustEvent>(streams.trust(BODY))
    const last = history.at(-1)
    if (last === undefined) throw new Error('no history')
    const grown = [...history, { ...last, number: last.number + 1, effectiveAt: after(9 * MINUTE).toISOString() }]
    expect(entityAt(BODY, grown, EVERYTHING)?.keys.find(({ kid }) => kid === FIRST)?.compromisedFrom).toBe(from)
  })
})

describe('decisions about keys', () => {
  test.each([suspendKey, resumeKey, retireKey])('%o refuses an unknown body and an unknown key', async (work) => {
    const world = await aWorld()
    await expect(work({ suspendedAt: undefined, ...change, id: 'nobody' }, world.at(noon))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      work({ suspendedAt: undefined, ...change, kid: 'certificates-9' }, world.at(noon)),
    ).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('one decision makes one key, even if it is carried out several times', async () => {
    const world = await aWorld()
    const request = { id: BODY, purpose: 'lists' as const, algorithm: 'Ed25519' as const, actor, proposal: 'p-1' }
    expect(await addKey(request, world.at(noon))).toBe('lists-2')
    expect(await addKey(request, world.at(after(SECOND)))).toBe('lists-2')
    expect(world.store.events('key-added').filter(({ proposal }) => proposal === 'p-1')).toHaveLength(1)
  })
})
