import { issuerOfDid } from '@sijil/credentials'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'
import { copiedRecords } from './copied-catalogue.ts'
import type { OpenedBundle } from './open-bundle.ts'

/** Ids of all bodies in the bundle, without the sandbox. */
export const bodiesOf = ({ histories }: OpenedBundle): string[] =>
  [...histories.keys()].filter((id) => isBody(id, histories))

function isBody(id: string, histories: OpenedBundle['histories']): boolean {
  const entity = entityAt(id, histories.get(id) ?? [], EVERYTHING)
  return entity?.kind === 'body' && !entity.sandbox
}

/** What was fetched beside the bundle. */
interface Brought extends Pick<RemoteRegistry, 'statusList' | 'logged'> {
  /** Statements about qualifications, each a `ProvenRecord`. They are checked. */
  records?: unknown
}

/** A remote registry that answers from the bundle. `narrower`: the verifier's own policy, which can only restrict the registry's. */
export function listOf(
  { registry, policy, size, madeAt, validUntil, histories, catalogue, baseline }: OpenedBundle,
  narrower: Partial<TrustPolicy> = {},
  { records, ...brought }: Brought = {},
): RemoteRegistry {
  return {
    registry,
    age: { size, madeAt, validUntil },
    keepsLog: true,
    policy: narrowed(policy, narrower),
    trust: async (id) => histories.get(id) ?? [],
    idOf(did) {
      const id = issuerOfDid(did, registry)
      return id !== undefined && isBody(id, histories) ? id : undefined
    },
    ...copiedRecords({ head: catalogue, baseline }, records),
    ...brought,
  }
}

function narrowed(
  policy: TrustPolicy,
  { demonstration = true, roots, refused = [] }: Partial<TrustPolicy>,
): TrustPolicy {
  const both = policy.roots && roots ? policy.roots.filter((root) => roots.includes(root)) : (roots ?? policy.roots)
  return {
    demonstration: policy.demonstration && demonstration,
    ...(both && { roots: both }),
    refused: [...(policy.refused ?? []), ...refused],
  }
}
