import type { Cell } from './table.ts'

/** Ids of formats that no file states: days, in every language of Excel. */
const DAY_IDS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

/** How cells of one style show a number. */
export type Shown = { as: 'day' } | { as: 'number'; before: string; digits: number; after: string }

const PLAIN: Shown = { as: 'number', before: '', digits: 0, after: '' }
/** Words in quotes, escaped letters, colours and languages. */
const LITERALS = /"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g
/** Zeros with fixed text around them, such as `"HCC-"000000`. */
const PADDED = /^((?:"[^"]*"|\\.|[-/ ])*)(0+)((?:"[^"]*"|\\.|[-/ ])*)$/
const fixed = (text: string): string => text.replace(/"([^"]*)"|\\(.)/g, '$1$2')

/** Reads a number format of Excel (ECMA-376 §18.8.31). Only the part for positive numbers counts. */
export function shownBy(id: number, code: string | undefined): Shown {
  if (code === undefined) return DAY_IDS.has(id) ? { as: 'day' } : PLAIN
  const [positive = ''] = code.split(';')
  const [, before = '', digits = '', after = ''] = PADDED.exec(positive) ?? []
  if (digits !== '') return { as: 'number', before: fixed(before), digits: digits.length, after: fixed(after) }
  const bare = positive.replace(LITERALS, '')
  // A time alone has no day and no year. `b` is the Buddhist year.
  return !/general|standard/i.test(bare) && /[dy]|bb/i.test(bare) ? { as: 'day' } : PLAIN
}

const DAY_MS = 86_400_000
/** 31 December 9999. */
const LAST_DAY = 2_958_465
const OFFSET_1904 = 1_462

/** The day of a serial number, `YYYY-MM-DD`. Day 60 of the older system is 29 February 1900, which no calendar has. */
function dayOfSerial(serial: number, is1904: boolean): string | undefined {
  const whole = Math.floor(serial) + (is1904 ? OFFSET_1904 : 0)
  if (!(whole >= 1 && whole <= LAST_DAY) || whole === 60) return undefined
  const from = Date.UTC(1899, 11, whole < 60 ? 31 : 30)
  return new Date(from + whole * DAY_MS).toISOString().slice(0, 10)
}

/** Excel keeps 15 digits of a number, so those after them are not what somebody typed. */
const KEPT_DIGITS = 15

/** A number as the spreadsheet shows it, apart from rounding. */
export function numberCell(value: string, shown: Shown, is1904: boolean): Cell {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return { kind: 'faulty', fault: 'error-value' }
  if (shown.as === 'day') {
    const day = dayOfSerial(number, is1904)
    return day === undefined ? { kind: 'faulty', fault: 'error-value' } : { kind: 'day', text: day }
  }
  if (Math.abs(number) >= 10 ** KEPT_DIGITS) return { kind: 'faulty', fault: 'lost-digits' }
  const text = String(Number(number.toPrecision(KEPT_DIGITS)))
  const isPadded = shown.digits > 0 && number >= 0 && Number.isInteger(number)
  return { kind: 'number', text: isPadded ? `${shown.before}${text.padStart(shown.digits, '0')}${shown.after}` : text }
}
