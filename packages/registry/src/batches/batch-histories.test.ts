import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aBatchWorld, type BatchWorld, rowOf, rowsOf } from '../../../../test/support/batch-world.ts'
import { BODY, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { isWhole } from '../../../../test/support/whole.ts'
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

/** A season's file, or a list of certificates that are in force. The last row has a fault. */
const kinds = {
  issue: { event: 'issued', fileOf: async () => `${rowsOf(ROWS - 1)}\n${rowOf('FAULTY', '')}` },
  suspend: {
    event: 'suspended',
    async fileOf({ world }: BatchWorld) {
      const numbers = Array.from({ length: ROWS - 1 }, (_, at) => `LISTED-${at}`)
      for (const certificateNumber of numbers) await world.issue({ certificateNumber }, { key: certificateNumber })
      return ['number,reason', ...numbers.map((number) => `${number},holder-request`), 'NONE-1,holder-request'].join(
        '\n',
      )
    },
  },
} as const

test.each(['issue', 'suspend'] as const)(
  'N002: at every moment of random histories of a batch to %s, submitted = done + rejected + pending, and the end agrees with the register',
  async (act) => {
    const { event, fileOf } = kinds[act]
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const here = await aBatchWorld()
        const { id } = await here.approve(await fileOf(here), 'batch', act)
        const request = { issuer: BODY, subject: OFFICER, id }
        let known = 0
        const look = async () => {
          const { submitted, issued, changed = 0, rejected, pending } = await here.counts(id)
          expect([submitted, issued + changed + rejected + pending]).toEqual([ROWS, ROWS])
          expect(issued + changed + rejected).toBeGreaterThanOrEqual(known)
          known = issued + changed + rejected
        }
        const wait = () => {
          here.clock.now = new Date(here.clock.now.getTime() + 5 * MINUTE)
        }
        await look()
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
        const { issued, changed = 0, pending } = await here.counts(id)
        expect(pending).toBe(0)
        const others = act === 'issue' ? 0 : issued
        expect([here.world.store.events(event).length, others]).toEqual([issued + changed, 0])
      }),
      {
        numRuns: isWhole ? 40 : 10,
        examples: [
          // Two workers settle the rows that a third one had begun when it died.
          [[{ killAfter: act === 'issue' ? 10 : 4 }, 'cancel', 'wait', 'deliver twice', 'deliver']],
          // A third one does again what was done and not written.
          [[{ killAfter: act === 'issue' ? 10 : 4 }, 'wait', 'deliver twice', 'sweep']],
        ],
      },
    )
  },
  120_000,
)

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
