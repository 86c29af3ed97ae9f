import { listTrail, periodOf } from '@sijil/registry/trail'
import type { Named, TrailValues } from '@sijil/web'
import { type DeskDeps, namedEntity, namedOf, type Office } from './office.ts'

/** What the members of a body did in a month or on a day, newest first. */
export async function trailView(
  { authority: body }: Office,
  question: { subject: string; period: string; limit: number; after?: string },
  deps: DeskDeps,
): Promise<{ values: TrailValues; next?: string }> {
  const { entries, next } = await listTrail({ body: body.id, ...question }, { reader: deps.store })
  const names = new Map<string, Named>()
  for (const { by } of entries) if (by !== undefined && !names.has(by)) names.set(by, await namedOf(by, deps))
  const values: TrailValues = {
    body: namedEntity(body),
    period: question.period,
    ...monthsAround(question.period, deps.now),
    entries: entries.map(({ by, ...entry }) => {
      const authority = by === undefined ? undefined : names.get(by)
      return { ...entry, ...(authority && { by: authority }) }
    }),
  }
  return { values, ...(next && { next }) }
}

/** The month of a moment, `YYYY-MM`. */
export const monthOf = (moment: Date): string => moment.toISOString().slice(0, 7)

/** The month before the period, and the one after it unless that lies in the future. */
function monthsAround(period: string, now: Date): { earlier?: string; later?: string } {
  const range = periodOf(period)
  if (range === undefined) return {}
  const month = period.slice(0, 7)
  const [year, number] = month.split('-').map(Number) as [number, number]
  const other = (by: number) => monthOf(new Date(Date.UTC(year, number - 1 + by, 1)))
  const isMonth = period === month
  const later = isMonth ? other(1) : month
  return { earlier: isMonth ? other(-1) : month, ...(isMonth && later <= monthOf(now) && { later }) }
}
