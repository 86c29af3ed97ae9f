import { randomBytes, randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { deskSessions } from '@sijil/http/sessions'
import type { SingleDeps } from '@sijil/registry/decisions'
import { deskProblems } from './answers/desk/problems.ts'
import { problemPages } from './answers/pages/problem-page.ts'
import { recogniseAnswers } from './answers/recognise.ts'
import { clock } from './clock.ts'
import {
  approvingOf,
  boxStoreOf,
  commitStoreOf,
  edge,
  policyOf,
  readSessionEnvironment,
  rowsOf,
  secretOf,
  signerOf,
  termsOpenerOf,
  termsSealerOf,
  tokensOf,
} from './wiring.ts'

const environment = readSessionEnvironment(process.env)
const { BASE_URL: baseUrl } = environment
const policy = policyOf(environment)
const [ofDesk, ofPages] = [deskProblems({ baseUrl, policy }), problemPages({ baseUrl, policy })]

/**
 * Decisions of host authorities about single certificates, for programs and at the desk. It opens links that officers bring and sessions
 * that the desk began, and is the only function that signs decisions.
 */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('recognise'),
  answers: recogniseAnswers({
    store: commitStoreOf(environment),
    boxes: boxStoreOf(environment),
    signer: signerOf(environment),
    sealer: termsSealerOf(environment),
    opener: termsOpenerOf(environment),
    policy,
    baseUrl,
    verifyIndependently: async (...asked: Parameters<SingleDeps['verifyIndependently']>) =>
      (await import('@sijil/credentials/independent')).verifyIndependently(...asked),
    random: randomBytes,
    approving: approvingOf(environment),
    newId: randomUUID,
    clock,
  }),
  tokens: tokensOf(environment),
  sessions: deskSessions(secretOf(environment.SESSION_SECRET_ID)),
  // Everybody may ask for a receipt, and everything else with pages is at the desk.
  problemPage: (problem, view) => (view.path.startsWith('/desk') ? ofDesk : ofPages)(problem, view),
})
