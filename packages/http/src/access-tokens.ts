import { RegistryError, SIGN_IN_TOLERANCE_MS } from '@sijil/registry'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Caller } from './caller.ts'
import { EdgeError } from './edge-error.ts'

export interface AccessTokens {
  /** Whose token this is. Throws `unauthorized`, with one of the `refusals`, and 503 when the keys cannot be had. */
  read(authorization: string | undefined, expected: { audience: string; now: Date }): Promise<Caller>
}

const MAX_LIFE_SECONDS = 600
const algorithms = ['ES256', 'EdDSA', 'RS256', 'PS256']
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i

/** What whoever knocks is told. Of a token that was never good it is not said which check failed (I39). */
const refusals = {
  missing: 'No access token was sent.',
  'not-bearer': 'The "Authorization" header does not hold one Bearer token.',
  expired: 'The access token has expired: ask for a new one.',
  'not-accepted':
    'The access token is not accepted: it must be signed by the identity provider of this registry, for this registry, and last ten minutes at most.',
} as const

/** Keys of the identity provider: fetched when first needed, again for an unknown key at most every 30 s, 3 s each. */
export const remoteKeys = (url: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { timeoutDuration: 3_000, cooldownDuration: 30_000 })

/** Access tokens of one OIDC provider (RFC 9068, RFC 6750). */
export function accessTokens({ issuer, keys }: { issuer: string; keys: JWTVerifyGetKey }): AccessTokens {
  return {
    async read(authorization, { audience, now }) {
      const token = BEARER.exec(authorization ?? '')?.[1]
      if (token === undefined) throw unauthorized(authorization ? 'not-bearer' : 'missing')
      const { payload } = await jwtVerify(token, keysOrOutage(keys), {
        issuer,
        audience,
        algorithms,
        typ: 'at+jwt',
        currentDate: now,
        clockTolerance: SIGN_IN_TOLERANCE_MS / 1_000,
        maxTokenAge: MAX_LIFE_SECONDS,
        requiredClaims: ['exp', 'iat', 'sub'],
      }).catch((cause) => {
        if (cause instanceof RegistryError) throw cause
        // Looked at last, after signature, issuer and audience.
        throw unauthorized(cause instanceof errors.JWTExpired ? 'expired' : 'not-accepted', cause)
      })
      return callerOf(payload)
    },
  }
}

function callerOf({ sub, iat, exp, cnf, scope, auth_time }: JWTPayload): Caller {
  const isShort = iat !== undefined && exp !== undefined && exp - iat <= MAX_LIFE_SECONDS
  // A token bound to a key (RFC 9449, RFC 8705) proves nothing without it.
  if (!isShort || !isSubject(sub) || cnf !== undefined) throw unauthorized('not-accepted')
  return {
    subject: sub,
    scopes: typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : [],
    // Only where a person signed in (RFC 9068 §2.2.1); a program's token has no such moment.
    ...(typeof auth_time === 'number' && { signedInAt: new Date(auth_time * 1_000) }),
  }
}

/** At most 255 ASCII characters (OpenID Connect Core §2). `system:` is how the registry names itself in its history. */
export const isSubject = (sub: unknown): sub is string =>
  typeof sub === 'string' && /^[\x21-\x7e]{1,255}$/.test(sub) && !sub.toLowerCase().startsWith('system:')

/** RFC 6750 §3.1: without a token there is no error to name. */
const unauthorized = (why: keyof typeof refusals, cause?: unknown) => {
  const hadToken = why === 'expired' || why === 'not-accepted'
  return new EdgeError('unauthorized', refusals[why], {
    cause,
    headers: { 'www-authenticate': hadToken ? 'Bearer error="invalid_token"' : 'Bearer' },
  })
}

/** Our provider's outage is not the caller's fault: only "no such key" is. */
function keysOrOutage(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (cause) {
      const isCallers =
        cause instanceof errors.JWKSNoMatchingKey ||
        cause instanceof errors.JWKSMultipleMatchingKeys ||
        cause instanceof errors.JOSENotSupported
      if (isCallers) throw cause
      throw new RegistryError('dependency-unavailable', 'Access tokens cannot be checked now.', { cause })
    }
  }
}
