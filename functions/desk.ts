import { randomBytes, randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { deskSessions } from '@sijil/http/sessions'
import { signInLater, textMarks } from '@sijil/http/sign-in'
import { growingCatalogueList } from '@sijil/registry/catalogue'
import { deskProblems } from './answers/desk/problems.ts'
import { deskAnswers } from './answers/desk.ts'
import { clock, clockMilliseconds } from './clock.ts'
import { logoStoreOf } from './late-files.ts'
import { receiversOf } from './receivers.ts'
import {
  approvingOf,
  commitStoreOf,
  edge,
  keyMakerOf,
  patience,
  policyOf,
  readDeskEnvironment,
  reportOpenerOf,
  rowsOf,
  secretMakerOf,
  secretOf,
  signatoryOpenerOf,
  signatorySealerOf,
  webhookSealerOf,
} from './wiring.ts'

const environment = readDeskEnvironment(process.env)
const { BASE_URL: baseUrl } = environment
const secret = secretOf(environment.SESSION_SECRET_ID)
const sessions = deskSessions(secret)
const policy = policyOf(environment)
const approving = approvingOf(environment)
const store = commitStoreOf(environment)

/**
 * The workspace of officers in a browser. It has the same verbs and rights as `decisions`, and those of reports. It is the only function
 * that calls the identity provider.
 */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('desk'),
  answers: deskAnswers({
    store,
    qualifications: growingCatalogueList(store, clockMilliseconds),
    keys: keyMakerOf(environment),
    secrets: secretMakerOf(environment),
    sealer: signatorySealerOf(environment),
    webhookSealer: webhookSealerOf(environment),
    receivers: receiversOf(environment),
    random: randomBytes,
    patience,
    opener: signatoryOpenerOf(environment),
    logos: logoStoreOf(environment),
    reportTexts: reportOpenerOf(environment),
    marks: textMarks(secret),
    baseUrl,
    policy,
    approving,
    newId: randomUUID,
    clock,
    sessions,
    signIn: signInLater({
      issuer: environment.TOKEN_ISSUER,
      clientId: environment.SIGN_IN_CLIENT_ID,
      clientSecret: secretOf(environment.SIGN_IN_SECRET_ID),
      redirectUri: `${baseUrl}/desk/callback`,
      acrValues: approving.acr,
      secret,
    }),
  }),
  tokens: undefined,
  sessions,
  problemPage: deskProblems({ baseUrl, policy }),
})
