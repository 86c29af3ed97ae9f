import { createHandler } from '@sijil/http'
import { trustAnswers } from './answers/trust.ts'
import { clock } from './clock.ts'
import { edge, readEnvironment, readers, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = readers(environment)

/** Answers questions about trust. It only reads. */
export const handler = createHandler({
  ...edge(environment),
  isBehind: parts.isBehind,
  rows: rowsOf('trust'),
  answers: trustAnswers({ ...parts, clock, tokenIssuer: environment.TOKEN_ISSUER }),
  tokens: undefined,
})
