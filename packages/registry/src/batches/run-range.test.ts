import { beforeEach, describe, expect, test } from 'vitest'
import {
  aBatchWorld,
  asked,
  type BatchWorld,
  HEAD,
  rowOf,
  rowsOf,
  SECOND_OFFICER,
} from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { approveAction } from '../decisions/decide-action.ts'
import { eraseCertificate } from '../erasure/erase.ts'
import { RegistryError } from '../errors.ts'
import type { IssueDeps } from '../issuance/issue-deps.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import { findBatch } from './batch.ts'
import { approveBatch, cancelBatch, pauseBatch, resendBatches, resultsOf, resumeBatch, runRange } from './index.ts'

let here: BatchWorld
beforeEach(async () => {
  here = await aBatchWorld()
})
const issuedCount = () => here.world.store.events('issued').length
/** A worker whose process ends after so many writes. */
function dyingAfter(writes: number) {
  let left = writes
  const store: CommitStore = {
    ...readingOf(here.world.store),
    append(commit) {
      left -= 1
      return left < 0 ? Promise.reject(new Error('killed')) : here.world.store.append(commit)
    },
  }
  return here.ranges({ store, issuing: () => ({ ...here.world.issuing, store, now: here.clock.now }) })
}
const findState = (id: string) => findBatch(BODY, id, here.world.store)

test('a batch is issued, and every row is counted', async () => {
  const { id } = await here.approve(rowsOf(60))
  expect(await here.counts(id)).toEqual({ submitted: 60, issued: 0, rejected: 0, pending: 60 })
  expect(here.messages.map(({ message }) => message)).toEqual([
    { version: 1, owner: BODY, batch: id, piece: 0, from: 0, to: 49 },
    { version: 1, owner: BODY, batch: id, piece: 0, from: 50, to: 59 },
  ])
  await here.deliver({ most: 1 })
  expect(await here.counts(id)).toEqual({ submitted: 60, issued: 50, rejected: 0, pending: 10 })
  await here.deliver()
  expect(await here.counts(id)).toEqual({ submitted: 60, issued: 60, rejected: 0, pending: 0 })
  expect(await findState(id)).toMatchObject({ state: 'finished', finished: { issued: 60, rejected: 0 } })
})

test('N001, F26, I21: each message comes to three workers at once, and again an hour later: each row has one certificate', async () => {
  const { id } = await here.approve(rowsOf(120))
  const all = here.messages.map(({ message }) => message)
  here.messages.reverse()
  await here.deliver({ times: 3 })
  here.clock.now = new Date(here.clock.now.getTime() + 60 * MINUTE)
  for (const message of all) await runRange(message, 1, here.ranges())
  expect(await here.counts(id)).toEqual({ submitted: 120, issued: 120, rejected: 0, pending: 0 })
  expect(issuedCount()).toBe(120)
  const entries = here.world.store.events('reserved').map(({ status }) => JSON.stringify(status))
  expect(new Set(entries).size).toBe(120)
})

test('N002: a worker that dies at any moment loses nothing and doubles nothing', async () => {
  const { id } = await here.approve(rowsOf(55))
  const first = here.messages[0]?.message
  for (const after of [1, 4, 9, 30, 61, 100]) {
    await expect(runRange(first, 1, dyingAfter(after))).rejects.toThrow('killed')
    const { issued, rejected, pending } = await here.counts(id)
    expect(issued + rejected + pending).toBe(55)
    here.clock.now = new Date(here.clock.now.getTime() + 3 * MINUTE)
  }
  await here.deliver()
  expect(await here.counts(id)).toEqual({ submitted: 55, issued: 55, rejected: 0, pending: 0 })
  expect(issuedCount()).toBe(55)
  const numbers = here.world.store.events('reserved').filter(({ stream }) => stream.includes('certificate'))
  expect(new Set(numbers.map(({ stream }) => stream)).size).toBe(numbers.length)
})

