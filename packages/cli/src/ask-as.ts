import { type Answered, askWhole, type RetryPolicy } from './client.ts'
import { parseIssuer } from './identifiers.ts'
import { readIdentity, requestToken } from './identity.ts'
import { parseToken, type Settings } from './settings.ts'

/** The client that sends a request. A given token is used before the local identity. */
export interface Asker {
  issuer: string
  client?: string
  token?: string
}

type Scope = 'credentials:issue' | 'credentials:status' | 'credentials:read' | 'registry:propose' | 'registry:approve'

interface RegistryRequest {
  method: 'GET' | 'POST'
  /** The kind of path that the owner has. Default: `issuers`. */
  root?: 'issuers' | 'authorities'
  /** Below the owner's own path, e.g. `/credentials`. */
  path: string
  scope: Scope
  headers?: Record<string, string>
  body?: unknown
  /** A file, in place of a body in JSON. */
  bytes?: Uint8Array
}

/** Sends a request in the name of an issuer, and returns the body of the answer. */
export const askAs = async (...question: Parameters<typeof answerAs>): Promise<unknown> =>
  (await answerAs(...question)).body

/** Like `askAs`, but also returns the status and the headers. */
export async function answerAs(
  asker: Asker,
  { method, root = 'issuers', path, scope, headers, body, bytes }: RegistryRequest,
  { settings, retry }: { settings: Settings; retry: RetryPolicy },
): Promise<Answered> {
  const issuer = parseIssuer(asker.issuer)
  const token = await tokenFor(asker, scope, { settings, retry })
  return await askWhole(
    {
      method,
      url: `${settings.registry}/${root}/${issuer}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(bytes !== undefined && { body: bytes }),
    },
    retry,
  )
}

export async function tokenFor(
  { issuer, client, token }: Asker,
  scope: Scope,
  { settings, retry }: { settings: Settings; retry: RetryPolicy },
): Promise<string> {
  if (token !== undefined) return parseToken(token)
  // A client named on the command line is used before a token from the environment.
  if (settings.token !== undefined && client === undefined) return settings.token
  const identity = await readIdentity(settings.folder)
  return (await requestToken({ client: client ?? issuer, scope }, { settings, identity, retry })).access_token
}
