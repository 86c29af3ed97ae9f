import { entityAt } from '@sijil/registry/trust'
import { countingList, isRegistry, type Moments, ownId, type TrqpDeps, type TrqpQuestion } from './question.ts'

/** The refusal for an authority for which this registry does not answer. The text says where to ask. */
export interface NotServed {
  notServed: string
}

/**
 * Returns a refusal if this registry does not answer for the authority that the question names (TRQP 2.0), and `undefined` if it does.
 * It answers for itself, for every entity registered here, and for registries whose lists count here, with every entity on them.
 */
export async function findNotServed(
  { authority_id: authority }: TrqpQuestion,
  moments: Moments,
  deps: TrqpDeps,
): Promise<NotServed | undefined> {
  const { recorded } = moments
  if (isRegistry(authority, deps)) return undefined
  const own = ownId(authority, deps)
  if (own !== undefined && entityAt(own, await deps.trust(own), recorded) !== undefined) return undefined
  const list = (await deps.foreign.all()).find(({ registry }) => isRegistry(authority, { baseUrl: registry }))
  if (list?.taken !== undefined && list.suspendedAt === undefined && recorded < list.taken.validUntil) return undefined
  if (list === undefined && (await countingList(authority, moments, deps)) !== undefined) return undefined
  const where =
    list === undefined
      ? 'Ask the registry of that authority: its address or its DID document leads there.'
      : `Ask ${list.registry}: its list does not count here now.`
  const { baseUrl } = deps
  return {
    notServed: `This registry does not answer for the authority that the question names. ${where} This registry lists the authorities for which it answers at ${baseUrl}/authorities, ${baseUrl}/issuers and ${baseUrl}/lists.`,
  }
}
