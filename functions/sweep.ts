import { sweepReservations } from '@sijil/registry'
import { clock, commitStoreOf, readEnvironment } from './wiring.ts'

const store = commitStoreOf(readEnvironment(process.env))

/** On a schedule: burns what was reserved and never finished. Answers how many, for the metric. */
export const handler = async (): Promise<{ burned: number }> => ({
  burned: await sweepReservations({ store, now: clock() }),
})
