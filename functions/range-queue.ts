import type { RangeQueue } from '@sijil/registry'
import type { BatchEnvironment } from './environment.ts'
import { once } from './wiring.ts'

/** Loads the client of SQS for the first message. */
export function rangeQueueOf({ RANGES_QUEUE_URL: url }: Pick<BatchEnvironment, 'RANGES_QUEUE_URL'>): RangeQueue {
  const opened = once(async () => {
    const later = await import('@sijil/aws/sqs')
    return later.openRangeQueue({ client: later.sqsClient(), url })
  })
  return { send: async (...asked) => (await opened()).send(...asked) }
}
