import { RegistryError, SIGN_IN_TOLERANCE_MS } from '@sijil/registry'
import * as oauth from 'oauth4webapi'
import { isSubject } from '../access-tokens.ts'
import { EdgeError } from '../edge-error.ts'
import { askProvider } from './ask-provider.ts'
import { returnPath } from './return-path.ts'
import { sealedCookie } from './sealed-cookie.ts'
import type { Person } from './sessions.ts'

export interface Provider {
  /** Issuer of the ID tokens; its configuration is read from there (OpenID Connect Discovery 1.0). */
  issuer: string
  clientId: string
  clientSecret: string
  /** `https://registry.example/desk/callback`, as the provider has it on its list. */
  redirectUri: string
  /** The secret of sessions: it seals what a sign-in must remember, too. */
  secret: string
}

export interface SignIn {
  /** Where the browser goes, and what it keeps until it comes back. */
  start(
    asked: { returnTo: string | undefined; language: string },
    now: Date,
  ): Promise<{ location: string; cookie: string }>
  /** What came of it. Throws `sign-in-failed` without saying which check failed. */
  finish(
    came: { cookies: readonly string[]; query: Readonly<Record<string, string>> },
    now: Date,
  ): Promise<{ person: Person; returnTo: string; cookie: string }>
}

/** For typing a password and a second factor. */
const SIGN_IN_SECONDS = 600
/** A sign-in that is older was not made for us. */
const MOST_AGE_SECONDS = 600
const CONFIGURATION_MS = 3_600_000

const failed = (cause?: unknown) => new EdgeError('sign-in-failed', '', { cause })

/** OpenID Connect, authorization code flow, with PKCE, state and nonce; always a fresh sign-in (`prompt=login`). */
export function signInWith({ issuer, clientId, clientSecret, redirectUri, secret }: Provider): SignIn {
  const cookie = sealedCookie({ name: 'sijil-sign-in', secret, seconds: SIGN_IN_SECONDS })
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: SIGN_IN_TOLERANCE_MS / 1_000 }
  // Settings decide: an issuer without TLS is one of the same machine, and no deployment is made with one (infra/aws).
  const options = { [oauth.customFetch]: askProvider, [oauth.allowInsecureRequests]: issuer.startsWith('http:') }
  let known: { until: number; configuration: oauth.AuthorizationServer } | undefined

  async function configurationAt(now: Date): Promise<oauth.AuthorizationServer> {
    if (known !== undefined && now.getTime() < known.until) return known.configuration
    const expected = new URL(issuer)
    const response = await oauth.discoveryRequest(expected, { ...options, algorithm: 'oidc' })
    const configuration = await oauth.processDiscoveryResponse(expected, response)
    known = { until: now.getTime() + CONFIGURATION_MS, configuration }
    return configuration
  }

  return {
    async start({ returnTo, language }, now) {
      const { authorization_endpoint } = await configurationAt(now).catch(outage)
      if (authorization_endpoint === undefined) throw new TypeError('the identity provider signs nobody in')
      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const nonce = oauth.generateRandomNonce()
      const address = new URL(authorization_endpoint)
      if (address.protocol !== new URL(issuer).protocol) throw new TypeError('the identity provider leaves TLS')
      const asked = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid',
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        prompt: 'login',
        max_age: String(MOST_AGE_SECONDS),
        ui_locales: language,
      }
      for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
      const kept = { state, nonce, verifier, returnTo: returnPath(returnTo) }
      return { location: address.href, cookie: await cookie.set(kept, now) }
    },

    async finish({ cookies, query }, now) {
      const kept = (await cookie.open(cookies, now))?.claims
      if (typeof kept?.state !== 'string' || typeof kept.nonce !== 'string' || typeof kept.verifier !== 'string')
        throw failed()
      const { state, nonce, verifier } = kept
      try {
        const server = await configurationAt(now)
        const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams(query), state)
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.ClientSecretBasic(clientSecret),
          parameters,
          redirectUri,
          verifier,
          options,
        )
        const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: nonce,
          maxAge: MOST_AGE_SECONDS,
          requireIdToken: true,
        })
        await oauth.validateApplicationLevelSignature(server, response, options)
        const person = personOf(oauth.getValidatedIdTokenClaims(tokens), now)
        return { person, returnTo: returnPath(String(kept.returnTo)), cookie: cookie.clear() }
      } catch (error) {
        throw isRefusal(error) ? failed(error) : unlessOurs(error)
      }
    },
  }
}

/** The only claims of the token that count: who, and when that person proved it. */
function personOf(claims: oauth.IDToken | undefined, now: Date): Person {
  const { sub, auth_time } = claims ?? {}
  const age = now.getTime() / 1_000 - Number(auth_time)
  if (!isSubject(sub) || typeof auth_time !== 'number' || age > MOST_AGE_SECONDS || age < -SIGN_IN_TOLERANCE_MS / 1_000)
    throw failed()
  return { subject: sub, signedInAt: new Date(auth_time * 1_000) }
}

/** What came back from the provider is no answer of this protocol at all. */
const notAnswered: readonly (string | undefined)[] = [oauth.RESPONSE_IS_NOT_CONFORM, oauth.RESPONSE_IS_NOT_JSON]

/** It said no, or what came back does not fit what was asked. */
function isRefusal(error: unknown): boolean {
  if (error instanceof EdgeError) return true
  if (error instanceof oauth.AuthorizationResponseError) return true
  if (error instanceof oauth.OperationProcessingError) return !notAnswered.includes(error.code)
  return error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant'
}

/** Of the network or of the provider; told as an outage, not as anybody's fault. */
const outage = (cause: unknown): never => {
  throw unlessOurs(cause)
}
const unlessOurs = (cause: unknown): unknown =>
  cause instanceof oauth.UnsupportedOperationError
    ? cause
    : new RegistryError('dependency-unavailable', 'Nobody can be signed in now.', { cause })
