import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { nextCommit, streams } from '@sijil/registry'
import { auditFull, auditStreams, sequenceLog } from '@sijil/registry/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalDynamoDb, startDynamoDb } from '../infra/local/dynamodb.ts'
import { askingOnce } from './support/asking-once.ts'
import { openLocalStores } from './support/local-stores.ts'
import { aWorld, BODY, noon } from './support/registry-world.ts'

/** The hourly audit of past days, over the embedded store. The tests overwrite rows, as an attacker with the AWS account could. */
const tables = { commits: 'commits', boxes: 'boxes' }
const HOUR = 60 * 60_000
const DAY = 24 * HOUR
/** One certificate on each of nine days, up to a day in March. The audit runs in June and later. */
const days = Array.from({ length: 9 }, (_, place) => new Date(noon.getTime() - place * DAY))
const SUMMER = Date.parse('2026-06-21T00:20:00.000Z')
const HOURS_OF_A_WEEK = 168

let local: LocalDynamoDb
let stores: ReturnType<typeof openLocalStores>
let client: DynamoDBClient
let artefacts: Awaited<ReturnType<typeof aWorld>>['artefacts']
const hashOf = (text: string) => Buffer.from(text.padStart(32, '0')).toString('base64url')
const streamOn = (place: number) => streams.certificate(BODY, `00000000-0000-4000-8000-00000000000${place}`)

beforeAll(async () => {
  local = await startDynamoDb({ tables })
  stores = openLocalStores({ endpoint: local.endpoint, tables })
  client = new DynamoDBClient({
    endpoint: local.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  for (const [place, now] of days.entries()) {
    const index = `PENDING#${now.toISOString().slice(0, 10)}` as const
    const events = [{ type: 'reserved', hash: hashOf(`certificate ${place}`) }]
    await stores.commits.append(nextCommit(streamOn(place), [], { events, actor: 'officer', now, index }))
  }
  const { keys, baseUrl, ...world } = await aWorld()
  artefacts = world.artefacts
  const deps = { store: stores.commits, artefacts, signer: keys, keys, baseUrl, now: noon, seen: new Set<string>() }
  await sequenceLog('certificates', { ...deps, now: new Date(noon.getTime() + HOUR) })
})
afterAll(async () => {
  client.destroy()
  stores.client.destroy()
  await local.close()
})

/** Overwrites a row under its own key, with one text in it replaced. */
async function writeOver(place: number, from: string, to: string): Promise<void> {
  const Key = { pk: { S: `STREAM#${streamOn(place)}` }, sk: { S: 'COMMIT#000000000000' } }
  const { Item = {} } = await client.send(new GetItemCommand({ TableName: tables.commits, Key }))
  const { w: mark, ...members } = Item
  const changed = JSON.stringify(members).replaceAll(from, to)
  expect(changed).not.toBe(JSON.stringify(members))
  await client.send(
    new PutItemCommand({ TableName: tables.commits, Item: { ...JSON.parse(changed), ...(mark && { w: mark }) } }),
  )
}

/** The differences that the audits of a week and one hour find, each with the hours in which it was found. */
async function auditsOfAWeek(): Promise<Map<string, number[]>> {
  const given = new Map<string, number[]>()
  // No row changes between these audits.
  const store = askingOnce(stores.commits)
  for (let hour = 0; hour <= HOURS_OF_A_WEEK; hour++) {
    const now = new Date(SUMMER + hour * HOUR)
    for (const difference of (await auditStreams({ store, artefacts, now })).differences)
      given.set(difference, [...(given.get(difference) ?? []), hour])
  }
  return given
}

test('F22: each week, the audit finds a changed row of the distant past in two consecutive hours, and names no other row', async () => {
  const stranger = hashOf('another certificate')
  await writeOver(0, hashOf('certificate 0'), stranger)
  await writeOver(4, hashOf('certificate 4'), hashOf('forged'))
  // An attacker who writes to the table directly can also write a pointer. This one leads to the entry of another certificate.
  const leaf = { type: 'leaf', index: 2 }
  await stores.commits.append(
    nextCommit(streams.logLeaf('certificates', hashOf('forged')), [], { events: [leaf], actor: 'x', now: noon }),
  )
  await writeOver(7, '"reserved"', '"released"')
  const given = await auditsOfAWeek()
  expect([...given.keys()].sort()).toEqual(
    [`${streamOn(0)}/0: in no log`, `${streamOn(4)}/0: changed`, `${streamOn(7)}/0: changed`].sort(),
  )
  for (const hours of given.values()) expect(hours.some((hour) => hours.includes(hour + 1))).toBe(true)
}, 120_000)

test('F22: a full audit compares every day in one job, and goes on where the time of a call ended', async () => {
  const inOneCall = await auditFull({ store: stores.commits, artefacts, now: new Date(SUMMER) })
  expect(inOneCall).toEqual({
    differences: [`${streamOn(7)}/0: changed`, `${streamOn(4)}/0: changed`, `${streamOn(0)}/0: in no log`],
  })
  const unreadable = auditFull({ store: stores.commits, artefacts, now: noon, from: 'yesterday' })
  await expect(unreadable).rejects.toMatchObject({ code: 'validation-failed' })
  const found: string[] = []
  const starts: (string | undefined)[] = []
  // Each call has time for the day with which it begins.
  for (let from: string | undefined = '2026-02-20'; from !== undefined && starts.length < 200; ) {
    starts.push(from)
    const { differences, next } = await auditFull({
      store: stores.commits,
      artefacts,
      now: noon,
      from,
      remaining: () => 0,
    })
    found.push(...differences)
    from = next
  }
  expect(starts.slice(0, 2)).toEqual(['2026-02-20', '2026-02-21'])
  expect(starts.at(-1)).toBe(noon.toISOString().slice(0, 10))
  expect(found.slice(0, 2)).toEqual(inOneCall.differences.slice(0, 2))
})
