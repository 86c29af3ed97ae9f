import { type Answered, askWhole, type Manner } from './client.ts'
import { parseIssuer } from './identifiers.ts'
import { readIdentity, requestToken } from './identity.ts'
import { parseToken, type Settings } from './settings.ts'

/** Who asks. A token at hand goes before the local identity. */
export interface Asker {
  issuer: string
  client?: string
  token?: string
}

type Scope = 'credentials:issue' | 'credentials:status' | 'credentials:read' | 'registry:propose' | 'registry:approve'

interface RegistryRequest {
  method: 'GET' | 'POST'
  /** Below the issuer's own path, e.g. `/credentials`. */
  path: string
  scope: Scope
  headers?: Record<string, string>
  body?: unknown
}

/** Asks for one issuer, in its name. */
export const askAs = async (...question: Parameters<typeof answerAs>): Promise<unknown> =>
  (await answerAs(...question)).body

/** The same, where a header of the answer says something as well. */
export async function answerAs(
  asker: Asker,
  { method, path, scope, headers, body }: RegistryRequest,
  { settings, asking }: { settings: Settings; asking: Manner },
): Promise<Answered> {
  const issuer = parseIssuer(asker.issuer)
  const token = await tokenFor(asker, scope, { settings, asking })
  return await askWhole(
    {
      method,
      url: `${settings.registry}/issuers/${issuer}${path}`,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    asking,
  )
}

export async function tokenFor(
  { issuer, client, token }: Asker,
  scope: Scope,
  { settings, asking }: { settings: Settings; asking: Manner },
): Promise<string> {
  if (token !== undefined) return parseToken(token)
  // A client that was named is meant, even where a token lies around.
  if (settings.token !== undefined && client === undefined) return settings.token
  const identity = await readIdentity(settings.folder)
  return (await requestToken({ client: client ?? issuer, scope }, { settings, identity, asking })).access_token
}
