import { createHandler } from '@sijil/http'
import { recordsAnswers } from './answers/records.ts'
import { clock } from './clock.ts'
import { edge, noteOpenerOf, policyOf, readEnvironment, readers, rowsOf, secretsOf, tokensOf } from './wiring.ts'

const environment = readEnvironment(process.env)

export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('records'),
  answers: recordsAnswers({
    reader: readers(environment).reader,
    secrets: secretsOf(environment),
    notes: noteOpenerOf(environment),
    policy: policyOf(environment),
    clock,
  }),
  tokens: tokensOf(environment),
})
