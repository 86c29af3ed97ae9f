import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as send } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { artefacts } from '@sijil/registry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLocalArtefacts } from '../../test/support/local-artefacts.ts'
import { passBack, passOn } from '../../test/support/pass-on.ts'
import { closeServer, listenOnLoopback } from './loopback.ts'
import { type LocalS3, startS3 } from './s3.ts'

let folder: string
let local: LocalS3
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-s3-'))
  local = await startS3({ folder: join(folder, 'artefacts') })
})
afterAll(async () => {
  await local.close()
  await rm(folder, { recursive: true })
})

let count = 0
const aName = () => artefacts.bundle(`ab${++count}`)
const bytes = Uint8Array.of(1, 2, 3)

test('A005: a write without the condition that the name is free is refused, and so are a copy and a deletion', async () => {
  const { client, store } = openLocalArtefacts(local.endpoint)
  const [Bucket, Key] = ['artefacts', aName()]
  await store.put(Key, bytes)
  for (const command of [
    new PutObjectCommand({ Bucket, Key, Body: 'other' }),
    new PutObjectCommand({ Bucket, Key: aName(), Body: 'other' }),
    new CopyObjectCommand({ Bucket, Key, CopySource: `artefacts/${Key}` }),
    new DeleteObjectCommand({ Bucket, Key }),
  ])
    await expect(client.send(command as PutObjectCommand)).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(await store.read(Key)).toEqual(bytes)
  client.destroy()
})

test('files survive the end of the process, and only their owner can read them', async () => {
  const again = await startS3({ folder: join(folder, 'artefacts') })
  const { client, store } = openLocalArtefacts(local.endpoint)
  const name = aName()
  await store.put(name, bytes)
  const second = openLocalArtefacts(again.endpoint)
  expect(await second.store.read(name)).toEqual(bytes)
  for (const file of await readdir(join(folder, 'artefacts')))
    expect((await stat(join(folder, 'artefacts', file))).mode & 0o777).toBe(0o600)
  client.destroy()
  second.client.destroy()
  await again.close()
})

test.each(['../secret', 'a/../../secret', '.hidden', 'a/.hidden', 'a//b', ''])(
  'no key leads out of the folder: %j',
  async (key) => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(local.endpoint)
      send({ hostname, port, path: `/artefacts/${key}` }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(400)
  },
)

test('a page in a browser is refused', async () => {
  const answer = await fetch(`${local.endpoint}/artefacts/a`, { headers: { origin: 'https://evil.example' } })
  expect(answer.status).toBe(403)
})

test('F35: if the answer to a put is lost, the repeated put finds its own bytes and succeeds', async () => {
  let lost = 0
  // It passes each request on. Of each first put it drops the answer.
  const proxy = createServer((request, response) => {
    const answered = (answer: IncomingMessage) => {
      if (request.method !== 'PUT' || answer.statusCode !== 200) return passBack(answer, response)
      lost += 1
      answer.resume().on('end', () => response.destroy())
    }
    passOn({ request, response, onward: local.endpoint }, { answered })
  })
  const { client, store } = openLocalArtefacts(await listenOnLoopback(proxy))
  const name = aName()
  await store.put(name, bytes)
  expect(lost).toBe(1)
  expect(await store.read(name)).toEqual(bytes)
  client.destroy()
  await closeServer(proxy)
})

test('F37: a store that is away is an outage, and not a missing file', async () => {
  const own = await startS3({ folder: join(folder, 'away') })
  const { client, store } = openLocalArtefacts(own.endpoint, 1)
  await own.close()
  await expect(store.read(aName())).rejects.toMatchObject({ code: 'dependency-unavailable' })
  await expect(store.put(aName(), bytes)).rejects.toMatchObject({ code: 'dependency-unavailable' })
  client.destroy()
})
