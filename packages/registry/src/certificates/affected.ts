import { scopeCovers } from '@sijil/qualifications'
import { type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import { RegistryError } from '../errors.ts'
import { type CommitReader, readOnce } from '../stream.ts'
import { type Entity, EVERYTHING, type Grant } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState, isJoined, termsAt } from '../trust/grant.ts'
import { type GivenGrants, grantsBelow, listGiven } from '../trust/grants-below.ts'
import { trustOf } from '../trust/reader.ts'
import { certificatesOf, LOOKED_THROUGH } from './certificates-of.ts'
import type { CertificateRecord, ReleasedRecord } from './record.ts'

/**
 * True if it was issued while the grant ran, within its terms of that moment. A later withdrawal or suspension does not matter.
 * `history`: of the qualification of the record.
 */
export const restsOn = (
  grant: Grant,
  record: CertificateRecord,
  history: QualificationHistory,
): record is ReleasedRecord => grant.right === 'issue' && isWithin(grant, record, history)

/** The same for a grant of any right. Grants that its holder made are within it as well. */
function isWithin(grant: Grant, record: CertificateRecord, history: QualificationHistory): record is ReleasedRecord {
  if (!('issuedAt' in record) || record.issuedAt < grant.from) return false
  if (!isJoined(grant, grant, record.issuedAt)) return false
  const { scope, until } = termsAt(grant, record.issuedAt)
  if (until !== undefined && record.issuedAt > until) return false
  const qualification = qualificationAt(history, { effective: record.issuedAt, recorded: record.issuedAt })
  // Leave out places: they concern the body, because all its certificates are of one state. The centre is that of the certificate.
  const { places: _, ...elsewhere } = scope
  const { centre: site, units = [] } = record.reservation
  return qualification !== undefined && scopeCovers(elsewhere, { qualification, site, units }).covered
}

export const requireOwnGrant = async (issuer: string, grant: string, reader: CommitReader): Promise<Grant> =>
  ownGrant(await requireHolder(issuer, reader), grant)

async function requireHolder(id: string, reader: CommitReader): Promise<Entity> {
  const holder = entityAt(id, await trustOf(reader)(id), EVERYTHING)
  if (holder === undefined) throw noSuchGrant()
  return holder
}

function ownGrant({ grants }: Entity, grant: string): Grant {
  const found = grants.find(({ id }) => id === grant)
  if (found === undefined) throw noSuchGrant()
  return found
}

const noSuchGrant = () => new RegistryError('not-found', 'no such accreditation')

/** The moment from which certificates under the grant no longer count: its earliest withdrawal. Undefined: not withdrawn. */
export function withdrawnFrom(grant: Grant): string | undefined {
  const state = grantState(grant, EVERYTHING)
  return state.in === 'withdrawal' ? state.since : undefined
}

/** The cost of a body without certificates, because it needs a read, too. */
const LEAST_LOOKED = 10

/** A count, or the reason why there is none. A missing number could be mistaken for zero. */
export type Affected =
  | {
      /** The part of `issuedUnder` that was issued at or after the moment from which the change counts. */
      affected: number
      /** Not revoked, and issued under the grant or below it. */
      issuedUnder: number
      /** Both numbers may be higher. */
      atLeast?: true
    }
  | { notCounted: NotCounted }

/** Records do not have the day of assessment, and no index has the centre. */
export type NotCounted = 'day-of-assessment-not-recorded'

interface AffectedQuestion {
  issuer: string
  grant: string
  /** Other grants of the same holder that end together with it. */
  also?: readonly string[]
  /** The moment from which the change counts, RFC 3339 UTC. Absent: that of the withdrawal, or the beginning of the grant. */
  since?: string
  lookThrough?: number
}

/**
 * Counts the certificates that depend on a grant and are not revoked, and how many of them a change from `since` on affects. As in a
 * verdict, the recorded moment of issue decides, because an award of that day or later was issued later still. Only the body itself may
 * list them (`listCertificates`). Throws `not-found` for an unknown holder or grant.
 */
export async function countAffected(
  { issuer, grant: id, also = [], since, lookThrough = LOOKED_THROUGH }: AffectedQuestion,
  { store, given }: { store: CommitReader; given?: GivenGrants },
): Promise<Affected> {
  const holder = await requireHolder(issuer, store)
  const grant = ownGrant(holder, id)
  const named = [grant, ...also.filter((other) => other !== id).map((other) => ownGrant(holder, other))]
  // No certificate rests on a right to recognise.
  const grants = named.filter(({ right }) => right !== 'recognise')
  if (grants.length === 0) return { affected: 0, issuedUnder: 0 }
  if (grants.every(({ right }) => right === 'assess')) return { notCounted: 'day-of-assessment-not-recorded' }
  const from = since ?? withdrawnFrom(grant) ?? grant.from
  const deps = { store, given: given ?? (await listGiven(store)) }
  const { bodies, isPart } = await grantsBelow({ holder, grants }, deps)
  const catalogue = catalogueOf(readOnce(store))
  let [affected, issuedUnder, left, isAll] = [0, 0, lookThrough, !isPart]
  for (const [body, ways] of bodies) {
    isAll &&= left > 0
    if (left <= 0) break
    for await (const records of certificatesOf(body, left, store)) {
      isAll &&= left > 0
      if (left <= 0) break
      for (const record of records) {
        if (record.state === 'revoked') continue
        const history = await catalogue(record.reservation.qualification)
        if (!ways.some((way) => way.every((each) => isWithin(each, record, history)))) continue
        issuedUnder += 1
        if ('issuedAt' in record && record.issuedAt >= from) affected += 1
      }
      left -= Math.max(records.length, LEAST_LOOKED)
    }
  }
  return { affected, issuedUnder, ...(!isAll && { atLeast: true }) }
}
