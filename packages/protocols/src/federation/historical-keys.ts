import { STATEMENT_SECONDS, type StatementKey } from '@sijil/registry'
import { statementJwk } from './jwt.ts'

const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1_000)

/** §8.7: keys that no longer sign, each with its end. A compromised key has the moment from which that is known. */
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
