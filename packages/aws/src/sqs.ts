import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type MessageQueue, RegistryError } from '@sijil/registry'
import { retries } from './clients.ts'
import { outage } from './outage.ts'

export const sqsClient = (): SQSClient => new SQSClient(retries)

/** SQS takes so many messages in one request. */
const AT_ONCE = 10
const QUEUE = 'the queue of batches'

/**
 * Sends messages to a standard queue. Each names its body as its group, so that SQS serves the bodies in turn: a large batch of one body
 * does not hold up the others (fair queues).
 */
export function openQueue<Message extends { owner: string }>({
  client,
  url,
}: {
  client: SQSClient
  url: string
}): MessageQueue<Message> {
  return {
    async send(messages, afterSeconds = 0) {
      for (let at = 0; at < messages.length; at += AT_ONCE)
        await sendSome(messages.slice(at, at + AT_ONCE), afterSeconds)
    },
  }

  async function sendSome(messages: readonly Message[], afterSeconds: number): Promise<void> {
    const Entries = messages.map((message, at) => ({
      Id: String(at),
      MessageBody: JSON.stringify(message),
      DelaySeconds: afterSeconds,
      MessageGroupId: message.owner,
    }))
    const answer = await client
      .send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
      .catch((error: unknown) => {
        throw outage(error, QUEUE)
      })
    // Those that were taken may come twice when all are sent again.
    if ((answer.Failed ?? []).length > 0)
      throw new RegistryError('dependency-unavailable', `${QUEUE} did not take every message`)
  }
}
