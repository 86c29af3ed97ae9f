import { type CatalogueReader, catalogueOf } from '../catalogue/reader.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import type { TrustPolicy } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { type AcceptedRegistries, acceptedRegistries } from './accepted-registries.ts'
import { withRemote } from './remote-qualification.ts'

/** For a decision, everything as it is on record now. */
interface AskingNow {
  store: CommitReader
  policy: TrustPolicy
  now: Date
}

/** Qualifications of this registry by their ids, and of accepted ones by their addresses. */
export function catalogueOfAll({ store, ...asking }: AskingNow): CatalogueReader {
  const reader = readOnce(store)
  // No external signer is asked about here, so no address of this registry is needed.
  const lists = acceptedNow({ store: reader, ...asking, baseUrl: '' })
  return withRemote(catalogueOf(reader), lists.qualification)
}

/** The lists of other registries that count. */
export function acceptedNow({ store, policy, now, baseUrl }: AskingNow & { baseUrl: string }): AcceptedRegistries {
  const asking = { trust: trustOf(store), catalogue: catalogueOf(store), policy, baseUrl, clock: () => now.getTime() }
  return acceptedRegistries(store, asking)
}
