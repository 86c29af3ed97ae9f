import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AUTHORITY, BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { requireReceiver } from '../decisions/set-webhook.ts'
import type { DeliveryAnswer, DeliveryMessage, EventSender } from '../ports.ts'
import { suspendCertificate } from '../status/suspend.ts'
import { type Commit, nextCommit, streams } from '../stream.ts'
import { collectEvents, deliverEvents, deliveryPauses, type Endpoint, eventKinds, listDeliveries } from './index.ts'
import { askReplay } from './replay.ts'
import { makeSecret } from './secrets.ts'

const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const URL_OF_BODY = 'https://hooks.body.example/sijil'
type Post = Parameters<EventSender['post']>[0]

/** Two officers, an endpoint with its secret, a queue and a receiver that answers what a test says. */
async function withEndpoint(endpoint: Partial<Endpoint> = {}) {
  const two = await withTwoOfficers()
  const { world } = two
  const posts: Post[] = []
  const messages: DeliveryMessage[] = []
  /** The moments at which it was asked whether it wants events. */
  const asked: { url: string; at: number }[] = []
  const receiver = { answer: '2xx' as DeliveryAnswer | ((post: Post) => DeliveryAnswer), isWanted: true }
  const sender: EventSender = {
    post: async (post) => {
      posts.push(post)
      return typeof receiver.answer === 'function' ? receiver.answer(post) : receiver.answer
    },
    isWantedAt: async (url) => {
      asked.push({ url, at: two.now().getTime() })
      return receiver.isWanted
    },
  }
  const queue = { send: async (sent: readonly DeliveryMessage[]) => void messages.push(...sent) }
  const deps = () => ({ ...world.at(two.now()), clock: two.now })
  const set = (change: Endpoint | null) =>
    two.decide({ verb: 'set-webhook', body: BODY, endpoint: change, effectiveAt: two.now().toISOString() }, BODY)
  await set({ url: URL_OF_BODY, kinds: eventKinds, ...endpoint })
  const secret = () => makeSecret({ body: BODY, subject: 'one' }, deps())
  await secret()
  const collect = () => collectEvents({ ...deps(), queue })
  const deliver = async (times = 1) => {
    for (let next = messages.shift(); next !== undefined; next = messages.shift()) {
      const message = next
      await Promise.all(
        Array.from({ length: times }, () => deliverEvents(JSON.parse(JSON.stringify(message)), { ...deps(), sender })),
      )
    }
  }
  /** A run of the collector each minute, for so long. Longer pauses are passed in steps of `step`. */
  const run = async (milliseconds: number, step = MINUTE) => {
    for (let passed = 0; passed < milliseconds; passed += step) {
      two.pass(step)
      await collect()
      await deliver()
    }
  }
  const log = async () =>
    listDeliveries({ body: BODY, subject: OFFICER, limit: 50 }, { reader: world.store, now: two.now() })
  /** An issued certificate, without the cost of issuing it. */
  const issued = async (uuid: string) => {
    const change = {
      events: [{ type: 'issued' }],
      actor: OFFICER,
      now: two.next(),
      index: `CERTIFICATES#${BODY}` as const,
    }
    await world.store.append(nextCommit(streams.certificate(BODY, uuid), [], change))
  }
  const replay = (event?: string) =>
    askReplay({ body: BODY, subject: 'one', ...(event && { event }) }, { ...deps(), now: two.next() })
  return {
    two,
    world,
    posts,
    asked,
    messages,
    receiver,
    deps,
    set,
    secret,
    collect,
    deliver,
    run,
    log,
    issued,
    replay,
    sender,
  }
}

const sealed = (two: TwoOfficers, secret: string) => two.world.keys.seal(BODY, secret)

