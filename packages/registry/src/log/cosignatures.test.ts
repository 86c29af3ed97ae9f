import { formatVerifierKey, parseNote, verifyCosignatures } from '@sijil/tlog'
import { beforeEach, describe, expect, test } from 'vitest'
import { aWitness } from '../../../../test/support/a-witness.ts'
import { after, aWorld, BODY, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { compromiseKey } from '../decisions/keys.ts'
import { verifyDocument } from '../verification/verify.ts'
import { parseWitnesses, readCheckpoint, recordCosignatures, type Witness, witnessedAt } from './cosignatures.ts'
import { replaceLogKey } from './log-keys.ts'
import { sequenceLog } from './sequence.ts'
import { countSignedBy } from './signed-by-key.ts'

const witness = aWitness('witness.example')
const other = aWitness('other.example')
let world: World

const sequence = (now: Date, log: 'registry' | 'certificates' = 'certificates') =>
  sequenceLog(log, {
    store: world.store,
    artefacts: world.artefacts,
    signer: world.keys,
    keys: world.keys,
    baseUrl: world.baseUrl,
    now,
    seen: new Set(),
  })
const note = async () => {
  const bytes = await readCheckpoint('certificates', world.store)
  if (bytes === undefined) throw new Error('no checkpoint')
  return bytes
}
const record = (bytes: Uint8Array, now: Date, witnesses: Witness[] = [witness.key]) =>
  recordCosignatures(
    { log: 'certificates', note: bytes },
    { store: world.store, witnesses, baseUrl: world.baseUrl, now },
  )

beforeEach(async () => {
  world = await aWorld()
})

/** Issues at noon. Answers the recorded hash. */
const issueOne = async (number = '26-MAS2-000001') => {
  const issued = await world.issue({ certificateNumber: number }, { key: number })
  return { issued, hash: String(world.store.events('reserved').at(-1)?.hash) }
}

describe('cosignatures', () => {
  test('D006: of a checkpoint whose key was compromised later are not accepted, whatever the witness saw', async () => {
    await issueOne()
    await sequence(after(SECOND))
    const cosigned = await witness.cosign(await note(), after(2 * SECOND))
    const deps = { store: world.store, signer: world.keys, keys: world.keys, baseUrl: world.baseUrl }
    await replaceLogKey('compromised', { ...deps, now: after(3 * SECOND) })
    await expect(record(cosigned, after(4 * SECOND))).rejects.toMatchObject({ code: 'validation-failed' })
    await sequence(after(5 * SECOND))
    expect(await record(await witness.cosign(await note(), after(6 * SECOND)), after(6 * SECOND))).toBe(1)
  })

  test('of a known witness are stored once, and served with the checkpoint', async () => {
    await issueOne()
    await sequence(after(SECOND))
    const cosigned = await witness.cosign(await note(), after(2 * SECOND))
    expect(await record(cosigned, after(3 * SECOND))).toBe(1)
    expect(await record(cosigned, after(4 * SECOND))).toBe(0)
    expect(await record(await witness.cosign(cosigned, after(5 * SECOND)), after(5 * SECOND))).toBe(0)
    const shown = verifyCosignatures(parseNote(await note()), [witness.key, other.key])
    expect(shown.map(({ key, time }) => [key.name, time * 1_000])).toEqual([
      ['witness.example', after(2 * SECOND).getTime()],
    ])
  })

  test('of two witnesses are both stored', async () => {
    await issueOne()
    await sequence(after(SECOND))
    const both = await other.cosign(await witness.cosign(await note(), after(2 * SECOND)), after(3 * SECOND))
    expect(await record(both, after(3 * SECOND), [witness.key, other.key])).toBe(2)
    expect(verifyCosignatures(parseNote(await note()), [witness.key, other.key])).toHaveLength(2)
  })

  test.each<[string, () => Promise<Uint8Array>]>([
    ['without a signature', note],
    ['of an unknown witness', async () => other.cosign(await note(), after(2 * SECOND))],
    ['from the future', async () => witness.cosign(await note(), after(2 * MINUTE))],
    [
      'over another tree',
      async () =>
        witness.cosign(
          Buffer.from(
            Buffer.from(await note())
              .toString()
              .replace('\n2\n', '\n3\n'),
          ),
          after(SECOND),
        ),
    ],
    [
      'that is broken',
      async () =>
        Buffer.from(
          Buffer.from(await witness.cosign(await note(), after(SECOND)))
            .toString()
            .replace(/.{6}\n$/, 'AAAA==\n'),
        ),
    ],
    ['that is not a note', async () => Buffer.from('nonsense')],
  ])('D006: one %s is refused, and nothing is stored', async (_, make) => {
    await issueOne()
    await sequence(after(SECOND))
    const before = world.store.appended.length
    await expect(record(await make(), after(3 * SECOND))).rejects.toMatchObject({ code: 'validation-failed' })
    expect(world.store.appended).toHaveLength(before)
  })

  test('witnesses are named by their verifier keys', () => {
    const text = `${formatVerifierKey(witness.key)}, ${formatVerifierKey(other.key)}\n`
    expect(parseWitnesses(text).map(({ name }) => name)).toEqual(['witness.example', 'other.example'])
    expect(parseWitnesses('')).toEqual([])
    expect(() => parseWitnesses('witness.example+00000000+AAAA')).toThrow()
  })
})

describe('I34: the moment by which a witness had seen a certificate', () => {
  test('is the time of the first cosigned checkpoint that holds it', async () => {
    const { hash } = await issueOne()
    expect(await witnessedAt(hash, world.store)).toBeUndefined()
    await sequence(after(SECOND))
    expect(await witnessedAt(hash, world.store)).toBeUndefined()
    await record(await witness.cosign(await note(), after(10 * SECOND)), after(11 * SECOND))
    expect(await witnessedAt(hash, world.store)).toBe(after(10 * SECOND).toISOString())
    const { hash: later } = await issueOne('26-MAS2-000002')
    await sequence(after(20 * SECOND))
    expect(await witnessedAt(later, world.store), 'the checkpoint before does not cover it').toBeUndefined()
    await record(await witness.cosign(await note(), after(30 * SECOND)), after(31 * SECOND))
    expect(await witnessedAt(later, world.store)).toBe(after(30 * SECOND).toISOString())
    expect(await witnessedAt(hash, world.store)).toBe(after(10 * SECOND).toISOString())
  })

  test('is never earlier than its place in the log was fixed, whatever the witness says', async () => {
    const { hash } = await issueOne()
    await sequence(after(MINUTE))
    await record(await witness.cosign(await note(), after(-100 * MINUTE)), after(2 * MINUTE))
    expect(await witnessedAt(hash, world.store)).toBe(after(MINUTE).toISOString())
  })

  test('is found beyond tiles without a cosignature', async () => {
    const { hash } = await issueOne()
    for (let at = 2; at <= 600; at++) {
      const event = { type: 'reserved', hash: Buffer.from(String(at).padStart(32, '0')).toString('base64url') }
      const commit = {
        events: [event],
        actor: 'a',
        effectiveAt: '',
        recordedAt: after(SECOND).toISOString(),
        number: 0,
      }
      await world.store.append({ ...commit, stream: `${BODY}/certificate/${at}` as never, index: 'PENDING#2026-03-02' })
    }
    await sequence(after(2 * SECOND))
    await record(await witness.cosign(await note(), after(3 * SECOND)), after(4 * SECOND))
    expect(await witnessedAt(hash, world.store)).toBe(after(3 * SECOND).toISOString())
  })

  test('decides which certificates survive the compromise of a key', async () => {
    const first = await issueOne()
    await sequence(after(SECOND))
    await record(await witness.cosign(await note(), after(10 * SECOND)), after(11 * SECOND))
    const second = await issueOne('26-MAS2-000002')
    await sequence(after(20 * SECOND))
    const effectiveAt = after(25 * SECOND).toISOString()
    const counted = (compromisedFrom: string, kid = 'certificates-1') =>
      countSignedBy({ issuer: BODY, kid, compromisedFrom }, { store: world.store })
    expect(await counted(effectiveAt)).toEqual({ affected: 2, witnessed: 1 })
    expect(await counted(after(9 * SECOND).toISOString())).toEqual({ affected: 2, witnessed: 0 })
    expect(await counted(effectiveAt, 'lists-1')).toEqual({ affected: 0, witnessed: 0 })
    await compromiseKey({ id: BODY, kid: 'certificates-1', actor: 'a', effectiveAt }, world.at(after(MINUTE)))
    const verifying = {
      ...world.verifying(after(2 * MINUTE)),
      witnessed: (hash: string) => witnessedAt(hash, world.store),
      treeSizes: async () => ({ registry: 7, certificates: 2, catalogue: 1 }),
    }
    const keyOf = async (document: object) =>
      (await verifyDocument(document, verifying)).checks.find(({ name }) => name === 'issuer-key')
    expect(await keyOf(first.issued.verifiableCredential)).toMatchObject({
      outcome: 'passed',
      evidence: { witnessedAt: after(10 * SECOND).toISOString() },
    })
    expect(await keyOf(second.issued.verifiableCredential)).toMatchObject({
      outcome: 'not_performed',
      reason: 'key-compromised',
    })
    // A witness that saw the certificate only afterwards proves nothing.
    await record(await witness.cosign(await note(), after(3 * MINUTE)), after(3 * MINUTE))
    expect(await counted(effectiveAt)).toEqual({ affected: 2, witnessed: 1 })
    expect(await keyOf(second.issued.verifiableCredential)).toMatchObject({
      outcome: 'failed',
      reason: 'key-compromised',
    })
    expect((await verifyDocument(first.issued.verifiableCredential, verifying)).log).toEqual({
      registry: 7,
      certificates: 2,
      catalogue: 1,
    })
  })
})
