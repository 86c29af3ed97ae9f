import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * The authorizer of API Gateway: whether a request passed our CloudFront. API Gateway keeps each answer for an hour. It does not identify the
 * caller. Without a configured secret of at least 32 characters, it refuses every request.
 */
export function originCheck(secrets: readonly string[]) {
  const known = secrets.filter((secret) => secret.length >= 32).map(digest)
  return async (event: { headers?: Record<string, string | undefined> }): Promise<{ isAuthorized: boolean }> => {
    const shown = digest(event.headers?.['x-origin-secret'] ?? '')
    return { isAuthorized: known.some((secret) => timingSafeEqual(secret, shown)) }
  }
}

export const handler = originCheck((process.env.ORIGIN_SECRETS ?? '').split(','))
