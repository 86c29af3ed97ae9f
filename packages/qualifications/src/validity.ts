import { type Day, type Instant, lastSecondOf, parseDay } from './day.ts'
import type { Qualification } from './qualification.ts'

/**
 * The last second of the scheme's term, in UTC. The term ends on the day before the anniversary of the award. If the month has no
 * such day (29 February, or the 31st), the anniversary is the first of the next month, so that no holder loses a day of the term.
 * `undefined` if the scheme has no term. Throws a `TypeError` for an impossible day, and a `RangeError` for an end after the year 9999.
 */
export function endOfValidity({ validity }: Pick<Qualification, 'validity'>, awardedOn: Day): Instant | undefined {
  const { year, month, date } = parseDay(awardedOn)
  if (validity === 'none') return undefined
  const monthsLater = year * 12 + (month - 1) + (validity.years ?? 0) * 12 + (validity.months ?? 0)
  const [endYear, endMonth] = [Math.floor(monthsLater / 12), monthsLater % 12]
  if (endYear > 9999) throw new RangeError('ends after the year 9999')
  // `Date.UTC` would read the years 0 to 99 as 1900 to 1999.
  const end = new Date(0)
  end.setUTCFullYear(endYear, endMonth + 1, 0)
  const daysInMonth = end.getUTCDate()
  end.setUTCFullYear(endYear, endMonth, Math.min(date, daysInMonth + 1) - 1)
  return lastSecondOf(end.toISOString().slice(0, 10))
}
