import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { entityAt, trustOf } from '@sijil/registry/trust'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { compareSignatures } from '../../infra/aws/compare-signatures.ts'
import { aWorld, BODY, noon, type World } from '../support/registry-world.ts'

const functions = 'arn:aws:iam::111122223333:role/sijil/ap-southeast-1/functions/issue/SijilApi-IssueRole-1A2B'
const arnOf = (key: string) => `arn:aws:kms:ap-southeast-1:111122223333:key/${key}`
const seconds = (count: number) => `${new Date(noon.getTime() + count * 1_000).toISOString().slice(0, 19)}Z`

let next = 0
/** A record in the documented form of CloudTrail for Sign, by a function unless it says otherwise. */
const signed = (
  key: string,
  { at = 0, by = functions, ...change }: { at?: number; by?: string; errorCode?: string; eventName?: string } = {},
) => ({
  eventVersion: '1.08',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/SijilApi-IssueRole-1A2B/SijilApi-Issue',
    accountId: '111122223333',
    sessionContext: { sessionIssuer: { type: 'Role', arn: by, accountId: '111122223333' } },
  },
  eventTime: seconds(at),
  eventSource: 'kms.amazonaws.com',
  eventName: 'Sign',
  awsRegion: 'ap-southeast-1',
  requestParameters: { messageType: 'RAW', keyId: arnOf(key), signingAlgorithm: 'ED25519_SHA_512' },
  responseElements: null,
  eventID: `107b3cac-b125-4556-9702-${String(next++).padStart(12, '0')}`,
  readOnly: true,
  resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: arnOf(key) }],
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '111122223333',
  eventCategory: 'Management',
  ...change,
})

let world: World
let key: string
let folder: string
beforeEach(async () => {
  world = await aWorld()
  const held = entityAt(BODY, await trustOf(world.store)(BODY), '9999-12-31T00:00:00.000Z')?.keys ?? []
  key = held.find(({ purpose }) => purpose === 'certificates')?.keyRef ?? ''
  folder = mkdtempSync(join(tmpdir(), 'sijil-trail-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

const keep = (name: string, ...records: object[]) =>
  writeFileSync(join(folder, name), JSON.stringify({ Records: records }))
async function compare(...more: string[]) {
  const lines: string[] = []
  const code = await compareSignatures(
    ['deployment.json', folder, '--since', seconds(-3_600), '--until', seconds(3_600), ...more],
    {
      readerOf: () => ({ reader: world.store, roles: 'arn:aws:iam::111122223333:role/sijil/ap-southeast-1/' }),
      say: (line) => void lines.push(line),
    },
  )
  return { code, text: lines.join('\n') }
}

test('a signature for each recorded certificate is no finding, and says what it cannot show', async () => {
  await world.issue()
  await world.issue({ certificateNumber: 'B-2' }, { key: 'another' })
  keep('one.json', signed(key), { ...signed(key), eventName: 'GetPublicKey' })
  writeFileSync(
    join(folder, 'two.json.gz'),
    gzipSync(JSON.stringify({ Records: [signed(key), signed('checkpoints')] })),
  )
  const { code, text } = await compare()
  expect([code, text]).toEqual([0, expect.stringContaining('2 signatures belong to a certificate')])
  expect(text).toContain('1 are of keys that sign no certificate')
  expect(text).toContain('does not record what was signed')
})

describe('a finding ends the program with 1 and names', () => {
  test('a signature while no certificate was being made, also of an issuer that made none', async () => {
    const event = signed(key, { at: 1_800 })
    keep('one.json', event)
    const { code, text } = await compare()
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('1 signatures while no certificate of that key was being made'),
    ])
    expect(text).toContain(event.eventID)
  })

  test('a second signature in the moment of a recorded certificate', async () => {
    await world.issue()
    keep('one.json', signed(key), signed(key))
    expect(await compare()).toMatchObject({ code: 1, text: expect.stringContaining('1 further signatures') })
  })

  test('a released certificate without a signature', async () => {
    const { uuid } = await world.issue()
    keep('one.json')
    const { code, text } = await compare()
    expect([code, text]).toEqual([1, expect.stringContaining('1 released certificates without a signature')])
    expect(text).toContain(`${BODY}/certificate/${uuid}`)
  })

  test('a signature by somebody who is no function, even if it fits a certificate', async () => {
    await world.issue()
    keep('one.json', signed(key, { by: 'arn:aws:iam::111122223333:role/Administrator' }))
    expect(await compare()).toMatchObject({
      code: 1,
      text: expect.stringMatching(/no function:\n.*role\/Administrator/),
    })
  })
})

test('a refused call made no signature', async () => {
  keep('one.json', signed(key, { at: 1_800, errorCode: 'AccessDenied' }))
  expect(await compare()).toMatchObject({ code: 0 })
})

test('with a state, a later run reads only new files, and counts an event that was delivered twice once', async () => {
  const state = join(folder, '..', `${folder.slice(folder.lastIndexOf('/') + 1)}-state`)
  onTestFinished(() => rmSync(state, { force: true }))
  await world.issue()
  const event = signed(key)
  keep('one.json', event)
  expect((await compare('--state', state)).code).toBe(0)
  writeFileSync(join(folder, 'one.json'), 'this file is not read again')
  keep('two.json', event, signed(key, { at: 1_800 }))
  const { code, text } = await compare('--state', state)
  expect([code, text]).toEqual([1, expect.stringContaining('2 files, 2 signatures')])
  expect(text).toContain('1 signatures while no certificate')
})

test.each([
  ['a file that is not of CloudTrail', '{}'],
  ['a file that is cut off', '{"Records": ['],
])('%s ends the program with 2, because a gap would look like no use', async (_, content) => {
  writeFileSync(join(folder, 'one.json'), content)
  expect((await compare()).code).toBe(2)
})

test('without a time the program says how it is called', async () => {
  expect(await compare('--since', 'yesterday')).toMatchObject({ code: 2, text: expect.stringContaining('usage:') })
})
