import { RegistryError, SIGN_IN_TOLERANCE_MS } from '@sijil/registry'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { statedSignIn } from './approving-sign-in.ts'
import type { Caller } from './caller.ts'
import { EdgeError } from './edge-error.ts'

export interface AccessTokens {
  /**
   * The caller that the token names. Throws `unauthorized`, with one of the `refusals`, and `dependency-unavailable` (503) if the keys of
   * the provider cannot be fetched.
   */
  read(authorization: string | undefined, expected: { audience: string; now: Date }): Promise<Caller>
}

const MAX_LIFE_SECONDS = 600
const algorithms = ['ES256', 'EdDSA', 'RS256', 'PS256']
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i

/** Details of a refusal. For a token that was never valid, the detail does not say which check failed (I39). */
const refusals = {
  missing: 'No access token was sent.',
  'not-bearer': 'The "Authorization" header does not hold one Bearer token.',
  expired: 'The access token has expired: ask for a new one at the identity provider.',
  'not-accepted':
    'The access token is not accepted: the identity provider of this registry must sign it, for this registry, for at most ten minutes.',
} as const

/**
 * Keys of the identity provider. They are fetched when first needed, and again for an unknown key, at most once in 30 s. A fetch may take
 * 3 s.
 */
export const remoteKeys = (url: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { timeoutDuration: 3_000, cooldownDuration: 30_000 })

interface TokenProvider {
  issuer: string
  keys: JWTVerifyGetKey
  /**
   * Only for Amazon Cognito: ids of the clients whose tokens are accepted. Its tokens have no `typ` and need no `aud`, so these ids and the
   * names of scopes take their place. Empty for a provider that follows RFC 9068.
   */
  clients: readonly string[]
}

/** Verifies access tokens of one OIDC provider (RFC 9068, RFC 6750). */
export function accessTokens({ issuer, keys, clients }: TokenProvider): AccessTokens {
  const isCognito = clients.length > 0
  return {
    async read(authorization, { audience, now }) {
      const token = BEARER.exec(authorization ?? '')?.[1]
      if (token === undefined) throw unauthorized(authorization ? 'not-bearer' : 'missing')
      const { payload } = await jwtVerify(token, keysOrOutage(keys), {
        issuer,
        algorithms,
        ...(!isCognito && { audience, typ: 'at+jwt' }),
        currentDate: now,
        clockTolerance: SIGN_IN_TOLERANCE_MS / 1_000,
        maxTokenAge: MAX_LIFE_SECONDS,
        requiredClaims: ['exp', 'iat', 'sub'],
      }).catch((cause) => {
        if (cause instanceof RegistryError) throw cause
        // The library checks the expiry last, after signature, issuer and audience. So "expired" reveals nothing about a forged token.
        throw unauthorized(cause instanceof errors.JWTExpired ? 'expired' : 'not-accepted', cause)
      })
      return callerOf(isCognito ? asUsual(payload, { audience, clients }) : payload)
    },
  }
}

/**
 * The claims of a token of Cognito in the form of RFC 9068. A scope of a resource server begins with the address of the server, so only scopes
 * for this registry are kept.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
function asUsual(
  payload: JWTPayload,
  { audience, clients }: { audience: string; clients: readonly string[] },
): JWTPayload {
  const { token_use, client_id, aud, scope } = payload
  const isOfClient = typeof client_id === 'string' && clients.includes(client_id)
  if (token_use !== 'access' || !isOfClient || (aud !== undefined && aud !== audience))
    throw unauthorized('not-accepted')
  const ours = `${audience}/`
  const words = typeof scope === 'string' ? scope.split(' ') : []
  return {
    ...payload,
    scope: words.flatMap((word) => (word.startsWith(ours) ? word.slice(ours.length) : [])).join(' '),
  }
}

function callerOf({ sub, iat, exp, cnf, scope, auth_time, acr, amr }: JWTPayload): Caller {
  const isShort = iat !== undefined && exp !== undefined && exp - iat <= MAX_LIFE_SECONDS
  // A token that is bound to a key (RFC 9449, RFC 8705) proves nothing without that key.
  if (!isShort || !isSubject(sub) || cnf !== undefined) throw unauthorized('not-accepted')
  return {
    subject: sub,
    scopes: typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : [],
    // Only if a person signed in (RFC 9068 §2.2.1). The token of a program has no such moment.
    ...(typeof auth_time === 'number' && { signedInAt: new Date(auth_time * 1_000), ...statedSignIn({ acr, amr }) }),
  }
}

/** At most 255 ASCII characters (OpenID Connect Core §2). `system:` is reserved: the registry names itself so in its history. */
export const isSubject = (sub: unknown): sub is string =>
  typeof sub === 'string' && /^[\x21-\x7e]{1,255}$/.test(sub) && !sub.toLowerCase().startsWith('system:')

/** A refusal without a token names no error (RFC 6750 §3.1). */
const unauthorized = (why: keyof typeof refusals, cause?: unknown) => {
  const hadToken = why === 'expired' || why === 'not-accepted'
  return new EdgeError('unauthorized', refusals[why], {
    cause,
    headers: { 'www-authenticate': hadToken ? 'Bearer error="invalid_token"' : 'Bearer' },
  })
}

/** Tells an outage of the provider (503) from a fault of the caller (401): only an unknown key is a fault of the caller. */
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
      throw new RegistryError(
        'dependency-unavailable',
        'Access tokens cannot be checked now. Send the request again later.',
        { cause },
      )
    }
  }
}
