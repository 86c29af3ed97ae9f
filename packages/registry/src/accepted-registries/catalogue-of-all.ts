import { type CatalogueReader, catalogueOf } from '../catalogue/reader.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { acceptedRegistries } from './accepted-registries.ts'
import { withRemote } from './remote-qualification.ts'

/** For decisions, as it is on record now: qualifications of this registry by their ids, and of accepted ones by their addresses. */
export function catalogueOfAll({
  store,
  policy,
  now,
}: {
  store: CommitReader
  policy: TrustPolicy
  now: Date
}): CatalogueReader {
  const reader = readOnce(store)
  const catalogue = catalogueOf(reader)
  // No external signer is asked about here, so no address of this registry is needed.
  const asking = { trust: trustOf(reader), catalogue, policy, baseUrl: '', clock: () => now.getTime() }
  return withRemote(catalogue, acceptedRegistries(reader, asking).qualification)
}
