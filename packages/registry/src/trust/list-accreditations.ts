import type { CatalogueReader } from '../catalogue/reader.ts'
import { TRUST_SETTLED_MS } from '../clocks.ts'
import { accreditationStatus } from './accreditation-status.ts'
import { siteOf } from './accreditation-summary.ts'
import { type Accreditation, accreditationsAt } from './accreditations.ts'
import type { Entity } from './entity.ts'
import type { Right } from './events.ts'
import { entityAt } from './fold.ts'
import type { AccreditationStatus, IssuerAnswer } from './issuer-answer.ts'
import { noSuchIssuer } from './members.ts'
import { placeOf } from './place.ts'
import type { TrustPolicy } from './policy.ts'
import type { TrustReader } from './reader.ts'
import { usualRight } from './usual-right.ts'

/** Both moments are RFC 3339, UTC. `right` is that of the question about `qualification`. Absent: the usual one of the entity. */
interface AccreditationsAsked {
  issuer: string
  effective: string
  recorded: string
  qualification?: string | undefined
  right?: Right | undefined
}

export interface ListedAccreditations {
  issuer: string
  effective: string
  recorded: string
  /** The same question will always have the same answer, because nothing more can be recorded for that moment. */
  settled: boolean
  accreditations: readonly Accreditation[]
  /** Only if a qualification was asked about. */
  answer?: Omit<IssuerAnswer, 'refused'> & {
    qualification: string
    right: Right
    policy: TrustPolicy
    failing?: { id: string; standing: AccreditationStatus }
  }
}

/** The accreditations of an entity on a day, by what was known at a moment. Throws `not-found` if it was not registered then. */
export async function listAccreditations(
  { issuer, effective, recorded, qualification, right }: AccreditationsAsked,
  deps: { trust: TrustReader; catalogue: CatalogueReader; policy: TrustPolicy; now: Date },
): Promise<ListedAccreditations> {
  const entity = await requireEntity(issuer, recorded, deps)
  const listed = {
    issuer,
    effective,
    recorded,
    settled: deps.now.getTime() - Date.parse(recorded) > TRUST_SETTLED_MS,
    accreditations: accreditationsAt(entity, effective),
  }
  if (qualification === undefined) return listed
  const held = right ?? usualRight(entity)
  const {
    refused: _,
    chain,
    ...stated
  } = await accreditationStatus(
    {
      issuer,
      right: held,
      qualification: await deps.catalogue(qualification),
      place: placeOf(entity),
      site: siteOf(entity),
      effective,
      recorded,
    },
    deps,
  )
  const failing = chain.find((link) => link.standing !== 'authorised')
  return {
    ...listed,
    answer: {
      qualification,
      right: held,
      policy: deps.policy,
      ...stated,
      chain,
      ...(failing && { failing: { id: failing.id, standing: failing.standing } }),
    },
  }
}

/** The entity as it was known at a moment. Throws `not-found`. */
export async function requireEntity(id: string, recorded: string, { trust }: { trust: TrustReader }): Promise<Entity> {
  const entity = entityAt(id, await trust(id), recorded)
  if (entity === undefined) throw noSuchIssuer()
  return entity
}
