import { RegistryError } from '@sijil/registry'

/** Of a key that was disabled, is pending deletion, is gone, or whose owner withdrew the grant (a body's own account). */
const keyRefusals = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException', 'AccessDeniedException']

/** Answers of AWS that pass by themselves, or with the mending of a key or a table: the caller may come again. */
const passing = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
  'LimitExceededException',
  'TooManyRequestsException',
  'InternalServerError',
  'ServiceUnavailable',
  'DependencyTimeoutException',
  'KMSInternalException',
  'KeyUnavailableException',
  ...keyRefusals,
  // No credentials just now, or expired ones.
  'CredentialsProviderError',
  'ExpiredTokenException',
])

/**
 * What an error of the AWS SDK means to a caller. No answer at all (network, time-out) is an outage; an answer that says our
 * request was wrong is a fault of ours. Either way the cause is kept, and nothing is taken for an answer.
 */
export function outage(error: unknown, dependency: string): RegistryError {
  if (error instanceof RegistryError) return error
  const passes = isUnanswered(error) || (error instanceof Error && passing.has(error.name))
  return passes
    ? new RegistryError('dependency-unavailable', `${dependency} cannot be used at the moment`, { cause: error })
    : new RegistryError('internal', `${dependency} refused a request`, { cause: error })
}

/** The same, but a key that refuses for itself is told from a service that is away: others sign as before (F8). */
export function keyOutage(error: unknown): RegistryError {
  const refuses = error instanceof Error && keyRefusals.includes(error.name)
  return refuses
    ? new RegistryError('signing-key-unavailable', 'the signing key cannot be used at the moment', { cause: error })
    : outage(error, 'the signing key')
}

/** The SDK gives `$metadata.httpStatusCode` to whatever was answered; 5xx counts as no answer. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const metadata = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : undefined
  const status = metadata && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
  if (typeof status === 'number') return status >= 500 || status === 429
  // System errors only (ECONNRESET, ENOTFOUND): a code such as ERR_INVALID_ARG_TYPE is a fault of ours.
  const unreachable = 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)
  return unreachable || error.name === 'TimeoutError' || error.name === 'AbortError'
}
