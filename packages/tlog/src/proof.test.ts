import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { sampled, sizesTo } from '../../../test/support/whole.ts'
import { decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { formatNote, type NoteSigner, parseNote, signNote } from './note.ts'
import { formatProof, MAX_PROOF_BYTES, openProof, type ProofPolicy, parseProof, type TlogProof } from './proof.ts'
import { proveInclusion } from './prove.ts'
import { logKey, ORIGIN, PUBLISHED, witnesses as publishedWitnesses } from './sample-checkpoint.ts'
import { areEqual, flipped, hex, leavesOf, literalTree, sampleSigner } from './sample-log.ts'
import { createVerifierKey, type VerifierKey } from './verifier-key.ts'

const refused = (code: string) => expect.objectContaining({ name: 'TlogError', code })
const textOf = (bytes: Uint8Array) => decodeUtf8(bytes) ?? ''

const origin = 'log.example/log/registry'
const leaves = leavesOf(300)
const { mth, read, path } = literalTree(leaves)
const held = sampleSigner(new Uint8Array(32).fill(1))
const log: NoteSigner = { key: createVerifierKey('ed25519', origin, held.publicKey), sign: held.sign }
const aWitness = (name: string, seed: number): NoteSigner<VerifierKey<'cosignature'>> => {
  const { publicKey, sign } = sampleSigner(new Uint8Array(32).fill(seed))
  return { key: createVerifierKey('cosignature', name, publicKey), sign }
}
const one = aWitness('one.example', 2)
const two = aWitness('two.example', 3)
const policy: ProofPolicy = { origin, keys: [log.key], witnesses: [one.key, two.key], atLeast: 0 }

const TIME = 1_800_000_000
async function checkpointOf(size: number, by: readonly (typeof one)[] = []): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin, size, root: mth(0, size), extensions: [] })
  const note = parseNote(await signNote(text, [log]))
  const lines = await Promise.all(by.map((witness, at) => cosign(text, { ...witness, time: TIME + at })))
  return formatNote({ text, signatures: [...note.signatures, ...lines] })
}
const proofOf = async (index: number, size: number, by: readonly (typeof one)[] = []): Promise<TlogProof> => ({
  index,
  hashes: await proveInclusion(index, size, read),
  checkpoint: await checkpointOf(size, by),
})
const leafAt = (index: number) => mth(index, index + 1)

