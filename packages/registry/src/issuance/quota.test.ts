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
/** Sends a number of requests in parallel at one moment. Answers how many were admitted. */
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

test('a body may have 200 certificates at once, the share of four seconds, and another body has its own share', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  expect(await letThrough(quota, 300, { store })).toBe(200)
  expect(await letThrough(quota, 10, { store, issuer: OTHER_BODY })).toBe(10)
  expect(await letThrough(quota, 10, { store, now: after(3_999) })).toBe(0)
  expect(await letThrough(quota, 300, { store, now: after(4_000) })).toBe(200)
})

test('50 a second are never refused, and of 100 a second half are refused', async () => {
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

test('one client may have half of the share of its body', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  expect(await letThrough(quota, 150, { store, client: () => 'greedy' })).toBe(100)
  expect(await letThrough(quota, 150, { store, client: () => 'other' })).toBe(100)
  expect(await letThrough(quota, 1, { store, client: () => 'third' })).toBe(0)
})

test('the refusal says when there is room again, and a request at that time is admitted', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  await letThrough(quota, 50, { store, client: () => 'one' })
  await letThrough(quota, 50, { store, now: after(1_500), client: () => 'one' })
  const asking = (now: Date) => quota({ issuer: BODY, subject: 'one' }, { store, now })
  await expect(asking(after(2 * SECOND))).rejects.toMatchObject({ code: 'quota-exceeded', retryAfter: 3 })
  await expect(asking(after(5 * SECOND))).resolves.toBeUndefined()
})

test('certificates that other instances issued count too, by the record alone and without a write', async () => {
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
  // The third instance has admitted nobody yet, and counts the certificates of both others.
  await expect(issuing(2, OFFICER, after(10))).rejects.toMatchObject({ code: 'quota-exceeded' })
  expect(world.store.appended).toHaveLength(written)
  await issuing(3, 'clerk', after(10))
  await expect(issuing(2, OFFICER, after(5 * SECOND))).resolves.toMatchObject({ replayed: false })
})

test('R-104: rows of a batch use nothing of the quota, and hide no certificate that another instance issued', async () => {
  const world = await aWorld()
  const issuing = (n: number, batch?: string) =>
    issueCertificate(
      {
        ...{ issuer: BODY, subject: OFFICER, idempotencyKey: `key-${n}`, ...(batch && { batch }) },
        input: {
          qualification: 'ph-masonry-nc2',
          holder: { name: 'RODEL MANALO DELA CRUZ' },
          certificateNumber: `Q-${n}`,
          assessedOn: '2026-02-20',
        },
      },
      { ...world.at(after(n)), quota: issuingQuota({ perSecond: 1, burst: 4 }) },
    )
  await issuing(0)
  await issuing(1)
  for (let n = 2; n < 12; n++) await issuing(n, '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11')
  await expect(issuing(12)).rejects.toMatchObject({ code: 'quota-exceeded' })
})

test('I36: a subject who is not a member learns nothing about a quota, and uses none of it', async () => {
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

test('a clock that was put back stops no body from issuing for longer than one window', async () => {
  const store = await empty()
  const quota = issuingQuota(usualQuota)
  expect(await letThrough(quota, 200, { store, now: after(3_600 * SECOND) })).toBe(200)
  expect(await letThrough(quota, 200, { store })).toBe(200)
})
