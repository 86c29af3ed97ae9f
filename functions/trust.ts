import { createHandler } from '@sijil/http'
import { trustAnswers } from './answers/trust.ts'
import { clock, edge, readEnvironment, readers, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)

/** Answers questions about trust; it reads, and nothing else. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('trust'),
  answers: trustAnswers({ ...readers(environment), clock, tokenIssuer: environment.TOKEN_ISSUER }),
  tokens: undefined,
})
