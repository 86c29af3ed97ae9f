import { RegistryError } from '@sijil/registry'
import { linkToToken, parseToken } from '@sijil/web'

/** The token of a link of this registry, or of the code printed under it. */
export function tokenOf(link: string, baseUrl: string): string {
  const token = linkToToken(link, baseUrl) ?? parseToken(link)
  if (token !== undefined) return token
  throw new RegistryError('validation-failed', 'This is not a link of this registry.', {
    faults: [{ pointer: '/link', detail: `must be a link ${baseUrl}/v/… or the 26 characters at its end` }],
  })
}
