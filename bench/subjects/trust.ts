import { Agent } from 'node:http'
import { createHandler, createLog } from '@sijil/http'
import { acceptedRegistries } from '@sijil/registry/accepted-registries'
import { cachedCatalogue } from '@sijil/registry/catalogue'
import {
  accreditationStatus,
  cachedTrust,
  type IssuerAnswer,
  type TrustQuestion,
  type TrustReader,
  trustOf,
} from '@sijil/registry/trust'
import { trustAnswers } from '../../functions/answers/trust.ts'
import { routes } from '../../functions/routes.ts'
import { startGateway } from '../../infra/local/gateway.ts'
import { MemoryStore } from '../../test/support/memory-store.ts'
import { rowsOf } from '../registry.ts'
import type { Subject } from '../rounds.ts'
import { authorization, CHAIN, policy, questionOf, questions, recordChain, recordIssuers } from '../trust-chains.ts'
import { posting } from './functions.ts'

const BASE_URL = 'https://registry.example'
const clock = () => new Date()

/** Questions about a chain of three entities, in the package and as TRQP over HTTP. */
export async function openTrustSubjects(): Promise<{ subjects: Subject[]; close(): Promise<void> }> {
  const store = new MemoryStore()
  await recordChain(store)
  const http = await openTrqp(store)
  return {
    subjects: [
      await questionSubject('trust question', cachedTrust(trustOf(store), Date.now)),
      await questionSubject('trust question, nothing remembered', trustOf(store)),
      http.subject,
    ],
    close: http.close,
  }
}

/** Registries with so many issuers below one chain. Each issuer is asked about in turn, without a cache. */
export async function openGrowth(sizes: readonly number[]): Promise<{ subjects: Subject[]; reads(): number }> {
  let reads = 0
  const subjects: Subject[] = []
  for (const issuers of sizes) {
    const store = new MemoryStore()
    await recordChain(store)
    const ids = await recordIssuers(store, issuers)
    const read = trustOf(store)
    const trust: TrustReader = (entity) => {
      reads++
      return read(entity)
    }
    subjects.push({
      name: grownName(issuers),
      async run(at) {
        // The prime divides none of these numbers, so the questions reach every issuer, in an order far apart in the store.
        const question = questionOf(ids[(at * 7_919) % issuers] as string)
        const { standing, chain } = await accreditationStatus(question, { trust, policy })
        return standing === 'authorised' && chain.length === CHAIN.length
      },
    })
  }
  return { subjects, reads: () => reads }
}

export const grownName = (issuers: number) => `trust question among ${issuers} issuers`

/** A subject that checks that each question gets the same answer as the first time. */
async function questionSubject(name: string, trust: TrustReader): Promise<Subject> {
  const ask = (question: TrustQuestion) => accreditationStatus(question, { trust, policy })
  const asked: { question: TrustQuestion; expected: IssuerAnswer }[] = []
  for (const question of questions()) asked.push({ question, expected: await ask(question) })
  return {
    name,
    async run(at) {
      const { question, expected } = asked[at % asked.length] as (typeof asked)[number]
      const { standing, since, sentence, chain } = await ask(question)
      return (
        standing === expected.standing &&
        since === expected.since &&
        sentence === expected.sentence &&
        chain.length === CHAIN.length
      )
    },
  }
}

/** `POST /authorization` behind the local gateway, with its cache of trust. */
async function openTrqp(store: MemoryStore): Promise<{ subject: Subject; close(): Promise<void> }> {
  const trust = cachedTrust(trustOf(store), Date.now)
  const catalogue = cachedCatalogue(store, Date.now)
  const handler = createHandler({
    baseUrl: BASE_URL,
    log: createLog({ sink: () => {}, now: clock }),
    languages: ['en'],
    now: clock,
    rows: rowsOf('trust'),
    answers: trustAnswers({
      trust,
      catalogue,
      policy,
      foreign: acceptedRegistries(store, { trust, catalogue, policy, baseUrl: BASE_URL, clock: Date.now }),
      baseUrl: BASE_URL,
      clock,
      tokenIssuer: BASE_URL,
    }),
    tokens: undefined,
  })
  const gateway = await startGateway({
    port: 0,
    baseUrl: BASE_URL,
    routes: routes.filter((row) => row.function === 'trust'),
    handlers: { trust: handler },
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = posting(gateway.url, agent)
  const body = JSON.stringify(authorization(BASE_URL))
  return {
    subject: {
      name: 'TRQP over HTTP',
      async run() {
        const answer = await send({ path: '/authorization', body })
        return answer.status === 200 && answer.body.includes('"authorized":true')
      },
    },
    async close() {
      agent.destroy()
      await gateway.close()
    },
  }
}
