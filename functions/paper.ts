import { createHandler } from '@sijil/http'
import { witnessKeys } from '@sijil/registry/log'
import { problemPages } from './answers/pages/problem-page.ts'
import { paperAnswers } from './answers/paper.ts'
import { clock } from './clock.ts'
import { logoReaderOf } from './late-files.ts'
import {
  commitStoreOf,
  edge,
  once,
  orderOpenerOf,
  patience,
  readEnvironment,
  readers,
  rowsOf,
  secretsOf,
  signatoryOpenerOf,
  tokensOf,
} from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = {
  ...readers(environment),
  clock,
  witnesses: witnessKeys(environment.WITNESSES),
  store: commitStoreOf(environment),
  secrets: secretsOf(environment),
  patience,
  logos: logoReaderOf(environment),
  signatories: signatoryOpenerOf(environment),
  // Loaded for the first paper, so that checking a code starts as fast as elsewhere.
  typesetter: once(async () => (await import('@sijil/paper/typeset')).openTypesetter()),
  paperReader: once(async () => (await import('@sijil/paper/reading')).openReader()),
}

/** Makes and checks the paper of a certificate. It has a function of its own, so that nothing else carries typesetter and reader. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('paper'),
  answers: paperAnswers(parts),
  tokens: tokensOf(environment),
  orders: orderOpenerOf(environment),
  problemPage: problemPages(parts),
})
