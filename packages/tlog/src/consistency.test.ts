import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sizesTo } from '../../../test/support/whole.ts'
import { type HashReader, proveConsistency, proveInclusion, rootAt } from './prove.ts'
import { areEqual, flipped, hex, leavesOf, literalTree, referenceTree, wrongProofs } from './sample-log.ts'
import { emptyRoot, leafHash, nodeHash } from './tree.ts'
import { type Consistency, verifyConsistency, verifyInclusion } from './verify.ts'

const leaves = leavesOf(300)
const { mth, read, subproof } = literalTree(leaves)

const a = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const b = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const c = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'
const d = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const e = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const f = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'
const g = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'
const h = 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f'

describe('proofs published with the reference tree of Certificate Transparency', () => {
  // biome-ignore format: it reads as a table
  test.each([
    [1, 1, []], [1, 8, [a, b, c]], [6, 8, [g, e, f]], [2, 5, [b, d]], [6, 7, [g, h, f]],
  ])('the tree of %i is the beginning of the tree of %i', async (from, to, published) => {
    const proof = await proveConsistency(from, to, referenceTree.read)
    expect(proof).toEqual(published.map(hex))
    const roots = { fromRoot: referenceTree.mth(0, from), toRoot: referenceTree.mth(0, to) }
    expect(verifyConsistency({ from, to, ...roots, proof })).toBe(true)
  })
})

const consistencyOf = async (from: number, to: number): Promise<Consistency> => {
  const proof = await proveConsistency(from, to, read)
  return { from, to, fromRoot: mth(0, from), toRoot: mth(0, to), proof }
}

test('I31: for every size to 300, the literal proof of RFC 6962 shows that the tree begins with every smaller one', async () => {
  for (const to of [0, ...sizesTo(300)]) {
    for (let from = 0; from <= to; from++) {
      const consistency = await consistencyOf(from, to)
      const literal = from === 0 ? [] : subproof(from, 0, to, true)
      const isLiteral = areEqual(consistency.proof, literal)
      if (!isLiteral || !verifyConsistency(consistency)) expect.fail(`${from} in ${to}`)
    }
  }
})

function* wrongConsistencies(right: Consistency): Iterable<Consistency> {
  const { from, to, fromRoot, toRoot, proof } = right
  for (const wrong of [...wrongProofs(proof, fromRoot), ...wrongProofs(proof, toRoot)]) yield { ...right, proof: wrong }
  for (let byte = 0; byte < 32; byte++) {
    yield { ...right, fromRoot: flipped(fromRoot, byte) }
    yield { ...right, toRoot: flipped(toRoot, byte) }
  }
  for (let other = 1; other <= to; other++) if (other !== from) yield { ...right, from: other, fromRoot: mth(0, other) }
  for (let other = Math.max(from, to - 9); other < to + 9; other++)
    if (other !== to) yield { ...right, to: other, toRoot: mth(0, other) }
  if (from < to) {
    yield { ...right, fromRoot: toRoot, toRoot: fromRoot }
    yield { ...right, from: to, to: from, fromRoot: toRoot, toRoot: fromRoot }
    yield { ...right, proof: [] }
  }
  yield { ...right, fromRoot: new Uint8Array(), toRoot: new Uint8Array() }
  for (const bad of [-1, to + 1, 0.5, Number.NaN]) yield { ...right, from: bad }
}

test('I31: for sizes to 12, a consistency proof fails after a changed byte, hash or size', async () => {
  for (let to = 1; to <= 12; to++) {
    for (let from = 1; from <= to; from++) {
      const right = await consistencyOf(from, to)
      for (const wrong of wrongConsistencies(right)) if (verifyConsistency(wrong)) expect.fail(`${from} in ${to}`)
    }
  }
})

