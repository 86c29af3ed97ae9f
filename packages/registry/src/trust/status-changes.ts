import { startOfDay } from '../moments.ts'
import { accreditationStatus, type TrustQuestion } from './accreditation-status.ts'
import type { Grant } from './entity.ts'
import { momentsOf } from './grant.ts'
import type { AccreditationStatus } from './issuer-answer.ts'
import type { TrustReader } from './reader.ts'
import { type Place, walkGrants } from './walk-grants.ts'

/** A status and the moment from which it held. */
export interface StatusChange {
  from: string
  standing: AccreditationStatus
}

/** The most changes of one day that are answered, the latest ones, so that no page asks without limit. */
const MOST_MOMENTS = 10

/**
 * The accreditation statuses during the day of `effective`, up to that moment. The first one is the status at the beginning of the
 * day. Empty if the status did not change. A certificate of that day may depend on any of them, not only on the last.
 */
export async function statusChanges(
  question: TrustQuestion,
  deps: Parameters<typeof accreditationStatus>[1],
): Promise<readonly StatusChange[]> {
  const { issuer, effective, recorded } = question
  const day = effective.slice(0, 10)
  const isOfThatDay = (moment: string) =>
    moment.startsWith(day) && moment <= effective && justAfter(moment).startsWith(day)
  const grants = await grantsBehind(issuer, recorded, deps.trust)
  const moments = [...new Set(grants.flatMap(momentsOf).filter(isOfThatDay))]
  if (moments.length === 0) return []
  const begin = startOfDay(day)
  const after = moments.sort().slice(-MOST_MOMENTS)
  const stood = await Promise.all(
    [{ from: begin, at: begin }, ...after.map((from) => ({ from, at: justAfter(from) }))].map(async ({ from, at }) => ({
      from,
      standing: (await accreditationStatus({ ...question, effective: at }, deps)).standing,
    })),
  )
  const turns = stood.filter(({ standing }, at) => standing !== stood[at - 1]?.standing)
  return turns.length > 1 ? turns : []
}

/** Its own grants and those of all entities above it, because their changes can change its status. */
const grantsBehind = (id: string, recorded: string, trust: TrustReader): Promise<readonly Grant[]> =>
  walkGrants<Place, readonly Grant[]>(
    { id },
    {
      trust,
      recorded,
      async answer({ grants }, _, follow) {
        const above = grants.flatMap(({ grantors, onBehalfOf }) => [...grantors, ...(onBehalfOf ? [onBehalfOf] : [])])
        const behind = await Promise.all([...new Set(above)].map((other) => follow({ id: other })))
        return [...grants, ...behind.flat()]
      },
      nowhere: [],
    },
  )

/** What ends at a moment still holds at that moment. */
const justAfter = (moment: string): string => new Date(Date.parse(moment) + 1).toISOString()
