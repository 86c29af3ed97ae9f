import { expect, test } from 'vitest'
import { MemoryArtefacts } from '../../../test/support/memory-artefacts.ts'
import { type ArtefactFault, artefacts, checkedReader, checkedStore, digestOf } from './artefacts.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function opened(memory?: number) {
  const store = new MemoryArtefacts()
  const faults: ArtefactFault[] = []
  const how = { report: (fault: ArtefactFault) => faults.push(fault), ...(memory && { memory }) }
  return { store, faults, checked: checkedStore(store, how) }
}

test('a digest is the SHA-256 that other programs compute', () => {
  expect(digestOf(bytesOf('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a signed file has its digest in its name, so that two publishers never compete for one name', async () => {
  const { checked } = opened()
  const [one, other] = [
    await checked.put(artefacts.bundle, bytesOf('1')),
    await checked.put(artefacts.bundle, bytesOf('2')),
  ]
  expect(one.name).toBe(`bundles/${digestOf(bytesOf('1'))}.json`)
  expect(other.name).not.toBe(one.name)
  expect(await checked.read(one)).toEqual(bytesOf('1'))
})

test('F38: bytes with another digest than the commit states are reported and never returned, nor is a missing file', async () => {
  const { store, faults, checked } = opened()
  const named = await checked.put(artefacts.bundle, bytesOf('right'))
  store.files.set(named.name, bytesOf('wrong'))
  expect(await checked.read(named)).toBeUndefined()
  store.files.delete(named.name)
  expect(await checked.read(named)).toBeUndefined()
  expect(faults).toEqual([
    { artefact: named.name, fault: 'changed' },
    { artefact: named.name, fault: 'missing' },
  ])
})

test('F37: files stay in memory up to a number of bytes, the latest ones', async () => {
  const { store, faults, checked } = opened()
  const named = await Promise.all(
    ['a', 'b', 'c'].map((text) => checked.put(artefacts.bundle, bytesOf(text.repeat(10)))),
  )
  const reader = checkedReader(store, { report: (fault) => faults.push(fault), memory: 25 })
  const found = async () => Promise.all(named.map(async (one) => (await reader.read(one)) !== undefined))
  expect(await found()).toEqual([true, true, true])
  store.files.clear()
  expect(await found()).toEqual([false, true, true])
})

test('a file that is larger than the memory is read each time, and displaces nothing', async () => {
  const { store, checked } = opened()
  const [small, large] = [
    await checked.put(artefacts.bundle, bytesOf('a')),
    await checked.put(artefacts.bundle, bytesOf('b'.repeat(99))),
  ]
  const reader = checkedReader(store, { report: () => {}, memory: 50 })
  await reader.read(small)
  expect(await reader.read(large)).toHaveLength(99)
  store.files.clear()
  expect(await reader.read(small)).toEqual(bytesOf('a'))
  expect(await reader.read(large)).toBeUndefined()
})
