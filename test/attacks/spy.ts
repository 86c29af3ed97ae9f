import dns from 'node:dns'
import { Socket } from 'node:net'

export interface Spy {
  /** `host:port` of every connection that this process opened. */
  connections: Set<string>
  /** Every host name that this process looked up. */
  lookups: Set<string>
  stop(): void
}

/** Records every connection and every look-up of a name in this process, including those of `fetch`, the AWS SDK and jose. */
export function spyOnNetwork(): Spy {
  const connections = new Set<string>()
  const lookups = new Set<string>()
  const { connect } = Socket.prototype
  const { lookup } = dns
  const watched = function (this: Socket, ...given: unknown[]) {
    const [first] = Array.isArray(given[0]) ? given[0] : given
    const options: object = typeof first === 'object' && first !== null ? first : { port: first, host: given[1] }
    const { host = 'localhost', port, path } = options as { host?: unknown; port?: unknown; path?: unknown }
    connections.add(typeof path === 'string' ? `pipe:${path}` : `${host}:${port}`)
    return Reflect.apply(connect, this, given)
  }
  Socket.prototype.connect = watched as typeof connect
  dns.lookup = Object.assign(
    (...given: unknown[]) => {
      lookups.add(String(given[0]))
      return Reflect.apply(lookup, dns, given)
    },
    { __promisify__: lookup.__promisify__ },
  ) as typeof lookup
  return {
    connections,
    lookups,
    stop() {
      Socket.prototype.connect = connect
      dns.lookup = lookup
    },
  }
}

export interface Overheard {
  text(): string
  stop(): void
}

/** Records everything that the stack writes to standard output and standard error. */
export function overhearOutput(): Overheard {
  const kept: string[] = []
  const restore = [process.stdout, process.stderr].map((stream) => {
    const { write } = stream
    stream.write = ((chunk: unknown, ...rest: unknown[]) => {
      kept.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8'))
      const done = rest.find((one) => typeof one === 'function')
      if (typeof done === 'function') done()
      return true
    }) as typeof write
    return () => {
      stream.write = write
    }
  })
  return { text: () => kept.join(''), stop: () => restore.forEach((undo) => void undo()) }
}
