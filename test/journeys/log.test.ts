import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { documentHash, parseProfile } from '@sijil/credentials'
import {
  compareCheckpoints,
  createVerifierKey,
  decodeEntries,
  decodeTile,
  hashesFromTiles,
  leafHash,
  type OpenedCheckpoint,
  openCheckpoint,
  parseVerifierKey,
  proveInclusion,
  type TileReader,
  tilePath,
  verifyCosignatures,
  verifyInclusion,
} from '@sijil/tlog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, officerOf, problemOf, TESDA, verify } from './certificate.ts'

let registry: OpenRegistry
let folder: string
let witness: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-log-'))
  const made = await sijil(['log', 'create-witness', '--name', 'witness.example', '--key', 'witness.key'])
  witness = made.stdout.trim()
  registry = await openRegistry({ witnesses: witness })
})
afterAll(async () => {
  await registry.close()
  await rm(folder, { recursive: true })
})

const sijil = (words: string[], environment: Record<string, string> = {}) =>
  runHere(words, { folder, environment: { SIJIL_URL: registry?.baseUrl, ...environment } })

const bytesAt = async (path: string) => {
  const response = await fetch(`${registry.baseUrl}${path}`)
  if (!response.ok) throw new Error(`${response.status} ${path}`)
  return new Uint8Array(await response.arrayBuffer())
}
type Log = 'registry' | 'certificates'

/** Opens a checkpoint as an outsider does: first the key, then the checkpoint. */
async function opened(log: Log): Promise<OpenedCheckpoint> {
  const [key, note] = await Promise.all([bytesAt(`/log/${log}/key`), bytesAt(`/log/${log}/checkpoint`)])
  const origin = `${new URL(registry.baseUrl).host}/log/${log}`
  return openCheckpoint(note, { origin, keys: [parseVerifierKey('ed25519', Buffer.from(key).toString().trim())] })
}

const tilesOf =
  (log: Log): TileReader =>
  async (tile) =>
    decodeTile(await bytesAt(`/log/${log}/${tilePath(tile)}`), tile.width)

/** Asks as if a minute had passed, and fails if there is no answer yet. */
async function soon<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const found = await registry.later(ask)
  if (found === undefined) throw new Error('it did not happen')
  return found
}

