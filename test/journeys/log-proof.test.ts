import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentHash, parseProfile } from '@sijil/credentials'
import { nextCommit, streams } from '@sijil/registry'
import { decodeEntries, leafHash, openCheckpoint, openProof, parseProof, parseVerifierKey, tilePath } from '@sijil/tlog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUnrecorded } from '../../infra/local/demonstration/beside.ts'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { releasedEntry } from '../support/released-entry.ts'
import { aBricklayer, officerOf, problemOf, TESDA } from './certificate.ts'

let registry: OpenRegistry
let folder: string
let witness: string
let origin: string
let logKey: string
let hash: string
let issued: Record<string, unknown>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-proof-'))
  witness = (await sijil(['log', 'create-witness', '--name', 'witness.example', '--key', 'witness.key'])).stdout.trim()
  registry = await openRegistry({ witnesses: witness })
  origin = `${new URL(registry.baseUrl).host}/log/certificates`
  logKey = (await registry.ask('/log/certificates/key')).text.trim()
  const { verifiableCredential } = await officerOf(registry, TESDA).issue(aBricklayer('PROOF-1'))
  issued = verifiableCredential
  hash = documentHash(parseProfile(verifiableCredential))
  await writeFile(join(folder, 'certificate.json'), JSON.stringify(verifiableCredential))
  await soon(async () => (await indexOf(hash)).status === 200)
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

const sijil = (words: string[], url = registry?.baseUrl) => runHere(words, { folder, environment: { SIJIL_URL: url } })

/** Asks as if a minute had passed. */
const soon = async (ask: () => Promise<boolean>) => expect(await registry.later(ask)).toBe(true)
const indexOf = (key: string, log = 'certificates') => registry.ask(`/log/${log}/index/${key}`)

describe('the place of an entry, over HTTP', () => {
  test('a decision is found by entity and number, at the place that is named', async () => {
    const answer = await indexOf(`${TESDA}/trust/0`, 'registry')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { index, size } = answer.json<{ index: number; size: number }>()
    const width = Math.min(256, size)
    const path = tilePath({ level: 'entries', index: 0, width })
    const bundle = await (await fetch(`${registry.baseUrl}/log/registry/${path}`)).arrayBuffer()
    const entry = decodeEntries(new Uint8Array(bundle), width)[index] ?? new Uint8Array()
    expect(JSON.parse(Buffer.from(entry).toString())).toMatchObject({ stream: `${TESDA}/trust`, number: 0 })
  })

  test.each([
    ['certificates', 'a'.repeat(43)],
    ['certificates', `${TESDA}/trust/0`],
    ['registry', `${TESDA}/trust/999999`],
    ['registry', `${TESDA}/members/0`],
    ['registry', `${TESDA}/trust/0/`],
    ['registry', '..%2f..%2fcheckpoint'],
    ['nowhere', 'a'.repeat(43)],
  ])('D008: the log %s has no entry %s', async (log, key) => {
    const answer = await indexOf(key, log)
    expect(problemOf(answer).status).toBe(404)
    expect(answer.text).not.toContain(key)
  })
})

