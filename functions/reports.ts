import { createHandler } from '@sijil/http'
import { problemPages } from './answers/pages/problem-page.ts'
import { reportsAnswers } from './answers/reports.ts'
import { clock } from './clock.ts'
import { operatorOf } from './operator.ts'
import { commitStoreOf, edge, patience, readEnvironment, readers, reportSealerOf, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  ...readers(environment),
  store: commitStoreOf(environment),
  notes: reportSealerOf(environment),
  patience,
  clock,
  operator: operatorOf(environment),
  // No page of this function shows a log.
  witnesses: [],
}

/** Takes reports of false certificates and of mistakes in records. It is the only public function that writes a commit, and it writes reports alone. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('reports'),
  answers: reportsAnswers(parts),
  tokens: undefined,
  problemPage: problemPages(parts),
})
