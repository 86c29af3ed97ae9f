import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'
import type { DeliveryAnswer, EventSender } from '@sijil/registry'
import { ForbiddenAddress, guardedLookup, type Resolve, systemResolve } from './guarded-lookup.ts'
import { type ReceiverRuleName, receiverRules } from './receiver-rules.ts'
import { signedHeaders } from './sign-event.ts'

/** From the look-up of the name to the status of the answer. */
const MOST_MS = 3_000
/** Bytes of the head of an answer. Its body is not read. */
const MOST_HEADER_BYTES = 8_192

// biome-ignore format: it reads as a table
const classes: Readonly<Record<number, DeliveryAnswer>> = { 2: '2xx', 3: '3xx', 4: '4xx', 5: '5xx' }

/**
 * Sends one event to an address of a body, and asks it before whether it wants any. Each attempt has a connection of its own, through the guard of names, and never follows a
 * redirect. No setting of the environment leads it through a proxy.
 */
export function eventSender({
  rule: name,
  baseUrl,
  resolve = systemResolve,
  mostMilliseconds = MOST_MS,
}: {
  rule: ReceiverRuleName
  baseUrl: string
  resolve?: Resolve
  mostMilliseconds?: number
}): EventSender {
  const rule = receiverRules[name]
  const lookup = guardedLookup({ rule, resolve })
  const agents = { 'https:': new Agent({ keepAlive: false }), 'http:': new PlainAgent({ keepAlive: false }) } as const
  const origin = new URL(baseUrl).host

  function send({ url: text, method, headers, body }: Sent): Promise<Heard> {
    const url = URL.canParse(text) ? new URL(text) : undefined
    // The record may be older than the rule. An IP address in it is not looked up, so it must not come further than this.
    if (url === undefined || rule.refusal(url, origin) !== undefined)
      return Promise.resolve({ answer: 'not-a-public-address' })
    const isPlain = url.protocol === 'http:'
    const signal = AbortSignal.timeout(mostMilliseconds)
    return new Promise((resolved) => {
      const sent = (isPlain ? plainRequest : request)(url, {
        method,
        agent: agents[isPlain ? 'http:' : 'https:'],
        lookup,
        signal,
        maxHeaderSize: MOST_HEADER_BYTES,
        headers: {
          ...headers,
          'webhook-request-origin': origin,
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Sijil-Webhooks/1',
          connection: 'close',
        },
      })
      sent.on('response', (answer) => {
        const allowed = answer.headers['webhook-allowed-origin']
        resolved({
          answer: classes[Math.floor((answer.statusCode ?? 0) / 100)] ?? 'no-connection',
          ...(typeof allowed === 'string' && { allowed }),
        })
        answer.destroy()
      })
      sent.on('error', (error) =>
        resolved({
          answer: signal.aborted
            ? 'too-slow'
            : error instanceof ForbiddenAddress
              ? 'not-a-public-address'
              : 'no-connection',
        }),
      )
      sent.end(body)
    })
  }

  return {
    async post({ url, id, body, secrets, now }) {
      const headers = { ...signedHeaders({ id, body, secrets, now }), 'content-type': 'application/json' }
      return (await send({ url, method: 'POST', headers, body })).answer
    },
    // HTTP 1.1 Web Hooks for Event Delivery §4. A status alone is no consent, because many systems answer OPTIONS.
    async isWantedAt(url) {
      const { answer, allowed } = await send({ url, method: 'OPTIONS', headers: {}, body: '' })
      return answer === '2xx' && (allowed === '*' || allowed?.toLowerCase() === origin)
    },
  }
}

interface Sent {
  url: string
  method: 'POST' | 'OPTIONS'
  headers: Record<string, string>
  body: string
}

interface Heard {
  answer: DeliveryAnswer
  /** The origin from which this address takes events, as it says. */
  allowed?: string
}
