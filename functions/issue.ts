import { randomBytes } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { deskProblems } from './answers/desk/problems.ts'
import { issueAnswers } from './answers/issue.ts'
import { clock } from './clock.ts'
import {
  boxStoreOf,
  commitStoreOf,
  edge,
  general,
  orderOpenerOf,
  patience,
  policyOf,
  quotaOf,
  readEnvironment,
  rowsOf,
  secretsOf,
  signerOf,
  tokensOf,
} from './wiring.ts'

const environment = readEnvironment(process.env)
const policy = policyOf(environment)

/** The only function that signs certificates, for programs with a token and for members who ordered one at the desk. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('issue'),
  answers: issueAnswers({
    store: commitStoreOf(environment),
    boxes: boxStoreOf(environment),
    signer: signerOf(environment),
    secrets: secretsOf(environment),
    policy,
    baseUrl: environment.BASE_URL,
    general,
    verifyIndependently: async (...asked) =>
      (await import('@sijil/credentials/independent')).verifyIndependently(...asked),
    random: randomBytes,
    patience,
    quota: quotaOf(environment),
    clock,
  }),
  tokens: tokensOf(environment),
  orders: orderOpenerOf(environment),
  problemPage: deskProblems({ baseUrl: environment.BASE_URL, policy }),
})
