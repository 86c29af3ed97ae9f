import { maxLength } from './issue-input.ts'

/**
 * How a body numbers its certificates: a text with one run of zeros, which counts, and at most one year as YYYY or YY. `TH-YYYY-00000` gives
 * TH-2026-00001. The counter begins again with each year, because the text before it is another one.
 */
export interface NumberPattern {
  before: string
  after: string
  /** Digits of the counter. */
  digits: number
}

/** Three to nine zeros: digits that a body can need, and that a person can still read. */
const counter = /(?<!\d)0{3,9}(?!\d)/g
const year = /Y{2,}/g

/** Reads the pattern for the year of a moment, in UTC. `undefined`: the text is no pattern. */
export function parseNumberPattern(text: string, now: Date): NumberPattern | undefined {
  const [counting, another] = [...text.matchAll(counter)]
  const years = text.match(year) ?? []
  if (counting === undefined || another !== undefined || years.length > 1) return undefined
  if (years.some(({ length }) => length !== 2 && length !== 4) || !/^[\p{L}\p{M}\p{N} ./-]+$/u.test(text))
    return undefined
  const dated = (part: string) => part.replace(year, ({ length }) => String(now.getUTCFullYear()).slice(-length))
  const [{ length: digits }] = counting
  const isWhole = text === text.trim() && text.length <= maxLength.certificateNumber
  return isWhole
    ? { before: dated(text.slice(0, counting.index)), after: dated(text.slice(counting.index + digits)), digits }
    : undefined
}

export const numberBy = ({ before, after, digits }: NumberPattern, count: number): string =>
  `${before}${String(count).padStart(digits, '0')}${after}`

/** The count in a number of this pattern. `undefined` for any other number. */
export function countIn({ before, after, digits }: NumberPattern, number: string): number | undefined {
  if (!number.startsWith(before) || !number.endsWith(after)) return undefined
  const middle = number.slice(before.length, number.length - after.length)
  return middle.length === digits && /^\d+$/.test(middle) ? Number(middle) : undefined
}

/** The last count that the pattern has a place for. */
export const lastCount = ({ digits }: NumberPattern): number => 10 ** digits - 1
