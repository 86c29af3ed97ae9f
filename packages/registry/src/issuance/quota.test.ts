import { expect, test } from 'vitest'
import {
  AUTHORITY,
  aBody,
  after,
  aWorld,
  BODY,
  noon,
  OFFICER,
  SECOND,
} from '../../../../test/support/registry-world.ts'
import { addMember } from '../trust/members.ts'
import { issueCertificate } from './issue.ts'
import { issuingQuota, usualQuota } from './quota.ts'

const OTHER_BODY = 'demo-bnsp'
const empty = async () => {
  const { store } = await aWorld()
  return store
}
/** Asks so many times at one moment, side by side; answers how many were let through. */
async function letThrough(
  quota: ReturnType<typeof issuingQuota>,
  times: number,
  { store, now = noon, issuer = BODY, client = (n: number) => `client-${n % 4}` }: Asked,
): Promise<number> {
  const asked = Array.from({ length: times }, (_, n) => quota({ issuer, subject: client(n) }, { store, now }))
  const settled = await Promise.allSettled(asked)
  for (const each of settled)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'quota-exceeded' })
  return settled.filter(({ status }) => status === 'fulfilled').length
}
interface Asked {
  store: Parameters<ReturnType<typeof issuingQuota>>[1]['store']
  now?: Date
  issuer?: string
  client?: (n: number) => string
}

test('a body may have 200 certificates at once, which are those of four seconds, and another body has its own', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  expect(await letThrough(quota, 300, { store })).toBe(200)
  expect(await letThrough(quota, 10, { store, issuer: OTHER_BODY })).toBe(10)
  expect(await letThrough(quota, 10, { store, now: after(3_999) })).toBe(0)
  expect(await letThrough(quota, 300, { store, now: after(4_000) })).toBe(200)
})

test('50 a second are never refused, and of 100 a second one half is', async () => {
  const store = await empty()
  const through = async (perSecond: number) => {
    const quota = issuingQuota(usualQuota)
    let sum = 0
    for (let n = 0; n < 20 * perSecond; n += 1)
      sum += await letThrough(quota, 1, {
        store,
        now: after((n * SECOND) / perSecond),
        client: () => `client-${n % 4}`,
      })
    return sum
  }
  expect(await through(50)).toBe(1_000)
  expect(await through(100)).toBe(1_000)
})

test('one client may have half of what its body may', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  expect(await letThrough(quota, 150, { store, client: () => 'greedy' })).toBe(100)
  expect(await letThrough(quota, 150, { store, client: () => 'other' })).toBe(100)
  expect(await letThrough(quota, 1, { store, client: () => 'third' })).toBe(0)
})

test('the refusal says when there is room again, and then there is', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  await letThrough(quota, 50, { store, client: () => 'one' })
  await letThrough(quota, 50, { store, now: after(1_500), client: () => 'one' })
  const asking = (now: Date) => quota({ issuer: BODY, subject: 'one' }, { store, now })
  await expect(asking(after(2 * SECOND))).rejects.toMatchObject({ code: 'quota-exceeded', retryAfter: 3 })
  await expect(asking(after(5 * SECOND))).resolves.toBeUndefined()
})

test('what other instances issued counts as well, by the record alone: no write is made for it', async () => {
  const world = await aWorld()
  await addMember({ owner: BODY, subject: 'clerk', roles: ['issue'], actor: 'registrar' }, world.issuing)
  const instances = Array.from({ length: 4 }, () => issuingQuota({ perSecond: 1, burst: 4 }))
  const issuing = (n: number, subject: string, now: Date) =>
    issueCertificate(
      {
        issuer: BODY,
        subject,
        idempotencyKey: `key-${n}`,
        input: {
          qualification: 'ph-masonry-nc2',
          holder: { name: 'RODEL MANALO DELA CRUZ' },
          certificateNumber: `Q-${n}`,
          assessedOn: '2026-02-20',
        },
      },
      { ...world.at(now), quota: instances[n % 4] ?? issuingQuota(usualQuota) },
    )
  await issuing(0, OFFICER, noon)
  await issuing(1, OFFICER, noon)
  const written = world.store.appended.length
  // The third instance has let nobody through yet, and knows of both.
  await expect(issuing(2, OFFICER, after(10))).rejects.toMatchObject({ code: 'quota-exceeded' })
  expect(world.store.appended).toHaveLength(written)
  await issuing(3, 'clerk', after(10))
  await expect(issuing(2, OFFICER, after(5 * SECOND))).resolves.toMatchObject({ replayed: false })
})

test('I36: a stranger learns nothing of a quota, and takes nothing from it', async () => {
  const world = await aWorld()
  await aBody(OTHER_BODY, world)
  const quota = issuingQuota({ perSecond: 1, burst: 2 })
  const stranger = (issuer: string) =>
    issueCertificate(
      { issuer, subject: 'stranger', idempotencyKey: 'k', input: Object(undefined) },
      { ...world.issuing, quota },
    )
  for (let n = 0; n < 5; n += 1)
    for (const issuer of [BODY, AUTHORITY, 'nobody'])
      await expect(stranger(issuer)).rejects.toMatchObject({ code: 'not-found' })
  await expect(world.issue({}, { deps: { quota } })).resolves.toMatchObject({ replayed: false })
})

test('a clock that was put back keeps nobody from issuing for longer than one window', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  expect(await letThrough(quota, 200, { store, now: after(3_600 * SECOND) })).toBe(200)
  expect(await letThrough(quota, 200, { store })).toBe(200)
})
