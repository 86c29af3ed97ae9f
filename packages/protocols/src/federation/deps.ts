import {
  type CommitReader,
  readStatementKeys,
  type Signer,
  STATEMENT_SECONDS,
  type StatementKey,
} from '@sijil/registry'
import type { VerifyDeps } from '@sijil/registry/verification'
import { currentKeys, signingKeyOf } from './jwt.ts'

export interface FederationDeps extends Pick<VerifyDeps, 'trust' | 'catalogue' | 'policy' | 'baseUrl'> {
  reader: CommitReader
  signer: Signer
  clock: () => Date
}

/** Dependencies of one answer, which is made at one moment with one set of keys. */
export interface AnswerDeps extends FederationDeps {
  now: Date
  /** The beginning of this minute, in seconds since 1970 (RFC 7519 §2, NumericDate). */
  issuedAt: number
  key: StatementKey
  /** Every key that ever signed, oldest first. */
  keys: readonly StatementKey[]
  /** The keys that verify statements that have not expired. */
  current: readonly StatementKey[]
  /** The keys that were not compromised. */
  believed: readonly StatementKey[]
}

/** Statements state their minute and not their second, so that the same content is signed at most once a minute. */
const MINUTE_SECONDS = 60

/** Reads the clock and the keys once. Throws `dependency-unavailable` before the registry has a key for statements. */
export async function answerDeps(deps: FederationDeps): Promise<AnswerDeps> {
  const now = deps.clock()
  const keys = await readStatementKeys(deps.reader)
  return {
    ...deps,
    now,
    issuedAt: Math.floor(now.getTime() / 1_000 / MINUTE_SECONDS) * MINUTE_SECONDS,
    key: signingKeyOf(keys),
    keys,
    current: currentKeys(keys, now, STATEMENT_SECONDS),
    believed: keys.filter(({ compromised }) => compromised !== true),
  }
}
