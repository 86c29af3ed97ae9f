import type { RetryStrategy } from '@sijil/aws'

const attempt = (count: number) => ({ getRetryCount: () => count - 1, getRetryCost: () => 0, getRetryDelay: () => 0 })

/**
 * Three attempts, like `documentClient`, but without its pauses. After each throttled request the AWS SDK pauses for up to two seconds,
 * which takes long where a test has every request refused.
 */
export const withoutPauses: RetryStrategy = {
  acquireInitialRetryToken: async () => attempt(1),
  async refreshRetryTokenForRetry(before, { errorType }) {
    const attempts = before.getRetryCount() + 1
    if (attempts === 3 || (errorType !== 'THROTTLING' && errorType !== 'TRANSIENT')) throw new Error('no more attempts')
    return attempt(attempts + 1)
  },
  recordSuccess() {},
}
