import { type RunEntry, traceOf } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { log } from './wiring.ts'

/**
 * The handler of a function that a schedule calls, and an operator by hand with an order. Nobody reads its answer, so a run that fails also
 * writes a line with its code, which the alarm of that code counts.
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
