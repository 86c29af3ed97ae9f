import { randomUUID } from 'node:crypto'
import { Agent, request as ask } from 'node:http'
import { catalogueOf, qualificationAt } from '@sijil/registry/catalogue'
import type { IssueInput } from '@sijil/registry/certificates'
import { decideRecognition, registerAuthority } from '@sijil/registry/decisions'
import { cachedRecognitions } from '@sijil/registry/recognition'
import { entityAt, trustOf } from '@sijil/registry/trust'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { routes } from '../../functions/routes.ts'
import { startGateway } from '../../infra/local/gateway.ts'
import { contextOf } from '../../infra/local/gateway-event.ts'
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts'
import { MemoryStore } from '../../test/support/memory-store.ts'
import { TEXTS } from '../certificates.ts'
import { bazaarServer, createBazaar } from '../digitalbazaar.ts'
import { BODY, type Functions, issueInput, openFunctions } from '../registry.ts'
import type { Subject } from '../rounds.ts'
import type { Verifier } from './package.ts'

const BASE_URL = 'https://registry.example'
const ISSUE = `/issuers/${BODY}/credentials`

interface Exchange {
  path: string
  body: string
  headers?: Record<string, string>
}
type Send = (exchange: Exchange) => Promise<{ status: number; body: string }>

/**
 * Demonstration certificates, recorded in a store in memory. The function performs all checks, including record, status and trust. The
 * server with `@digitalbazaar/vc` checks only the signature and the dates of the same documents.
 */
export async function openFunctionSubjects(): Promise<{
  verifiers: Verifier[]
  issuers: Subject[]
  close(): Promise<void>
}> {
  const store = new MemoryStore()
  const functions = await openFunctions(store, BASE_URL)
  const direct = callingDirectly(functions)
  const issue = issuing(functions)
  const documents: string[] = []
  for (let n = 0; n < TEXTS; n++) documents.push((await issue(direct)).verifiableCredential)

  const gateway = await startGateway({
    port: 0,
    baseUrl: BASE_URL,
    routes: routes.filter((row) => row.function === 'verify' || row.function === 'issue'),
    handlers: functions,
  })
  const theirs = bazaarServer(createBazaar(await keysIn(store)))
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ours = posting(gateway.url, agent)
  const bazaar = posting(await listenOnLoopback(theirs, 0), agent)

  const verifier = (name: string, send: Send, isGood: (answer: string) => boolean): Verifier => {
    const check = async (document: string) => {
      const { status, body } = await send({ path: '/verify', body: `{"verifiableCredential":${document}}` })
      return status === 200 && isGood(body)
    }
    return {
      name,
      run: (at) => check(documents[at % TEXTS] ?? ''),
      async refuses() {
        const [document = ''] = documents
        return (await check(document)) && !(await check(document.replace('MARIA', 'MARIE')))
      },
    }
  }
  const decided = await openDecided()
  const isValid = (body: string) => body.includes('"verdict":"valid"')
  return {
    verifiers: [
      verifier('verify function', direct, isValid),
      verifier('HTTP verify', ours, isValid),
      decided,
      verifier('@digitalbazaar/vc HTTP verify', bazaar, (body) => body === '{"verified":true}'),
    ],
    issuers: [
      { name: 'issue function', run: async () => (await issue(direct)).link !== '' },
      { name: 'HTTP issue', run: async () => (await issue(ours)).link !== '' },
    ],
    async close() {
      agent.destroy()
      await gateway.close()
      await closeServer(theirs)
    },
  }
}

