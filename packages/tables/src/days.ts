/** The order in which an office writes a day with three numbers. */
export type DayOrder = 'day-month' | 'month-day'

export type DayRead =
  | { day: string; isBuddhist: boolean }
  /** `order`: it could be either of two days. `short-year`: the century is not written. */
  | { doubt: 'order' | 'short-year' | 'no-day' }

/** A year after this one is a Buddhist year: 2569 is 2026. */
const LAST_YEAR = 2_400
const BUDDHIST_YEARS = 543

const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
// biome-ignore format: it reads as a table
const thai = [
  ['ม.ค.', 'มกราคม'], ['ก.พ.', 'กุมภาพันธ์'], ['มี.ค.', 'มีนาคม'], ['เม.ย.', 'เมษายน'], ['พ.ค.', 'พฤษภาคม'], ['มิ.ย.', 'มิถุนายน'],
  ['ก.ค.', 'กรกฎาคม'], ['ส.ค.', 'สิงหาคม'], ['ก.ย.', 'กันยายน'], ['ต.ค.', 'ตุลาคม'], ['พ.ย.', 'พฤศจิกายน'], ['ธ.ค.', 'ธันวาคม'],
]

/** Returns digits of every script as ASCII: `๑๘` is 18. */
const plainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0
    // The ten digits of a script stand in a row.
    let zero = point
    while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
    return String(point - zero)
  })

interface Parts {
  year: number
  numbers: [number, number]
  /** Only one order is possible: a name of a month, or the year in front. */
  known?: DayOrder
  isShort: boolean
}

/** Reads a day as people write it. `order` says how to read 03/04/2026. Without it, such a day is a doubt. */
export function readDay(text: string, order?: DayOrder): DayRead {
  const parts = partsOf(plainDigits(text.trim()))
  if (parts === undefined) return { doubt: 'no-day' }
  if (parts.isShort) return { doubt: 'short-year' }
  const { numbers, known } = parts
  const chosen = known ?? orderOf(numbers) ?? order
  const [day, month] = chosen === 'month-day' ? [numbers[1], numbers[0]] : numbers
  const isBuddhist = parts.year > LAST_YEAR
  const found = dayOf(isBuddhist ? parts.year - BUDDHIST_YEARS : parts.year, month, day)
  if (found === undefined) return { doubt: 'no-day' }
  if (chosen === undefined && numbers[0] !== numbers[1]) return { doubt: 'order' }
  return { day: found, isBuddhist }
}

/** The order that two numbers leave, if only one is possible. */
const orderOf = ([one, two]: [number, number]): DayOrder | undefined =>
  one > 12 && two <= 12 ? 'day-month' : two > 12 && one <= 12 ? 'month-day' : undefined

/** The orders in which the days of a column are surely written. Two of them mean that the column is not in one order. */
export function ordersIn(texts: Iterable<string>): ReadonlySet<DayOrder> {
  const orders = new Set<DayOrder>()
  for (const text of texts) {
    const parts = partsOf(plainDigits(text.trim()))
    const order = parts && parts.known === undefined ? orderOf(parts.numbers) : undefined
    if (order !== undefined) orders.add(order)
  }
  return orders
}

function partsOf(text: string): Parts | undefined {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+Z?)?$/.exec(text) ?? []
  if (year !== undefined)
    return { year: Number(year), numbers: [Number(day), Number(month)], known: 'day-month', isShort: false }
  const [, one, two, last] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: [\d:.]+)?$/.exec(text) ?? []
  if (last !== undefined) return { year: Number(last), numbers: [Number(one), Number(two)], isShort: last.length === 2 }
  const [, inMonth, name = '', after] = /^(\d{1,2})[-/ ]?\s*([\p{L}\p{M}.]+)[-/, ]?\s*(\d{4}|\d{2})$/u.exec(text) ?? []
  const named = monthOf(name)
  if (named === undefined || after === undefined) return undefined
  return { year: Number(after), numbers: [Number(inMonth), named], known: 'day-month', isShort: after.length === 2 }
}

function monthOf(name: string): number | undefined {
  const month = thai.findIndex((names) => names.includes(name))
  const at = month >= 0 ? month : name.length >= 3 ? english.indexOf(name.slice(0, 3).toLowerCase()) : -1
  return at < 0 ? undefined : at + 1
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.toISOString().slice(0, 10) : undefined
}
