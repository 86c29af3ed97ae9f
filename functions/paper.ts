import { createHandler } from '@sijil/http'
import { witnessKeys } from '@sijil/registry/log'
import { problemPages } from './answers/pages/problem-page.ts'
import { paperAnswers } from './answers/paper.ts'
import { fileMaker } from './answers/paper-files.ts'
import { clock } from './clock.ts'
import { batchPartsOf, logoReaderOf } from './late-files.ts'
import { withMessages } from './queue-events.ts'
import {
  commitStoreOf,
  edge,
  once,
  orderOpenerOf,
  patience,
  readBatchEnvironment,
  readers,
  rowsOf,
  secretsOf,
  signatoryOpenerOf,
  tokensOf,
} from './wiring.ts'

const environment = readBatchEnvironment(process.env)
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

const answer = createHandler({
  ...edge(environment),
  rows: rowsOf('paper'),
  answers: paperAnswers(parts),
  tokens: tokensOf(environment),
  orders: orderOpenerOf(environment),
  problemPage: problemPages(parts),
})

const maker = fileMaker({ ...parts, archive: once(() => import('@sijil/paper/files')) })
const run = async (message: unknown) =>
  // Loaded for the first message, so that checking a code starts as fast as elsewhere.
  (await import('@sijil/registry/batch-files')).makeFile(message, { ...batchPartsOf(environment), maker, now: clock() })

/**
 * Makes and checks the paper of a certificate, and makes the files of issued batches. It has a function of its own, so that nothing else
 * carries typesetter and reader.
 */
export const handler = withMessages('paper', answer, run)
