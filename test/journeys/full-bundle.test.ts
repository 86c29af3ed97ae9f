import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { registerAuthority } from '@sijil/registry/decisions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { overhearOutput } from '../attacks/spy.ts'
import { runCommand } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { identity } from '../support/registry-world.ts'

/** Registers as many entities as raise the alarm in docs/runbook.md, "Bundle nearly full". Thai letters take three bytes each. */
let registry: OpenRegistry
let lines: string
beforeAll(async () => {
  registry = await openRegistry()
  const name = `${'สถาบันพัฒนาฝีมือแรงงาน '.repeat(76)}(demonstration)`
  const { store } = localParts()
  const all = Array.from({ length: 288 }, (_, place) => `demo-wordy-${place}`)
  for (let from = 0; from < all.length; from += 20)
    await Promise.all(
      all
        .slice(from, from + 20)
        .map((id) =>
          registerAuthority({ id, identity: { ...identity(), name }, actor: 'a' }, { store, now: registry.now() }),
        ),
    )
  const output = overhearOutput()
  await registry.sequence()
  output.stop()
  lines = output.text()
}, 360_000)
afterAll(() => registry.close())

/** Reads the bytes as sent. `fetch` would decompress them silently. */
const ask = (encoding: string) =>
  new Promise<{ status: number | undefined; encoding: string | undefined; length: number; body: string }>(
    (done, fail) =>
      request(`${registry.baseUrl}/trust-bundle`, { headers: { 'accept-encoding': encoding } }, async (response) => {
        let length = 0
        response.on('data', (chunk: Buffer) => {
          length += chunk.length
        })
        const encoded = response.headers['content-encoding']
        const body = await text(encoded === 'gzip' ? response.pipe(createGunzip()) : response)
        done({ status: response.statusCode, encoding: encoded, length, body })
      })
        .on('error', fail)
        .end(),
  )

test('a client that accepts gzip gets the bundle compressed, and any other client gets it plain', async () => {
  const packed = await ask('gzip')
  expect(packed).toMatchObject({ status: 200, encoding: 'gzip' })
  expect(Buffer.byteLength(packed.body)).toBeGreaterThan(3 * 1024 * 1024)
  expect(packed.length).toBeLessThan(Buffer.byteLength(packed.body) / 4)
  const { entities } = JSON.parse(packed.body).bundle as { entities: { id: string }[] }
  expect(entities.map(({ id }) => id)).toContain('demo-wordy-287')
  const plain = await ask('identity')
  expect(plain).toMatchObject({ status: 200, encoding: undefined, length: Buffer.byteLength(packed.body) })
  expect(plain.body === packed.body).toBe(true)
})

test('the command accepts the bundle', async () => {
  const { code, stderr } = await runCommand(['bundle', '--issuer', 'demo-ph-tesda'], {
    folder: registry.folder,
    environment: { SIJIL_URL: registry.baseUrl },
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('the log has the line that the alarm counts', () => {
  const given = lines.split('\n').filter((line) => line.includes('bundle-nearly-full'))
  expect(JSON.parse(given[0] ?? '{}')).toMatchObject({
    level: 'warn',
    function: 'sequence',
    code: 'bundle-nearly-full',
    bytes: expect.any(Number),
    'problem-bundle-nearly-full': 1,
  })
})
