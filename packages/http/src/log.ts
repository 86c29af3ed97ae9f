import type { LogCode } from './log-code.ts'
import { metricMembers } from './metrics.ts'

/** An answer that somebody is called for, though nothing went wrong with the request. */
export interface LoggedAnswer {
  /** The brake holds something back (I72). */
  code: 'action-waits'
  /** Id of the body or the authority in whose name it was asked: whom to call. */
  owner: string
}

/** A request in one line. Nothing here can hold a name, a token or a link (invariant I47): a route is named by its key, never by its path. */
export interface LogEntry {
  level: 'info' | 'warn' | 'error'
  routeKey: string
  requestId: string
  status: number
  milliseconds: number
  code?: LogCode
  owner?: LoggedAnswer['owner']
  error?: ErrorTrace
}

/** A run of a scheduled function that somebody must know of, in one line. Nothing here can hold a name, a token or a link (I47). */
export interface RunEntry {
  level: 'warn' | 'error'
  function: 'sweep' | 'sequence' | 'audit'
  code: LogCode
  /** Of the bundle that is nearly full. */
  bytes?: number
  error?: ErrorTrace
}

export interface ErrorTrace {
  /** Names of the error and of its causes, outermost first. */
  names: string[]
  /** Places in the code, of the innermost cause. */
  frames: string[]
}

export type Log = (entry: LogEntry) => void

/** A line with a code that raises an alarm counts itself: it carries its own metric. */
export function createLog({ sink, now }: { sink: (line: string) => void; now: () => Date }) {
  return (entry: LogEntry | RunEntry): void => {
    const at = now()
    sink(JSON.stringify({ at: at.toISOString(), ...entry, ...metricMembers(entry.code, at) }))
  }
}

const MOST_CAUSES = 4
const MOST_FRAMES = 12
const PLACE = /^ {4}at (?:.* \()?((?:file:\/\/|node:|\/)[\w./@+-]+:\d+:\d+)\)?$/

/**
 * What may be kept of an error. The rule: a message may quote what it choked on, so no message is ever logged; of the stack
 * only places in files are, and only below the message, for a message can look like a stack.
 */
export function traceOf(error: unknown): ErrorTrace {
  const chain: Error[] = []
  for (let cause = error; cause instanceof Error && chain.length < MOST_CAUSES; cause = cause.cause) chain.push(cause)
  const innermost = chain.at(-1)
  return {
    names:
      chain.length === 0 ? ['NotAnError'] : chain.map(({ name }) => (/^[A-Za-z]{1,64}$/.test(name) ? name : 'Error')),
    frames: innermost === undefined ? [] : framesOf(innermost),
  }
}

function framesOf({ stack = '', message }: Error): string[] {
  const heading = /^[\w$]*(?:: )?/.exec(stack)?.[0] ?? ''
  const below = stack.slice(heading.length + message.length)
  // Else the stack was taken with another name or message, and where that one ends is not known.
  if (!stack.startsWith(message, heading.length) || !/^(?:\n|$)/.test(below)) return []
  return below
    .split('\n')
    .flatMap((line) => PLACE.exec(line)?.[1] ?? [])
    .slice(0, MOST_FRAMES)
}