describe('what a body gets', () => {
  test('an issued certificate, each change of its status and a finished batch, once, with ids only; nothing from before', async () => {
    const here = await withEndpoint()
    const { two, world, posts } = here
    const { uuid } = await world.issue({}, { deps: { now: two.next() } })
    await suspendCertificate(
      { issuer: BODY, uuid, actor: OFFICER, reason: 'under-investigation' },
      world.at(two.next()),
    )
    const finished = { type: 'finished', issued: 1, rejected: 0 }
    const change = { events: [finished], actor: 'system:batch', now: two.next(), index: `FINISHED#${BODY}` as const }
    await world.store.append(nextCommit(streams.batch(BODY, 'batch-1'), [], change))
    await here.run(20 * MINUTE)
    expect(posts.map(({ id }) => id).sort()).toEqual([
      `batch_batch-1_0`,
      `certificate_${uuid}_1`,
      `certificate_${uuid}_2`,
    ])
    const announced = posts
      .map(({ body }) => JSON.parse(body))
      .sort((one, other) => (one.timestamp < other.timestamp ? -1 : 1))
    expect(announced.map(({ type, data }) => [type, data])).toEqual([
      ['certificate.issued', { issuer: BODY, certificate: `urn:uuid:${uuid}` }],
      ['certificate.status_changed', { issuer: BODY, certificate: `urn:uuid:${uuid}` }],
      ['batch.finished', { issuer: BODY, batch: 'batch-1' }],
    ])
    const everything = JSON.stringify([
      posts,
      world.store.appended.filter(({ stream }) => stream.includes('/deliveries/')),
    ])
    for (const secret of ['RODEL', '26-MAS2-000001', '/v/']) expect(everything).not.toContain(secret)
  })

  test('only of the kinds that it asked for, and nothing that happened before two officers recorded the endpoint', async () => {
    const here = await withEndpoint({ kinds: ['certificate.status_changed'] })
    const { two, world } = here
    const { uuid } = await world.issue({}, { deps: { now: two.next() } })
    await here.run(3 * MINUTE)
    await here.set({ url: URL_OF_BODY, kinds: ['certificate.issued'] })
    await here.run(3 * MINUTE)
    expect(here.posts).toEqual([])
    await suspendCertificate(
      { issuer: BODY, uuid, actor: OFFICER, reason: 'under-investigation' },
      world.at(two.next()),
    )
    await here.run(3 * MINUTE)
    expect(here.posts).toEqual([])
  })

  test('nothing once its endpoint ended, and issuing writes the same commits with an endpoint as without', async () => {
    const here = await withEndpoint()
    await here.issued('one')
    await here.set(null)
    await here.run(5 * MINUTE)
    expect(here.posts).toEqual([])
    const streamsOf = (commits: readonly Commit<unknown>[]) =>
      commits.map(({ events }) => events.map((event) => (event as { type: string }).type))
    const { world, two } = here
    const before = world.store.appended.length
    await world.issue({}, { deps: { now: two.next() } })
    const without = streamsOf(world.store.appended.slice(before))
    await here.set({ url: URL_OF_BODY, kinds: eventKinds })
    const again = world.store.appended.length
    await world.issue({ certificateNumber: '26-MAS2-000009' }, { key: 'other', deps: { now: two.next() } })
    expect(streamsOf(world.store.appended.slice(again)).flat().sort()).toEqual(
      without
        .flat()
        .filter((type) => type !== 'pair-opened')
        .sort(),
    )
  })
})

describe('another address', () => {
  test('loses nothing that happened before it, and adds nothing of a kind that nobody had asked for', async () => {
    const here = await withEndpoint({ kinds: ['certificate.issued'] })
    await here.issued('one')
    const change = { events: [{ type: 'finished' }], actor: 'system:batch', now: here.two.next() }
    await here.world.store.append(
      nextCommit(streams.batch(BODY, 'batch-1'), [], { ...change, index: `FINISHED#${BODY}` }),
    )
    await here.set({ url: 'https://other.body.example/', kinds: eventKinds })
    await here.run(20 * MINUTE)
    expect(here.posts.map(({ id, url }) => [id, url])).toEqual([['certificate_one_0', 'https://other.body.example/']])
  })

  test('ends the rest of an endpoint that failed, and what happened meanwhile is sent there', async () => {
    const here = await withEndpoint()
    here.receiver.answer = 'no-connection'
    await here.issued('one')
    await here.run(4 * DAY, 30 * MINUTE)
    expect((await here.log()).pausedAt).toBeDefined()
    await here.issued('two')
    await here.run(DAY, HOUR)
    here.receiver.answer = '2xx'
    await here.set({ url: 'https://other.body.example/', kinds: eventKinds })
    await here.run(3 * MINUTE)
    const { pausedAt, deliveries } = await here.log()
    expect([pausedAt, deliveries.map(({ id, state }) => [id, state])]).toEqual([
      undefined,
      [
        ['certificate_two_0', 'delivered'],
        ['certificate_one_0', 'failed'],
      ],
    ])
  })

  test('after an end begins anew: nothing is sent of the time between', async () => {
    const here = await withEndpoint()
    await here.issued('one')
    await here.run(2 * MINUTE)
    await here.set(null)
    await here.issued('two')
    await here.set({ url: URL_OF_BODY, kinds: eventKinds })
    await here.issued('three')
    await here.run(20 * MINUTE)
    expect(here.posts.map(({ id }) => id)).toEqual(['certificate_one_0', 'certificate_three_0'])
  })
})

