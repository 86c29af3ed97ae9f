import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

/** 5,000 entries are too many for one request. */
const entries = Array.from({ length: 5_000 }, (_, at) => ({
  stream: `body-${at}/trust`,
  number: 0,
  events: [{ type: 'succeeded', successor: 'another', basis: 'decision'.repeat(25) }],
  effectiveAt: '2026-03-02T00:00:00.000Z',
  recordedAt: '2026-03-02T00:00:00.000Z',
}))
const bundle = { registry: 'https://other.example', policy: {}, size: 5_000, checkpoint: 'c', entries }
const route = 'POST /authorities/demo-onec/lists/bundles'
const answered = (copied: number, added: number) => ({
  status: 200,
  body: { registry: bundle.registry, size: 5_000, madeAt: 'm', validUntil: '2026-03-03T00:00:00.000Z', copied, added },
})

let server: AnsweringServer
let folder: string
beforeAll(async () => {
  server = await openAnsweringServer()
  folder = await mkdtemp(join(tmpdir(), 'sijil-relay-'))
})
beforeEach(() => {
  server.heard.length = 0
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

async function relay(trust: object) {
  const file = join(folder, 'other.json')
  const tree = { size: 5_000, root: '' }
  const pack = { registry: bundle.registry, fetchedAt: '2026-03-02T00:00:00Z', keys: [], tree, trust, statusLists: {} }
  await writeFile(file, JSON.stringify(pack))
  const words = ['relay', file, '--authority', 'demo-onec', '--token', 'a.b.c']
  const run = await runSijil(words, { environment: server.environment })
  const bodies = server.heard.map(({ body }) => JSON.parse(body))
  return { run, bodies }
}

test('a long list is sent slice by slice, from where the registry says', async () => {
  server.answer(route, answered(1_000, 0), answered(3_000, 2_000), answered(5_000, 2_000))
  const { run, bodies } = await relay({ bundle, note: 'n', head: 'h' })
  expect(run).toMatchObject({
    code: 0,
    stdout: 'https://other.example: 4000 new of 5000 entries\nvalid until 2026-03-03T00:00:00.000Z\n',
  })
  expect(bodies.map(({ slice }) => [slice.from, slice.entries.length])).toEqual([
    [0, 0],
    [1_000, 2_000],
    [3_000, 2_000],
  ])
  expect(bodies[1].slice).toMatchObject({ note: 'h', head: { registry: bundle.registry, size: 5_000 } })
  expect(bodies[1].slice.proof.length).toBeGreaterThan(0)
})

test('a registry that takes nothing more ends the command with an error', async () => {
  server.answer(route, answered(1_000, 0), answered(1_000, 0))
  const { run } = await relay({ bundle, note: 'n', head: 'h' })
  expect(run.code).not.toBe(0)
  expect(run.stderr).toContain('did not accept the next part')
})

test('a list of a registry that did not sign the head is sent whole', async () => {
  server.answer(route, answered(5_000, 5_000))
  const { bodies } = await relay({ bundle, note: 'n' })
  expect(bodies).toEqual([{ bundle, note: 'n' }])
})
