import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ask, type RetryPolicy } from './client.ts'
import { CommandFailure, usageFailure } from './failure.ts'
import { isObject, textAt } from './json.ts'
import { parseSafeUrl, parseToken, type Settings } from './settings.ts'

/** The clients of this machine, with their secrets. A local registry writes them when it first starts. Secrets are never printed. */
export interface Identity {
  tokenEndpoint: string
  clients: ReadonlyMap<string, string>
}

export async function readIdentity(folder: string): Promise<Identity> {
  const path = join(folder, 'identity.json')
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw usageFailure(
      `There is no local identity at ${path} (${cause.code})`,
      'A local registry writes it when it starts. Run this in the folder of `npm start`, set SIJIL_DATA, or set a token in SIJIL_TOKEN.',
    )
  })
  return parseIdentity(path, text)
}

function parseIdentity(path: string, text: string): Identity {
  const broken = () => usageFailure(`${path} is not an identity`, 'Delete it, and start the local registry again.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // No `cause`, because the parser may quote a secret.
    throw broken()
  }
  if (!isObject(value) || !isObject(value.clients) || typeof value.tokenEndpoint !== 'string') throw broken()
  const clients = new Map<string, string>()
  for (const [id, secret] of Object.entries(value.clients)) {
    if (typeof secret !== 'string') throw broken()
    clients.set(id, secret)
  }
  return { tokenEndpoint: parseSafeUrl(`tokenEndpoint in ${path}`, value.tokenEndpoint).href, clients }
}

interface Token {
  access_token: string
  token_type: string
  expires_in?: number
  scope: string
}

/** Requests a token (RFC 6749 §4.4) for one registry (RFC 8707), so that it is useless at another. */
export async function requestToken(
  { client, scope }: { client: string; scope: string },
  { settings, identity, retry }: { settings: Settings; identity: Identity; retry: RetryPolicy },
): Promise<Token> {
  const secret = identity.clients.get(client)
  if (secret === undefined)
    throw usageFailure(
      `The local identity has no client ${client}`,
      `Known clients: ${[...identity.clients.keys()].join(', ') || 'none'}.`,
    )
  const answer = await ask(
    {
      method: 'POST',
      url: identity.tokenEndpoint,
      headers: {
        authorization: `Basic ${Buffer.from(`${formEncoded(client)}:${formEncoded(secret)}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: settings.registry }).toString(),
    },
    retry,
  ).catch((error: unknown) => {
    // RFC 8707 §2.
    if (!(error instanceof CommandFailure) || error.problem.error !== 'invalid_target') throw error
    throw usageFailure(
      `${settings.registry} is not the registry of the local identity in ${settings.folder}`,
      'Set SIJIL_URL to the registry that wrote the identity, or SIJIL_DATA to the folder of the other registry.',
    )
  })
  return parseTokenAnswer(answer, scope)
}

/** Client id and secret are form-encoded before they are joined. RFC 6749 §2.3.1. */
const formEncoded = (text: string) => new URLSearchParams([[text, '']]).toString().slice(0, -1)

function parseTokenAnswer(answer: unknown, asked: string): Token {
  const token = isObject(answer) ? textAt(answer, 'access_token') : undefined
  if (!isObject(answer) || token === undefined || textAt(answer, 'token_type')?.toLowerCase() !== 'bearer')
    throw new CommandFailure('unexpected', { title: 'The token endpoint answered without a bearer token' })
  // RFC 6749 §5.1: without `scope`, the token has the requested scopes.
  const scope = textAt(answer, 'scope') ?? asked
  const missing = asked.split(' ').filter((word) => !scope.split(' ').includes(word))
  if (missing.length > 0)
    throw new CommandFailure('refused', { title: `The token does not include these scopes: ${missing.join(', ')}` })
  return {
    access_token: parseToken(token),
    token_type: 'Bearer',
    ...(typeof answer.expires_in === 'number' && { expires_in: answer.expires_in }),
    scope,
  }
}