describe('a proof, made by the command', () => {
  test('I31: of a certificate is a file that verifies with the key of its log and with no other', async () => {
    const ran = await sijil(['log', 'proof', 'certificate.json', '--out', 'certificate.tlog-proof'])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(
      /^entry \d+ of \d+ in .*\/log\/certificates, checked by this command; the key is from the registry itself/,
    )
    const bytes = await readFile(join(folder, 'certificate.tlog-proof'))
    expect(bytes.toString()).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n/)
    const proof = parseProof(new Uint8Array(bytes))
    const leaf = leafHash(new Uint8Array(Buffer.from(hash, 'base64url')))
    const policy = { origin, keys: [parseVerifierKey('ed25519', logKey)], witnesses: [], atLeast: 0 }
    expect(openProof(proof, leaf, policy).index).toBe((await indexOf(hash)).json<{ index: number }>().index)
    expect(() => openProof(proof, leafHash(new Uint8Array(32)), policy)).toThrow()
  })

  test('I15: with --released it proves another entry, behind the first, which the checkpoint says that there must be', async () => {
    const key = releasedEntry(hash)
    await soon(async () => (await indexOf(key)).status === 200)
    const ran = await sijil(['log', 'proof', 'certificate.json', '--released', '--json', '--log-key', logKey])
    const { index, proof } = JSON.parse(ran.stdout)
    const [first, second] = await Promise.all(
      [hash, key].map(async (one) => (await indexOf(one)).json<{ index: number }>()),
    )
    expect([second?.index, index > (first?.index ?? index)]).toEqual([index, true])
    const policy = { origin, keys: [parseVerifierKey('ed25519', logKey)], witnesses: [], atLeast: 0 }
    const parsed = parseProof(new Uint8Array(Buffer.from(proof)))
    expect(openProof(parsed, leafHash(Buffer.from(key, 'base64url')), policy).index).toBe(index)
    expect(() => openProof(parsed, leafHash(Buffer.from(hash, 'base64url')), policy)).toThrow()
    const { checkpoint } = openCheckpoint(parsed.checkpoint, policy)
    expect(checkpoint.extensions).toEqual(['sijil/released/v1 0'])
    const forPeople = await sijil(['log', 'proof', 'certificate.json', '--released', '--out', 'released.tlog-proof'])
    expect(forPeople.stdout).toContain('the entry says that the certificate was released')
  })

  test('I15: there is none with --released for a certificate that was reserved and never released', async () => {
    const parts = localParts()
    const document = parseProfile(await signUnrecorded(TESDA, issued, parts))
    const [model] = await parts.store.read<object>(streams.certificate(TESDA, String(issued.id).slice(9)))
    const events = [{ ...model?.events[0], hash: documentHash(document) }]
    const now = registry.now()
    const index = `PENDING#${now.toISOString().slice(0, 10)}` as const
    const stream = streams.certificate(TESDA, document.id.slice(9))
    await parts.store.append(nextCommit(stream, [], { events, actor: 'officer', now, index }))
    await writeFile(join(folder, 'reserved.json'), JSON.stringify(document))
    await soon(async () => (await sijil(['log', 'proof', 'reserved.json'])).code === 0)
    const ran = await sijil(['log', 'proof', 'reserved.json', '--released'])
    expect([ran.code, ran.stderr]).toEqual([
      65,
      expect.stringContaining('does not say that this certificate was released'),
    ])
  })

  test('does not overwrite another file without --force', async () => {
    const before = await stat(join(folder, 'certificate.tlog-proof'))
    const again = ['log', 'proof', 'certificate.json', '--out', 'certificate.tlog-proof']
    expect((await sijil(again)).code).toBe(64)
    expect((await stat(join(folder, 'certificate.tlog-proof'))).mtimeMs).toBe(before.mtimeMs)
    expect((await sijil([...again, '--force'])).code).toBe(0)
  })

  test('without --out is all of stdout; with --json it comes with the results of its checks', async () => {
    const plain = await sijil(['log', 'proof', 'certificate.json', '--log-key', logKey])
    expect(parseProof(new Uint8Array(Buffer.from(plain.stdout))).index).toBeGreaterThanOrEqual(0)
    expect(plain.stderr).toContain('the key is from --log-key')
    const ran = await sijil(['log', 'proof', '--json', 'certificate.json'])
    const answer = JSON.parse(ran.stdout)
    expect(answer).toMatchObject({ log: origin, signedBy: [logKey], cosignedBy: [], keyFrom: 'registry' })
    expect(parseProof(new Uint8Array(Buffer.from(answer.proof))).index).toBe(answer.index)
  })

  test('names the witnesses that cosigned, and fails if there were too few', async () => {
    const early = await sijil(['log', 'proof', 'certificate.json', '--witness', witness])
    expect(early.code).toBe(1)
    expect(early.stderr).toContain('Too few of the witnesses')
    expect((await sijil(['log', 'witness', '--key', 'witness.key', '--state', 'witness.json'])).code).toBe(0)
    const ran = await sijil(['log', 'proof', '--json', 'certificate.json', '--witness', witness])
    expect(JSON.parse(ran.stdout).cosignedBy).toEqual([{ name: 'witness.example', time: expect.stringMatching(/Z$/) }])
    const unnamed = await sijil(['log', 'proof', 'certificate.json'])
    expect(unnamed.stderr).toContain('not checked: the signature of witness.example')
    const stranger = await sijil(['log', 'create-witness', '--name', 'other.example', '--key', 'other.key'])
    const both = ['log', 'proof', 'certificate.json', '--witness', witness, '--witness', stranger.stdout.trim()]
    expect((await sijil(both)).code).toBe(1)
    expect((await sijil([...both, '--at-least', '1'])).code).toBe(0)
    expect((await sijil([...both, '--at-least', '3'])).code).toBe(64)
  })

  test('does not exist for a changed certificate or for another document', async () => {
    const text = await readFile(join(folder, 'certificate.json'), 'utf8')
    await writeFile(join(folder, 'changed.json'), text.replace('PROOF-1', 'PROOF-2'))
    const changed = await sijil(['log', 'proof', 'changed.json', '--json'])
    expect(changed.code).toBe(65)
    expect(JSON.parse(changed.stderr).detail).toContain('never signed exactly this document')
    await writeFile(join(folder, 'none.json'), '{}')
    expect((await sijil(['log', 'proof', 'none.json'])).code).toBe(64)
    expect((await sijil(['log', 'proof', 'certificate.json', '--log-key', 'nonsense'])).code).toBe(64)
    expect((await sijil(['log', 'proof', 'certificate.json'], 'http://localhost:4791')).code).toBe(69)
  })

  test('I31: fails with a key that is not that of the log', async () => {
    const other = logKey.replace(/\+.*/, '+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')
    expect((await sijil(['log', 'proof', 'certificate.json', '--log-key', other])).code).toBe(64)
    const ofAnother = (await registry.ask('/log/registry/key')).text.trim()
    const ran = await sijil(['log', 'proof', 'certificate.json', '--log-key', ofAnother])
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('no known key signed the note')
  })
})
