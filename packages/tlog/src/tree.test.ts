import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from './bytes.ts'
import { hex, leavesOf, literalTree } from './sample-log.ts'
import { appendLeaves, emptyFrontier, frontierRoot, leafHash, treeHash } from './tree.ts'

/** The reference tree of Certificate Transparency: test vectors of its first implementation, now in transparency-dev/merkle. */
// biome-ignore format: it reads as a table
const reference = [
  ['',                                 '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00',                               'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10',                               'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021',                             'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031',                             '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243',                         '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657',                 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const

describe('RFC 6962, Section 2.1', () => {
  test('the root of the empty tree is the hash of no bytes', () => {
    expect(toHex(treeHash([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  test.each(reference.map(([, root], at) => [at + 1, root] as const))(
    'the reference tree of %i leaves',
    (size, root) => {
      const leaves = reference.slice(0, size).map(([entry]) => leafHash(hex(entry)))
      expect(toHex(treeHash(leaves))).toBe(root)
    },
  )
})

test('a tree that grows leaf by leaf has the root of the definition at every size to 300', () => {
  const leaves = leavesOf(300)
  const { mth } = literalTree(leaves)
  let frontier = emptyFrontier
  for (const [at, leaf] of leaves.entries()) {
    frontier = appendLeaves(frontier, [leaf])
    expect(frontierRoot(frontier)).toEqual(mth(0, at + 1))
  }
})

test('the portions in which leaves are appended do not matter, and a writer keeps at most one hash for each bit of the size', () => {
  const leaves = leavesOf(1000)
  fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 8 }), (portions) => {
      let frontier = emptyFrontier
      for (const portion of portions) {
        const before = structuredClone(frontier)
        const grown = appendLeaves(frontier, leaves.slice(frontier.size, frontier.size + portion))
        expect(frontier).toEqual(before)
        frontier = grown
      }
      expect(frontier).toEqual(appendLeaves(emptyFrontier, leaves.slice(0, frontier.size)))
      expect(frontier.peaks.length).toBeLessThanOrEqual(Math.ceil(Math.log2(frontier.size + 1)))
    }),
    { numRuns: 30 },
  )
})

test('a frontier with wrong peaks, a hash of another length and an impossible size are refused', () => {
  const [leaf = hex('')] = leavesOf(1)
  const refused = (code: string) => expect.objectContaining({ code })
  expect(() => appendLeaves(emptyFrontier, [leaf.subarray(1)])).toThrow(refused('wrong-hash'))
  expect(() => appendLeaves({ size: 1, peaks: [] }, [leaf])).toThrow(refused('wrong-hash'))
  expect(() => appendLeaves({ size: 2, peaks: [leaf, leaf] }, [leaf])).toThrow(refused('wrong-hash'))
  expect(() => appendLeaves({ size: 1, peaks: [leaf.subarray(1)] }, [])).toThrow(refused('wrong-hash'))
  for (const size of [-1, 0.5, Number.NaN, 2 ** 53])
    expect(() => appendLeaves({ size, peaks: [] }, [leaf])).toThrow(refused('out-of-range'))
})
