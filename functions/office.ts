import { randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { deskSessions } from '@sijil/http/sessions'
import { growingCatalogueList } from '@sijil/registry/catalogue'
import { deskProblems } from './answers/desk/problems.ts'
import { officeAnswers } from './answers/office.ts'
import { clock, clockMilliseconds } from './clock.ts'
import {
  approvingOf,
  boxReaderOf,
  commitStoreOf,
  edge,
  noteOpenerOf,
  noteSealerOf,
  orderSealerOf,
  patience,
  policyOf,
  readSessionEnvironment,
  rowsOf,
  secretOf,
  secretsOf,
} from './wiring.ts'

const environment = readSessionEnvironment(process.env)
const policy = policyOf(environment)
const store = commitStoreOf(environment)
const sessions = deskSessions(secretOf(environment.SESSION_SECRET_ID))

/**
 * The pages of the desk that change certificates. It has the verbs and rights of `status`, and reads numbers and notes as `records` does. It
 * opens the details of a holder for a member, which is recorded, and orders certificates from `issue`, which signs. It opens sessions that
 * the desk began, and signs nobody in.
 */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('office'),
  answers: officeAnswers({
    store,
    boxes: boxReaderOf(environment),
    orders: orderSealerOf(environment),
    qualifications: growingCatalogueList(store, clockMilliseconds),
    newId: randomUUID,
    secrets: secretsOf(environment),
    sealer: noteSealerOf(environment),
    notes: noteOpenerOf(environment),
    policy,
    approving: approvingOf(environment),
    baseUrl: environment.BASE_URL,
    patience,
    clock,
    sessions,
  }),
  tokens: undefined,
  sessions,
  problemPage: deskProblems({ baseUrl: environment.BASE_URL, policy }),
})
