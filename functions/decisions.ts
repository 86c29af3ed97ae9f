import { randomBytes, randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { decisionsAnswers } from './answers/decisions.ts'
import { clock } from './clock.ts'
import { logoStoreOf } from './late-files.ts'
import { receiversOf } from './receivers.ts'
import {
  approvingOf,
  commitStoreOf,
  edge,
  keyMakerOf,
  patience,
  policyOf,
  readEnvironment,
  rowsOf,
  secretMakerOf,
  signatorySealerOf,
  tokensOf,
  webhookSealerOf,
} from './wiring.ts'

const environment = readEnvironment(process.env)

/** With `desk`, the only function that writes who is trusted and makes keys. It signs nothing. */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('decisions'),
  answers: decisionsAnswers({
    store: commitStoreOf(environment),
    keys: keyMakerOf(environment),
    secrets: secretMakerOf(environment),
    sealer: signatorySealerOf(environment),
    webhookSealer: webhookSealerOf(environment),
    receivers: receiversOf(environment),
    random: randomBytes,
    patience,
    logos: logoStoreOf(environment),
    baseUrl: environment.BASE_URL,
    policy: policyOf(environment),
    approving: approvingOf(environment),
    newId: randomUUID,
    clock,
  }),
  tokens: tokensOf(environment),
})
