import { beforeEach, describe, expect, test } from 'vitest'
import { withFaults } from '../../../../test/support/faults.ts'
import {
  after,
  aWorld,
  BODY,
  MINUTE,
  noon,
  OFFICER,
  SECOND,
  type World,
} from '../../../../test/support/registry-world.ts'
import { approveActions, listActions, rejectAction } from '../decisions/decide-action.ts'
import { setBrake } from '../decisions/set-brake.ts'
import { streams } from '../stream.ts'
import { addMember } from '../trust/members.ts'
import { MOST_WAITING } from './asked-by.ts'
import type { PendingAction } from './pending-action.ts'
import { revokeCertificate } from './revoke.ts'
import { suspendCertificate } from './suspend.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Each of these is a separate action, so few certificates make a long list. */
const ways = [
  ...(
    [
      'issued-in-error',
      'obtained-by-fraud',
      'requirements-no-longer-met',
      'misconduct',
      'holder-request',
      'key-compromise',
    ] as const
  ).map((reason) => ['revoke', reason] as const),
  ...(['under-investigation', 'surveillance-overdue', 'holder-request'] as const).map(
    (reason) => ['suspend', reason] as const,
  ),
]
const CERTIFICATES = Math.ceil((MOST_WAITING + 10) / ways.length)

let world: World
let uuids: string[]
/** The member whose token was stolen, one more who asks, and one who approves. */
const [THIEF, CLERK, APPROVER] = [OFFICER, 'clerk', 'approver']
async function begin(certificates: number) {
  world = await aWorld()
  uuids = []
  for (let number = 0; number < certificates; number++)
    uuids.push((await world.issue({ certificateNumber: `N-${number}` }, { key: `key-${number}` })).uuid)
  await setBrake({ id: BODY, limit: 0, basis: 'decision 9', actor: 'registrar' }, world.at(noon))
  await addMember({ owner: BODY, subject: CLERK, roles: ['status'], actor: 'registrar' }, world.at(noon))
  await addMember({ owner: BODY, subject: APPROVER, roles: ['approve'], actor: 'registrar' }, world.at(noon))
}

/** The action at a place of a list that is longer than the limit of one member. */
function ask(place: number, actor: string, moment: Date, store = world.store as World['issuing']['store']) {
  const [verb, reason] = ways[place % ways.length] ?? ways[0] ?? ['revoke', 'misconduct']
  const named = { issuer: BODY, uuid: uuids[Math.floor(place / ways.length)] ?? '', actor }
  const deps = { ...world.at(moment), store }
  return verb === 'revoke'
    ? revokeCertificate({ ...named, reason }, deps)
    : suspendCertificate({ ...named, reason }, deps)
}
async function askMany(many: number, actor: string): Promise<PendingAction[]> {
  const asked: PendingAction[] = []
  for (let place = 0; place < many; place++) {
    const { waits } = await ask(place, actor, after(SECOND + place))
    if (waits === undefined) throw new Error('it does not wait')
    asked.push(waits)
  }
  return asked
}
const list = (moment: Date, question: { askedBy?: string; limit?: number; after?: string } = {}) =>
  listActions({ owner: BODY, subject: APPROVER, limit: 50, ...question }, world.at(moment))
const approve = (actions: readonly PendingAction[], moment: Date) =>
  approveActions(
    { owner: BODY, ids: actions.map(({ id }) => id), subject: APPROVER, signedInAt: moment },
    world.at(moment),
  )
const full = { code: 'member-limit-reached' }

