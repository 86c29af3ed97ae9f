import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { setBrake } from '@sijil/registry/decisions'
import { formatVerifierKey } from '@sijil/tlog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalParts, localParts } from '../../infra/local/demonstration/entities.ts'
import { type ATestWitness, aWitness } from '../support/a-witness.ts'
import { BROWSER_ADDRESS } from '../support/browser.ts'
import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import type { Doc } from './edit.ts'
import { type Overheard, overhearOutput, type Spy, spyOnNetwork } from './spy.ts'

interface Issued {
  id: string
  uuid: string
  link: string
  token: string
  document: Doc
}

/** The local stack under attack, with access to its stores and keys. */
export interface Stand extends OpenRegistry {
  parts: LocalParts
  /** The number of HTTP requests to the registry so far. */
  timesAsked(): number
  /** The witness that this registry accepts. */
  witness: ATestWitness
  didOf(body: string): string
  verify(document: unknown, options?: object): Promise<Answer>
  issue(body: string, input: object, key?: string): Promise<Answer>
  issued(body: string, input: object): Promise<Issued>
  change(body: string, uuid: string, verb: string, request: object): Promise<Answer>
  as(body: string): Promise<string>
  /** A certificate number that is unique in this run. */
  number(): string
}

const scope = 'credentials:issue credentials:status credentials:read'

async function openStand(): Promise<Stand> {
  const witness = aWitness('witness.example')
  const registry = await openRegistry({ witnesses: formatVerifierKey(witness.key) })
  const tokens = new Map<string, Promise<string>>()
  let numbers = 0
  let times = 0
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    if (request.headers.host === new URL(registry.baseUrl).host) times++
  })
  const as: Stand['as'] = (body) => {
    const known = tokens.get(body) ?? registry.token(body, scope)
    tokens.set(body, known)
    return known
  }
  const parts = localParts()
  // All attacks together revoke more certificates of this body in an hour than the brake allows one person.
  await setBrake(
    { id: 'demo-ph-tesda', limit: 500, basis: 'decision 9', actor: 'system:test' },
    { ...parts, now: registry.now() },
  )
  const stand: Stand = {
    ...registry,
    timesAsked: () => times,
    parts,
    witness,
    as,
    didOf: (body) => `did:web:${new URL(registry.baseUrl).host.replace(':', '%3A')}:issuers:${body}`,
    number: () => `ATTACK-${++numbers}`,
    verify: (document, options) =>
      registry.ask('/verify', { body: { verifiableCredential: document, ...(options && { options }) } }),
    async issue(body, input, key = `attack-${++numbers}`) {
      return registry.ask(`/issuers/${body}/credentials`, {
        body: input,
        token: await as(body),
        headers: { 'idempotency-key': key },
      })
    },
    async issued(body, input) {
      const answer = await stand.issue(body, input)
      expect(answer.status, answer.text).toBe(201)
      const { id, link, verifiableCredential } = answer.json<{ id: string; link: string; verifiableCredential: Doc }>()
      return { id, uuid: id.slice(9), link, token: link.slice(-26), document: verifiableCredential }
    },
    change: async (body, uuid, verb, request) =>
      registry.ask(`/issuers/${body}/credentials/${uuid}/${verb}`, { body: request, token: await as(body) }),
  }
  return stand
}

export const masonry = (stand: Stand, name = 'CANARY PERSON'): Record<string, unknown> => ({
  qualification: 'ph-masonry-nc2',
  holder: { name },
  certificateNumber: stand.number(),
  awardedOn: daysAgo(60),
})

export const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Words about persons, which must never be in a log. */
const canaries = ['CANARY', 'RODEL', '1994-07-19', '25-DEMO', 'MARALO', 'SOMCHAI', 'สมชาย', 'ATTACK-']

/**
 * One stack for each file, closed at its end. `prove` adds tests about everything that the file did: there were connections only to the
 * ports of the stack (I40, I41), and no log line contains a person, a token or a path (L001, I47).
 */
export function useStand(): { stand: () => Stand; prove: () => void } {
  let opened: Stand | undefined
  let spy: Spy
  let output: Overheard
  beforeAll(async () => {
    output = overhearOutput()
    spy = spyOnNetwork()
    opened = await openStand()
  })
  afterAll(async () => {
    await opened?.close()
    spy.stop()
    output.stop()
  })
  const stand = () => {
    if (opened === undefined) throw new Error('the stack is not open yet')
    return opened
  }
  const prove = () => {
    test('there were connections only to the ports of the local stack (I40, I41)', () => {
      const standIns = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL_'))
      const { [BROWSER_ADDRESS]: browser = '' } = process.env
      const ports = [stand().baseUrl, browser, ...standIns.map(([, url = '']) => url)].map((url) => new URL(url).port)
      const strangers = [...spy.connections].filter((to) => {
        const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(to) ?? []
        return !['localhost', '127.0.0.1', '::1'].includes(host) || !ports.includes(port)
      })
      expect(strangers).toEqual([])
      expect([...spy.lookups].filter((name) => name !== 'localhost' && name !== '127.0.0.1')).toEqual([])
      expect(spy.connections.size).toBeGreaterThan(0)
    })
    test('no log line contains a person, a number, a link or a token (L001, I47)', () => {
      const text = output.text()
      expect(text.split('\n').length).toBeGreaterThan(20)
      for (const word of canaries) expect(text).not.toContain(word)
      for (const { link } of stand().demonstration.certificates) if (link) expect(text).not.toContain(link.slice(-26))
      expect(text).not.toMatch(/\/v\/[0-9A-Z]|eyJ[\w-]{10}|urn:uuid:/)
    })
  }
  return { stand, prove }
}
