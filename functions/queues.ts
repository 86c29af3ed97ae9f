import type { DeliveryMessage, FileMessage, MessageQueue, RangeMessage } from '@sijil/registry'
import type { BatchEnvironment, DeliverEnvironment } from './environment.ts'
import { once } from './wiring.ts'

/** Loads the client of SQS for the first message. */
function queueAt<Message extends { owner: string }>(url: string): MessageQueue<Message> {
  const opened = once(async () => {
    const later = await import('@sijil/aws/sqs')
    return later.openQueue<Message>({ client: later.sqsClient(), url })
  })
  return { send: async (...asked) => (await opened()).send(...asked) }
}

/** The rows of approved batches, for `issue`. */
export const rangeQueueOf = ({ RANGES_QUEUE_URL: url }: Pick<BatchEnvironment, 'RANGES_QUEUE_URL'>) =>
  queueAt<RangeMessage>(url)
/** The files that are made of issued batches, for `paper`. */
export const fileQueueOf = ({ FILES_QUEUE_URL: url }: Pick<BatchEnvironment, 'FILES_QUEUE_URL'>) =>
  queueAt<FileMessage>(url)
/** Events whose delivery is due, for `deliver`. */
export const deliveryQueueOf = ({ DELIVERIES_QUEUE_URL: url }: Pick<DeliverEnvironment, 'DELIVERIES_QUEUE_URL'>) =>
  queueAt<DeliveryMessage>(url)
