import { expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint } from './checkpoint.ts'
import { cosign, verifyCosignatures } from './cosignature.ts'
import { formatNote, type NoteSigner, openNote, parseNote, signNote } from './note.ts'
import { witnesses } from './sample-checkpoint.ts'
import { flipped, sampleSigner } from './sample-log.ts'
import { createVerifierKey, type VerifierKey } from './verifier-key.ts'

const refused = (code: string) => expect.objectContaining({ name: 'TlogError', code })

const held = sampleSigner(new Uint8Array(32).fill(1))
const log: NoteSigner = { key: createVerifierKey('ed25519', 'log.example/registry', held.publicKey), sign: held.sign }
const heldByWitness = sampleSigner(new Uint8Array(32).fill(2))
const witness: NoteSigner<VerifierKey<'cosignature'>> = {
  key: createVerifierKey('cosignature', 'witness.example/w1', heldByWitness.publicKey),
  sign: heldByWitness.sign,
}
const text = formatCheckpoint({
  origin: 'log.example/registry',
  size: 5,
  root: new Uint8Array(32),
  extensions: ['more'],
})

test('a log signs, a witness adds its line, and both signatures verify', async () => {
  const note = parseNote(await signNote(text, [log]))
  const later = await cosign(note.text, { ...witness, time: 1_800_000_009 })
  const first = await cosign(note.text, { ...witness, time: 1_800_000_000 })
  const bytes = formatNote({ ...note, signatures: [...note.signatures, later, first] })
  const opened = openCheckpoint(bytes, { origin: 'log.example/registry', keys: [log.key] })
  expect(verifyCosignatures(opened.note, [...witnesses, witness.key])).toEqual([
    { key: witness.key, time: 1_800_000_000 },
  ])
  expect(verifyCosignatures(opened.note, witnesses)).toEqual([])
})

test('a cosignature with another time, a changed bit or missing bytes is refused', async () => {
  const note = parseNote(await signNote(text, [log]))
  const line = await cosign(note.text, { ...witness, time: 1_800_000_000 })
  const withLine = (signature: Uint8Array) => ({ ...note, signatures: [{ ...line, signature }] })
  expect(verifyCosignatures(withLine(line.signature), [witness.key])).toHaveLength(1)
  for (let at = 0; at < line.signature.length; at++)
    expect(() => verifyCosignatures(withLine(flipped(line.signature, at)), [witness.key])).toThrow(
      refused('signature-failed'),
    )
  for (const length of [1, 7, 8, 71])
    expect(() => verifyCosignatures(withLine(line.signature.subarray(0, length)), [witness.key])).toThrow(
      refused('signature-failed'),
    )
})

test("a witness's cosignature does not count as the signature of a log, even with the same key", async () => {
  const asLog = createVerifierKey('ed25519', witness.key.name, witness.key.publicKey)
  const line = await cosign(text, { ...witness, time: 1 })
  expect(() => openNote(formatNote({ text, signatures: [line] }), [asLog])).toThrow(refused('not-signed'))
  const relabelled = formatNote({ text, signatures: [{ ...line, keyId: asLog.id }] })
  expect(() => openNote(relabelled, [asLog])).toThrow(refused('signature-failed'))
})

test('a witness signs only checkpoints, with a time in whole seconds, and with its own key', async () => {
  await expect(cosign('anything\n', { ...witness, time: 1 })).rejects.toThrow(refused('malformed-checkpoint'))
  for (const time of [-1, 0.5, Number.NaN, 2 ** 53])
    await expect(cosign(text, { ...witness, time })).rejects.toThrow(refused('out-of-range'))
  await expect(cosign(text, { ...witness, sign: held.sign, time: 1 })).rejects.toThrow(refused('signature-failed'))
  const note = parseNote(await signNote('anything\n', [log]))
  expect(() => verifyCosignatures(note, [witness.key])).toThrow(refused('malformed-checkpoint'))
})
