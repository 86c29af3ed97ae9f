import { createHandler } from '@sijil/http'
import { statusAnswers } from './answers/status.ts'
import { clock } from './clock.ts'
import {
  approvingOf,
  commitStoreOf,
  edge,
  noteSealerOf,
  patience,
  policyOf,
  readEnvironment,
  rowsOf,
  tokensOf,
} from './wiring.ts'

const environment = readEnvironment(process.env)

export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('status'),
  answers: statusAnswers({
    store: commitStoreOf(environment),
    notes: noteSealerOf(environment),
    policy: policyOf(environment),
    approving: approvingOf(environment),
    patience,
    clock,
  }),
  tokens: tokensOf(environment),
})