describe('the logs, over HTTP', () => {
  test('I15, I30: a new certificate is soon under a signed checkpoint, proven from tiles alone; nothing before it changed', async () => {
    const before = await opened('certificates')
    const issued = await officerOf(registry, TESDA).issue(aBricklayer('LOG-1'))
    const after = await soon(async () => {
      const now = await opened('certificates')
      return now.checkpoint.size > before.checkpoint.size ? now : undefined
    })
    const { size, root } = after.checkpoint
    expect(await compareCheckpoints(before.checkpoint, after.checkpoint, tilesOf('certificates'))).toBe('consistent')

    const leaf = leafHash(Buffer.from(documentHash(parseProfile(issued.verifiableCredential)), 'base64url'))
    const leaves = (
      await Promise.all(
        Array.from({ length: Math.ceil(size / 256) }, (_, index) =>
          tilesOf('certificates')({ level: 0, index, width: Math.min(256, size - index * 256) }),
        ),
      )
    ).flat()
    const index = leaves.findIndex((one) => Buffer.from(one).equals(leaf))
    expect(index).toBeGreaterThanOrEqual(before.checkpoint.size)
    const proof = await proveInclusion(index, size, hashesFromTiles(size, tilesOf('certificates')))
    expect(verifyInclusion({ index, size, root, leaf, proof })).toBe(true)
  })

  test("the log of the registry holds every decision of the demonstration, and no officer's name", async () => {
    const { checkpoint } = await opened('registry')
    const width = Math.min(256, checkpoint.size)
    const bundle = await bytesAt(`/log/registry/${tilePath({ level: 'entries', index: 0, width })}`)
    const entries = decodeEntries(bundle, width).map((entry) => JSON.parse(Buffer.from(entry).toString()))
    expect(entries.some(({ stream }) => stream === `${TESDA}/trust`)).toBe(true)
    expect(Object.keys(entries[0]).sort()).toEqual(['effectiveAt', 'events', 'number', 'recordedAt', 'stream'])
    expect(JSON.stringify(entries)).not.toMatch(/arn:aws|keyRef|"actor"/)
  })

  test('I12: a verdict says up to which entry the logs were signed', async () => {
    const issued = await officerOf(registry, TESDA).issue(aBricklayer('LOG-2'))
    const { log } = (await verify(registry, { link: issued.link })) as { log?: { registry: number } }
    expect(log?.registry).toBeGreaterThan(0)
    expect(log?.registry).toBeLessThanOrEqual((await opened('registry')).checkpoint.size)
  })

  test('tiles may be cached for ever, the checkpoint not at all', async () => {
    const tile = await registry.ask('/log/registry/tile/0/000.p/1')
    expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(tile.headers.get('content-type')).toBe('application/octet-stream')
    const checkpoint = await registry.ask('/log/registry/checkpoint')
    expect(checkpoint.headers.get('cache-control')).toBe('no-store')
    expect(checkpoint.headers.get('content-type')).toContain('text/plain')
  })

  /** Sends the path as it is. An HTTP client would normalise it. */
  const statusOf = (path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(registry.baseUrl)
      const asked = httpRequest({ host: '127.0.0.1', port, path }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject).end()
    })

  test.each([
    '/log/registry/tile/0/999',
    '/log/registry/tile/0/000.p/256',
    '/log/registry/tile/0/000.p/255',
    '/log/registry/tile/0/000.p/0',
    '/log/registry/tile/0/-01',
    '/log/registry/tile/0/x000/000',
    '/log/registry/tile/0/x000/000.p/1',
    '/log/registry/tile/0/0',
    '/log/registry/tile/00/000.p/1',
    '/log/registry/tile/64/000',
    '/log/registry/tile/0/000.p/1/',
    '/log/registry/tile/0//000.p/1',
    '/log/registry/tile/0/../0/000.p/1',
    '/log/registry/tile/%2e%2e/checkpoint',
    '/log/registry/tile/0/000.p%2f1%00',
    '/log/registry/tile/entries/-1',
    '/log/registry/tile/',
    '/log/nowhere/tile/0/000.p/1',
    '/log/keys/checkpoint',
  ])('D008: there is no tile at %s', async (path) => {
    expect(await statusOf(path)).toBe(404)
  })

  test('D006: a cosignature is accepted only from a witness that this deployment names', async () => {
    const note = await bytesAt('/log/registry/checkpoint')
    const post = (body: string) =>
      registry.ask('/log/registry/cosignatures', { body, headers: { 'content-type': 'text/plain' } })
    const good = Buffer.from(note).toString()
    for (const forged of [good, good.replace(/\n\d+\n/, '\n1\n'), good.replaceAll('\n', '\r\n'), '', 'x\n\n'])
      expect(problemOf(await post(forged)).status).toBe(422)
    expect(
      (await registry.ask('/log/nowhere/cosignatures', { body: 'x', headers: { 'content-type': 'text/plain' } }))
        .status,
    ).toBe(404)
  })
})

