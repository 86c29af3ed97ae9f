import { createHandler } from '@sijil/http'
import { witnessKeys } from '@sijil/registry/log'
import { problemPages } from './answers/pages/problem-page.ts'
import { paperAnswers } from './answers/paper.ts'
import { clock } from './clock.ts'
import { edge, paperReader, readEnvironment, readers, rowsOf, typesetter } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  ...readers(environment),
  clock,
  witnesses: witnessKeys(environment.WITNESSES),
  typesetter,
  paperReader,
}

/** Makes and checks the paper of a certificate. It has a function of its own, so that nothing else carries typesetter and reader. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('paper'),
  answers: paperAnswers(parts),
  tokens: undefined,
  problemPage: problemPages(parts),
})
