import { startOfDay } from '../../../packages/registry/src/moments.ts'
import type { Grant } from '../../../packages/registry/src/trust/entity.ts'
import { entityAt } from '../../../packages/registry/src/trust/fold.ts'
import { momentsOf } from '../../../packages/registry/src/trust/grant.ts'
import type { AccreditationStatus } from '../../../packages/registry/src/trust/issuer-answer.ts'
import type { TrustReader } from '../../../packages/registry/src/trust/reader.ts'
import { accreditationStatus, MAX_CHAIN_LENGTH, type TrustQuestion } from './standing.ts'

/** From which moment on it stood how. */
interface StatusChange {
  from: string
  standing: AccreditationStatus
}

/** Of a day on which more was decided the last moments are told, so that no page asks without end. */
const MOST_MOMENTS = 10

/**
 * How the answer turned on the day that was asked about, up to the moment that was: the first turn is how the day began. None where it was
 * the same all day. A certificate of that day rests on one of them, and not on how the day ended.
 */
export async function statusChanges(
  question: TrustQuestion,
  asking: Parameters<typeof accreditationStatus>[1],
): Promise<readonly StatusChange[]> {
  const { issuer, effective, recorded } = question
  const day = effective.slice(0, 10)
  const isOfThatDay = (moment: string) =>
    moment.startsWith(day) && moment <= effective && justAfter(moment).startsWith(day)
  const grants = await grantsBehind([issuer], recorded, asking.trust)
  const moments = [...new Set(grants.flatMap(momentsOf).filter(isOfThatDay))]
  if (moments.length === 0) return []
  const begin = startOfDay(day)
  const after = moments.sort().slice(-MOST_MOMENTS)
  const stood = await Promise.all(
    [{ from: begin, at: begin }, ...after.map((from) => ({ from, at: justAfter(from) }))].map(async ({ from, at }) => ({
      from,
      standing: (await accreditationStatus({ ...question, effective: at }, asking)).standing,
    })),
  )
  const turns = stood.filter(({ standing }, at) => standing !== stood[at - 1]?.standing)
  return turns.length > 1 ? turns : []
}

/** Its own grants and those of everybody above it: what was decided there turns its answer as well. */
async function grantsBehind(
  ids: readonly string[],
  recorded: string,
  trust: TrustReader,
  seen: readonly string[] = [],
  levels = MAX_CHAIN_LENGTH,
): Promise<readonly Grant[]> {
  if (ids.length === 0 || levels === 0) return []
  const entities = await Promise.all(ids.map(async (id) => entityAt(id, await trust(id), recorded)))
  const grants = entities.flatMap((entity) => entity?.grants ?? [])
  const known = [...seen, ...ids]
  const above = grants.flatMap(({ grantors, onBehalfOf }) => [...grantors, ...(onBehalfOf ? [onBehalfOf] : [])])
  const next = [...new Set(above)].filter((id) => !known.includes(id))
  return [...grants, ...(await grantsBehind(next, recorded, trust, known, levels - 1))]
}

/** What ends at a moment still holds at it. */
const justAfter = (moment: string): string => new Date(Date.parse(moment) + 1).toISOString()
