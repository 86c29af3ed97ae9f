import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sizesTo } from '../../../test/support/whole.ts'
import { proveInclusion } from './prove.ts'
import { areEqual, flipped, hex, leavesOf, literalTree, referenceTree, wrongProofs } from './sample-log.ts'
import { type Inclusion, verifyInclusion } from './verify.ts'

const leaves = leavesOf(300)
const { mth, read, path } = literalTree(leaves)
const leafAt = (index: number) => mth(index, index + 1)

const a = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const b = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const c = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const d = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const e = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const f = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
const one = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
const two = 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'

describe('proofs published with the reference tree of Certificate Transparency', () => {
  // biome-ignore format: it reads as a table
  test.each([
    [0, 1, []], [0, 8, [a, b, c]], [5, 8, [d, e, f]], [2, 3, [two]], [1, 5, [one, b, d]],
  ])('leaf %i is in the tree of %i', async (index, size, published) => {
    const proof = await proveInclusion(index, size, referenceTree.read)
    expect(proof).toEqual(published.map(hex))
    const root = referenceTree.mth(0, size)
    expect(verifyInclusion({ index, size, root, leaf: referenceTree.mth(index, index + 1), proof })).toBe(true)
  })
})

const inclusionOf = async (index: number, size: number): Promise<Inclusion> => {
  const proof = await proveInclusion(index, size, read)
  return { index, size, root: mth(0, size), leaf: leafAt(index), proof }
}

test('for every size to 300, the literal proof of RFC 6962 shows that each leaf is in the tree', async () => {
  for (const size of sizesTo(300)) {
    for (let index = 0; index < size; index++) {
      const inclusion = await inclusionOf(index, size)
      const literal = path(index, 0, size)
      const isLiteral = areEqual(inclusion.proof, literal)
      if (!isLiteral || !verifyInclusion(inclusion)) expect.fail(`leaf ${index} of ${size}`)
    }
  }
})

function* wrongInclusions(right: Inclusion): Iterable<Inclusion> {
  const { index, size, root, leaf, proof } = right
  for (const wrong of wrongProofs(proof, root)) yield { ...right, proof: wrong }
  for (let byte = 0; byte < 32; byte++) {
    yield { ...right, root: flipped(root, byte) }
    yield { ...right, leaf: flipped(leaf, byte) }
  }
  for (let other = 0; other < size; other++) if (other !== index) yield { ...right, index: other }
  for (let other = Math.max(1, size - 9); other < size + 9; other++)
    if (other !== size) yield { ...right, size: other, root: mth(0, other) }
  yield { ...right, size: size * 2 }
  if (index < Math.floor(size / 2)) yield { ...right, size: Math.floor(size / 2) }
  for (const bad of [-1, size, 0.5, Number.NaN, 2 ** 53]) yield { ...right, index: bad }
  for (const bad of [0, index, -1, Number.POSITIVE_INFINITY]) yield { ...right, size: bad }
  yield { ...right, root: new Uint8Array(), leaf: new Uint8Array() }
}

test('I31: for sizes to 12, an inclusion proof fails after a changed byte, hash, index or size', async () => {
  for (let size = 1; size <= 12; size++) {
    for (let index = 0; index < size; index++) {
      const right = await inclusionOf(index, size)
      for (const wrong of wrongInclusions(right)) if (verifyInclusion(wrong)) expect.fail(`leaf ${index} of ${size}`)
    }
  }
})

test('I31: for random larger sizes, an inclusion proof fails after a changed byte, hash, index or size', async () => {
  const leaf = fc.integer({ min: 1, max: 290 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)))
  await fc.assert(
    fc.asyncProperty(leaf, async ([index, size]) => {
      for (const wrong of wrongInclusions(await inclusionOf(index, size))) expect(verifyInclusion(wrong)).toBe(false)
    }),
    { numRuns: 8 },
  )
})
