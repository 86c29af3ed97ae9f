import { type RunEntry, traceOf } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { log } from './wiring.ts'

/**
 * Makes the handler of a scheduled function. An operator may also call it by hand, with an order. Nobody reads its answer, so a failed run
 * also writes a line with its error code, which the alarm of that code counts.
 */
export function scheduled<Order extends object, Result>(
  name: RunEntry['function'],
  run: (order: Partial<Order>) => Promise<Result>,
): (order?: Partial<Order>) => Promise<Result> {
  return async (order = {}) => {
    try {
      return await run(order)
    } catch (error) {
      const code = error instanceof RegistryError ? error.code : 'internal'
      log({ level: 'error', function: name, code, error: traceOf(error) })
      throw error
    }
  }
}
