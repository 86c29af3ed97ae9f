import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentHash, parseProfile } from '@sijil/credentials'
import { formatVerifierKey, leafHash, openCheckpoint, openProof, parseProof, parseVerifierKey } from '@sijil/tlog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SequenceOrder } from '../../functions/sequence.ts'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, officerOf, TESDA } from './certificate.ts'

let registry: OpenRegistry
let folder: string
let witness: string
let document: unknown
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-log-keys-'))
  witness = (await sijil('create-witness', '--name', 'witness.example', '--key', 'witness.key')).stdout.trim()
  registry = await openRegistry({ witnesses: witness })
  document = (await officerOf(registry, TESDA).issue(aBricklayer('KEYS-1'))).verifiableCredential
  await writeFile(join(folder, 'certificate.json'), JSON.stringify(document))
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

const sijil = (...words: string[]) => command('log', ...words)
const command = (...words: string[]) => runHere(words, { folder, environment: { SIJIL_URL: registry?.baseUrl } })

/** Calls the function as an operator does. Its schedule calls it too, and one of two simultaneous runs is refused and tried again. */
async function sequence(order: SequenceOrder): Promise<void> {
  const { handler } = await import('../../functions/sequence.ts')
  await handler({ ...order, rounds: 3 })
  // This run publishes the bundle under the new key, even if a run of the schedule came between.
  await registry.sequence()
}
const keysOf = async (log: string) =>
  (await registry.ask(`/log/${log}/key`)).text
    .trim()
    .split('\n')
    .map((key) => parseVerifierKey('ed25519', key))
const originOf = (log: string) => `${new URL(registry.baseUrl).host}/log/${log}`
const checkpoint = async (log: string) => Buffer.from((await registry.ask(`/log/${log}/checkpoint`)).text)
const seenKey = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'))[originOf('registry')].key
const audit = (...words: string[]) => sijil('audit', '--state', 'audit.json', '--patience', '5', ...words)
const cosign = (...words: string[]) => sijil('witness', '--key', 'witness.key', '--state', 'witness.json', ...words)
const bundle = (...words: string[]) => command('bundle', '--out', 'trust.json', ...words)
/** The checks that stay open offline. One check always stays open, because the certificate was issued just now. */
async function openOffline(proof: string): Promise<string[]> {
  const ran = await command('verify', 'certificate.json', '--bundle', 'trust.json', '--proof', proof, '--json')
  const { checks } = JSON.parse(ran.stdout) as { checks: { name: string; outcome: string; reason?: string }[] }
  return checks.flatMap(({ name, outcome, reason }) => (outcome === 'passed' ? [] : [`${name}: ${reason}`]))
}

test('a superseded key names its successor to every follower', async () => {
  expect((await audit()).code).toBe(0)
  expect((await cosign()).code).toBe(0)
  expect((await bundle()).code).toBe(0)
  const [first] = await keysOf('registry')
  if (first === undefined) throw new Error('no key')
  // The local logs are two seconds behind at most.
  const isProven = async () => (await sijil('proof', 'certificate.json', '--out', 'before.tlog-proof')).code === 0
  expect(await registry.later(isProven)).toBe(true)

  await sequence({ replaceCheckpointKey: 'superseded' })
  const keys = await keysOf('registry')
  expect(keys.map(({ id }) => id)).toEqual([first.id, expect.any(String)])
  // Both keys sign the next checkpoint, so a follower with either key can go on.
  for (const key of keys)
    expect(
      openCheckpoint(await checkpoint('registry'), { origin: originOf('registry'), keys: [key] }).note.signedBy,
    ).toHaveLength(1)

  for (const [ran, file] of [
    [await audit(), 'audit.json'],
    [await cosign(), 'witness.json'],
  ] as const) {
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(await seenKey(file)).toContain(`+${keys[1]?.id}+`)
  }
  expect(await bundle()).toMatchObject({ code: 0, stderr: '' })
  expect(await openOffline('before.tlog-proof')).toEqual(['recorded: not-finished'])
  // Earlier proofs still verify with the keys that are served.
  const proof = parseProof(new Uint8Array(await readFile(join(folder, 'before.tlog-proof'))))
  const leaf = leafHash(new Uint8Array(Buffer.from(documentHash(parseProfile(document)), 'base64url')))
  const policy = { origin: originOf('certificates'), keys: await keysOf('certificates'), witnesses: [], atLeast: 0 }
  expect(openProof(proof, leaf, policy).index).toBe(proof.index)
})

test('I34: a compromised key names no successor: followers stop until they get the new key by another way', async () => {
  const before = await readFile(join(folder, 'audit.json'), 'utf8')
  await sequence({ replaceCheckpointKey: 'compromised' })
  // The bundle of before may be remembered for ten seconds.
  registry.pass(11_000)
  const [, last] = await keysOf('registry')
  for (const ran of [await audit(), await cosign(), await bundle()]) {
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('a key of the log has no handover from the previous key')
    expect(ran.stderr).toContain('name it on the command line')
  }
  expect(await readFile(join(folder, 'audit.json'), 'utf8')).toBe(before)
  // The key of another log does not help.
  const [, ofAnother] = await keysOf('certificates')
  if (ofAnother === undefined || last === undefined) throw new Error('no key')
  expect((await audit('--log-key', formatVerifierKey(ofAnother))).code).toBe(1)

  const given = (
    await Promise.all(['registry', 'certificates', 'catalogue'].map((log) => registry.ask(`/log/${log}/key`)))
  ).flatMap((answer) => ['--log-key', answer.text.trim().split('\n').at(-1) ?? ''])
  expect(await audit(...given)).toMatchObject({ code: 0, stderr: '' })
  expect(await cosign(...given)).toMatchObject({ code: 0, stderr: '' })
  expect(await seenKey('audit.json')).toContain(`+${last?.id}+`)
  expect((await audit()).code).toBe(0)
  expect((await bundle('--key', given[1] ?? '')).code).toBe(0)
  expect((await bundle()).code).toBe(0)
  expect((await sijil('proof', 'certificate.json', '--out', 'after.tlog-proof')).code).toBe(0)
  expect(await openOffline('after.tlog-proof')).toEqual(['recorded: not-finished'])
  // A client that comes now for the first time sees a log like any other.
  expect((await sijil('audit', '--state', 'new.json', '--patience', '5')).code).toBe(0)
  expect((await sijil('proof', 'certificate.json', '--state', 'none.json')).code).toBe(0)
})

test('I31: no client accepts a registry that does not name the key that it saw first', async () => {
  const path = join(folder, 'audit.json')
  const kept = JSON.parse(await readFile(path, 'utf8'))
  const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  await writeFile(
    path,
    JSON.stringify({ ...kept, [originOf('registry')]: { ...kept[originOf('registry')], key: other } }),
  )
  const ran = await audit()
  expect(ran.code).toBe(1)
  expect(ran.stderr).toContain('the known key is not in the list of the log')
})
