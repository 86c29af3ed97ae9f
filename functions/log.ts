import { createHandler } from '@sijil/http'
import { parseWitnesses } from '@sijil/registry/log'
import { logAnswers } from './answers/log.ts'
import { clock } from './clock.ts'
import { ARTEFACT_MEMORY, artefactReaderOf } from './published-files.ts'
import { commitStoreOf, edge, readEnvironment, rowsOf } from './wiring.ts'

const environment = readEnvironment(process.env)

/** Serves the public logs. It signs nothing, and writes only the cosignatures of witnesses. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('log'),
  answers: logAnswers({
    store: commitStoreOf(environment),
    artefacts: artefactReaderOf(environment, ARTEFACT_MEMORY),
    witnesses: parseWitnesses(environment.WITNESSES),
    baseUrl: environment.BASE_URL,
    clock,
  }),
  tokens: undefined,
})
