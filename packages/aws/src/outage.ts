import { RegistryError } from '@sijil/registry'

/** Errors for a key that is disabled, pending deletion or deleted, or whose owner (the account of a body) withdrew the grant. */
const keyRefusals = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException', 'AccessDeniedException']

/** Errors of AWS that end by themselves, or when a key or a table is repaired. The caller may try again. */
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
  // Credentials are temporarily missing, or have expired.
  'CredentialsProviderError',
  'ExpiredTokenException',
])

/**
 * Converts an error of the AWS SDK. No answer at all (network, time-out) is an outage. An answer that our request was wrong is our
 * own fault, `internal`. The error stays as `cause`, and is never taken for an answer.
 */
export function outage(error: unknown, dependency: string): RegistryError {
  if (error instanceof RegistryError) return error
  const passes = isUnanswered(error) || (error instanceof Error && passing.has(error.name))
  return passes
    ? new RegistryError('dependency-unavailable', `${dependency} cannot be used at the moment`, { cause: error })
    : new RegistryError('internal', `${dependency} refused a request`, { cause: error })
}

/** Like `outage`, but separates a table that refuses our role: an operator must repair a policy, because time repairs nothing. */
export function tableOutage(error: unknown, table: string): RegistryError {
  const isDenied = error instanceof Error && error.name === 'AccessDeniedException'
  return isDenied
    ? new RegistryError('store-access-denied', `${table} cannot be used at the moment`, { cause: error })
    : outage(error, table)
}

/** Like `outage`, but separates a key that refuses from KMS as a whole being away: other keys still sign (F8). */
export function keyOutage(error: unknown): RegistryError {
  const refuses = error instanceof Error && keyRefusals.includes(error.name)
  return refuses
    ? new RegistryError('signing-key-unavailable', 'the signing key cannot be used at the moment', { cause: error })
    : outage(error, 'the signing key')
}

/**
 * True for a request without a usable answer. The code and the name count before the status, because an answer can begin with 200 and
 * break off. The SDK sets `$metadata.httpStatusCode` if there was an answer. 5xx and 429 count as no answer.
 */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Only system errors (ECONNRESET, EAI_AGAIN). A code such as ERR_INVALID_ARG_TYPE is our own fault.
  if ('code' in error && typeof error.code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(error.code)) return true
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return true
  // The SDK adds the answer that it could not parse.
  if (error instanceof SyntaxError && '$response' in error) return true
  const metadata = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : undefined
  const status = metadata && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
  return typeof status === 'number' && (status >= 500 || status === 429)
}
