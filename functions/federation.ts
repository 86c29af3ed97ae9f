import { createHandler } from '@sijil/http'
import { federationAnswers } from './answers/federation.ts'
import { clock } from './clock.ts'
import { edge, readEnvironment, readers, rowsOf, signerOf } from './wiring.ts'

const environment = readEnvironment(process.env)
const parts = readers(environment)

/** Answers OpenID Federation. It is the only function that signs statements, and it writes nothing. */
export const handler = createHandler({
  ...edge(environment),
  isBehind: parts.isBehind,
  rows: rowsOf('federation'),
  answers: federationAnswers({ ...parts, signer: signerOf(environment), clock }),
  tokens: undefined,
})
