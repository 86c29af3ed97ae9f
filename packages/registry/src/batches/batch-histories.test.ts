import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aBatchWorld, rowsOf } from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { type CommitStore, readingOf } from '../stream.ts'
import { cancelBatch, pauseBatch, resendBatches, resumeBatch, runRange } from './index.ts'

const ROWS = 9
const steps = fc.array(
  fc.oneof(
    fc.constantFrom('deliver', 'deliver twice', 'pause', 'resume', 'wait', 'sweep', 'cancel' as const),
    fc.nat(40).map((writes) => ({ killAfter: writes })),
  ),
  { minLength: 2, maxLength: 7 },
)

test('N002: at every moment of random histories, submitted = issued + rejected + pending, and the end agrees with the register', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const here = await aBatchWorld()
      const { id } = await here.approve(rowsOf(ROWS))
      const request = { issuer: BODY, subject: OFFICER, id }
      let known = 0
      const look = async () => {
        const { submitted, issued, rejected, pending } = await here.counts(id)
        expect([submitted, issued + rejected + pending]).toEqual([ROWS, ROWS])
        expect(issued + rejected).toBeGreaterThanOrEqual(known)
        known = issued + rejected
      }
      const wait = () => {
        here.clock.now = new Date(here.clock.now.getTime() + 5 * MINUTE)
      }
      for (const step of history) {
        // A state that does not allow the step refuses it, which is no fault here.
        if (typeof step === 'object') await killed(here, step.killAfter)
        else if (step === 'deliver') await here.deliver({ most: 1 })
        else if (step === 'deliver twice') await here.deliver({ most: 1, times: 2 })
        else if (step === 'wait') wait()
        else if (step === 'sweep') await resendBatches(here.deps)
        else
          await { pause: pauseBatch, resume: resumeBatch, cancel: cancelBatch }
            [step as 'pause'](request, here.deps)
            .catch(() => {})
        await look()
      }
      await resumeBatch(request, here.deps).catch(() => {})
      for (let round = 0; round < 3; round++) {
        wait()
        await resendBatches(here.deps)
        await here.deliver()
        await look()
      }
      const { issued, pending } = await here.counts(id)
      expect(pending).toBe(0)
      expect(here.world.store.events('issued')).toHaveLength(issued)
    }),
    // Two workers settle the rows that a third one had begun when it died.
    { numRuns: 12, examples: [[[{ killAfter: 10 }, 'cancel', 'wait', 'deliver twice', 'deliver']]] },
  )
})

async function killed(here: Awaited<ReturnType<typeof aBatchWorld>>, writes: number): Promise<void> {
  let left = writes
  const store: CommitStore = {
    ...readingOf(here.world.store),
    append: (commit) => (--left < 0 ? Promise.reject(new Error('killed')) : here.world.store.append(commit)),
  }
  const message = here.messages.shift()?.message
  const issuing = () => ({ ...here.world.issuing, store, now: here.clock.now })
  if (message !== undefined) await runRange(message, 1, here.ranges({ store, issuing })).catch(() => {})
}
