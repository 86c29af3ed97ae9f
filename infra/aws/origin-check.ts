import { createHash, timingSafeEqual } from 'node:crypto'
import { secretReader, secretsClient } from '@sijil/aws'

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * The authorizer of API Gateway: whether a request passed our CloudFront. API Gateway keeps each answer for an hour. It does not identify the
 * caller. Without a secret of at least 32 characters, it refuses every request. It throws while secrets cannot be read, and API Gateway
 * keeps no such failure.
 */
export function originCheck(secrets: readonly (() => Promise<string>)[]) {
  return async (event: { headers?: Record<string, string | undefined> }): Promise<{ isAuthorized: boolean }> => {
    const read = await Promise.all(secrets.map((secret) => secret()))
    const known = read.filter((secret) => secret.length >= 32).map(digest)
    const shown = digest(event.headers?.['x-origin-secret'] ?? '')
    return { isAuthorized: known.some((secret) => timingSafeEqual(secret, shown)) }
  }
}

const ids = (process.env.ORIGIN_SECRET_IDS ?? '').split(',').filter((id) => id !== '')
const client = secretsClient()
export const handler = originCheck(ids.map((id) => secretReader({ client, id })))
