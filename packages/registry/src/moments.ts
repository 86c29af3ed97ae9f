/** Moments are RFC 3339 in UTC with milliseconds, so that the order of their texts is the order of time. */

/** The first moment of a day in UTC. */
export const startOfDay = (day: string): string => `${day}T00:00:00.000Z`

/** The last moment of a day in UTC. A decision of that day counts for the whole day. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999Z`

/** The start of a day, or now if that day is today. A decision must name an earlier day to count from an earlier moment. */
export const startOrNow = (day: string, now: string): string => (day === now.slice(0, 10) ? now : startOfDay(day))

export const earlierOf = (one: string, other: string): string => (one < other ? one : other)

/** The moment in whole seconds, as signed documents have it. */
export const wholeSecond = (now: Date): string => `${now.toISOString().slice(0, 19)}Z`
