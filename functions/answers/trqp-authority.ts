import { EdgeError } from '@sijil/http'
import { entityAt } from '@sijil/registry/trust'
import { countingList, isRegistry, ownId, type Question } from './trqp-question.ts'
import type { TrustParts } from './trust-parts.ts'

/**
 * Refuses a question about an authority that this registry does not answer for with 404 (TRQP 2.0, HTTPS binding). It answers
 * for itself, for everybody who is registered here, and for registries whose lists count here, with everybody on them.
 */
export async function requireServedAuthority(
  { authority_id: authority }: Question,
  { effective, recorded }: { effective: string; recorded: string },
  parts: TrustParts,
): Promise<void> {
  if (isRegistry(authority, parts)) return
  const own = ownId(authority, parts)
  if (own !== undefined && entityAt(own, await parts.trust(own), recorded) !== undefined) return
  const list = (await parts.foreign.all()).find(({ registry }) => isRegistry(authority, { baseUrl: registry }))
  if (list?.taken !== undefined && list.suspendedAt === undefined && recorded < list.taken.validUntil) return
  if (list === undefined && (await countingList(authority, effective, parts)) !== undefined) return
  const where =
    list === undefined
      ? 'Ask the registry of that authority: its address or its DID document leads there.'
      : `Ask ${list.registry}: its list does not count here now.`
  const { baseUrl } = parts
  throw new EdgeError(
    'authority-not-served',
    `This registry does not answer for the authority that the question names. ${where} For whom this registry answers is listed at ${baseUrl}/authorities, ${baseUrl}/issuers and ${baseUrl}/lists.`,
    {
      faults: [{ pointer: '/authority_id', detail: `must name an authority that this registry lists, or ${baseUrl}` }],
    },
  )
}
