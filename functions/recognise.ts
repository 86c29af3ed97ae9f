import { randomBytes, randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import type { SingleDeps } from '@sijil/registry/decisions'
import { recogniseAnswers } from './answers/recognise.ts'
import { clock } from './clock.ts'
import {
  approvingOf,
  boxStoreOf,
  commitStoreOf,
  edge,
  noteOpenerOf,
  noteSealerOf,
  policyOf,
  readEnvironment,
  rowsOf,
  signerOf,
  tokensOf,
} from './wiring.ts'

const environment = readEnvironment(process.env)

/** Decisions of host authorities about single certificates. It opens links that officers bring, and is the only function that signs decisions. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('recognise'),
  answers: recogniseAnswers({
    store: commitStoreOf(environment),
    boxes: boxStoreOf(environment),
    signer: signerOf(environment),
    sealer: noteSealerOf(environment),
    opener: noteOpenerOf(environment),
    policy: policyOf(environment),
    baseUrl: environment.BASE_URL,
    verifyIndependently: async (...asked: Parameters<SingleDeps['verifyIndependently']>) =>
      (await import('@sijil/credentials/independent')).verifyIndependently(...asked),
    random: randomBytes,
    approving: approvingOf(environment),
    newId: randomUUID,
    clock,
  }),
  tokens: tokensOf(environment),
})