describe('F34: a receiver that does not accept', () => {
  test('the same id comes again after growing pauses, nine times in three days; then it is marked, and the endpoint rests', async () => {
    const here = await withEndpoint()
    const { posts, receiver } = here
    receiver.answer = '5xx'
    await here.issued('one')
    await here.run(4 * DAY, 5 * MINUTE)
    expect(new Set(posts.map(({ id }) => id))).toEqual(new Set(['certificate_one_0']))
    const at = posts.map(({ now }) => now.getTime())
    const waited = at.slice(1).map((moment, place) => moment - (at[place] ?? 0))
    expect(waited).toHaveLength(deliveryPauses.length)
    for (const [place, pause] of deliveryPauses.entries()) {
      expect(waited[place]).toBeGreaterThanOrEqual(pause)
      expect(waited[place]).toBeLessThanOrEqual(pause + 10 * MINUTE)
    }
    expect(await here.log()).toMatchObject({
      pausedAt: expect.any(String),
      deliveries: [{ id: 'certificate_one_0', state: 'failed', attempts: 9, last: { answer: '5xx' } }],
    })
    // While it rests, nothing is asked of it.
    await here.issued('two')
    await here.run(DAY, HOUR)
    expect(posts).toHaveLength(9)

    receiver.answer = '2xx'
    await here.replay()
    await here.run(3 * MINUTE)
    const { pausedAt, deliveries } = await here.log()
    expect(pausedAt).toBeUndefined()
    expect(deliveries.map(({ id, state }) => [id, state])).toEqual([
      ['certificate_two_0', 'delivered'],
      ['certificate_one_0', 'delivered'],
    ])
  })

  test('N013: a system that did not say that it wants events gets none; it is asked again after growing pauses, and then gets everything', async () => {
    const here = await withEndpoint()
    here.receiver.isWanted = false
    for (let minute = 0; minute < 60; minute++) {
      if (minute < 20) await here.issued(`each-${minute}`)
      await here.run(MINUTE)
    }
    expect([here.posts.length, (await here.log()).deliveries[0]?.last?.answer]).toEqual([0, 'not-wanted'])
    // A stranger gets four questions in an hour, however many events there are.
    const waits = here.asked.slice(1).map(({ at }, before) => at - (here.asked[before]?.at ?? 0))
    expect(waits).toHaveLength(3)
    waits.forEach((wait, at) => {
      expect(wait + 1_000).toBeGreaterThanOrEqual(deliveryPauses[at] ?? 0)
    })
    here.receiver.isWanted = true
    await here.run(2 * DAY, HOUR)
    expect((await here.log()).deliveries.map(({ state }) => state)).toEqual(
      Array.from({ length: 20 }, () => 'delivered'),
    )
    expect([here.posts.length, here.asked.length]).toEqual([20, 5])
  }, 60_000)

  test('N013: another address is asked for itself, and a request of officers to send again asks at once', async () => {
    const here = await withEndpoint()
    await here.issued('one')
    await here.run(MINUTE)
    here.receiver.isWanted = false
    await here.set({ url: `${URL_OF_BODY}/other`, kinds: eventKinds })
    await here.issued('two')
    await here.run(3 * DAY, HOUR)
    expect(here.posts.map(({ id }) => id)).toEqual(['certificate_one_0'])
    expect((await here.log()).pausedAt).toBeDefined()
    const before = here.asked.length
    here.receiver.isWanted = true
    await here.replay()
    await here.run(MINUTE)
    expect(here.posts.map(({ url, id }) => [url, id]).slice(1)).toEqual([[`${URL_OF_BODY}/other`, 'certificate_two_0']])
    expect(here.asked.slice(before).map(({ url }) => url)).toEqual([`${URL_OF_BODY}/other`])
  })

  test('an event that waits for its next attempt when the endpoint begins to rest is marked without one, and sent when it is asked for', async () => {
    const here = await withEndpoint()
    here.receiver.answer = '5xx'
    await here.issued('one')
    await here.run(2 * DAY, 30 * MINUTE)
    await here.issued('two')
    await here.run(5 * DAY, 30 * MINUTE)
    const { pausedAt, deliveries } = await here.log()
    expect(pausedAt).toBeDefined()
    const [two] = deliveries
    const sent = here.posts.filter(({ id }) => id === 'certificate_two_0').length
    expect(sent).toBeLessThan(9)
    expect(two).toMatchObject({ id: 'certificate_two_0', state: 'failed', attempts: sent, last: { answer: '5xx' } })
    here.receiver.answer = '2xx'
    await here.replay()
    await here.run(3 * MINUTE)
    expect((await here.log()).deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  })

  test('one event that is never accepted does not pause an endpoint that accepts others', async () => {
    const here = await withEndpoint()
    here.receiver.answer = ({ id }) => (id === 'certificate_one_0' ? '4xx' : '2xx')
    await here.issued('one')
    await here.run(DAY, 10 * MINUTE)
    await here.issued('two')
    await here.run(3 * DAY, 10 * MINUTE)
    const { pausedAt, deliveries } = await here.log()
    expect(pausedAt).toBeUndefined()
    expect(deliveries.map(({ state }) => state)).toEqual(['delivered', 'failed'])
  })

  test('I61: a message that comes twice makes one attempt if it comes later, and a lost one is found again', async () => {
    const here = await withEndpoint()
    await here.issued('one')
    here.two.pass(MINUTE)
    await here.collect()
    const [message] = here.messages
    here.messages.length = 0 // lost
    await here.run(5 * MINUTE)
    expect(here.posts).toHaveLength(1)
    here.messages.push(message as DeliveryMessage)
    await here.deliver(3)
    expect(here.posts).toHaveLength(1)
    await expect(
      deliverEvents(
        { version: 1, owner: BODY, events: ['certificate_none_0'] },
        { ...here.deps(), sender: here.sender },
      ),
    ).rejects.toMatchObject({ code: 'validation-failed' })
  })

  test('I51: an event that cannot be read holds up no other one of its message', async () => {
    const here = await withEndpoint()
    await here.issued('one')
    await here.issued('two')
    here.two.pass(MINUTE)
    await here.collect()
    const [message] = here.messages.splice(0)
    expect(message?.events).toEqual(['certificate_one_0', 'certificate_two_0'])
    const stream = streams.delivery(BODY, 'certificate_one_0')
    const history = await here.world.store.read(stream)
    const change = { events: [{ type: 'of-a-later-version' }], actor: 'system:deliver', now: here.two.now() }
    await here.world.store.append(nextCommit(stream, history, change))
    const delivered = deliverEvents(message, { ...here.deps(), sender: here.sender })
    await expect(delivered).rejects.toMatchObject({ code: 'dependency-unavailable' })
    expect(here.posts.map(({ id }) => id)).toEqual(['certificate_two_0'])
  })

  test('whatever fails and whenever runs end, every event is delivered in the end, and recorded once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('issue', 'run', 'twice', 'lose', 'fail', 'mend'), { minLength: 4, maxLength: 14 }),
        async (history) => {
          const here = await withEndpoint()
          let count = 0
          for (const step of history) {
            if (step === 'issue') {
              count += 1
              await here.issued(`c${count}`)
            }
            if (step === 'run') await here.run(MINUTE)
            if (step === 'fail') here.receiver.answer = 'too-slow'
            if (step === 'mend') here.receiver.answer = '2xx'
            if (step === 'lose' || step === 'twice') {
              here.two.pass(MINUTE)
              await Promise.all([here.collect(), here.collect()])
              if (step === 'lose') here.messages.length = 0
              else await here.deliver(2)
            }
          }
          here.receiver.answer = '2xx'
          await here.run(2 * HOUR, 2 * MINUTE)
          const { deliveries } = await here.log()
          expect(deliveries.map(({ state }) => state)).toEqual(Array(count).fill('delivered'))
          expect(here.world.store.events('queued')).toHaveLength(count)
        },
      ),
      { numRuns: 8 },
    )
  })
})

