import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { multikeyFromSpki, parseDid, possessionText } from '@sijil/credentials'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

const { publicKey } = generateKeyPairSync('ed25519')
const spki = publicKey.export({ format: 'der', type: 'spki' })
const did = 'did:web:registry.example:issuers:my-board'
const keys = [{ purpose: 'certificates' }, { purpose: 'lists' }, { purpose: 'certificates' }]

let server: AnsweringServer
let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  server = await openAnsweringServer()
  server.answer('GET /issuers/my-board/keys', { status: 200, body: { issuer: 'my-board', did, keys } })
  folder = await mkdtemp(join(tmpdir(), 'lend-key-'))
  await writeFile(at('key.der'), spki)
  await writeFile(at('key.pem'), publicKey.export({ format: 'pem', type: 'spki' }))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const sijil = (...words: string[]) =>
  runSijil(['lend-key', ...words, '--issuer', 'my-board'], { environment: server.environment })

test.each([
  ['key.der', 'certificates', 'certificates-3'],
  ['key.pem', 'lists', 'lists-2'],
])('%s: writes the text to sign, with the next key name for %s', async (file, purpose, kid) => {
  const out = at(`${purpose}.txt`)
  const run = await sijil(at(file), '--purpose', purpose, '--out', out)
  const publicKeyMultibase = multikeyFromSpki(spki)
  expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(publicKeyMultibase) })
  expect(run.stdout).toContain(kid)
  const registry = server.environment.SIJIL_URL ?? ''
  const text = possessionText({ registry, did: parseDid(did), kid, publicKeyMultibase })
  expect(await readFile(out, 'utf8')).toBe(text)
})

test('an existing file is overwritten only with --force', async () => {
  const out = at('there.txt')
  await writeFile(out, 'kept')
  expect(await sijil(at('key.der'), '--out', out)).toMatchObject({ code: 64, stdout: '' })
  expect(await readFile(out, 'utf8')).toBe('kept')
  expect((await sijil(at('key.der'), '--out', out, '--force')).code).toBe(0)
})

test('another kind of key, no key and an unknown purpose are refused before anything is written', async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  await writeFile(at('other.der'), other.export({ format: 'der', type: 'spki' }))
  await writeFile(at('none.der'), 'not a key')
  const out = at('nothing.txt')
  const refusals = [
    [await sijil(at('other.der'), '--out', out), 'ECC_NIST_EDWARDS25519'],
    [await sijil(at('none.der'), '--out', out), 'not a public key'],
    [await sijil(at('absent.der'), '--out', out), 'ENOENT'],
    [await sijil(at('key.der'), '--out', out, '--purpose', 'tokens'), '--purpose'],
  ] as const
  for (const [run, why] of refusals) expect(run).toMatchObject({ code: 64, stderr: expect.stringContaining(why) })
  await expect(readFile(out)).rejects.toMatchObject({ code: 'ENOENT' })
})
