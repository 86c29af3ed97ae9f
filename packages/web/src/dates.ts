import type { Language } from './messages/say.ts'

/** Made once for each language. Making a format costs more than all the dates of a page, and a page has twenty. */
const months = new Map<Language, readonly string[]>()

function monthsIn(language: Language): readonly string[] {
  const known = months.get(language)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })
  const made = Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2000, month)))
  months.set(language, made)
  return made
}

const monthOf = (at: Date, language: Language): string => monthsIn(language)[at.getUTCMonth()] ?? ''

/** Thai readers count years from the Buddhist era as well, which is 543 years ahead. */
const withBuddhistYear = (date: string, at: Date, language: Language): string =>
  language === 'th' ? `${date} (พ.ศ. ${at.getUTCFullYear() + 543})` : date

/** `14 Mar 2025`; in Thai with the Buddhist year as well. Text that is not a date stays as it is. */
export function day(text: string, language: Language): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  return withBuddhistYear(`${at.getUTCDate()} ${monthOf(at, language)} ${at.getUTCFullYear()}`, at, language)
}

/** A day, or only its month or year if no more is known. Nothing is filled in. */
export function dayOrLess(text: string, language: Language): string {
  if (!/^\d{4}(?:-\d\d)?$/.test(text)) return day(text, language)
  const at = new Date(text.length === 4 ? `${text}-01-01` : `${text}-01`)
  const year = `${at.getUTCFullYear()}`
  return withBuddhistYear(text.length === 4 ? year : `${monthOf(at, language)} ${year}`, at, language)
}

/** A moment with its offset. Days and times are in UTC, so that every reader sees the same. A text with only a day gets no time. */
export function moment(text: string, language: Language): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  if (text.length === 10) return day(text, language)
  return `${day(text, language)}, ${at.toISOString().slice(11, 16)} (UTC+0)`
}

/** A day. If another one falls on the same day, its time is added, to show which came first. */
export function dayBeside(text: string, others: readonly (string | undefined)[], language: Language): string {
  const isSame = others.some((other) => other?.slice(0, 10) === text.slice(0, 10))
  return isSame && text.length > 10 ? moment(text, language) : day(text, language)
}
