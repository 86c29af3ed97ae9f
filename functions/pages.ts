import { createHandler } from '@sijil/http'
import { witnessKeys } from '@sijil/registry/log'
import { problemPages } from './answers/pages/problem-page.ts'
import { pagesAnswers } from './answers/pages.ts'
import { clock } from './clock.ts'
import { operatorOf } from './operator.ts'
import { edge, readEnvironment, readers, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  ...readers(environment),
  clock,
  witnesses: witnessKeys(environment.WITNESSES),
  operator: operatorOf(environment),
}

export const handler = createHandler({
  ...edge(environment),
  isBehind: parts.isBehind,
  rows: rowsOf('pages'),
  answers: pagesAnswers(parts),
  tokens: undefined,
  problemPage: problemPages(parts),
})
