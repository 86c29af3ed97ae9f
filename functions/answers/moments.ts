import { EdgeError } from '@sijil/http'
import { endOfDay, RegistryError, startOfDay } from '@sijil/registry'
import * as z from 'zod/mini'

const moment = z.iso.datetime({ offset: true })
const day = z.iso.date()

/**
 * Parses the moment of a question: RFC 3339, or a day, which means its end. Absent means now. Throws `validation-failed` for another form,
 * and for the future, of which there is no record (R010).
 */
export function momentOf(text: string | undefined, pointer: string, now: Date): string {
  if (text === undefined) return now.toISOString()
  const isDay = requireMoment(text, pointer) === 'day'
  const today = now.toISOString()
  const asked = new Date(isDay ? endOfDay(text) : text)
  if (isDay && text === today.slice(0, 10)) return today
  if (asked.getTime() > now.getTime()) throw refused(pointer, 'lies in the future')
  return utcOf(asked, pointer)
}

/** Parses the moment from which something counts: RFC 3339, or a day, which means its beginning. It may lie in the future. */
export function beginningOf(text: string, pointer: string): string {
  return asMalformed(() => {
    const isDay = requireMoment(text, pointer) === 'day'
    return utcOf(new Date(isDay ? startOfDay(text) : text), pointer)
  })
}

function requireMoment(text: string, pointer: string): 'day' | 'moment' {
  if (day.safeParse(text).success) return 'day'
  if (moment.safeParse(text).success) return 'moment'
  throw refused(pointer, 'must be a moment (RFC 3339, like 2026-03-02T08:30:00Z) or a day (2026-03-02)')
}

/** Refuses years without four digits, to which an offset can lead. Stored moments are compared as text, and such texts do not sort by time. */
function utcOf(moment: Date, pointer: string): string {
  const text = moment.toISOString()
  if (text.length !== endOfDay('9999-12-31').length)
    throw refused(pointer, 'must lie in the years 0000 to 9999, in UTC')
  return text
}

const refused = (pointer: string, detail: string) =>
  new RegistryError('validation-failed', 'The moment in the question cannot be used.', {
    faults: [{ pointer, detail }],
  })

/** Like `momentOf`, for routes that answer every refusal of a question with a 400. */
export const timeOf = (text: string | undefined, pointer: string, now: Date): string =>
  asMalformed(() => momentOf(text, pointer, now))

function asMalformed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof RegistryError)
      throw new EdgeError('malformed-request', error.message, { faults: error.faults })
    throw error
  }
}
