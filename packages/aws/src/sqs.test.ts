import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { openQueue } from './sqs.ts'

interface Range {
  owner: string
  from: number
}
const ranges = (count: number, owner = 'demo-ph-tesda'): Range[] =>
  Array.from({ length: count }, (_, from) => ({ owner, from }))

/** A queue whose requests are kept, and whose client answers as given. */
function aQueue(answer: () => Promise<{ Failed?: { Id: string }[] }> = async () => ({})) {
  const sent: SendMessageBatchCommand['input'][] = []
  const client = {
    send: ({ input }: SendMessageBatchCommand) => {
      sent.push(input)
      return answer()
    },
  }
  return {
    sent,
    queue: openQueue<Range>({ client: client as unknown as SQSClient, url: 'https://sqs.example/ranges' }),
  }
}

test('each message names its body as its group, so that a large batch of one body does not hold up the others', async () => {
  const { sent, queue } = aQueue()
  await queue.send([...ranges(2), ...ranges(1, 'demo-xs-stc')], 30)
  expect(sent).toHaveLength(1)
  expect(sent[0]?.Entries).toMatchObject([
    { MessageGroupId: 'demo-ph-tesda', MessageBody: '{"owner":"demo-ph-tesda","from":0}', DelaySeconds: 30 },
    { MessageGroupId: 'demo-ph-tesda', MessageBody: '{"owner":"demo-ph-tesda","from":1}', DelaySeconds: 30 },
    { MessageGroupId: 'demo-xs-stc', MessageBody: '{"owner":"demo-xs-stc","from":0}', DelaySeconds: 30 },
  ])
})

test('messages are sent ten at a time, which is what SQS takes', async () => {
  const { sent, queue } = aQueue()
  await queue.send(ranges(23))
  expect(sent.map(({ Entries = [] }) => Entries.length)).toEqual([10, 10, 3])
})

test('F30: a message that SQS did not take, and a queue that does not answer, are outages', async () => {
  const refused = { code: 'dependency-unavailable' }
  const some = aQueue(async () => ({ Failed: [{ Id: '1' }] }))
  await expect(some.queue.send(ranges(2))).rejects.toMatchObject(refused)
  const none = aQueue(() => Promise.reject(Object.assign(new Error('no connection'), { code: 'ECONNRESET' })))
  await expect(none.queue.send(ranges(2))).rejects.toMatchObject(refused)
})
