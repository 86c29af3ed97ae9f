import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { closeServer, listenOnLoopback, onlyPrograms } from './loopback.ts'

interface Message {
  id: string
  body: string
  deliveries: number
}

/** What Lambda gives to a function of messages, and what it answers. */
export type MessageHandler = (event: {
  Records: { messageId: string; body: string; attributes: { ApproximateReceiveCount: string } }[]
}) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>

interface LocalQueue {
  add(body: string, delaySeconds?: number): Message
  deliverTo(handler: MessageHandler): void
  dead: readonly string[]
  next(): void
  close(): void
}

export interface LocalSqs {
  endpoint: string
  urlOf(queue: string): string
  /** Delivers all messages of a queue to this function from now on. */
  deliverTo(queue: string, handler: MessageHandler): void
  /** The bodies of messages that failed too often. */
  dead(queue: string): readonly string[]
  close(): Promise<void>
}

export interface Timing {
  /** A message that was not answered comes again after this time. On AWS: six times the limit of the function. */
  visibilityMs?: number
  mostDeliveries?: number
  /** How often each delivery comes, at the same time. SQS promises at least once. */
  times?: number
}

/** As many calls of the function at once as one machine can use. */
const AT_ONCE = 2

/** Lambda's reading of one queue, in memory. */
function openQueue({ visibilityMs = 174_000, mostDeliveries = 6, times = 1 }: Timing): LocalQueue {
  const waiting: Message[] = []
  const dead: string[] = []
  const timers = new Set<NodeJS.Timeout>()
  let handler: MessageHandler | undefined
  let running = 0
  let isOpen = true

  function later(milliseconds: number, message: Message): void {
    if (!isOpen) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      waiting.push(message)
      next()
    }, milliseconds)
    timer.unref()
    timers.add(timer)
  }

  function next(): void {
    while (isOpen && handler !== undefined && running < AT_ONCE) {
      const message = waiting.shift()
      if (message === undefined) return
      running += 1
      void deliver(message, handler).finally(() => {
        running -= 1
        next()
      })
    }
  }

  async function deliver(message: Message, to: MessageHandler): Promise<void> {
    message.deliveries += 1
    if (message.deliveries > mostDeliveries) {
      dead.push(message.body)
      return
    }
    const attributes = { ApproximateReceiveCount: String(message.deliveries) }
    const event = { Records: [{ messageId: message.id, body: message.body, attributes }] }
    const answers = await Promise.all(Array.from({ length: times }, () => to(event).catch(() => undefined)))
    if (answers.some((answer) => answer === undefined || answer.batchItemFailures.length > 0))
      later(visibilityMs, message)
  }

  return {
    add(body, delaySeconds = 0) {
      const message = { id: randomUUID(), body, deliveries: 0 }
      if (delaySeconds > 0) later(delaySeconds * 1_000, message)
      else waiting.push(message)
      return message
    },
    deliverTo(given) {
      handler = given
      next()
    },
    dead,
    next,
    close() {
      isOpen = false
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

const ACCOUNT = '/000000000000/'

/**
 * The operation of SQS that we use, in memory. Messages of an ended process are lost: the sweeper sends them again from the record.
 */
export async function startSqs(timing: Timing = {}): Promise<LocalSqs> {
  const queues = new Map<string, LocalQueue>()
  const queue = (name: string): LocalQueue => {
    const known = queues.get(name) ?? openQueue(timing)
    queues.set(name, known)
    return known
  }
  const server = createServer(
    onlyPrograms(async (request, response) => {
      let text = ''
      for await (const part of request) text += part
      const isAsked = request.headers['x-amz-target'] === 'AmazonSQS.SendMessageBatch'
      const { Entries = [], QueueUrl = '' } = JSON.parse(text || '{}') as { Entries?: Entry[]; QueueUrl?: string }
      response.writeHead(isAsked ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' })
      if (!isAsked) {
        response.end(JSON.stringify({ __type: 'UnsupportedOperation', message: 'no such operation here' }))
        return
      }
      const to = queue(QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1))
      const Successful = Entries.map(({ Id, MessageBody, DelaySeconds }) => {
        const { id } = to.add(MessageBody, DelaySeconds)
        // The SDK compares this digest.
        const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex')
        return { Id, MessageId: id, MD5OfMessageBody }
      })
      response.end(JSON.stringify({ Successful, Failed: [] }))
      to.next()
    }),
  )
  const endpoint = await listenOnLoopback(server)
  return {
    endpoint,
    urlOf: (name) => `${endpoint}${ACCOUNT}${name}`,
    deliverTo: (name, handler) => queue(name).deliverTo(handler),
    dead: (name) => queue(name).dead,
    async close() {
      for (const each of queues.values()) each.close()
      await closeServer(server)
    },
  }
}

interface Entry {
  Id: string
  MessageBody: string
  DelaySeconds?: number
}
