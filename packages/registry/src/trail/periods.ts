import { endOfDay, startOfDay } from '../moments.ts'

/** The first and the last moment of a month (`YYYY-MM`) or of a day (`YYYY-MM-DD`), in UTC. `undefined` for another text. */
export function periodOf(text: string): { since: string; until: string } | undefined {
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) {
    const [year, month] = text.split('-').map(Number) as [number, number]
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
    return { since: startOfDay(`${text}-01`), until: endOfDay(`${text}-${String(last).padStart(2, '0')}`) }
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const moment = new Date(startOfDay(text))
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== text
    ? undefined
    : { since: startOfDay(text), until: endOfDay(text) }
}