describe('a witness, run by the command', () => {
  const run = () => sijil(['log', 'witness', '--key', 'witness.key', '--state', 'witness.json'])
  const cosigned = async (log: Log) => {
    const { note, checkpoint } = await opened(log)
    return { size: checkpoint.size, by: verifyCosignatures(note, [parseVerifierKey('cosignature', witness)]) }
  }

  test('keeps its key in a file that only its owner can read, and never overwrites it', async () => {
    expect((await stat(join(folder, 'witness.key'))).mode & 0o777).toBe(0o600)
    expect((await sijil(['log', 'create-witness', '--name', 'other.example', '--key', 'witness.key'])).code).toBe(64)
  })

  test('cosigns both logs, and every reader of a checkpoint sees it', async () => {
    const ran = await run()
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(/cosigned registry: 0 to \d+ entries\ncosigned certificates: 0 to \d+ entries/)
    // At a new hour the registry may have signed a new head. The witness then runs again, as it does every minute.
    let both = await Promise.all([cosigned('registry'), cosigned('certificates')])
    for (let runs = 1; runs < 3 && both.some(({ by }) => by.length === 0); runs++) {
      await run()
      both = await Promise.all([cosigned('registry'), cosigned('certificates')])
    }
    for (const { by } of both) {
      expect(by.map(({ key }) => key.name)).toEqual(['witness.example'])
      expect(Math.abs((by[0]?.time ?? 0) - registry.now().getTime() / 1_000)).toBeLessThan(60)
    }
  })

  test('follows the log as it grows', async () => {
    const { size } = await cosigned('certificates')
    await officerOf(registry, TESDA).issue(aBricklayer('LOG-3'))
    const grown = await soon(async () => {
      await run()
      const now = await cosigned('certificates')
      return now.size > size && now.by.length > 0 ? now : undefined
    })
    expect(grown.by.map(({ key }) => key.name)).toEqual(['witness.example'])
  })

  test.each([
    ['smaller than it was', { size: 1_000_000 }, /shows \d+ entries, but showed 1000000 before/],
    ['another one', { size: 1, root: Buffer.alloc(32).toString('base64') }, /its first 1 entries are different/],
  ])('I31: never cosigns a log that is %s', async (_, change, given) => {
    const path = join(folder, 'witness.json')
    const kept = await readFile(path, 'utf8')
    const seen = JSON.parse(kept)
    const origin = `${new URL(registry.baseUrl).host}/log/registry`
    await writeFile(path, JSON.stringify({ ...seen, [origin]: { ...seen[origin], ...change } }))
    const before = await readFile(path, 'utf8')
    const ran = await run()
    expect(ran.code).toBe(1)
    expect(ran.stderr).toMatch(given)
    // The checkpoint that was seen stays, as evidence.
    expect(await readFile(path, 'utf8')).toBe(before)
    await writeFile(path, kept)
  })

  test('D006: refuses a checkpoint under another key than the one it saw first', async () => {
    const path = join(folder, 'witness.json')
    const kept = await readFile(path, 'utf8')
    const other = kept.replaceAll(/\+[0-9a-f]{8}\+[^"]+/g, '')
    await writeFile(path, other)
    expect((await run()).code).toBe(1)
    await writeFile(path, kept)
  })

  test('that this deployment does not name gets a refusal for its cosignature', async () => {
    await sijil(['log', 'create-witness', '--name', 'stranger.example', '--key', 'stranger.key'])
    const ran = await sijil(['log', 'witness', '--key', 'stranger.key', '--state', 'stranger.json'])
    expect(ran.code).toBe(65)
    expect(ran.stderr).toContain('no witness that is known here signed this note')
  })
})

describe('an audit, by the command', () => {
  const run = (...words: string[]) => sijil(['log', 'audit', '--json', ...words])

  test('I30: the public state of the demonstration follows from the entries', async () => {
    const ran = await run()
    expect(JSON.parse(ran.stdout)).toMatchObject({ differences: [], entities: expect.any(Number) })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(ran.stdout).entities).toBeGreaterThan(5)
    expect(JSON.parse(ran.stdout).statements).toBe(JSON.parse(ran.stdout).sizes.catalogue)
    expect(JSON.parse(ran.stdout).statements).toBeGreaterThan(0)
    expect((await run()).code).toBe(0)
    // The first audit has nothing to compare with, and says so.
    const given = async () => (await sijil(['log', 'audit', '--state', 'told.json'])).stdout
    expect(await given()).toContain('first audit: the next one will compare with it')
    expect(await given()).toContain('all logs begin with the entries of the last audit')
  })

  test('the key of a witness is never replaced, and no message names an option for it', async () => {
    const again = await sijil(['log', 'create-witness', '--name', 'witness.example', '--key', 'witness.key'])
    expect(again).toMatchObject({ code: 64, stderr: expect.stringContaining('Choose another name.') })
    expect(again.stderr).not.toContain('--force')
  })

  test('R013: a changed accreditation in the store is found from outside', async () => {
    const client = new DynamoDBClient({})
    const item = await findGrant(client)
    await client.send(
      new PutItemCommand({
        TableName: 'SijilCommits',
        Item: JSON.parse(JSON.stringify(item).replaceAll('ph-masonry-nc2', 'ph-carpentry-nc2')),
      }),
    )
    // Functions may answer from memory for ten seconds.
    const found = await soon(async () => {
      const ran = await run('--patience', '0')
      return ran.code === 0 ? undefined : ran
    })
    expect(found.code).toBe(1)
    expect(JSON.parse(found.stdout).differences).toContainEqual(expect.stringMatching(/^accreditation demo-/))
    await client.send(new PutItemCommand({ TableName: 'SijilCommits', Item: item }))
  })
})

test('R013: a statement that was changed in the store is found from outside', async () => {
  const client = new DynamoDBClient({})
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SijilCommits' }))
  const row = Items.find(({ pk }) => pk?.S?.startsWith('STREAM#registry/qualification:'))
  const stream = row?.pk?.S?.slice('STREAM#'.length)
  const put = (Item: typeof row) => client.send(new PutItemCommand({ TableName: 'SijilCommits', Item }))
  await put({ ...row, au: { S: 'demo-else' } })
  const found = await soon(async () => {
    const ran = await sijil(['log', 'audit', '--json', '--patience', '0', '--state', 'catalogue.json'])
    return ran.code === 0 ? undefined : ran
  })
  const number = Number(row?.sk?.S?.slice('COMMIT#'.length))
  const changed = `${stream}/${number}: changed (log/catalogue/`
  expect(JSON.parse(found.stdout).differences).toContainEqual(expect.stringContaining(changed))
  await put(row)
})

describe('an audit of the lists, by the command', () => {
  const differences = async (): Promise<string[]> => {
    const ran = await sijil(['log', 'audit', '--json', '--patience', '0', '--state', 'lists.json'])
    return JSON.parse(ran.stdout).differences.sort()
  }

  test('R013: an entity that is listed differently from its entries, is missing, or should not be there, is named', async () => {
    // Functions may answer from memory for ten seconds, which includes the change of the test before.
    expect(await registry.later(differences)).toEqual([])
    const client = new DynamoDBClient({})
    const changes = [
      ['authorities demo-th-onec', 'legal reference not stated', 'Royal Decree 1'],
      ['centres demo-ph-centre-taguig', 'Taguig', 'Makati'],
      ['issuers demo-my-jpk', 'legal reference not stated', 'Act 652'],
      // The first row leaves the index of registrations. The second is no longer marked as a sandbox.
      ['issuers demo-vn-dvet', '"ENTITIES"', '"TRUST"'],
      ['issuers sandbox', '"sandbox":{"BOOL":true}', '"sandbox":{"BOOL":false}'],
    ] as const
    const rows = await Promise.all(changes.map(([named]) => registrationOf(named.split(' ')[1] ?? '', client)))
    const put = (Item: Record<string, AttributeValue>) =>
      client.send(new PutItemCommand({ TableName: 'SijilCommits', Item }))
    for (const [place, [, from, to]] of changes.entries()) {
      const { w: mark, ...members } = rows[place] ?? {}
      const changed = JSON.stringify(members).replaceAll(from, to)
      expect(changed).not.toBe(JSON.stringify(members))
      await put({ ...JSON.parse(changed), ...(mark && { w: mark }) })
    }
    const given = changes.map(([named]) => named).sort()
    expect(await registry.later(differences)).toEqual(given)
    for (const row of rows) await put(row)
    expect(await registry.later(differences)).toEqual([])
  })
})

async function registrationOf(id: string, client: DynamoDBClient): Promise<Record<string, AttributeValue>> {
  const Key = { pk: { S: `STREAM#${id}/trust` }, sk: { S: 'COMMIT#000000000000' } }
  const { Item } = await client.send(new GetItemCommand({ TableName: 'SijilCommits', Key }))
  if (Item === undefined) throw new Error(`nobody is registered as ${id}`)
  return Item
}

/** Finds a commit that accredits a body for the bricklayer's certificate. */
async function findGrant(client: DynamoDBClient): Promise<Record<string, AttributeValue>> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'SijilCommits' }))
  const found = Items.find(
    (item) => item.pk?.S?.endsWith('/trust') && /"accredited".*ph-masonry-nc2/.test(JSON.stringify(item)),
  )
  if (found === undefined) throw new Error('no such commit')
  return found
}