/** States whose authorities have decided about the certificates that are verified. */
const HOSTS = ['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'SG', 'TH', 'TL', 'VN']

/** The same function beside one class decision of each other state, all of which cover each certificate. */
async function openDecided(): Promise<Verifier> {
  const store = new MemoryStore()
  const functions = await openFunctions(store, BASE_URL, { recognitions: cachedRecognitions(store, Date.now) })
  const send = callingDirectly(functions)
  const issue = issuing(functions)
  const documents: string[] = []
  for (let n = 0; n < TEXTS; n++) documents.push((await issue(send)).verifiableCredential)
  const edition = await editionOf(store)
  const actor = 'system:bench'
  const [past, future] = ['2020-01-01', '2099-12-31']
  for (const state of HOSTS) {
    const id = `demo-host-${state.toLowerCase()}`
    const identity = {
      name: `Host ${state} (demonstration)`,
      state,
      website: `https://${id}.example`,
      mandate: 'Act 1',
      demonstration: true,
    }
    await registerAuthority({ id, identity, actor, effectiveAt: `${past}T00:00:00.000Z` }, functions.deps)
    await decideRecognition(
      {
        verb: 'recognise-class',
        recognised: { qualification: 'ph-masonry-nc2', edition },
        decision: state,
        class: { issuers: [BODY], award: { from: past, until: future }, issuedUntil: future },
        terms: { result: 'full', basis: 'Act 1', appeal: 'To the board.' },
        effectiveAt: new Date().toISOString(),
      },
      { authority: id, actor },
      { ...functions.deps, baseUrl: BASE_URL, now: new Date() },
    )
  }
  const check = async (document: string) => {
    const { status, body } = await send({ path: '/verify', body: `{"verifiableCredential":${document}}` })
    return (
      status === 200 && JSON.parse(body).verdict === 'valid' && JSON.parse(body).recognition?.length === HOSTS.length
    )
  }
  return {
    name: 'verify beside decisions',
    run: (at) => check(documents[at % TEXTS] ?? ''),
    refuses: async () => !(await check((documents[0] ?? '').replace('MARIA', 'MARIE'))),
  }
}

async function editionOf(store: MemoryStore): Promise<string> {
  const moment = new Date().toISOString()
  const record = qualificationAt(await catalogueOf(store)('ph-masonry-nc2'), { effective: moment, recorded: moment })
  if (record === undefined) throw new Error('the qualification is not on record')
  return record.edition
}

/** Issues the next certificate, and returns its text and its link. */
export function issuing(
  functions: Functions,
  inputOf: (n: number) => IssueInput = issueInput,
): (send: Send) => Promise<{ verifiableCredential: string; link: string }> {
  let number = 0
  let token: { value: string; until: number } | undefined
  return async (send) => {
    if (token === undefined || token.until < Date.now()) {
      token = { value: await functions.token(), until: Date.now() + 300_000 }
    }
    const headers = { authorization: `Bearer ${token.value}`, 'idempotency-key': randomUUID() }
    const { status, body } = await send({ path: ISSUE, body: JSON.stringify(inputOf(number++)), headers })
    if (status !== 201) throw new Error(`issuing failed: ${status} ${body}`)
    const { verifiableCredential, link } = JSON.parse(body)
    return { verifiableCredential: JSON.stringify(verifiableCredential), link }
  }
}

/** Calls a function directly with a Lambda event, without a network. */
export function callingDirectly({ verify, issue }: Functions): Send {
  return async ({ path, body, headers = {} }) => {
    const isIssue = path === ISSUE
    const routeKey = isIssue ? 'POST /issuers/{issuer}/credentials' : `POST ${path}`
    const requestId = randomUUID()
    const now = new Date()
    const event: APIGatewayProxyEventV2 = {
      version: '2.0',
      routeKey,
      rawPath: path,
      rawQueryString: '',
      headers: { 'content-type': 'application/json', ...headers },
      ...(isIssue && { pathParameters: { issuer: BODY } }),
      body,
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'bench',
        domainName: 'registry.example',
        domainPrefix: 'registry',
        http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
        requestId,
        routeKey,
        stage: '$default',
        time: now.toUTCString(),
        timeEpoch: now.getTime(),
      },
    }
    const context = contextOf(isIssue ? 'issue' : 'verify', requestId, new Date(now.getTime() + 29_000))
    const answer = await (isIssue ? issue : verify)(event, context)
    return { status: answer.statusCode ?? 200, body: answer.body ?? '' }
  }
}

/** Sends requests over one open connection, as between a gateway and a server. */
export function posting(url: string, agent: Agent): Send {
  return ({ path, body, headers = {} }) =>
    new Promise((resolve, reject) => {
      const asked = ask(
        `${url}${path}`,
        {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
}

async function keysIn(store: MemoryStore): Promise<Map<string, string>> {
  const body = entityAt(BODY, await trustOf(store)(BODY), new Date().toISOString())
  if (body?.did === undefined) throw new Error('the body was not registered')
  const keys = body.keys.filter(({ purpose }) => purpose === 'certificates')
  return new Map(keys.map(({ kid, publicKeyMultibase }) => [`${body.did}#${kid}`, publicKeyMultibase]))
}
