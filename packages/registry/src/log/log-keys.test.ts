import {
  formatVerifierKey,
  openCheckpoint,
  openHandover,
  openNote,
  parseNote,
  parseVerifierKey,
  TlogError,
} from '@sijil/tlog'
import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import { after, aWorld, MINUTE, SECOND, type World } from '../../../../test/support/registry-world.ts'
import { publishBundle, readBundle } from './bundle.ts'
import { readCheckpoint } from './cosignatures.ts'
import { readLogKeys, readPublicKeys, readVerifierKeys, replaceLogKey } from './log-keys.ts'
import { type LogName, originOf } from './logs.ts'
import { sequenceLog } from './sequence.ts'

const DAY = 24 * 60 * MINUTE
let world: World
beforeEach(async () => {
  world = await aWorld()
  await run(after(SECOND))
})

const depsAt = (now: Date) => ({
  store: world.store,
  artefacts: world.artefacts,
  signer: world.keys,
  keys: world.keys,
  baseUrl: world.baseUrl,
  now,
})
const run = (now: Date, log: LogName = 'registry') => sequenceLog(log, { ...depsAt(now), seen: new Set() })
const replace = (before: 'superseded' | 'compromised', now: Date) => replaceLogKey(before, depsAt(now))
const noteOf = async (log: LogName = 'registry') => {
  const bytes = await readCheckpoint(log, world.store)
  if (bytes === undefined) throw new Error('no checkpoint')
  return bytes
}
const texts = () => readVerifierKeys('registry', world.baseUrl, world.store)
const keyAt = async (at: number) => {
  const keys = await readPublicKeys('registry', world.baseUrl, world.store)
  return parseVerifierKey('ed25519', keys[at]?.key ?? '')
}
const isSignedBy = async (note: Uint8Array, at: number) => {
  const key = await keyAt(at)
  try {
    return openNote(note, [key]).signedBy.length === 1
  } catch (error) {
    if (error instanceof TlogError && error.code === 'not-signed') return false
    throw error
  }
}

describe('a key of the logs that is superseded', () => {
  test('also signs for 30 days: both keys sign the next checkpoint, even if nothing happened', async () => {
    const before = await noteOf()
    await replace('superseded', after(MINUTE))
    expect(await run(after(MINUTE + SECOND))).toMatchObject({ added: 0 })
    const both = await noteOf()
    expect(parseNote(both).text).toBe(parseNote(before).text)
    expect([await isSignedBy(both, 0), await isSignedBy(both, 1)]).toEqual([true, true])
    await run(after(MINUTE + 31 * DAY))
    const alone = await noteOf()
    expect([await isSignedBy(alone, 0), await isSignedBy(alone, 1)]).toEqual([false, true])
    // The signatures of the old key still hold.
    const keys = (await texts()).map((text) => parseVerifierKey('ed25519', text))
    expect(keys).toHaveLength(2)
    for (const note of [before, both, alone])
      openCheckpoint(note, { origin: originOf(world.baseUrl, 'registry'), keys })
  })

  test('names the next key in each log, and is published with the end of its use', async () => {
    await replace('superseded', after(MINUTE))
    for (const log of ['registry', 'certificates'] as const) {
      const [first, second] = await readPublicKeys(log, world.baseUrl, world.store)
      expect(first).toEqual({
        key: expect.any(String),
        addedAt: after(SECOND).toISOString(),
        replacedAt: after(MINUTE).toISOString(),
      })
      expect(second).toMatchObject({ addedAt: after(MINUTE).toISOString() })
      const known = parseVerifierKey('ed25519', first?.key ?? '')
      expect(formatVerifierKey(openHandover(Buffer.from(second?.handover ?? ''), known))).toBe(second?.key)
    }
  })

  test('gets no successor if it cannot sign any more: nothing is recorded', async () => {
    const { port } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'fails-before' }])
    await expect(replaceLogKey('superseded', { ...depsAt(after(MINUTE)), signer: port })).rejects.toMatchObject({
      code: 'dependency-unavailable',
    })
    expect(await readLogKeys(world.store)).toHaveLength(1)
  })
})

describe('I34: a key of the logs that is compromised', () => {
  test('signs nothing more, names no next key, and is no longer among the published keys', async () => {
    const stolen = await noteOf()
    await replace('compromised', after(MINUTE))
    await run(after(MINUTE + SECOND))
    const note = await noteOf()
    expect([await isSignedBy(note, 0), await isSignedBy(note, 1)]).toEqual([false, true])
    const keys = (await texts()).map((text) => parseVerifierKey('ed25519', text))
    expect(() => openCheckpoint(stolen, { origin: originOf(world.baseUrl, 'registry'), keys })).toThrow(
      expect.objectContaining({ code: 'not-signed' }),
    )
    const [first, second] = await readPublicKeys('registry', world.baseUrl, world.store)
    expect(first).toMatchObject({ compromised: true, replacedAt: after(MINUTE).toISOString() })
    expect(second).not.toHaveProperty('handover')
  })

  test('is replaced on the checkpoint at once, even if a run that began earlier signed with it', async () => {
    const { port, waiting, release } = withFaults(world.keys, [{ method: 'sign', call: 1, outcome: 'waits-before' }])
    await world.issue()
    const straggler = sequenceLog('certificates', { ...depsAt(after(MINUTE)), signer: port, seen: new Set() })
    await waiting
    await replace('compromised', after(MINUTE))
    release()
    await straggler
    expect(await isSignedByKeyOf('certificates', 0)).toBe(true)
    expect(await run(after(MINUTE + SECOND), 'certificates')).toEqual({ size: 2, added: 0 })
    expect([await isSignedByKeyOf('certificates', 0), await isSignedByKeyOf('certificates', 1)]).toEqual([false, true])
  })

  const isSignedByKeyOf = async (log: LogName, at: number) => {
    const keys = await readPublicKeys(log, world.baseUrl, world.store)
    const { id } = parseVerifierKey('ed25519', keys[at]?.key ?? '')
    return parseNote(await noteOf(log)).signatures.some(({ keyId }) => keyId === id)
  }

  const bundleAt = (now: Date) => ({ ...depsAt(now), policy: { demonstration: true } })

  test('signs no trust bundle any more: a new bundle is made', async () => {
    await publishBundle(bundleAt(after(2 * SECOND)))
    const noteOfBundle = async () => JSON.parse((await readBundle(world)) ?? '').note as string
    const before = await noteOfBundle()
    expect(await publishBundle(bundleAt(after(3 * SECOND)))).toBe(false)
    await replace('compromised', after(MINUTE))
    await run(after(MINUTE + SECOND))
    expect(await publishBundle(bundleAt(after(MINUTE + 2 * SECOND)))).toBe(true)
    expect(await publishBundle(bundleAt(after(MINUTE + 3 * SECOND)))).toBe(false)
    const idsOf = (note: string) => parseNote(Buffer.from(note)).signatures.map(({ keyId }) => keyId)
    expect(idsOf(await noteOfBundle())).toHaveLength(1)
    expect(idsOf(await noteOfBundle())).not.toEqual(idsOf(before))
  })
})

test('two replacements at once record one key; without a first key there is nothing to replace', async () => {
  const both = await Promise.allSettled([1, 2].map(() => replace('superseded', after(MINUTE))))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect((await readLogKeys(world.store)).map(({ kid }) => kid)).toEqual(['checkpoints-1', 'checkpoints-2'])
  world = await aWorld()
  await expect(replace('superseded', after(MINUTE))).rejects.toMatchObject({ code: 'not-found' })
})
