import { issuerOfDid } from '@sijil/credentials'
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

/** Somebody whom the list of another registry names, or a body of ours that signs elsewhere. */
interface Listed {
  id: string
  entity: Entity
  list: RemoteRegistry
  /** Who accepted the list; absent where it is our own. */
  acceptedBy?: string
}

export interface AcceptedRegistries {
  /** By a DID that is none of this registry's; nothing where no list that counts names it. */
  find(did: string): Promise<Listed | undefined>
  /** Which lists of the kind "regional endorsement" say that whoever has this DID may issue that, today. */
  endorsements(did: string, qualification: string): Promise<Endorsement[]>
  /** Every list that was ever accepted, and how it stands now. */
  all(): Promise<
    (AcceptedList & { acceptedBy: string; taken?: Pick<RegistryImported, 'size' | 'madeAt' | 'validUntil'> })[]
  >
}

/** For the read path: as old as the trust it reads with, ten seconds at most. `clock` in milliseconds. */
export function acceptedRegistries(
  reader: CommitReader,
  { trust, policy, baseUrl, clock }: { trust: TrustReader; policy: TrustPolicy; baseUrl: string; clock: () => number },
): AcceptedRegistries {
  const known = remembered(() => readKnownLists(reader), clock)
  const heads = new Map<string, () => Promise<ListHead | undefined>>()
  const trusts = new Map<string, TrustReader>()
  const headNow = (registry: string) => kept(heads, registry, () => remembered(() => headOf(registry, reader), clock))()
  const trustIn = (registry: string) =>
    kept(trusts, registry, () => cachedTrust((id) => historyOf(registry, id, reader), clock))
  const acceptedBy = async (authority: string, registry: string) =>
    entityAt(authority, await trust(authority), EVERYTHING)?.lists.find((list) => list.registry === registry)
  /** Whoever is no root here any more has nobody else's list count here. */
  const countingBy = async (authority: string, registry: string) => {
    const over = entityAt(authority, await trust(authority), EVERYTHING)
    return over !== undefined && isWholeRoot(over, policy) ? acceptedBy(authority, registry) : undefined
  }

  /** Pinned here, and recorded nowhere that we can read: it is judged by today. */
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
    const [accepted, head] = await Promise.all([countingBy(authority, registry), headNow(registry)])
    if (!isGoodFor(accepted, 'regional-endorsement') || !isByItsKeys(head, accepted) || now >= head.validUntil)
      return []
    const issuer = issuerOfDid(did, registry) ?? (await idInList(registry, did, reader))
    if (issuer === undefined) return []
    const asking = { trust: trustIn(registry), policy: { ...head.policy, demonstration: isDemonstration(head) } }
    const entity = entityAt(issuer, await asking.trust(issuer), EVERYTHING)
    const place = entity && placeOf(entity)
    const { standing, chain } = await accreditationStatus(
      // No centre is asked about by its name there: an endorsement for certain sites is none for this certificate.
      { issuer, qualification, place, site: undefined, effective: now, recorded: now },
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
        const [accepted, head] = await Promise.all([countingBy(authority, registry), headNow(registry)])
        if (!isGoodFor(accepted, undefined) || !isByItsKeys(head, accepted)) return undefined
        const entity = entityAt(id, await trustIn(registry)(id), EVERYTHING)
        if (entity === undefined) return undefined
        const list: RemoteRegistry = {
          registry,
          age: { size: head.size, madeAt: head.madeAt, validUntil: head.validUntil },
          keepsLog: true,
          trust: trustIn(registry),
          // Both must accept a demonstration; no root of theirs speaks for another state than was agreed.
          policy: {
            demonstration: isDemonstration(head),
            states: accepted.states ?? [],
            ...(head.policy.roots && { roots: head.policy.roots }),
            // Both may refuse; an id of ours is none of theirs.
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
            // Whatever nonsense a list beside ours holds, our own answer does not depend on it.
            if (!(error instanceof TypeError)) throw error
            return []
          }
        }),
      )
      return found.flat()
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

/** Taken over since the keys are those that count now. */
const isByItsKeys = (head: ListHead | undefined, { keysSince }: AcceptedList): head is ListHead =>
  head !== undefined && head.takenAt >= keysSince

function kept<T>(of: Map<string, T>, key: string, make: () => T): T {
  const found = of.get(key) ?? make()
  of.set(key, found)
  return found
}
