import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import Provider, { type ClientMetadata, errors, type JWK } from 'oidc-provider'
import { findJson, privateFolder, writeDurably } from './durable-file.ts'
import { identityMemory } from './identity-memory.ts'
import { answerSignIn, type LocalPerson } from './sign-in-page.ts'

/** A program that may request tokens, with the scopes that its tokens may have. */
export interface LocalClient {
  id: string
  scopes: readonly string[]
  /** It represents a person, so its tokens have `auth_time` (RFC 9068 §2.2.1), as after a sign-in. */
  person?: true
}

/** `identity.json`: how a program on this machine requests a token. Only the owner of the folder can read it. */
export interface IdentityFile {
  tokenEndpoint: string
  /** Client id to secret. */
  clients: Record<string, string>
}

/** A site where people sign in through this provider. */
export interface LocalSite {
  id: string
  secret: string
  redirectUri: string
  /** The persons who may sign in there. */
  persons: readonly LocalPerson[]
}

export interface LocalIdentity {
  issuer: string
  jwksUrl: string
  tokenEndpoint: string
  /** To be mounted under `/oidc` of the server at `baseUrl`. */
  listener: RequestListener
}

const TEN_MINUTES = 600
/** No person is authenticated here (OpenID Connect Core §2 on `acr`). */
export const LOCAL_ACR = '0'
export const identityFile = (folder: string) => join(folder, 'identity.json')

/**
 * An OIDC provider for one machine. Programs get access tokens with the client-credentials grant: JWTs (RFC 9068) for `baseUrl`, valid
 * for ten minutes (I39). People sign in at `site` with the authorization code flow, and choose who they are from a list. Keys and
 * secrets are stored in `folder`, so tokens survive a restart. Sessions of people do not.
 */
export async function createIdentity({
  baseUrl,
  folder,
  clients,
  site,
  clock = Date.now,
}: {
  baseUrl: string
  folder: string
  clients: readonly LocalClient[]
  site?: LocalSite
  /** The time in access tokens, in milliseconds since 1970. Sign-ins use real time, because the library has no other clock. */
  clock?: () => number
}): Promise<LocalIdentity> {
  await privateFolder(folder)
  const issuer = `${baseUrl}/oidc`
  const tokenEndpoint = `${issuer}/token`
  const secrets = await secretsOf(folder, tokenEndpoint, clients)

  const programsOfPersons = new Set(clients.filter(({ person }) => person).map(({ id }) => id))
  const persons = site?.persons ?? []
  const provider = new Provider(issuer, {
    adapter: identityMemory(),
    jwks: { keys: [await signingKeyIn(folder)] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      long: { httpOnly: true, sameSite: 'lax', path: '/oidc' },
    },
    clients: [
      ...clients.map(
        ({ id, scopes }): ClientMetadata => ({
          client_id: id,
          client_secret: secrets[id],
          grant_types: ['client_credentials'],
          token_endpoint_auth_method: 'client_secret_basic',
          redirect_uris: [],
          response_types: [],
          scope: scopes.join(' '),
        }),
      ),
      ...(site === undefined ? [] : [clientOf(site)]),
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: ['openid', ...new Set(clients.flatMap(({ scopes }) => scopes))],
    responseTypes: ['code'],
    claims: {},
    acrValues: [LOCAL_ACR],
    ttl: {
      ClientCredentials: TEN_MINUTES,
      Interaction: TEN_MINUTES,
      AuthorizationCode: 60,
      IdToken: TEN_MINUTES,
      AccessToken: 60,
      Grant: TEN_MINUTES,
      Session: TEN_MINUTES,
    },
    findAccount: (_context, id) =>
      persons.some((person) => person.id === id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
    interactions: { url: (_context, { uid }) => `${issuer}/interaction/${uid}` },
    // The site learns only who signed in, so the person is not asked for consent.
    async loadExistingGrant({ oidc: { client, session, provider } }) {
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    extraTokenClaims: (_context, token) =>
      programsOfPersons.has(String(token.clientId)) ? { auth_time: Math.floor(clock() / 1_000), acr: LOCAL_ACR } : {},
    formats: {
      customizers: {
        jwt(_context, _token, { payload }) {
          const ahead = Math.round((clock() - Date.now()) / 1_000)
          for (const moment of ['iat', 'exp'] as const) payload[moment] = Number(payload[moment]) + ahead
        },
      },
    },
    pkce: { required: () => true },
    // The text repeats nothing from the request.
    renderError(context, { error }) {
      context.type = 'text/plain'
      context.body = `This sign-in cannot go on (${error}). Go back and begin again.`
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // The sign-in of a person gives no access token for this registry.
        defaultResource: (_context, client) => (client.clientId === site?.id ? [] : baseUrl),
        getResourceServerInfo: ({ oidc: { params } }, resource, client) => {
          // Tokens are only for this registry.
          if (resource !== baseUrl && resource !== `${baseUrl}/`) throw new errors.InvalidTarget()
          // Otherwise the library would silently drop a scope that the client does not have, and the token would be refused later.
          const allowed = new Set(client.scope?.split(' '))
          const asked = typeof params?.scope === 'string' ? params.scope.split(' ').filter(Boolean) : []
          if (asked.length === 0 || !asked.every((scope) => allowed.has(scope)))
            throw new errors.InvalidScope('ask for scopes that this client has', '')
          return {
            audience: baseUrl,
            scope: client.scope ?? '',
            accessTokenFormat: 'jwt',
            accessTokenTTL: TEN_MINUTES,
            jwt: { sign: { alg: 'ES256' } },
          }
        },
      },
    },
  })

  // Addresses in its answers come from the base URL, and not from the headers of the request.
  const { host, protocol } = new URL(baseUrl)
  provider.proxy = true
  const answer = provider.callback()
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    tokenEndpoint,
    listener(request, response) {
      request.headers.host = host
      request.headers['x-forwarded-host'] = host
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
      void answerSignIn(request, response, { provider, persons, acr: LOCAL_ACR }).then(
        (isAnswered) => (isAnswered ? undefined : answer(request, response)),
        () => response.destroy(),
      )
    },
  }
}

const clientOf = ({ id, secret, redirectUri }: LocalSite): ClientMetadata => ({
  client_id: id,
  client_secret: secret,
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'client_secret_basic',
  redirect_uris: [redirectUri],
  response_types: ['code'],
  scope: 'openid',
  require_auth_time: true,
})

/** The secret of a client stays the same at every start. A client that is no longer listed loses its secret. */
async function secretsOf(folder: string, tokenEndpoint: string, clients: readonly LocalClient[]) {
  const before = (await findJson(identityFile(folder))) as IdentityFile | undefined
  const secrets = Object.fromEntries(
    clients.map(({ id }) => [id, before?.clients[id] ?? randomBytes(32).toString('base64url')]),
  )
  await writeDurably(identityFile(folder), { tokenEndpoint, clients: secrets } satisfies IdentityFile)
  return secrets
}

async function signingKeyIn(folder: string): Promise<JWK> {
  const path = join(folder, 'identity-key.json')
  const kept = (await findJson(path)) as JWK | undefined
  if (kept !== undefined) return kept
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const made = {
    ...privateKey.export({ format: 'jwk' }),
    kid: randomBytes(8).toString('hex'),
    alg: 'ES256',
    use: 'sig',
  } as JWK
  await writeDurably(path, made)
  return made
}
