import { RegistryError, SIGN_IN_TOLERANCE_MS } from '@sijil/registry'
import * as oauth from 'oauth4webapi'
import { isSubject } from '../access-tokens.ts'
import { statedSignIn } from '../approving-sign-in.ts'
import { EdgeError } from '../edge-error.ts'
import { returnPath } from '../sessions/return-path.ts'
import { type ReadSecret, sealedCookie } from '../sessions/sealed-cookie.ts'
import type { Person } from '../sessions/sessions.ts'
import { askProvider } from './ask-provider.ts'

export interface Provider {
  /** Issuer of the ID tokens. Its configuration is read from this address (OpenID Connect Discovery 1.0). */
  issuer: string
  clientId: string
  clientSecret: ReadSecret
  /** Such as `https://registry.example/desk/callback`. The provider must have it on its list. */
  redirectUri: string
  /** Values of `acr` that suffice to approve. The provider is asked for one of them. May be empty. */
  acrValues: readonly string[]
  /** The secret of sessions. It also seals the cookie of a started sign-in. */
  secret: ReadSecret
}

export interface SignIn {
  /** Begins a sign-in. `location` leads the browser to the provider, and `cookie` holds state, nonce and verifier until it returns. */
  start(
    asked: { returnTo: string | undefined; language: string },
    now: Date,
  ): Promise<{ location: string; cookie: string }>
  /**
   * Ends a sign-in. Throws `sign-in-failed` without saying which check failed, and `dependency-unavailable` for an outage of the provider.
   */
  finish(
    came: { cookies: readonly string[]; query: Readonly<Record<string, string>> },
    now: Date,
  ): Promise<{ person: Person; returnTo: string; cookie: string }>
}

/** Seconds that a person has for a password and a second factor. */
const SIGN_IN_SECONDS = 600
/** Seconds. An older sign-in was not made for this request. */
const MOST_AGE_SECONDS = 600
const CONFIGURATION_MS = 3_600_000

const failed = (cause?: unknown) => new EdgeError('sign-in-failed', '', { cause })

/** Signs in by OpenID Connect: authorization code flow with PKCE, state and nonce, always with a fresh sign-in (`prompt=login`). */
export function signInWith({ issuer, clientId, clientSecret, redirectUri, secret, acrValues }: Provider): SignIn {
  const cookie = sealedCookie({ name: 'sijil-sign-in', secret, seconds: SIGN_IN_SECONDS })
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: SIGN_IN_TOLERANCE_MS / 1_000 }
  // Only our settings name the issuer. One without TLS runs on the same machine: infra/aws refuses to deploy with such an issuer.
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
      if (authorization_endpoint === undefined)
        throw new TypeError('the configuration of the identity provider has no authorization_endpoint')
      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const nonce = oauth.generateRandomNonce()
      const address = new URL(authorization_endpoint)
      if (address.protocol !== new URL(issuer).protocol)
        throw new TypeError('the authorization_endpoint of the identity provider does not use TLS')
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
        ...(acrValues.length > 0 && { acr_values: acrValues.join(' ') }),
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
      const secretOfClient = await clientSecret()
      try {
        const server = await configurationAt(now)
        const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams(query), state)
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.ClientSecretBasic(secretOfClient),
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

/** Reads the only claims of the token that count: the subject, and the moment and the way of the sign-in. */
function personOf(claims: oauth.IDToken | undefined, now: Date): Person {
  const { sub, auth_time, acr, amr }: Partial<oauth.IDToken> = claims ?? {}
  const age = now.getTime() / 1_000 - Number(auth_time)
  if (!isSubject(sub) || typeof auth_time !== 'number' || age > MOST_AGE_SECONDS || age < -SIGN_IN_TOLERANCE_MS / 1_000)
    throw failed()
  return { subject: sub, signedInAt: new Date(auth_time * 1_000), ...statedSignIn({ acr, amr }) }
}

/** Codes of errors for an answer that does not follow the protocol. Such an answer is an outage, not a refusal. */
const notAnswered: readonly (string | undefined)[] = [oauth.RESPONSE_IS_NOT_CONFORM, oauth.RESPONSE_IS_NOT_JSON]

/** Whether the provider refused, or its answer does not match this sign-in. */
function isRefusal(error: unknown): boolean {
  if (error instanceof EdgeError) return true
  if (error instanceof oauth.AuthorizationResponseError) return true
  if (error instanceof oauth.OperationProcessingError) return !notAnswered.includes(error.code)
  return error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant'
}

/** A failure of the network or of the provider is answered as an outage, not as a fault of the person. */
const outage = (cause: unknown): never => {
  throw unlessOurs(cause)
}
const unlessOurs = (cause: unknown): unknown =>
  cause instanceof oauth.UnsupportedOperationError
    ? cause
    : new RegistryError('dependency-unavailable', 'The identity provider cannot be reached now. Sign in again later.', {
        cause,
      })
