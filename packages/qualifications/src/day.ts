/** A day without a time, `YYYY-MM-DD`. */
export type Day = string
/** RFC 3339 in UTC without fraction, `2026-03-02T00:00:00Z`. */
export type Instant = string

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Throws a `TypeError` unless the text is a day of the calendar, so that no rule is applied to an incomplete date. */
export function parseDay(day: Day): { year: number; month: number; date: number } {
  const [, year = '', month = '', date = ''] = pattern.exec(day) ?? []
  const moment = new Date(`${year}-${month}-${date}T00:00:00Z`)
  // `Date` turns 30 February into a day in March.
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day) throw new TypeError('not a day')
  return { year: Number(year), month: Number(month), date: Number(date) }
}

/** When something ends that holds for the whole of its last day, in UTC. */
export const lastSecondOf = (day: Day): Instant => `${day}T23:59:59Z`

// biome-ignore format: it reads as a table
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** `2019-05-23` → `23 May 2019`, and a month, `2020-06` → `June 2020`. Only for citations, because they are in English. */
export function inWords(dayOrMonth: string): string {
  const { year, month, date } = parseDay(dayOrMonth.length === 7 ? `${dayOrMonth}-01` : dayOrMonth)
  return `${dayOrMonth.length === 7 ? '' : `${date} `}${months[month - 1]} ${year}`
}
