import { randomBytes } from 'node:crypto'
import { type ArtefactStore, artefacts } from '@sijil/registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The promises of every store of files. The tests run against each one, so that the fake cannot differ from the real ones. */
export function describeArtefacts(
  name: string,
  open: () => Promise<{ store: ArtefactStore; close: () => Promise<void> }>,
): void {
  describe(`${name}: files that are written once`, () => {
    let store: ArtefactStore
    let close: () => Promise<void>
    let count = 0
    const aName = () => artefacts.list(`tesda-${++count}-revocation`, 'ab12')
    beforeAll(async () => ({ store, close } = await open()))
    afterAll(() => close())

    test('a file is read as it was put, whatever its bytes', async () => {
      for (const bytes of [randomBytes(3_000_000), Buffer.from('{"ไทย":true}'), Uint8Array.of(0, 255, 10)]) {
        const name = aName()
        await store.put(name, bytes)
        expect(Buffer.from((await store.read(name)) ?? '').equals(bytes)).toBe(true)
      }
    })

    test('a name that was never put is not found', async () => {
      expect(await store.read(aName())).toBeUndefined()
    })

    test('names of different kinds and depths are kept apart', async () => {
      const names = [
        artefacts.bundle('ab12'),
        artefacts.list('tesda-0-revocation', 'ab12'),
        artefacts.tile('registry', { level: 0, index: 1, width: 256 }),
        artefacts.tile('registry', { level: 0, index: 1_001, width: 256 }),
        artefacts.tile('registry', { level: 'entries', index: 1, width: 256 }),
        artefacts.tile('certificates', { level: 0, index: 1, width: 256 }),
      ]
      for (const [place, name] of names.entries()) await store.put(name, Uint8Array.of(place))
      const read = await Promise.all(names.map((name) => store.read(name)))
      expect(read.map((bytes) => bytes?.[0])).toEqual([0, 1, 2, 3, 4, 5])
    })

    test('F35: the same bytes may be put again', async () => {
      const name = aName()
      await store.put(name, Uint8Array.of(1, 2))
      await store.put(name, Uint8Array.of(1, 2))
      expect(await store.read(name)).toEqual(Uint8Array.of(1, 2))
    })

    test('A005, F35: other bytes are refused, and the first ones stay', async () => {
      const name = aName()
      await store.put(name, Uint8Array.of(1, 2))
      for (const other of [Uint8Array.of(1, 3), Uint8Array.of(1), Uint8Array.of()])
        await expect(store.put(name, other)).rejects.toMatchObject({ code: 'artefact-differs' })
      expect(await store.read(name)).toEqual(Uint8Array.of(1, 2))
    })

    test('A005: if fifty put different bytes under one name, one of them succeeds', async () => {
      const name = aName()
      const puts = Array.from({ length: 50 }, (_, place) => store.put(name, Uint8Array.of(place)))
      const settled = await Promise.allSettled(puts)
      const won = settled.flatMap(({ status }, place) => (status === 'fulfilled' ? [place] : []))
      expect(won).toHaveLength(1)
      expect(await store.read(name)).toEqual(Uint8Array.of(...won))
    })
  })
}
