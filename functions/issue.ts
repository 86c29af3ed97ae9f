import { randomBytes, randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { pieceMemory, runRange } from '@sijil/registry/batches'
import type { IssueDeps } from '@sijil/registry/issuance'
import { trustByVersion } from '@sijil/registry/trust'
import { deskProblems } from './answers/desk/problems.ts'
import { issueAnswers } from './answers/issue.ts'
import { clock } from './clock.ts'
import { batchPartsOf } from './late-files.ts'
import { withMessages } from './queue-events.ts'
import {
  boxStoreOf,
  commitStoreOf,
  edge,
  general,
  once,
  orderOpenerOf,
  patience,
  policyOf,
  quotaOf,
  readBatchEnvironment,
  rowsOf,
  secretsOf,
  signerOf,
  tokensOf,
} from './wiring.ts'

const environment = readBatchEnvironment(process.env)
const policy = policyOf(environment)
const parts = {
  store: trustByVersion(commitStoreOf(environment)),
  boxes: boxStoreOf(environment),
  signer: signerOf(environment),
  secrets: secretsOf(environment),
  policy,
  baseUrl: environment.BASE_URL,
  verifyIndependently: async (...asked: Parameters<IssueDeps['verifyIndependently']>) =>
    (await import('@sijil/credentials/independent')).verifyIndependently(...asked),
  random: randomBytes,
  patience,
  quota: quotaOf(environment),
}

const answer = createHandler({
  ...edge(environment),
  rows: rowsOf('issue'),
  answers: issueAnswers({ ...parts, general, clock }),
  tokens: tokensOf(environment),
  orders: orderOpenerOf(environment),
  problemPage: deskProblems({ baseUrl: environment.BASE_URL, policy }),
})

/** Opened by the first message. What it counted serves the next ones. */
const batchParts = once(() => ({ ...batchPartsOf(environment), pieces: pieceMemory() }))

const run = (message: unknown, deliveries: number) =>
  runRange(message, deliveries, {
    ...batchParts(),
    clock,
    issuing: () => ({ ...parts, now: clock() }),
    worker: randomUUID(),
  })

/** The only function that signs certificates: those that are asked for, and the rows of approved batches. */
export const handler = withMessages('issue', answer, run)
