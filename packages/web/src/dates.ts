import type { Language } from './messages/say.ts'

type Calendar = 'gregory' | 'buddhist'

// The calendar and the digits are set explicitly. By default `th` uses Buddhist years and `my` uses Burmese digits.
const formats = {
  en: 'en-US',
  th: 'th-TH',
} as const satisfies Record<Language, string>

function partsOf(at: Date, language: Language, calendar: Calendar): Record<string, string> {
  const format = new Intl.DateTimeFormat(`${formats[language]}-u-ca-${calendar}-nu-latn`, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
}

/** `14 Mar 2025`; in Thai with the Buddhist year as well. Text that is not a date stays as it is. */
export function day(text: string, language: Language): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  const { day, month, year } = partsOf(at, language, 'gregory')
  const date = `${day} ${month} ${year}`
  return language === 'th' ? `${date} (พ.ศ. ${partsOf(at, language, 'buddhist').year})` : date
}

/** A day, or only its month or year if no more is known. Nothing is filled in. */
export function dayOrLess(text: string, language: Language): string {
  if (!/^\d{4}(?:-\d\d)?$/.test(text)) return day(text, language)
  const at = new Date(text.length === 4 ? `${text}-01-01` : `${text}-01`)
  const { month, year } = partsOf(at, language, 'gregory')
  const date = text.length === 4 ? `${year}` : `${month} ${year}`
  return language === 'th' ? `${date} (พ.ศ. ${partsOf(at, language, 'buddhist').year})` : date
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