test('I31: for random larger sizes, a consistency proof fails after a changed byte, hash or size', async () => {
  const sizes = fc
    .integer({ min: 1, max: 290 })
    .chain((to) => fc.tuple(fc.integer({ min: 1, max: to }), fc.constant(to)))
  await fc.assert(
    fc.asyncProperty(sizes, async ([from, to]) => {
      for (const wrong of wrongConsistencies(await consistencyOf(from, to)))
        expect(verifyConsistency(wrong)).toBe(false)
    }),
    { numRuns: 8 },
  )
})

test('every tree begins with the empty tree, with its only root and an empty proof', () => {
  const toRoot = mth(0, 5)
  expect(verifyConsistency({ from: 0, to: 5, fromRoot: emptyRoot(), toRoot, proof: [] })).toBe(true)
  expect(verifyConsistency({ from: 0, to: 0, fromRoot: emptyRoot(), toRoot: emptyRoot(), proof: [] })).toBe(true)
  expect(verifyConsistency({ from: 0, to: 5, fromRoot: toRoot, toRoot, proof: [] })).toBe(false)
  expect(verifyConsistency({ from: 0, to: 5, fromRoot: emptyRoot(), toRoot, proof: [toRoot] })).toBe(false)
  expect(verifyConsistency({ from: 0, to: 0, fromRoot: toRoot, toRoot, proof: [] })).toBe(false)
})

/** A tree of any size in which all leaves but one are equal. */
function tallTree(special: number): HashReader {
  const alike: Uint8Array[] = [leafHash(hex('00'))]
  const unlike: Uint8Array[] = [leafHash(hex('01'))]
  for (let level = 0; level < 53; level++) {
    const [common, own] = [alike[level] as Uint8Array, unlike[level] as Uint8Array]
    alike.push(nodeHash(common, common))
    unlike.push(Math.floor(special / 2 ** level) % 2 === 0 ? nodeHash(own, common) : nodeHash(common, own))
  }
  return (level, index) => (Math.floor(special / 2 ** level) === index ? unlike : alike)[level] as Uint8Array
}

test('proofs work for sizes beyond 32 bits, up to the largest', async () => {
  const max = Number.MAX_SAFE_INTEGER
  const numbers = fc.integer({ min: 1, max: 53 }).chain((bits) => fc.integer({ min: 1, max: Math.min(2 ** bits, max) }))
  await fc.assert(
    fc.asyncProperty(numbers, numbers, async (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      const index = from - 1
      const reader = tallTree(index)
      const [fromRoot, root] = [await rootAt(from, reader), await rootAt(to, reader)]
      const inclusion = {
        index,
        size: to,
        root,
        leaf: leafHash(hex('01')),
        proof: await proveInclusion(index, to, reader),
      }
      expect(verifyInclusion(inclusion)).toBe(true)
      if (index > 0) expect(verifyInclusion({ ...inclusion, index: index - 1 })).toBe(false)
      const proof = await proveConsistency(from, to, reader)
      expect(verifyConsistency({ from, to, fromRoot, toRoot: root, proof })).toBe(true)
      expect(verifyConsistency({ from, to, fromRoot: flipped(fromRoot, 0), toRoot: root, proof })).toBe(false)
    }),
    {
      numRuns: 40,
      examples: [
        [max, max],
        [1, max],
        [2 ** 52, max],
        [2 ** 32, 2 ** 32 + 1],
        [2 ** 49 - 1, 2 ** 49],
      ],
    },
  )
})

test('no proof is made for an impossible index or size, or from a hash of another length', async () => {
  const refused = expect.objectContaining({ code: 'out-of-range' })
  await expect(proveInclusion(3, 3, read)).rejects.toThrow(refused)
  await expect(proveInclusion(-1, 3, read)).rejects.toThrow(refused)
  await expect(proveConsistency(4, 3, read)).rejects.toThrow(refused)
  await expect(rootAt(Number.NaN, read)).rejects.toThrow(refused)
  const nothing = expect.objectContaining({ code: 'wrong-hash' })
  await expect(proveInclusion(0, 2, () => new Uint8Array(31))).rejects.toThrow(nothing)
})