describe('R-021: the feed of changes', () => {
  test('is a page, JSON and Atom, with filters and permanent addresses', async () => {
    const html = { accept: 'text/html' }
    const page = await registry.ask('/changes?kind=accreditations&id=', { headers: html })
    expect(page.status).toBe(200)
    expect(page.text).toContain('accredited')
    const json = (await registry.ask(`/changes?id=${TESDA}`)).json<{ changes: { id: string; index: number }[] }>()
    expect(new Set(json.changes.map(({ id }) => id))).toEqual(new Set([TESDA]))
    const [newest] = json.changes
    const one = await registry.ask(`/changes/${newest?.index}`)
    expect(one.json()).toEqual({ ...newest, differences: [] })
    expect(
      (await registry.ask(`/changes/${newest?.index}`, { headers: { ...html, 'accept-language': 'th' } })).text,
    ).toContain('lang="th"')
    const atom = await registry.ask('/changes.atom')
    expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(atom.text).toContain(`<id>${registry.baseUrl}/changes/`)
    for (const path of ['/changes/1000000', '/changes/-1', '/changes/01', '/changes/x'])
      expect((await registry.ask(path)).status).toBe(404)
    expect((await registry.ask('/changes?kind=nonsense')).status).toBe(400)
  })
})

test('R-022: the trust bundle is one signed file, made from the public log', async () => {
  const { bundle, note } = (await registry.ask('/trust-bundle')).json<{
    bundle: Record<string, unknown>
    note: string
  }>()
  const origin = `${new URL(registry.baseUrl).host}/trust-bundle`
  const key = Buffer.from(await bytesAt('/log/registry/key'))
    .toString()
    .trim()
  const keys = [createVerifierKey('ed25519', origin, parseVerifierKey('ed25519', key).publicKey)]
  expect(openCheckpoint(Buffer.from(note), { origin, keys }).checkpoint.size).toBe(1)
  expect(bundle.size).toBe((await opened('registry')).checkpoint.size)
  expect(bundle.entities).toContainEqual(expect.objectContaining({ id: TESDA, kind: 'body' }))
})
