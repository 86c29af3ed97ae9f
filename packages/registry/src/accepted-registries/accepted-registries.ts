import { issuerOfDid } from '@sijil/credentials'
import type { QualificationHistory } from '../catalogue/qualification-at.ts'
import { baselineCatalogue, type CatalogueReader, unknownHistory } from '../catalogue/reader.ts'
import { remembered } from '../remembered.ts'
import type { CommitReader } from '../stream.ts'
import { accreditationStatus } from '../trust/accreditation-status.ts'
import { type AcceptedList, type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { placeOf } from '../trust/place.ts'
import { isWholeRoot, type TrustPolicy } from '../trust/policy.ts'
import { cachedTrust, type TrustReader } from '../trust/reader.ts'
import type { RemoteRegistry } from '../verification/remote-registry.ts'
import type { Endorsement } from '../verification/verification.ts'
import { readKnownLists } from './accepted-lists.ts'
import { headOf, historyOf, idInList, type ListHead, type RegistryImported } from './copied-lists.ts'
import { idOfDid } from './external-signers.ts'
import { partsOfAddress, remoteQualification } from './remote-qualification.ts'

/** An entity on the list of another registry, or an external signer of this registry. */
interface Listed {
  id: string
  entity: Entity
  list: RemoteRegistry
  /** Id of the authority that accepted the list. Absent for our own list. */
  acceptedBy?: string
}

/** A registry, and the authority that accepted its list. */
interface NamedList {
  registry: string
  authority: string
}

export interface AcceptedRegistries {
  /** Finds an entity by a DID that this registry did not give. `undefined` if no list that counts names it. */
  find(did: string): Promise<Listed | undefined>
  /** Lists of the kind "regional endorsement" by which the holder of this DID may issue that qualification today. */
  endorsements(did: string, qualification: string): Promise<Endorsement[]>
  /** What is known here about a qualification of another registry, by its address. Without a list that counts, nothing is. */
  qualification(address: string): Promise<QualificationHistory>
  /** Every list that was ever accepted, with its present state. */
  all(): Promise<
    (AcceptedList & { acceptedBy: string; taken?: Pick<RegistryImported, 'size' | 'madeAt' | 'validUntil'> })[]
  >
}

/** For the read path. Answers are as old as the trust that they are read with, at most ten seconds. `clock` in milliseconds. */
export function acceptedRegistries(
  reader: CommitReader,
  {
    trust,
    catalogue,
    policy,
    baseUrl,
    clock,
  }: { trust: TrustReader; catalogue: CatalogueReader; policy: TrustPolicy; baseUrl: string; clock: () => number },
): AcceptedRegistries {
  const known = remembered(() => readKnownLists(reader), clock)
  const heads = new Map<string, () => Promise<ListHead | undefined>>()
  const trusts = new Map<string, TrustReader>()
  const headNow = (registry: string) => kept(heads, registry, () => remembered(() => headOf(registry, reader), clock))()
  const trustIn = (registry: string) =>
    kept(trusts, registry, () => cachedTrust((id) => historyOf(registry, id, reader), clock))
  const acceptedBy = async (authority: string, registry: string) =>
    entityAt(authority, await trust(authority), EVERYTHING)?.lists.find((list) => list.registry === registry)
  /** A list counts only while the authority that accepted it is a root here. */
  const countingBy = async (authority: string, registry: string) => {
    const over = entityAt(authority, await trust(authority), EVERYTHING)
    return over !== undefined && isWholeRoot(over, policy) ? acceptedBy(authority, registry) : undefined
  }
  /** Undefined: the list of that registry was not accepted for this, was suspended, or was not copied by the keys that count. */
  async function countingList<Kind extends AcceptedList['kind']>({ registry, authority }: NamedList, kind: Kind) {
    const [accepted, head] = await Promise.all([countingBy(authority, registry), headNow(registry)])
    return isGoodFor(accepted, kind) && isByItsKeys(head, accepted) ? { accepted, head } : undefined
  }

  /** Its keys are pinned here, but no log that we can read has its certificates. They are judged by today's accreditation status. */
  async function externalSigner(id: string, did: string): Promise<Listed | undefined> {
    const entity = entityAt(id, await trust(id), EVERYTHING)
    if (entity?.elsewhere !== true || entity.did !== did) return undefined
    const idOf = (other: string) => (other === did ? id : undefined)
    return { id, entity, list: { registry: baseUrl, keepsLog: false, trust, policy, idOf } }
  }

  async function endorsementOf(
    did: string,
    qualification: string,
    { registry, authority, now }: { registry: string; authority: string; now: string },
  ): Promise<Endorsement[]> {
    const { head } = (await countingList({ registry, authority }, 'regional-endorsement')) ?? {}
    if (head === undefined || now >= head.validUntil) return []
    const issuer = issuerOfDid(did, registry) ?? (await idInList(registry, did, reader))
    if (issuer === undefined) return []
    const asking = { trust: trustIn(registry), policy: { ...head.policy, demonstration: isDemonstration(head) } }
    const entity = entityAt(issuer, await asking.trust(issuer), EVERYTHING)
    const place = entity && placeOf(entity)
    const { standing, chain } = await accreditationStatus(
      // Ids of centres differ between registries, so an endorsement that is limited to sites does not cover this certificate.
      {
        issuer,
        qualification: await baselineCatalogue(catalogue)(qualification),
        place,
        site: undefined,
        effective: now,
        recorded: now,
      },
      asking,
    )
    const by = chain.slice(0, -1).map(({ name }) => name)
    return standing === 'authorised' ? [{ registry, by, madeAt: head.madeAt }] : []
  }

  const isDemonstration = (head: RegistryImported) => policy.demonstration && head.policy.demonstration

  return {
    async find(did) {
      const own = await idOfDid(did, reader)
      if (own !== undefined) return externalSigner(own, did)
      for (const { registry, authority } of await known()) {
        const id = issuerOfDid(did, registry)
        if (id === undefined) continue
        const counting = await countingList({ registry, authority }, undefined)
        if (counting === undefined) return undefined
        const { accepted, head } = counting
        const entity = entityAt(id, await trustIn(registry)(id), EVERYTHING)
        if (entity === undefined) return undefined
        const list: RemoteRegistry = {
          registry,
          age: { size: head.size, madeAt: head.madeAt, validUntil: head.validUntil },
          keepsLog: true,
          trust: trustIn(registry),
          // Both registries must accept demonstrations. Their roots may speak only for the agreed states.
          policy: {
            demonstration: isDemonstration(head),
            states: accepted.states ?? [],
            ...(head.policy.roots && { roots: head.policy.roots }),
            // Either registry may refuse an entity. Our own refusals count by DID only, because our ids mean nothing there.
            refused: [
              ...(head.policy.refused ?? []),
              ...(policy.refused ?? []).filter((one) => one.startsWith('did:')),
            ],
          },
          idOf: (other) => (other === did && entity.kind === 'body' && !entity.sandbox ? id : undefined),
        }
        return { id, entity, list, acceptedBy: authority }
      }
      return undefined
    },
    async endorsements(did, qualification) {
      const now = new Date(clock()).toISOString()
      const found = await Promise.all(
        (await known()).map(async ({ registry, authority }): Promise<Endorsement[]> => {
          try {
            return await endorsementOf(did, qualification, { registry, authority, now })
          } catch (error) {
            // A list that is malformed must not stop our own answer (I21).
            if (!(error instanceof TypeError)) throw error
            return []
          }
        }),
      )
      return found.flat()
    },
    async qualification(address) {
      const named = partsOfAddress(address)
      const list = (await known()).find(({ registry }) => registry === named?.registry)
      const counting = list && (await countingList(list, undefined))
      if (named === undefined || counting === undefined) return unknownHistory(address)
      const { registry, id } = named
      const { states = [] } = counting.accepted
      return remoteQualification(address, id, { trust: trustIn(registry), states }, catalogue)
    },
    async all() {
      return Promise.all(
        (await known()).map(async ({ registry, authority }) => {
          const [accepted, head] = await Promise.all([acceptedBy(authority, registry), headNow(registry)])
          const none: AcceptedList = { registry, keys: [], states: [], basis: '', acceptedAt: '', keysSince: '' }
          const list = accepted ?? none
          return {
            ...list,
            acceptedBy: authority,
            ...(isByItsKeys(head, list) && {
              taken: { size: head.size, madeAt: head.madeAt, validUntil: head.validUntil },
            }),
          }
        }),
      )
    },
  }
}

const isGoodFor = <Kind extends AcceptedList['kind']>(
  list: AcceptedList | undefined,
  kind: Kind,
): list is Extract<AcceptedList, { kind?: Kind }> =>
  list !== undefined && list.suspendedAt === undefined && list.kind === kind

/** True if the list was copied after the keys that count now were accepted. */
const isByItsKeys = (head: ListHead | undefined, { keysSince }: AcceptedList): head is ListHead =>
  head !== undefined && head.takenAt >= keysSince

function kept<T>(of: Map<string, T>, key: string, make: () => T): T {
  const found = of.get(key) ?? make()
  of.set(key, found)
  return found
}
