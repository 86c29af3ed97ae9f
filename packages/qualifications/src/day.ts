/** A day without a time, `YYYY-MM-DD`. */
export type Day = string
/** RFC 3339 in UTC without fraction, `2026-03-02T00:00:00Z`. */
export type Instant = string

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Throws for whatever is no day of the calendar, so that no rule ever runs on half a date. */
export function parseDay(day: Day): { year: number; month: number; date: number } {
  const [, year = '', month = '', date = ''] = pattern.exec(day) ?? []
  const moment = new Date(`${year}-${month}-${date}T00:00:00Z`)
  // JavaScript rolls 30 February over into March.
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day) throw new TypeError('not a day')
  return { year: Number(year), month: Number(month), date: Number(date) }
}

/** When something ends that holds for the whole of its last day, in UTC. */
export const lastSecondOf = (day: Day): Instant => `${day}T23:59:59Z`

// biome-ignore format: it reads as a table
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** `2019-05-23` → `23 May 2019`; a month alone, `2020-06` → `June 2020`. For citations, which are in English. */
export function inWords(dayOrMonth: string): string {
  const { year, month, date } = parseDay(dayOrMonth.length === 7 ? `${dayOrMonth}-01` : dayOrMonth)
  return `${dayOrMonth.length === 7 ? '' : `${date} `}${months[month - 1]} ${year}`
}
