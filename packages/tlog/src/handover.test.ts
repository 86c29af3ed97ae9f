import { expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { followKeys, type ListedKey, openHandover, signHandover } from './handover.ts'
import { formatNote, type NoteSigner, parseNote, signNote } from './note.ts'
import { sampleSigner } from './sample-log.ts'
import { createVerifierKey, formatVerifierKey } from './verifier-key.ts'

const refused = (code: string) => expect.objectContaining({ name: 'TlogError', code })
const textOf = (bytes: Uint8Array) => decodeUtf8(bytes) ?? ''

function aKey(seed: number, name = 'log.example/log/registry'): NoteSigner {
  const { publicKey, sign } = sampleSigner(new Uint8Array(32).fill(seed))
  return { key: createVerifierKey('ed25519', name, publicKey), sign }
}
const [one, two, three, stranger] = [aKey(1), aKey(2), aKey(3), aKey(9)]
const listed = async (...chain: NoteSigner[]): Promise<ListedKey[]> =>
  Promise.all(
    chain.map(async ({ key }, at) => {
      const [from, to] = [chain[at - 1], chain[at]]
      const handover = from && to && textOf(await signHandover({ from, to }))
      return { key, isCompromised: false, ...(handover !== undefined && { handover }) }
    }),
  )

test('a key names the next one, and both sign', async () => {
  const bytes = await signHandover({ from: one, to: two })
  expect(textOf(bytes)).toMatch(/^log-key-handover\/v1\nlog\.example\/log\/registry\nlog\.example\/log\/registry\+/)
  expect(openHandover(bytes, one.key)).toEqual(two.key)
  expect(() => openHandover(bytes, three.key)).toThrow(refused('not-signed'))
  const { text, signatures } = parseNote(bytes)
  for (const signature of signatures)
    expect(() => openHandover(formatNote({ text, signatures: [signature] }), one.key)).toThrow(refused('not-signed'))
  expect(() => signHandover({ from: one, to: aKey(2, 'another.example') })).toThrow(refused('wrong-origin'))
})

test('I31: a handover cannot be read as a checkpoint, nor a checkpoint as a handover', async () => {
  const { text } = parseNote(await signHandover({ from: one, to: two }))
  expect(() => parseCheckpoint(text)).toThrow(refused('malformed-checkpoint'))
  const root = new Uint8Array(32)
  const origin = 'log-key-handover/v1'
  const checkpoint = formatCheckpoint({ origin, size: 1, root, extensions: [formatVerifierKey(two.key)] })
  expect(() => openHandover(encodeUtf8(`${checkpoint}\n`), one.key)).toThrow(refused('malformed-note'))
  for (const other of [checkpoint, `${text}more\n`, text.replace('v1', 'v2'), 'one line\n'])
    await expect(
      signNote(other, [one, two]).then((bytes) => openHandover(bytes, one.key)),
      other,
    ).rejects.toMatchObject({ name: 'TlogError' })
  const ofAnother = aKey(2, 'another.example')
  const note = await signNote(`${origin}\n${one.key.name}\n${formatVerifierKey(ofAnother.key)}\n`, [one, ofAnother])
  expect(() => openHandover(note, one.key)).toThrow(refused('wrong-origin'))
})

test('a client with one key of the log follows it to the newest, and trusts no older key', async () => {
  const list = await listed(one, two, three)
  expect(followKeys(one.key, list)).toEqual([one.key, two.key, three.key])
  expect(followKeys(two.key, list)).toEqual([two.key, three.key])
  expect(followKeys(three.key, list)).toEqual([three.key])
})

test('D006: a list is refused if a key has no handover, a key was compromised, or the known key is not in it', async () => {
  const list = await listed(one, two, three)
  const [first, second, third] = list as [ListedKey, ListedKey, ListedKey]
  const forged = textOf(await signHandover({ from: stranger, to: three }))
  const wrong: [ListedKey[], string][] = [
    [[], 'not-handed-over'],
    [[second, third], 'not-handed-over'],
    [[first, third], 'not-signed'],
    [[first, { ...second, isCompromised: true }, third], 'not-handed-over'],
    [[{ ...first, isCompromised: true }], 'not-handed-over'],
    [[first, second, { ...third, isCompromised: true }], 'not-handed-over'],
    [[first, { key: stranger.key, isCompromised: false }], 'not-handed-over'],
    [[first, { ...second, key: stranger.key }], 'not-handed-over'],
    [[first, second, { ...third, handover: forged }], 'not-signed'],
    [[first, second, { ...third, handover: '' }], 'malformed-note'],
    [[first, third, second], 'not-signed'],
  ]
  for (const [changed, code] of wrong) expect(() => followKeys(one.key, changed)).toThrow(refused(code))
})