describe('a proof as C2SP writes it', () => {
  const hashes = [leavesOf(2)[0], leavesOf(2)[1]].filter((hash) => hash !== undefined)
  const [first = hex(''), second = hex('')] = hashes
  const lines = `${encodeBase64(first)}\n${encodeBase64(second)}\n`

  test.each([
    ['two hashes', { index: 73894, hashes }, `c2sp.org/tlog-proof@v1\nindex 73894\n${lines}\n`],
    ['no hash, for a tree of one leaf', { index: 0, hashes: [] }, 'c2sp.org/tlog-proof@v1\nindex 0\n\n'],
    [
      'an extra line',
      { index: 10, hashes, extra: encodeUtf8('extra information') },
      `c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n${lines}\n`,
    ],
  ])('with %s is read and written', (_, proof, before) => {
    const checkpoint = encodeUtf8(PUBLISHED)
    expect(textOf(formatProof({ ...proof, checkpoint }))).toBe(`${before}${PUBLISHED}`)
    expect(parseProof(encodeUtf8(`${before}${PUBLISHED}`))).toEqual({ ...proof, checkpoint })
  })

  test('is checked against a published checkpoint, and fails if the hashes do not lead to its root', () => {
    const proof = parseProof(encodeUtf8(`c2sp.org/tlog-proof@v1\nindex 73894\n${lines}\n${PUBLISHED}`))
    const known = { origin: ORIGIN, keys: [logKey], witnesses: publishedWitnesses, atLeast: 4 }
    expect(() => openProof(proof, first, known)).toThrow(refused('not-included'))
    expect(() => openProof(proof, first, { ...known, atLeast: 5 })).toThrow(refused('not-witnessed'))
  })

  const good = `c2sp.org/tlog-proof@v1\nindex 10\n${lines}\n${PUBLISHED}`
  // biome-ignore format: it reads as a table
  test.each([
    ['nothing',                        ''],
    ['a checkpoint alone',             PUBLISHED],
    ['another version',                good.replace('@v1', '@v2')],
    ['a space before it',              ` ${good}`],
    ['a line end before it',           `\n${good}`],
    ['Windows line ends',              good.replaceAll('\n', '\r\n')],
    ['no index',                       good.replace('index 10\n', '')],
    ['two indexes',                    good.replace('index 10\n', 'index 10\nindex 10\n')],
    ['a leading zero',                 good.replace('index 10', 'index 010')],
    ['a sign',                         good.replace('index 10', 'index -1')],
    ['an index above 2^53 - 1',        good.replace('index 10', 'index 9007199254740992')],
    ['an index beyond every size',     good.replace('index 10', 'index 99999999999999999999')],
    ['words after the index',          good.replace('index 10', 'index 10 ')],
    ['an empty extra',                 good.replace('index 10', 'extra \nindex 10')],
    ['an extra that is no base64',     good.replace('index 10', 'extra a\nindex 10')],
    ['two extras',                     good.replace('index 10', 'extra YQ==\nextra YQ==\nindex 10')],
    ['an extra after the index',       good.replace('index 10', 'index 10\nextra YQ==')],
    ['an extra above its limit',       good.replace('index 10', `extra ${encodeBase64(new Uint8Array(16_385))}\nindex 10`)],
    ['a short hash',                   good.replace(lines, `${encodeBase64(first.subarray(1))}\n`)],
    ['a hash without padding',         good.replace('=\n', '\n')],
    ['54 hashes',                      good.replace(lines, lines.repeat(27))],
    ['no blank line',                  good.replace('\n\n', '\n')],
    ['more than the limit',            good.replace(lines, '\n'.padStart(MAX_PROOF_BYTES, 'A'))],
  ])('is not %s', (_, text) => {
    expect(() => parseProof(encodeUtf8(text))).toThrow(refused('malformed-proof'))
  })

  test('must contain a signed note', () => {
    for (const text of [good.replaceAll('—', '-'), good.slice(0, -1), good.slice(0, good.indexOf('—')), `${good}\n`])
      expect(() => parseProof(encodeUtf8(text))).toThrow(refused('malformed-note'))
    expect(() => parseProof(Uint8Array.of(0xff, ...encodeUtf8(good)))).toThrow(refused('malformed-proof'))
    expect(() => formatProof({ index: 0, hashes: [], checkpoint: encodeUtf8('no note') })).toThrow(
      refused('malformed-note'),
    )
    const checkpoint = encodeUtf8(PUBLISHED)
    for (const wrong of [{ index: -1 }, { index: 0.5 }, { hashes: [hex('00')] }, { extra: hex('') }])
      expect(() => formatProof({ index: 0, hashes: [], checkpoint, ...wrong })).toThrow(refused('malformed-proof'))
  })

  test('has only one spelling: a text that reads is written back as it was', () => {
    const words = ['c2sp.org/tlog-proof@v1', 'index 1', 'index 0', 'extra YQ==', encodeBase64(first), '']
    const texts = fc
      .array(fc.constantFrom(...words), { maxLength: 6 })
      .map((parts) => `${[words[0], ...parts].join('\n')}\n\n${PUBLISHED}`)
    let read = 0
    fc.assert(
      fc.property(texts, (text) => {
        let proof: TlogProof
        try {
          proof = parseProof(encodeUtf8(text))
        } catch {
          return
        }
        read += 1
        expect(textOf(formatProof(proof))).toBe(text)
      }),
      { numRuns: 2_000 },
    )
    expect(read).toBeGreaterThan(20)
  })
})

