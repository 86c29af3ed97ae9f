import { findQualification, scopeCovers } from '@sijil/qualifications'
import { RegistryError } from '../errors.ts'
import type { CommitReader } from '../stream.ts'
import { type Entity, EVERYTHING, type Grant } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { grantState, isJoined, termsAt } from '../trust/grant.ts'
import { type GivenGrants, grantsBelow, listGiven } from '../trust/grants-below.ts'
import { trustOf } from '../trust/reader.ts'
import { certificatesOf, LOOKED_THROUGH } from './certificates-of.ts'
import type { CertificateRecord, ReleasedRecord } from './record.ts'

/** Issued while the grant ran, for what it allowed by then. A withdrawal or a suspension changes nothing here: it is what they touch. */
export const restsOn = (grant: Grant, record: CertificateRecord): record is ReleasedRecord =>
  grant.right === 'issue' && isWithin(grant, record)

/** As above, of a grant of any right: what its holder allowed others lies within it as well. */
function isWithin(grant: Grant, record: CertificateRecord): record is ReleasedRecord {
  if (!('issuedAt' in record) || record.issuedAt < grant.from) return false
  if (!isJoined(grant, grant, record.issuedAt)) return false
  const { scope, until } = termsAt(grant, record.issuedAt)
  if (until !== undefined && record.issuedAt > until) return false
  const qualification = findQualification(record.reservation.qualification)
  // For what it says of places the body answers, whose certificates are all of one state; the centre is the certificate's own.
  const { places: _, ...elsewhere } = scope
  const site = record.reservation.centre
  return qualification !== undefined && scopeCovers(elsewhere, { qualification, site }).covered
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

/** From which moment a grant's certificates count no more: that of the earliest withdrawal, by whomever; absent: it is not withdrawn. */
export function withdrawnFrom(grant: Grant): string | undefined {
  const state = grantState(grant, EVERYTHING)
  return state.in === 'withdrawal' ? state.since : undefined
}

/** A body without certificates costs a question, too. */
const LEAST_LOOKED = 10

/** What cannot be counted says so: a number that is missing could be taken for none. */
export type Affected =
  | {
      /** Of those, the ones that were issued on the day from which a change counts, or later. */
      affected: number
      /** Not revoked, and issued under the grant or under one that rests on it. */
      issuedUnder: number
      /** There may be more of both. */
      atLeast?: true
    }
  | { notCounted: NotCounted }

/** Why: the day of assessment stands in no record, and no index has the centre. */
export type NotCounted = 'day-of-assessment-not-recorded'

interface AffectedQuestion {
  issuer: string
  grant: string
  /** Other grants of the same holder that are ended with it. */
  also?: readonly string[]
  /** From when a change counts, RFC 3339 UTC. Absent: the moment from which the grant is withdrawn, or its beginning. */
  since?: string
  lookThrough?: number
}

/**
 * How many certificates that are not revoked rest on a grant, and how many of them a change from `since` on touches. What decides is the
 * record's day of issue, as it does for a verdict: whatever was awarded that day or later was issued later still. The list is for the
 * body itself (`listCertificates`).
 */
export async function countAffected(
  { issuer, grant: id, also = [], since, lookThrough = LOOKED_THROUGH }: AffectedQuestion,
  { store, given }: { store: CommitReader; given?: GivenGrants },
): Promise<Affected> {
  const holder = await requireHolder(issuer, store)
  const grant = ownGrant(holder, id)
  const grants = [grant, ...also.filter((other) => other !== id).map((other) => ownGrant(holder, other))]
  if (grants.every(({ right }) => right === 'assess')) return { notCounted: 'day-of-assessment-not-recorded' }
  const from = since ?? withdrawnFrom(grant) ?? grant.from
  const deps = { store, given: given ?? (await listGiven(store)) }
  const { bodies, isPart } = await grantsBelow({ holder, grants }, deps)
  let [affected, issuedUnder, left, isAll] = [0, 0, lookThrough, !isPart]
  for (const [body, ways] of bodies) {
    isAll &&= left > 0
    if (left <= 0) break
    for await (const records of certificatesOf(body, left, store)) {
      isAll &&= left > 0
      if (left <= 0) break
      for (const record of records) {
        if (record.state === 'revoked' || !ways.some((way) => way.every((each) => isWithin(each, record)))) continue
        issuedUnder += 1
        if ('issuedAt' in record && record.issuedAt >= from) affected += 1
      }
      left -= Math.max(records.length, LEAST_LOOKED)
    }
  }
  return { affected, issuedUnder, ...(!isAll && { atLeast: true }) }
}
