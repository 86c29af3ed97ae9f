import type { LogCode } from './log-code.ts'
import { metricMembers } from './metrics.ts'

/** A successful answer that raises an alarm. */
export interface LoggedAnswer {
  /** The brake holds an action back (I72). */
  code: 'action-waits'
  /** Id of the body or authority for which the action was requested. The operator calls it. */
  owner: string
}

/** The line of a request. No member can contain a name, a token or a link (invariant I47). So the route is named by its key, never by its path. */
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

/** The line of a run of a scheduled function that needs attention. No member can contain a name, a token or a link (I47). */
export interface RunEntry {
  level: 'warn' | 'error'
  function: 'sweep' | 'erase' | 'sequence' | 'audit' | 'issue' | 'paper' | 'deliver'
  code: LogCode
  /** Size of the trust bundle, for `bundle-nearly-full`. */
  bytes?: number
  error?: ErrorTrace
}

/** The line of a stored file that is missing or differs. The name of a file has an id of a body, a log or a list, and of nobody. */
export interface ArtefactEntry {
  level: 'error'
  code: 'artefact-differs'
  artefact: string
  fault: 'missing' | 'changed'
}

export interface ErrorTrace {
  /** Names of the error and of its causes, outermost first. */
  names: string[]
  /** Stack frames of the innermost cause, as places in files. */
  frames: string[]
}

export type Log = (entry: LogEntry) => void

/** Makes the writer of log lines. A line whose code raises an alarm also carries its metric. */
export function createLog({ sink, now }: { sink: (line: string) => void; now: () => Date }) {
  return (entry: LogEntry | RunEntry | ArtefactEntry): void => {
    const at = now()
    sink(JSON.stringify({ at: at.toISOString(), ...entry, ...metricMembers(entry.code, at) }))
  }
}

const MOST_CAUSES = 4
const MOST_FRAMES = 12
const PLACE = /^ {4}at (?:.* \()?((?:file:\/\/|node:|\/)[\w./@+-]+:\d+:\d+)\)?$/

/**
 * The parts of an error that may be logged. A message may quote its input, so no message is ever logged. Of the stack, only places in files
 * are logged, and only those below the message, because a message can look like a stack.
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
  // Otherwise the name or the message was changed after the stack was taken, so the end of the message is unknown.
  if (!stack.startsWith(message, heading.length) || !/^(?:\n|$)/.test(below)) return []
  return below
    .split('\n')
    .flatMap((line) => PLACE.exec(line)?.[1] ?? [])
    .slice(0, MOST_FRAMES)
}
