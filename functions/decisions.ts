import { randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { decisionsAnswers } from './answers/decisions.ts'
import { clock, commitStoreOf, edge, keyMakerOf, policyOf, readEnvironment, rowsOf, tokensOf } from './wiring.ts'

const environment = readEnvironment(process.env)

/** The only function that writes whom to trust, and that makes keys. It signs nothing. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('decisions'),
  answers: decisionsAnswers({
    store: commitStoreOf(environment),
    keys: keyMakerOf(),
    policy: policyOf(environment),
    newId: randomUUID,
    clock,
  }),
  tokens: tokensOf(environment),
})
