import { traceOf } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { log } from './wiring.ts'

/** What SQS tells of one message. */
interface QueueRecord {
  messageId: string
  body: string
  attributes: { ApproximateReceiveCount: string }
}

interface QueueEvent {
  Records: readonly QueueRecord[]
}

/** Messages that come again. All others of the event are done (partial batch response). */
interface QueueAnswer {
  batchItemFailures: { itemIdentifier: string }[]
}

const isOfQueue = (event: unknown): event is QueueEvent =>
  typeof event === 'object' && event !== null && 'Records' in event

interface ForBoth<Request, Context, Answer> {
  (event: Request, context: Context): Answer
  (event: QueueEvent): Promise<QueueAnswer>
}

/**
 * Answers requests and messages of a queue by one function: only `issue` signs certificates, only `paper` carries the typesetter, and only
 * `deliver` connects to systems of bodies. A message that fails comes again, and in the end lies in the dead-letter queue. No line of the log holds what it says.
 */
export const withMessages = <Request, Context, Answer>(
  name: 'issue' | 'paper' | 'deliver',
  answer: (request: Request, context: Context) => Answer,
  run: (message: unknown, deliveries: number) => Promise<void>,
): ForBoth<Request, Context, Answer> =>
  ((event: Request | QueueEvent, context: Context) =>
    isOfQueue(event) ? runAll(name, event, run) : answer(event, context)) as ForBoth<Request, Context, Answer>

async function runAll(
  name: 'issue' | 'paper' | 'deliver',
  { Records }: QueueEvent,
  run: (message: unknown, deliveries: number) => Promise<void>,
): Promise<QueueAnswer> {
  const batchItemFailures: QueueAnswer['batchItemFailures'] = []
  for (const { messageId, body, attributes } of Records) {
    try {
      await run(parsed(body), Number(attributes.ApproximateReceiveCount))
    } catch (error) {
      const code = error instanceof RegistryError ? error.code : 'internal'
      log({ level: 'error', function: name, code, error: traceOf(error) })
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
