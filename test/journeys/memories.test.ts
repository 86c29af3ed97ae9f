import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { isWhole } from '../support/whole.ts'
import { DSD, officersOf } from './trust.ts'

/**
 * Tests the answers that a running registry keeps in memory for ten seconds: by `npm run check:whole` in real time, and by `npm test` with
 * a moved clock, like every other test. The fourth memory, of accepted lists, is tested in trust-endorsements.test.ts.
 */

const HALL = 'demo-hall'
let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
  // Asks each once, so that its answer is in memory.
  for (const { now } of Object.values(memories)) await now()

  const thai = await officersOf(registry)
  const suspended = await thai.first(`${thai.base}/accreditations/${DSD}.main/suspend`, { basis: 'inspection 7' })
  expect(suspended.status, suspended.text).toBe(200)
  const identity = { name: 'Hall (demonstration)', state: 'TH', website: 'https://hall.example', demonstration: true }
  await thai.decide(`${thai.base}/centres`, { id: HALL, identity })
})
afterAll(() => registry.close())

const memories = {
  'trust in a body': {
    now: async () =>
      (await registry.ask(`/issuers/${DSD}/accreditations?qualification=th-brick-1`)).json<{ standing: string }>()
        .standing === 'suspended',
  },
  'the register of centres': {
    now: async () => (await registry.ask('/centres')).text.includes(HALL),
  },
  'the members of the federation': {
    now: async () =>
      !(await registry.ask('/federation/list?entity_type=certificate_issuer')).text.includes(`/issuers/${DSD}"`),
  },
}

test.concurrent.each(Object.entries(memories))(
  '%s shows a new decision without a restart, once its memory has expired',
  async (_, { now }) => {
    if (isWhole) await expect.poll(now, { timeout: 60_000, interval: 500 }).toBe(true)
    else expect(await registry.later(now)).toBe(true)
  },
)
