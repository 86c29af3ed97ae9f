import { createServer, type Server } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** An identity provider for tests. It knows one client, accepts each code once, and answers as the test sets. */
export interface TestProvider {
  issuer: string
  /** Signs a person in at `location`. Returns the parameters with which the browser comes back. */
  signIn(location: string): Record<string, string>
  /** Changes the claims of the next tokens, their key, or the whole answer of the token endpoint. */
  next: {
    claims?: JWTPayload
    key?: CryptoKey
    answer?: { status: number; body: string; headers?: Record<string, string> }
  }
  /** The requests to the token endpoint. */
  asked: URLSearchParams[]
  close(): Promise<void>
}

const clientId = 'sijil-desk'

export async function openProvider(): Promise<TestProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }
  const codes = new Map<string, URLSearchParams>()
  const asked: URLSearchParams[] = []
  const next: TestProvider['next'] = {}

  const idToken = (issuer: string, nonce: string) => {
    const iat = Math.floor(Date.now() / 1_000)
    const claims = { iss: issuer, aud: clientId, sub: 'officer-1', nonce, iat, exp: iat + 300, auth_time: iat }
    return new SignJWT({ ...claims, ...next.claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .sign(next.key ?? privateKey)
  }

  const server: Server = createServer(async (request, response) => {
    const send = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body))
    if (request.url === '/.well-known/openid-configuration')
      return send(200, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
      })
    if (request.url === '/jwks') return send(200, { keys: [jwk] })
    let body = ''
    for await (const piece of request) body += piece
    const form = new URLSearchParams(body)
    asked.push(form)
    if (next.answer !== undefined) return send(next.answer.status, next.answer.body, next.answer.headers)
    const code = form.get('code') ?? ''
    const wanted = codes.get(code)
    codes.delete(code)
    if (wanted === undefined) return send(400, { error: 'invalid_grant' })
    const id_token = await idToken(issuer, wanted.get('nonce') ?? '')
    send(200, { access_token: 'opaque', token_type: 'Bearer', id_token })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return {
    issuer,
    next,
    asked,
    signIn(location) {
      const wanted = new URL(location).searchParams
      const code = `code-${codes.size}-${Math.random()}`
      codes.set(code, wanted)
      return { code, state: wanted.get('state') ?? '' }
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
