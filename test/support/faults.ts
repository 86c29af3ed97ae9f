import { RegistryError } from '@sijil/registry'

/** What goes wrong with one call. Every write of a flow is run through each (Sunlight's method). */
type Outcome =
  /** It fails, and nothing happened. */
  | 'fails-before'
  /** It fails to the caller, but it took effect: the answer was lost. */
  | 'fails-after'
  /** It does not begin before `release()`. */
  | 'waits-before'
  /** It took effect; the answer does not come before `release()`. */
  | 'waits-after'

export interface Injected<P> {
  method: keyof P & string
  /** 1 is the first call of this method. */
  call: number
  outcome: Outcome
  /** What the caller is told; `dependency-unavailable` where it is absent. */
  error?: Error
}

export interface Faulty<P> {
  port: P
  /** How often a method was called, faults included. */
  calls(method: keyof P & string): number
  /** Resolves as soon as a call waits. */
  waiting: Promise<void>
  release(): void
}

/** The same port, whose n-th call of a method goes wrong in a given way; every other call is the real one. */
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
