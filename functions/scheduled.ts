import { type RunEntry, traceOf } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { log } from './wiring.ts'

/** What Lambda tells a call about itself. On one machine there is none, and nothing stops a run. */
interface CallContext {
  getRemainingTimeInMillis(): number
}

/**
 * Makes the handler of a scheduled function. An operator may also call it by hand, with an order. Nobody reads its answer, so a failed run
 * also writes a line with its error code, which the alarm of that code counts. `remaining` says how many milliseconds the run still has.
 */
export function scheduled<Order extends object, Result>(
  name: RunEntry['function'],
  run: (order: Partial<Order>, remaining: () => number) => Promise<Result>,
): (order?: Partial<Order>, context?: CallContext) => Promise<Result> {
  return async (order = {}, context) => {
    try {
      return await run(order, () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY)
    } catch (error) {
      const code = error instanceof RegistryError ? error.code : 'internal'
      log({ level: 'error', function: name, code, error: traceOf(error) })
      throw error
    }
  }
}