describe('pausing and cancelling', () => {
  test('a paused batch issues nothing, and goes on where it was', async () => {
    const { id } = await here.approve(rowsOf(60))
    await here.deliver({ most: 1 })
    await pauseBatch(asked(id), here.deps)
    await here.deliver()
    expect(await here.counts(id)).toEqual({ submitted: 60, issued: 50, rejected: 0, pending: 10 })
    await resumeBatch(asked(id, SECOND_OFFICER), here.deps)
    await here.deliver()
    expect(await here.counts(id)).toMatchObject({ issued: 60, pending: 0 })
  })

  test('after a cancellation the rest is rejected, what was issued stays, and late messages change nothing', async () => {
    const { id } = await here.approve(rowsOf(120))
    await here.deliver({ most: 1 })
    await cancelBatch(asked(id), here.deps)
    const counts = { submitted: 120, issued: 50, rejected: 70, pending: 0 }
    expect(await here.counts(id)).toEqual(counts)
    await here.deliver({ times: 2 })
    expect(await here.counts(id)).toEqual(counts)
    expect(issuedCount()).toBe(50)
    const { rows } = await resultsOf(asked(id), here.deps)
    const outcomes = rows.map(({ state, code }) => code ?? state)
    expect([outcomes.slice(0, 50), outcomes.slice(50)]).toEqual([
      Array.from({ length: 50 }, () => 'issued'),
      Array.from({ length: 70 }, () => 'cancelled'),
    ])
    await expect(resumeBatch(asked(id), here.deps)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a batch that is cancelled while a worker issues: that worker decides its rows, and the record agrees', async () => {
    const { id } = await here.approve(rowsOf(60))
    let count = 0
    const issuing = () => {
      const { issuing: deps } = here.world
      return { ...deps, now: here.clock.now, random: (bytes: number) => deps.random(bytes) }
    }
    here.world.keys.beforeSigning = async () => {
      if (++count === 10) await cancelBatch(asked(id), here.deps)
    }
    await here.deliver({ deps: here.ranges({ issuing }) })
    const { issued, rejected, pending } = await here.counts(id)
    expect([issued + rejected, pending]).toEqual([60, 0])
    expect(issued).toBe(issuedCount())
    expect(issued).toBeLessThan(50)
  })

  test('a worker that died before a cancellation: its rows are what their certificates say', async () => {
    const { id } = await here.approve(rowsOf(60))
    const message = here.messages[0]?.message
    await expect(runRange(message, 1, dyingAfter(60))).rejects.toThrow('killed')
    await cancelBatch(asked(id), here.deps)
    expect((await here.counts(id)).pending).toBe(50)
    here.clock.now = new Date(here.clock.now.getTime() + 3 * MINUTE)
    await here.deliver()
    const { issued, rejected, pending } = await here.counts(id)
    expect([issued + rejected, pending]).toEqual([60, 0])
    expect(issued).toBe(issuedCount())
  })
})

describe('what is gone or away in the middle', () => {
  test('F29: without its sealed rows the batch stops and says so', async () => {
    const { id } = await here.approve(rowsOf(60))
    here.uploads.files.clear()
    await here.deliver()
    expect(await findState(id)).toMatchObject({ state: 'paused', paused: 'upload-needed' })
    expect(await here.counts(id)).toMatchObject({ issued: 0, rejected: 0, pending: 60 })
  })

  test('F30: a signer that is throttled makes it slower, and rejects no row', async () => {
    const { id } = await here.approve(rowsOf(60))
    let refusals = 40
    here.world.keys.beforeSigning = async () => {
      if (refusals-- > 0) throw new RegistryError('dependency-unavailable', 'KMS is throttled')
    }
    await here.deliver({ most: 1 })
    // Sent as a new message, after a pause, so that no delivery of a message is spent.
    expect(here.messages.map(({ after, message }) => [after, message.from])).toEqual([
      [0, 50],
      [30, 0],
    ])
    await here.deliver()
    expect(await here.counts(id)).toEqual({ submitted: 60, issued: 60, rejected: 0, pending: 0 })
  })
})

test('F28: if no message was sent, the sweeper sends them from the record', async () => {
  const away = { send: () => Promise.reject(new RegistryError('dependency-unavailable', 'the queue is away')) }
  const { id, closed } = await here
    .submit(rowsOf(60))
    .then(({ id }) => import('./index.ts').then(({ closeBatch }) => closeBatch(asked(id), here.deps)))
  const approved = { ...asked(id, SECOND_OFFICER), hash: closed?.hash ?? '', signedInAt: here.clock.now }
  await approveBatch(approved, { ...here.deps, queue: away, now: here.clock.now })
  expect(await findState(id)).toMatchObject({ state: 'running' })
  expect(await resendBatches(here.deps)).toBe(0)
  here.clock.now = new Date(here.clock.now.getTime() + 4 * MINUTE)
  expect(await resendBatches(here.deps)).toBe(1)
  await here.deliver()
  expect(await here.counts(id)).toMatchObject({ issued: 60 })
  expect(await resendBatches(here.deps)).toBe(0)
})

test('F32, I51: a row that ends the process each time is found by halves and rejected, and all others are issued', async () => {
  const poison = rowOf('00031', 'POISON EXAMPLE')
  const { id } = await here.approve([rowsOf(30), poison, ...rowsOf(29, 32).split('\n').slice(1)].join('\n'))
  const kills = () => ({
    ...here.world.issuing,
    now: here.clock.now,
    verifyIndependently: async (...[document, by]: Parameters<IssueDeps['verifyIndependently']>) => {
      if (JSON.stringify(document).includes('POISON')) throw new Error('the process ended')
      return here.world.issuing.verifyIndependently(document, by)
    },
  })
  // A queue that delivers again what was not answered, after the lease.
  for (let turn = 0; here.messages.length > 0 && turn < 200; turn++) {
    const next = here.messages.shift()
    for (let deliveries = 1; next !== undefined; deliveries++) {
      here.clock.now = new Date(here.clock.now.getTime() + 7 * MINUTE)
      const isDone = await runRange(next.message, deliveries, here.ranges({ issuing: kills })).then(
        () => true,
        () => false,
      )
      if (isDone) break
    }
  }
  expect(await here.counts(id)).toEqual({ submitted: 60, issued: 59, rejected: 1, pending: 0 })
})

test.each([
  ['another version', { version: 2 }],
  ['another body', { owner: 'another-body' }],
  ['an unknown batch', { batch: '00000000-0000-4000-8000-000000000000' }],
  ['an unknown piece', { piece: 7 }],
  ['too many rows', { from: 0, to: 1_000_000_000 }],
  ['rows below the first', { from: -1 }],
  ['rows after the last', { from: 59, to: 60 }],
  ['no rows', { from: 5, to: 4 }],
  ['its own rows', { rows: [], approved: true }],
  ['a body that reads like a path', { owner: '../x' }],
])('N005: a message with %s is refused, and nothing is issued', async (_, change) => {
  await here.approve(rowsOf(60))
  const [first] = here.messages
  await expect(runRange({ ...first?.message, ...change }, 1, here.ranges())).rejects.toMatchObject({
    code: 'validation-failed',
  })
  for (const value of [null, 'text', [], 5]) await expect(runRange(value, 1, here.ranges())).rejects.toThrow()
  expect(issuedCount()).toBe(0)
})

test('N005, I61: a message of a batch that nobody approved is refused', async () => {
  const { id } = await here.submit(rowsOf(60))
  const { closeBatch } = await import('./index.ts')
  await closeBatch(asked(id), here.deps)
  const message = { version: 1, owner: BODY, batch: id, piece: 0, from: 0, to: 9 }
  await expect(runRange(message, 1, here.ranges())).rejects.toMatchObject({ code: 'validation-failed' })
  expect(issuedCount()).toBe(0)
})

test('N009: the same rows in another batch are already issued, with the certificate; another row with the number is refused', async () => {
  const first = await here.approve(rowsOf(2))
  const second = await here.approve(
    [HEAD, rowOf('00001'), rowOf('00002', 'BEN OTHER'), rowOf('00003')].join('\n'),
    'batch-2',
  )
  await here.deliver()
  expect(await here.counts(first.id)).toMatchObject({ issued: 2 })
  expect(await here.counts(second.id)).toEqual({ submitted: 3, issued: 1, rejected: 2, pending: 0 })
  const [one, two] = here.world.store.events('decided').flatMap(({ rejected }) => rejected as object[])
  expect(one).toMatchObject({ row: 0, code: 'already-issued', certificate: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(two).toMatchObject({ row: 1, code: 'number-in-use' })
})

test('a row whose certificate was erased before its outcome was written counts as issued', async () => {
  const { id } = await here.approve(rowsOf(2))
  const store: CommitStore = {
    ...readingOf(here.world.store),
    append: (commit) =>
      commit.events.some((event) => (event as { type: string }).type === 'decided')
        ? Promise.reject(new Error('killed'))
        : here.world.store.append(commit),
  }
  const issuing = () => ({ ...here.world.issuing, store, now: here.clock.now })
  await expect(here.deliver({ most: 1, deps: here.ranges({ store, issuing }) })).rejects.toThrow('killed')
  const { commits } = await here.world.store.list(`CERTIFICATES#${BODY}`, { limit: 1, newestFirst: true })
  const uuid = commits[0]?.stream.slice(-36) ?? ''
  const named = { issuer: BODY, uuid, actor: OFFICER, reason: 'holder-request' as const }
  const { waits } = await eraseCertificate({ ...named, signedInAt: here.clock.now }, here.deps)
  await approveAction(
    { owner: BODY, id: waits?.id ?? '', subject: SECOND_OFFICER, signedInAt: here.clock.now },
    here.deps,
  )
  here.clock.now = new Date(here.clock.now.getTime() + 5 * MINUTE)
  await resendBatches(here.deps)
  await here.deliver()
  expect(await here.counts(id)).toEqual({ submitted: 2, issued: 2, rejected: 0, pending: 0 })
  expect(issuedCount()).toBe(2)
})

test('no commit, message or file in clear holds a person', async () => {
  await here.approve([HEAD, rowOf('00001', 'SECRETNAME PERSON')].join('\n'))
  const messages = JSON.stringify(here.messages)
  await here.deliver()
  const files = [...here.uploads.files]
    .map(([name, bytes]) => `${name} ${Buffer.from(bytes).toString('latin1')}`)
    .join()
  expect(JSON.stringify(here.world.store.appended) + messages + files).not.toMatch(/SECRETNAME|TP-00001/)
})
