import { RegistryError } from '@sijil/registry'

/** The fault of one call. Tests inject each of them into every write of a flow (the method of Sunlight). */
export type Outcome =
  /** The call fails without effect. */
  | 'fails-before'
  /** The call takes effect, but fails for the caller: the answer was lost. */
  | 'fails-after'
  /** The call does not start before `release()`. */
  | 'waits-before'
  /** The call takes effect, but does not return before `release()`. */
  | 'waits-after'

export interface Injected<P> {
  method: keyof P & string
  /** 1 is the first call of this method. */
  call: number
  outcome: Outcome
  /** The error for the caller. Default: `dependency-unavailable`. */
  error?: Error
}

export interface Faulty<P> {
  port: P
  /** The number of calls of a method, including faults. */
  calls(method: keyof P & string): number
  /** Resolves as soon as a call waits. */
  waiting: Promise<void>
  release(): void
}

/** Wraps a port so that the n-th call of a method has a fault. All other calls go to the real port. */
export function withFaults<P extends object>(port: P, faults: readonly Injected<P>[]): Faulty<P> {
  const counts = new Map<string, number>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: waiting, resolve: isWaiting } = Promise.withResolvers<void>()

  async function call(name: string, work: () => unknown): Promise<unknown> {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const fault = faults.find(({ method, call }) => method === name && call === count)
    const failure = fault?.error ?? new RegistryError('dependency-unavailable', 'the dependency failed')
    switch (fault?.outcome) {
      case undefined:
        return work()
      case 'fails-before':
        throw failure
      case 'fails-after':
        await work()
        throw failure
      case 'waits-before':
        isWaiting()
        await released
        return work()
      case 'waits-after': {
        const result = await work()
        isWaiting()
        await released
        return result
      }
    }
  }

  const proxy = new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function' || typeof name !== 'string') return member
      return (...args: unknown[]) => call(name, () => Reflect.apply(member, target, args))
    },
  })
  return { port: proxy, calls: (method) => counts.get(method) ?? 0, waiting, release }
}
