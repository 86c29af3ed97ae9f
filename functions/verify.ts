import { createHandler } from '@sijil/http'
import { verifyAnswers } from './answers/verify.ts'
import { clock } from './clock.ts'
import { edge, readEnvironment, readers, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)

/** Verifies documents and links. It only reads. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('verify'),
  answers: verifyAnswers({ ...readers(environment), clock }),
  tokens: undefined,
})