describe('an officer', () => {
  test('has one event sent again, also one that was delivered; not one on its way, and not one of another body', async () => {
    const here = await withEndpoint()
    await here.issued('one')
    await here.run(2 * MINUTE)
    await here.replay('certificate_one_0')
    await here.run(2 * MINUTE)
    expect(here.posts.map(({ id }) => id)).toEqual(['certificate_one_0', 'certificate_one_0'])
    here.receiver.answer = 'no-connection'
    await here.issued('two')
    await here.run(MINUTE)
    await expect(here.replay('certificate_two_0')).rejects.toMatchObject({ reason: 'nothing-changes' })
    for (const id of ['certificate_three_0', '../x', 'progress'])
      await expect(here.replay(id)).rejects.toMatchObject({ code: 'not-found' })
    const stranger = { ...here.deps(), store: here.world.store }
    await expect(askReplay({ body: BODY, subject: 'stranger' }, stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      listDeliveries(
        { body: AUTHORITY, subject: OFFICER, limit: 5 },
        { reader: here.world.store, now: here.two.now() },
      ),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('sees a secret once; for a day it signs beside the one before; it is stored sealed, and a fourth in a day is refused', async () => {
    const here = await withEndpoint()
    const { two, world, posts } = here
    await here.issued('one')
    await here.run(2 * MINUTE)
    const [first] = posts[0]?.secrets ?? []
    two.pass(2 * DAY)
    const { secret } = await here.secret()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    await here.issued('two')
    await here.run(2 * MINUTE)
    expect(posts.at(-1)?.secrets).toEqual([secret, first])
    two.pass(DAY)
    await here.issued('three')
    await here.run(2 * MINUTE)
    expect(posts.at(-1)?.secrets).toEqual([secret])
    expect(JSON.stringify(world.store.appended)).not.toContain(secret.slice(6))
    expect(await sealed(two, secret)).not.toContain(secret.slice(6))
    for (let more = 0; more < 3; more++) await here.secret()
    await expect(here.secret()).rejects.toMatchObject({ code: 'conflict', reason: 'too-many' })
    await expect(makeSecret({ body: BODY, subject: 'stranger' }, here.deps())).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('N013: names no address that the guard refuses, and nobody else makes the registry look up a name', async () => {
    const here = await withEndpoint()
    const asked: string[] = []
    const receivers = {
      refusal: async (url: string) => {
        asked.push(url)
        return 'must be a host on the Internet'
      },
    }
    const named = { body: BODY, url: 'https://inside.example' }
    const deps = { store: here.world.store, receivers }
    await expect(requireReceiver({ ...named, subject: 'one' }, deps)).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/endpoint/url', reason: 'not-a-receiver' }],
    })
    await expect(requireReceiver({ ...named, subject: 'stranger' }, deps)).rejects.toMatchObject({ code: 'not-found' })
    expect(asked).toHaveLength(1)
  })

  test('cannot have an endpoint recorded without a second officer, or by another body', async () => {
    const here = await withEndpoint()
    const change = {
      verb: 'set-webhook' as const,
      body: BODY,
      endpoint: null,
      effectiveAt: here.two.now().toISOString(),
    }
    await expect(here.two.propose(change, AUTHORITY)).rejects.toMatchObject({ code: 'not-found' })
    await here.two.propose(change, BODY)
    await here.issued('one')
    await here.run(2 * MINUTE)
    expect(here.posts).toHaveLength(1)
  })
})
