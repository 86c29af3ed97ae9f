import { createHandler } from '@sijil/http'
import { batchesAnswers } from './answers/batches.ts'
import { clock } from './clock.ts'
import { batchPartsOf } from './late-files.ts'
import { approvingOf, edge, readBatchEnvironment, rowsOf, tokensOf } from './wiring.ts'

const environment = readBatchEnvironment(process.env)

/** Takes files of many certificates, shows the fate of each row, and records who approved them. It signs nothing. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('batches'),
  answers: batchesAnswers({ ...batchPartsOf(environment), approving: approvingOf(environment), clock }),
  tokens: tokensOf(environment),
})
