import { createHandler } from '@sijil/http'
import { listsAnswers } from './answers/lists.ts'
import { clock } from './clock.ts'
import { ARTEFACT_MEMORY, artefactStoreOf } from './published-files.ts'
import { commitStoreOf, edge, readEnvironment, rowsOf, signerOf } from './wiring.ts'

const environment = readEnvironment(process.env)

/** The only function that signs status lists. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('lists'),
  answers: listsAnswers({
    store: commitStoreOf(environment),
    artefacts: artefactStoreOf(environment, ARTEFACT_MEMORY),
    signer: signerOf(environment),
    baseUrl: environment.BASE_URL,
    clock,
  }),
  tokens: undefined,
})
