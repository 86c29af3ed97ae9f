import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Asked by API Gateway, once an hour for a header value, before any route: does the request come through our CloudFront?
 * It says nothing about who is asking. Without a secret to compare with nobody is let in.
 */
export function originCheck(secrets: readonly string[]) {
  const known = secrets.filter((secret) => secret.length >= 32).map(digest)
  return async (event: { headers?: Record<string, string | undefined> }): Promise<{ isAuthorized: boolean }> => {
    const shown = digest(event.headers?.['x-origin-secret'] ?? '')
    return { isAuthorized: known.some((secret) => timingSafeEqual(secret, shown)) }
  }
}

export const handler = originCheck((process.env.ORIGIN_SECRETS ?? '').split(','))
