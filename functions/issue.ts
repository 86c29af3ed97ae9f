import { randomBytes } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { issueAnswers } from './answers/issue.ts'
import { clock } from './clock.ts'
import {
  boxStoreOf,
  commitStoreOf,
  edge,
  general,
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

/** The only function that signs certificates. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('issue'),
  answers: issueAnswers({
    store: commitStoreOf(environment),
    boxes: boxStoreOf(environment),
    signer: signerOf(environment),
    secrets: secretsOf(environment),
    policy: policyOf(environment),
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
})
