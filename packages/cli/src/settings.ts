import { usageFailure } from './failure.ts'

export interface Settings {
  /** The origin of the registry, without a trailing slash. */
  registry: string
  /** The folder of the local identity. */
  folder: string
  /** The token of SIJIL_TOKEN. */
  token?: string
}

export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const token = environment.SIJIL_TOKEN
  return {
    registry: parseOrigin('SIJIL_URL', environment.SIJIL_URL || 'http://localhost:4700'),
    folder: environment.SIJIL_DATA || '.sijil',
    ...(token && { token: parseToken(token) }),
  }
}

function parseOrigin(name: string, text: string): string {
  const url = parseSafeUrl(name, text)
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw usageFailure(`${name} must be scheme and host only`, 'For example https://registry.example')
  return url.origin
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Tokens, secrets and certificates are sent only over TLS, or within this machine. */
export function parseSafeUrl(name: string, text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw usageFailure(`${name} is not a URL`, 'For example https://registry.example')
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))) return url
  throw usageFailure(
    `${name} must begin with https://`,
    'http:// is allowed only for localhost, because others could read the request on its way.',
  )
}

/** The syntax of RFC 6750 §2.1. Any other text could add a header to the request. */
export function parseToken(text: string): string {
  if (!/^[\w.~+/-]+=*$/.test(text)) throw usageFailure('This is not a bearer token')
  return text
}
