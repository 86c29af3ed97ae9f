import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRow } from '../support/every-row.ts'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, officerOf, pathOf, TESDA } from './certificate.ts'

/** Looking at a certificate leaves no trace. The registry counts nothing, and no party learns of the question. */

let registry: OpenRegistry
let client: DynamoDBClient
beforeAll(async () => {
  registry = await openRegistry()
  client = new DynamoDBClient({})
})
afterAll(async () => {
  client?.destroy()
  await registry?.close()
})

async function everything(): Promise<string> {
  const rows = await everyRow(client)
  for (const table of ['SijilBoxes', 'SijilCommits']) expect(rows).toContain(`${table} `)
  return rows
}

/** Runs the writer of the logs until nothing is left for it to write. */
async function settled(): Promise<string> {
  await registry.sequence()
  const before = await everything()
  await registry.sequence()
  expect(await everything()).toBe(before)
  return before
}

test('R-011: after a certificate was looked at in every way, every table is byte for byte the same', {
  timeout: 60_000,
}, async () => {
  const { link, verifiableCredential } = await officerOf(registry, TESDA).issue(aBricklayer('TRACE-1'))
  const before = await settled()
  const path = pathOf({ link })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const looks: [Promise<Answer>, status: number][] = [
    [registry.ask('/verify', { body: { verifiableCredential } }), 200],
    [registry.ask('/verify', { body: { link } }), 200],
    [registry.ask('/credentials/verify', { body: { verifiableCredential } }), 200],
    [
      registry.ask('/check', {
        method: 'POST',
        headers: { ...asPage, ...form },
        body: `link=${encodeURIComponent(link)}`,
      }),
      303,
    ],
    [registry.ask(path), 200],
    [registry.ask(path, { headers: asPage }), 200],
    [registry.ask(path, { method: 'POST' }), 200],
    [registry.ask(path, { method: 'POST', headers: { ...asPage, ...form }, body: '' }), 200],
    [registry.ask(path, { method: 'POST', headers: { ...asPage, ...form }, body: 'format=json' }), 200],
    [
      registry.ask('/comparisons/demo-xl-lla.masonry/1/held', {
        method: 'POST',
        headers: { ...asPage, ...form },
        body: `link=${encodeURIComponent(link)}`,
      }),
      200,
    ],
    [registry.ask('/v/0123456789ABCDEFGHJKMNPQRS'), 404],
  ]
  for (const [answer, status] of looks) expect((await answer).status).toBe(status)
  expect(await everything()).toBe(before)

  // The comparison can fail: a write to one table changes the text.
  await officerOf(registry, TESDA).issue(aBricklayer('TRACE-2'))
  expect(await everything()).not.toBe(before)
})
