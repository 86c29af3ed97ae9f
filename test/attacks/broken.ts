import { createHandler } from '@sijil/http'
import { storeOnly, type VerifyDeps } from '@sijil/registry/verification'
import { expect } from 'vitest'
import { verifyAnswers } from '../../functions/answers/verify.ts'
import { clock } from '../../functions/clock.ts'
import { routes } from '../../functions/routes.ts'
import { type Heard, heard } from './execution.ts'
import type { Stand } from './stand.ts'

/** Calls the deployed verify function with dependencies that fail. */
export async function overBroken(stand: Stand, failure: Error): Promise<Heard> {
  const fail = () => Promise.reject(failure)
  const broken: Omit<VerifyDeps, 'now'> & { clock: () => Date } = {
    ...storeOnly,
    reader: { read: fail, latest: fail, list: fail },
    boxes: { find: fail },
    trust: fail,
    catalogue: fail,
    policy: { demonstration: true },
    baseUrl: stand.baseUrl,
    general: () => import('@sijil/credentials/general'),
    clock: clock,
  }
  const lines: string[] = []
  const handler = createHandler({
    rows: routes.filter((row) => row.function === 'verify'),
    answers: verifyAnswers(broken),
    tokens: undefined,
    baseUrl: stand.baseUrl,
    log: (entry) => lines.push(JSON.stringify(entry)),
    languages: ['en'],
    now: clock,
  })
  const document = await stand.document('in-force')
  const event = {
    version: '2.0',
    routeKey: 'POST /verify',
    rawPath: '/verify',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verifiableCredential: document }),
    isBase64Encoded: false,
    requestContext: { requestId: 'l003', http: { method: 'POST', path: '/verify' } },
  }
  // The handler reads only these members of the event and the context.
  const {
    statusCode = 0,
    headers = {},
    body: text = '',
  } = await (handler as CallableFunction)(event, {
    getRemainingTimeInMillis: () => 10_000,
  })
  expect(lines.join('')).not.toMatch(/RODEL|secret words/)
  return heard({ status: statusCode, headers: new Headers(headers), text })
}
