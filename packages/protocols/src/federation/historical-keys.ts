import { STATEMENT_SECONDS, type StatementKey } from '@sijil/registry'
import { statementJwk } from './jwt.ts'

const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1_000)

/** Keys that no longer sign, each with its end in seconds since 1970 (§8.7). A compromised key has the moment of its revocation. */
export const historicalKeys = (keys: readonly StatementKey[]): object[] =>
  keys.flatMap((key) => {
    if (key.replacedAt === undefined) return []
    const end = seconds(key.replacedAt)
    return [
      {
        ...statementJwk(key),
        iat: seconds(key.addedAt),
        ...(key.compromised
          ? { exp: end, revoked: { revoked_at: end, reason: 'compromised' } }
          : { exp: end + STATEMENT_SECONDS }),
      },
    ]
  })
