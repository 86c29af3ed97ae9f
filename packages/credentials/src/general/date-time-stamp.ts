const STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/

/**
 * Milliseconds since 1970. Undefined unless `text` is an XML Schema dateTimeStamp with a year of four digits. A time zone is required.
 * 24:00 and leap seconds are refused, because readers disagree about their moment.
 */
export function readDateTimeStamp(text: unknown): number | undefined {
  const parts = typeof text === 'string' ? STAMP.exec(text) : null
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > lastDay) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return Date.parse(parts[0])
}
