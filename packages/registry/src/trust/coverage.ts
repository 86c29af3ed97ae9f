import { ANY_SITE, ANY_UNIT, type Qualification } from '@sijil/qualifications'
import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { outsideScope } from './accreditation-status.ts'
import type { Entity, Grant } from './entity.ts'
import type { Right } from './events.ts'
import { type GrantOnDay, grantOn } from './grant.ts'
import { placeOf } from './place.ts'
import { accepts, isAdmitted, isRoot, isWholeRoot, mayName, rightAbove, speaksFor, type TrustPolicy } from './policy.ts'
import type { TrustReader } from './reader.ts'
import { type Follow, type Place, walkGrants } from './walk-grants.ts'

/** A qualification as it is at the moment of the question, with all that is recorded about it. */
export interface KnownQualification {
  history: QualificationHistory
  record: Qualification
}

/** Terms of a grant as they are, or as they would be. */
export interface CoveringTerms extends Pick<Grant, 'grantors' | 'onBehalfOf' | 'right'> {
  grantee: Entity
  terms: GrantOnDay['terms']
}

interface Coverage {
  /** What the terms cover, and everyone above allows. */
  covered: readonly KnownQualification[]
  /** What the terms cover, and somebody above does not allow, or has not confirmed yet. */
  waiting: readonly KnownQualification[]
}

interface CoverageDeps {
  trust: TrustReader
  policy: TrustPolicy
  /** RFC 3339 UTC. It is both moments of the question. */
  moment: string
}

/** The record of each qualification that is known at a moment. */
export const knownAt = (histories: readonly QualificationHistory[], moment: string): readonly KnownQualification[] =>
  histories.flatMap((history) => {
    const record = qualificationAt(history, { effective: moment, recorded: moment })
    return record === undefined ? [] : [{ history, record }]
  })

/**
 * Which of these qualifications a grant covers, at some site and in some unit at least. `accreditationStatus` answers the same for one of them. This asks
 * each grant of the chain once for all of them, because there may be 20,000.
 */
export async function coverageOf(
  { grantee, right, ...grant }: CoveringTerms,
  known: readonly KnownQualification[],
  deps: CoverageDeps,
): Promise<Coverage> {
  const asking = { known, place: placeOf(grantee), ...deps }
  const own = within(grantee, { ...grant, right }, grant.terms, asking)
  const allowed = await walkGrants<Link, ReadonlySet<KnownQualification>>(
    { id: grantee.id, entity: grantee, right },
    {
      trust: deps.trust,
      recorded: deps.moment,
      answer: (entity, link, follow) =>
        link.holder === undefined
          ? byAll(own, { ...grant, right }, grantee, follow)
          : heldBy(entity, link.right, link.holder, asking, follow),
      nowhere: new Set(),
    },
  )
  return { covered: own.filter((each) => allowed.has(each)), waiting: own.filter((each) => !allowed.has(each)) }
}

/** A place in the walk. Without `holder`, the grantee. Otherwise an entity that must hold a right for the holder. */
interface Link extends Place {
  right: Right
  holder?: Entity
}

interface Asking extends CoverageDeps {
  known: readonly KnownQualification[]
  /** That of the grantee, at each link. */
  place: string | undefined
}

/** Those that an entity may grant to a holder, or may do itself as its principal. */
async function heldBy(
  other: Entity,
  right: Right,
  holder: Entity,
  asking: Asking,
  follow: Follow<Link, ReadonlySet<KnownQualification>>,
): Promise<ReadonlySet<KnownQualification>> {
  const { known, policy, moment } = asking
  const isHere =
    speaksFor(other, holder) && !other.sandbox && other.registeredFrom <= moment && isAdmitted(policy, other)
  if (!isHere) return new Set()
  if (isWholeRoot(other, policy)) return new Set(known.filter(({ record }) => mayName(other, record, right)))
  if (right === 'recognise') return new Set()
  const held = isRoot(other, policy) ? 'accredit' : right
  const found = await Promise.all(
    other.grants.map(async (grant) => {
      const { terms, state } = grantOn(grant, moment)
      if (grant.right !== held || state.in !== 'force') return []
      const own = within(other, grant, terms, asking)
      return [...(await byAll(own, grant, other, follow))]
    }),
  )
  return new Set(found.flat())
}

/** Those that the terms themselves cover. A right by law counts for an accepted root, and for qualifications of its own state. */
function within(
  holder: Entity,
  { grantors, right }: Pick<Grant, 'grantors' | 'right'>,
  terms: GrantOnDay['terms'],
  { known, place, moment, policy }: Asking,
): readonly KnownQualification[] {
  if (grantors.length === 0 && !accepts(policy, holder)) return []
  const about = { place, site: ANY_SITE, certificate: { units: ANY_UNIT } } as const
  const asked = { ...about, effective: moment, recorded: moment } as const
  return known.filter(
    ({ record, history }) =>
      (grantors.length > 0 || mayName(holder, record, right)) &&
      outsideScope({ grantors }, terms, record, { ...asked, qualification: history }) === undefined,
  )
}

/** Those that all grantors, and the principal, allow as well. */
async function byAll(
  own: readonly KnownQualification[],
  { grantors, onBehalfOf, right }: Pick<Grant, 'grantors' | 'onBehalfOf' | 'right'>,
  holder: Entity,
  follow: Follow<Link, ReadonlySet<KnownQualification>>,
): Promise<ReadonlySet<KnownQualification>> {
  const above = await Promise.all([
    ...grantors.map((id) => follow({ id, right: rightAbove(right), holder })),
    ...(onBehalfOf === undefined ? [] : [follow({ id: onBehalfOf, right, holder })]),
  ])
  return new Set(own.filter((each) => above.every((allowed) => allowed.has(each))))
}