describe('U005: a member who misuses the brake', () => {
  beforeEach(() => begin(CERTIFICATES))

  test('a stolen token fills only its own places: requests of others are still reached, and its member is at the top of the list', async () => {
    const asked = await askMany(MOST_WAITING, THIEF)
    const before = world.store.appended.length
    for (const place of [MOST_WAITING, MOST_WAITING + 1])
      await expect(ask(place, THIEF, after(MINUTE))).rejects.toMatchObject({
        ...full,
        message: expect.stringContaining('another member release or reject'),
      })
    expect(world.store.appended.length).toBe(before)

    const { waits } = await ask(MOST_WAITING, CLERK, after(-MINUTE))
    const listed = await list(after(2 * MINUTE))
    expect(listed.waitingBy).toEqual([
      { askedBy: THIEF, open: MOST_WAITING },
      { askedBy: CLERK, open: 1 },
    ])
    // It is the oldest action, so the full list would show it last.
    expect(listed.actions).not.toContainEqual(expect.objectContaining({ id: waits?.id }))
    expect((await list(after(2 * MINUTE), { askedBy: CLERK })).actions).toMatchObject([
      { id: waits?.id, askedBy: CLERK, state: 'open' },
    ])
    expect((await list(after(2 * MINUTE), { askedBy: 'stranger' })).actions).toEqual([])

    // A second person releases a whole list in one step. Then there is room.
    const reasons = asked.filter((_, place) => place % ways.length === 0)
    const released = await approve(reasons, after(3 * MINUTE))
    expect(released.map((one) => 'state' in one && one.state)).toEqual(reasons.map(() => 'carried-out'))
    // For a certificate that none of these actions touched.
    expect((await ask(MOST_WAITING + 8, THIEF, after(4 * MINUTE))).waits).toMatchObject({ state: 'open' })
  })

  test('asking and withdrawing does not fill the list either: a place that the member gave up counts for an hour', async () => {
    for (const { id } of await askMany(MOST_WAITING, THIEF))
      await rejectAction({ owner: BODY, id, subject: THIEF }, world.at(after(MINUTE)))
    await expect(ask(MOST_WAITING, THIEF, after(2 * MINUTE))).rejects.toMatchObject(full)
    expect((await list(after(2 * MINUTE))).waitingBy).toEqual([])
    expect((await ask(MOST_WAITING, THIEF, after(HOUR + MINUTE))).waits).toMatchObject({ state: 'open' })
  })

  test('an action that another member rejected gives its place back at once', async () => {
    const [first] = await askMany(MOST_WAITING, THIEF)
    await rejectAction({ owner: BODY, id: first?.id ?? '', subject: APPROVER }, world.at(after(MINUTE)))
    expect((await ask(MOST_WAITING, THIEF, after(2 * MINUTE))).waits).toMatchObject({ state: 'open' })
    await expect(ask(MOST_WAITING + 1, THIEF, after(3 * MINUTE))).rejects.toMatchObject(full)
  })

  test('an action that ended after thirty days holds no place', async () => {
    await askMany(MOST_WAITING, THIEF)
    expect((await ask(MOST_WAITING, THIEF, after(30 * DAY + MINUTE))).waits).toMatchObject({ state: 'open' })
  })

  test('of many simultaneous requests only as many wait as there are places', async () => {
    await askMany(MOST_WAITING - 1, THIEF)
    const many = Array.from({ length: 4 }, (_, place) => ask(MOST_WAITING - 1 + place, THIEF, after(MINUTE)))
    const answers = await Promise.allSettled(many)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await list(after(2 * MINUTE))).waitingBy).toEqual([{ askedBy: THIEF, open: MOST_WAITING }])
  })
})

describe('the list of actions that one member asked for', () => {
  beforeEach(() => begin(1))

  test('comes newest first, page by page, without decided actions', async () => {
    const asked = await askMany(5, CLERK)
    await rejectAction({ owner: BODY, id: asked[2]?.id ?? '', subject: APPROVER }, world.at(after(MINUTE)))
    const question = { askedBy: CLERK, limit: 3 }
    const first = await list(after(2 * MINUTE), question)
    expect(first.actions.map(({ id }) => id)).toEqual([asked[4]?.id, asked[3]?.id, asked[1]?.id])
    expect(first.waitingBy).toEqual([{ askedBy: CLERK, open: 4 }])
    const second = await list(after(2 * MINUTE), { ...question, after: first.next ?? '' })
    expect(second.actions.map(({ id }) => id)).toEqual([asked[0]?.id])
    expect([second.next, second.waitingBy]).toEqual([undefined, undefined])
  })

  test('has an action under the member who asked first, even if two members ask for it at once', async () => {
    const { waits } = await ask(0, CLERK, after(SECOND))
    expect((await ask(0, THIEF, after(2 * SECOND))).waits?.askedBy).toBe(CLERK)
    const both = await Promise.all([ask(1, CLERK, after(MINUTE)), ask(1, THIEF, after(MINUTE))])
    expect(new Set(both.map(({ waits: one }) => one?.id)).size).toBe(1)
    const counted = (await list(after(2 * MINUTE))).waitingBy ?? []
    expect(counted.reduce((sum, { open }) => sum + open, 0)).toBe(2)
    expect((await list(after(2 * MINUTE), { askedBy: CLERK })).actions.map(({ id }) => id)).toContain(waits?.id)
  })

  test('I50: counts an action once if a crash came between the count and the action', async () => {
    const { port } = withFaults(world.store, [{ method: 'append', call: 2, outcome: 'fails-before' }])
    await expect(ask(0, CLERK, after(SECOND), port)).rejects.toThrow()
    expect((await list(after(2 * SECOND))).waitingBy).toEqual([])
    expect((await ask(0, CLERK, after(3 * SECOND))).waits).toMatchObject({ state: 'open' })
    expect((await list(after(4 * SECOND))).waitingBy).toEqual([{ askedBy: CLERK, open: 1 }])
    const last = await world.store.latest(streams.askedBy(BODY, CLERK))
    expect(last?.events).toEqual([{ type: 'asked-for', id: expect.any(String), before: [] }])
  })
})
