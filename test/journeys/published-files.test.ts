import { createHash } from 'node:crypto'
import { readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { decodeList, isSet } from '@sijil/credentials'
import { registerAuthority } from '@sijil/registry/decisions'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { passOn } from '../support/pass-on.ts'
import { identity } from '../support/registry-world.ts'
import { aBricklayer, type Issued, officerOf, TESDA, verify } from './certificate.ts'
import { officersOf } from './trust.ts'

/** The bucket of files is lost, changed or away, over HTTP and the stand-in for S3. */
let registry: OpenRegistry
let tesda: ReturnType<typeof officerOf>
let isAway = false
let onward = ''
const proxy = createServer((request, response) => {
  if (isAway) return void response.destroy()
  passOn({ request, response, onward })
})
const lines: string[] = []
beforeAll(async () => {
  registry = await openRegistry({
    onTheWayToFiles: async (endpoint) => {
      onward = endpoint
      return listenOnLoopback(proxy)
    },
  })
  tesda = officerOf(registry, TESDA)
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
})
afterEach(() => {
  isAway = false
  lines.length = 0
})
afterAll(async () => {
  vi.restoreAllMocks()
  await registry.close()
  await closeServer(proxy)
})

const files = async (kind: string) => {
  const folder = join(registry.folder, 'artefacts')
  const all = await readdir(folder)
  return all.filter((name) => decodeURIComponent(name).startsWith(`${kind}/`)).map((name) => join(folder, name))
}
const alarms = () =>
  lines.flatMap((line) => (line.includes('"artefact-differs"') ? [JSON.parse(line) as Record<string, unknown>] : []))
const listOf = ({ verifiableCredential }: Issued) => {
  const [{ statusListCredential = '', statusListIndex = '' } = {}] = verifiableCredential.credentialStatus as Record<
    string,
    string
  >[]
  return { path: new URL(statusListCredential).pathname, index: Number(statusListIndex) }
}
const isRevoked = async (issued: Issued) => {
  const { path, index } = listOf(issued)
  const answer = await registry.ask(path)
  expect(answer.status, answer.text).toBe(200)
  const { credentialSubject } = answer.json<{ credentialSubject: { encodedList: string } }>()
  return isSet(decodeList(credentialSubject.encodedList), index)
}

test('bundles and lists are answered byte for byte as they lie in the bucket', async () => {
  const issued = await tesda.issue(aBricklayer('FILES-1'))
  const list = (await registry.ask(listOf(issued).path)).text
  const bundle = (await registry.ask('/trust-bundle')).text
  const texts = async (kind: string) => Promise.all((await files(kind)).map((file) => readFile(file, 'utf8')))
  expect(await texts('lists')).toContain(list)
  expect(await texts('bundles')).toContain(bundle)
})

describe('F37: the bucket is away', () => {
  test('certificates are issued, revoked and verified; an unchanged list is answered; a change waits and is in the next list', async () => {
    const one = await tesda.issue(aBricklayer('FILES-2'))
    for (let ask = 0; ask < 2; ask++) expect(await isRevoked(one)).toBe(false)
    isAway = true
    expect(await isRevoked(one)).toBe(false)
    const two = await tesda.issue(aBricklayer('FILES-3'))
    expect(await verify(registry, { verifiableCredential: two.verifiableCredential })).toMatchObject({
      verdict: 'valid',
    })
    await tesda.change(one, 'revoke', { reason: 'misconduct' })
    expect(await verify(registry, { verifiableCredential: one.verifiableCredential })).toMatchObject({
      verdict: 'invalid',
    })
    const answer = await registry.ask(listOf(one).path)
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    isAway = false
    expect(await isRevoked(one)).toBe(true)
    expect(alarms()).toEqual([])
  })
})

describe('F38: somebody with rights to the bucket', () => {
  test('changes a list: it is never answered, an alarm names the file, and the list is made again', async () => {
    const issued = await tesda.issue(aBricklayer('FILES-4'))
    expect(await isRevoked(issued)).toBe(false)
    await tesda.change(issued, 'revoke', { reason: 'misconduct' })
    const before = new Set(await files('lists'))
    expect(await isRevoked(issued)).toBe(true)
    const [made = ''] = (await files('lists')).filter((file) => !before.has(file))
    await writeFile(made, (await readFile(made, 'utf8')).replace('"validUntil":"2', '"validUntil":"3'))
    // Signed again in the same second, a list has the same bytes and so the same name, which is taken.
    registry.pass(1_000)
    expect(await isRevoked(issued)).toBe(true)
    expect(alarms()).toMatchObject([{ level: 'error', artefact: expect.stringMatching(/^lists\//), fault: 'changed' }])
    expect(alarms()[0]).toMatchObject({ 'problem-artefact-differs': 1 })
  })

  test('removes every file: lists and bundle come back by themselves', async () => {
    const issued = await tesda.issue(aBricklayer('FILES-5'))
    await tesda.change(issued, 'revoke', { reason: 'misconduct' })
    expect(await isRevoked(issued)).toBe(true)
    registry.pass(1_000)
    for (const kind of ['lists', 'bundles']) for (const file of await files(kind)) await unlink(file)
    expect(await isRevoked(issued)).toBe(true)
    const bundle = await registry.later(() => registry.ask('/trust-bundle'))
    expect(bundle.status).toBe(200)
    expect(await files('bundles')).toHaveLength(1)
    expect(await readFile((await files('bundles'))[0] ?? '', 'utf8')).toBe(bundle.text)
  })

  test('removes tiles of a log: they are answered all the same, and one order of the operator stores them again', async () => {
    const { store } = localParts()
    for (let place = 0; place < 260; place++)
      await registerAuthority(
        { id: `demo-many-${place}`, identity: { ...identity(), name: `Many ${place} (demonstration)` }, actor: 'a' },
        { store, now: registry.now() },
      )
    await registry.sequence()
    const tiles = ['/log/registry/tile/0/000', '/log/registry/tile/entries/000']
    const ask = async () => Promise.all(tiles.map(async (path) => (await registry.ask(path)).text))
    expect(await files('tiles')).toHaveLength(2)
    const before = await Promise.all((await files('tiles')).map((file) => readFile(file)))
    for (const file of await files('tiles')) await unlink(file)
    const missing = await ask()
    expect(
      alarms()
        .map(({ artefact, fault }) => `${artefact} ${fault}`)
        .toSorted(),
    ).toEqual(['tiles/registry/tile/0/000 missing', 'tiles/registry/tile/entries/000 missing'])
    const { handler } = await import('../../functions/sequence.ts')
    expect(await handler({ tilesFrom: { registry: 0 } })).toMatchObject({ registry: { tiles: 256 } })
    expect(await Promise.all((await files('tiles')).map((file) => readFile(file)))).toEqual(before)
    expect(await ask()).toEqual(missing)
    expect(alarms()).toHaveLength(2)
  })

  test('removes a record of the catalogue: it is a 503 with an alarm, and one order of the operator stores it again', async () => {
    const officers = await officersOf(registry)
    const framework = { id: 'tqf', name: 'Trial Framework', acronym: 'TQF', levels: 3, source: 'https://tqf.example' }
    const effectiveFrom = '2026-01-01'
    await officers.decide(`${officers.base}/frameworks`, { ...framework, effectiveFrom })
    await registry.sequence()
    const [file = ''] = await files('records')
    const kept = await readFile(file, 'utf8')
    const path = `/log/catalogue/record/${createHash('sha256').update(kept).digest('base64url')}`
    await unlink(file)
    expect((await registry.ask(path)).status).toBe(503)
    expect(alarms().at(-1)).toMatchObject({ fault: 'missing', artefact: expect.stringMatching(/^records\//) })
    const { handler } = await import('../../functions/sequence.ts')
    await handler({ recordsFrom: '2020-01-01T00:00:00.000Z' })
    expect((await registry.ask(path)).text).toBe(kept)
    expect((await registry.ask(path.replace('catalogue', 'registry'))).status).toBe(404)
  })
})
