import { appendLeaves, type Frontier, frontierRoot, proveConsistency, treeHash, verifyConsistency } from '@sijil/tlog'
import { type BundleHead, bundleHeadOrigin, type TrustBundle } from '../log/bundle.ts'
import type { PublicEntry } from '../log/logs.ts'
import { leafOf } from './copy-entries.ts'
import { openSigned, refused, refusing, requireFlat, type SeenTree } from './open-bundle.ts'

/** A part of a list's entries, in the order of its log, with a proof that the log of the signed head begins with them. */
export interface BundleSlice {
  head: BundleHead
  /** Signed by the registry, over the head alone. */
  note: string
  /** How many entries come before. */
  from: number
  entries: PublicEntry[]
  /** RFC 6962 §2.1.2, from the tree with these entries to that of the head. Base64. */
  proof: string[]
}

interface OpenedSlice extends Pick<BundleSlice, 'head' | 'entries'> {
  tree: SeenTree
  /** False if other entries come next. Then nothing is known about these. */
  isNext: boolean
}

/**
 * Opens a slice with the keys of the registry's log. Throws `validation-failed` unless one of them signed its head, and the log of that
 * head begins with `before` and then these entries. Only the head is checked if other entries come next (`isNext`).
 */
export function openSlice(
  slice: unknown,
  { keys, before }: { keys: readonly string[]; before: Frontier },
): OpenedSlice {
  return refusing(() => {
    requireFlat(slice, 0)
    const { head, note, from, entries, proof } = slice as BundleSlice
    const { root, size } = openSigned(head, note, { keys, origin: bundleHeadOrigin(head.registry) })
    const opened = { head, entries, tree: { size, root: toBase64(root) } }
    if (from !== before.size) return { ...opened, isNext: false }
    const grown = appendLeaves(before, entries.map(leafOf))
    const hashes = proof.map((hash) => new Uint8Array(Buffer.from(hash, 'base64')))
    const isPart = verifyConsistency({
      from: grown.size,
      to: size,
      fromRoot: frontierRoot(grown),
      toRoot: root,
      proof: hashes,
    })
    if (!isPart) throw refused('its entries are not the next ones of its log')
    return { ...opened, isNext: true }
  })
}

/** Cuts the next entries out of a bundle. Answers undefined if its registry did not sign the head by itself. */
export async function sliceOf(file: unknown, from: number, most: number): Promise<BundleSlice | undefined> {
  const { bundle, head: note } = file as { bundle: TrustBundle; head?: string }
  if (note === undefined) return undefined
  const { registry, policy, size, checkpoint, madeAt, validUntil } = bundle
  const leaves = bundle.entries.map(leafOf)
  const entries = bundle.entries.slice(from, from + most)
  const proof = await proveConsistency(from + entries.length, size, (level, index) =>
    treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
  )
  const head = { registry, policy, size, checkpoint, madeAt, validUntil }
  return { head, note, from, entries, proof: proof.map(toBase64) }
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
