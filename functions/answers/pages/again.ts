import type { Answer } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { errorWords, fieldOf, type HomeError, homePage } from '@sijil/web'
import { type Asked, contextOf, type PageParts, page } from './parts.ts'

/** The only page that may ask for the camera. */
export const scanning = { 'permissions-policy': 'camera=(self), geolocation=(), microphone=()' }

/**
 * Shows the form again with an error. Typed text may be a code, so it is only in this answer, which no cache keeps. The answer to a program
 * does not contain it.
 */
export function again(
  error: HomeError,
  asked: Asked,
  parts: Pick<PageParts, 'baseUrl' | 'policy'>,
  typed = '',
): Answer {
  const context = contextOf(asked, '/', parts)
  if (asked.wants === 'json') {
    if (error === 'unknown') throw new RegistryError('not-found', errorWords(error, context))
    const fault = { pointer: `/${fieldOf(error)}`, detail: errorWords(error, context) }
    throw new RegistryError('validation-failed', 'The request does not lead to a certificate.', { faults: [fault] })
  }
  const status = error === 'unknown' ? 404 : 422
  return { ...page(homePage({ error, typed }, context), status), headers: scanning }
}