describe('I31: a proof', () => {
  test('shows the index of each leaf, at every size to 300', async () => {
    for (const size of sizesTo(300)) {
      const checkpoint = await checkpointOf(size)
      // Every leaf of small trees. In larger trees, the leaves at both ends and beside the borders of subtrees.
      const seams = [0, 1, size >> 1, 2 ** Math.floor(Math.log2(size)) - 1, size - 2, size - 1]
      const indexes = size <= 40 ? leaves.slice(0, size).keys() : new Set(seams)
      for (const index of indexes) {
        const hashes = path(index, 0, size)
        const proof = parseProof(formatProof({ index, hashes, checkpoint }))
        if (!areEqual(proof.hashes, hashes)) expect.fail(`leaf ${index} of ${size}`)
        expect(openProof(proof, leafAt(index), policy)).toMatchObject({ index, size, signedBy: [log.key] })
      }
    }
  })

  let text: string
  beforeAll(async () => {
    text = textOf(formatProof(await proofOf(100, 200, [one, two])))
  })
  const open = (changed: Uint8Array) => openProof(parseProof(changed), leafAt(100), { ...policy, atLeast: 2 })

  test('fails after one changed bit, at any place', () => {
    const bytes = encodeUtf8(text)
    expect(open(bytes)).toMatchObject({ index: 100, size: 200 })
    for (const at of sampled([...bytes.keys()], { kept: 0, step: 5 })) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(() => open(changed), `byte ${at}, bit ${bit}`).toThrow(expect.objectContaining({ name: 'TlogError' }))
      }
    }
  })

  test('fails if a line is missing, repeated, moved or changed', () => {
    const lines = text.slice(0, -1).split('\n')
    // Signature lines have no order, and a repeated one changes nothing.
    const signed = lines.length - 3
    const others = lines.flatMap((line, at) => [
      lines.toSpliced(at, 1),
      lines.with(at, ''),
      lines.with(at, `${line} `),
      ...(at < signed ? [lines.toSpliced(at, 0, line), lines.toSpliced(at, 2, lines[at + 1] ?? '', line)] : []),
    ])
    for (const changed of others.filter((changed) => changed.join() !== lines.join())) {
      expect(() => open(encodeUtf8(`${changed.join('\n')}\n`)), changed.join('\n')).toThrow(
        expect.objectContaining({ name: 'TlogError' }),
      )
    }
    expect(open(encodeUtf8(`${lines.toSpliced(signed, 0, ...lines.slice(signed)).join('\n')}\n`))).toEqual(
      open(encodeUtf8(text)),
    )
  })

  test('fails for another leaf, index, log or key', async () => {
    const proof = await proofOf(100, 200, [one])
    expect(() => openProof(proof, leafAt(101), policy)).toThrow(refused('not-included'))
    expect(() => openProof(proof, flipped(leafAt(100), 3), policy)).toThrow(refused('not-included'))
    for (const index of [0, 99, 101, 200, 201])
      expect(() => openProof({ ...proof, index }, leafAt(100), policy)).toThrow(refused('not-included'))
    expect(() => openProof({ ...proof, hashes: [] }, leafAt(100), policy)).toThrow(refused('not-included'))
    expect(() => openProof(proof, leafAt(100), { ...policy, origin: 'another.example' })).toThrow(
      refused('wrong-origin'),
    )
    expect(() => openProof(proof, leafAt(100), { ...policy, keys: [] })).toThrow(refused('not-signed'))
    // An inner node is not an entry, although hashes lead from it to the root.
    expect(() => openProof({ ...proof, index: 50, hashes: proof.hashes.slice(1) }, mth(100, 102), policy)).toThrow(
      refused('not-included'),
    )
  })

  test('names the witnesses that cosigned and their times, and fails with too few', async () => {
    const proof = await proofOf(7, 20, [two])
    const { cosignatures } = openProof(proof, leafAt(7), { ...policy, atLeast: 1 })
    expect(cosignatures).toEqual([{ key: two.key, time: TIME }])
    expect(() => openProof(proof, leafAt(7), { ...policy, atLeast: 2 })).toThrow(refused('not-witnessed'))
    expect(() => openProof(proof, leafAt(7), { ...policy, witnesses: [], atLeast: 1 })).toThrow(
      refused('not-witnessed'),
    )
    for (const atLeast of [-1, 0.5, Number.NaN])
      expect(() => openProof(proof, leafAt(7), { ...policy, atLeast })).toThrow(refused('out-of-range'))
  })

  test('counts one key under two names as one witness', async () => {
    const again = aWitness('again.example', 2)
    const proof = await proofOf(7, 20, [one, again])
    const both = { ...policy, witnesses: [one.key, again.key] }
    expect(openProof(proof, leafAt(7), { ...both, atLeast: 1 }).cosignatures).toHaveLength(2)
    expect(() => openProof(proof, leafAt(7), { ...both, atLeast: 2 })).toThrow(refused('not-witnessed'))
  })
})
