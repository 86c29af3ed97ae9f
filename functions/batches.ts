import { randomUUID } from 'node:crypto'
import { createHandler } from '@sijil/http'
import { deskSessions } from '@sijil/http/sessions'
import { rememberedEach } from '@sijil/registry'
import { pieceMemory } from '@sijil/registry/batches'
import { growingCatalogueList } from '@sijil/registry/catalogue'
import { batchesAnswers } from './answers/batches.ts'
import { deskProblems } from './answers/desk/problems.ts'
import { clock, clockMilliseconds } from './clock.ts'
import { batchPartsOf, fileAddressesOf, incomingOf } from './late-files.ts'
import {
  approvingOf,
  edge,
  readBatchEnvironment,
  readSessionEnvironment,
  rowsOf,
  secretOf,
  tokensOf,
} from './wiring.ts'

const environment = { ...readBatchEnvironment(process.env), ...readSessionEnvironment(process.env) }
const parts = batchPartsOf(environment)
const { BASE_URL: baseUrl } = environment

/** A row is judged again after a minute. Two parts of a long file are remembered. */
const FATES = { ms: 60_000, most: 20_000 }

/**
 * Takes files of many certificates, shows the fate of each row, and records who approved them, for programs and at the desk. It opens
 * sessions that the desk began, and signs nothing and nobody in.
 */
export const handler = createHandler({
  ...edge(environment),
  rows: rowsOf('batches'),
  answers: batchesAnswers({
    ...parts,
    pieces: pieceMemory(),
    fates: rememberedEach(clockMilliseconds, FATES),
    approving: approvingOf(environment),
    clock,
    baseUrl,
    addresses: fileAddressesOf(environment),
    incoming: incomingOf(environment),
    newId: randomUUID,
    qualifications: growingCatalogueList(parts.store, clockMilliseconds),
  }),
  // A large file goes to the bucket of uploads itself.
  formTarget: new URL(environment.UPLOADS_ADDRESS).origin,
  tokens: tokensOf(environment),
  sessions: deskSessions(secretOf(environment.SESSION_SECRET_ID)),
  problemPage: deskProblems({ baseUrl, policy: parts.policy }),
})
