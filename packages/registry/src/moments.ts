/** The last moment of a day, RFC 3339 UTC: what happened on that day happened by then. `day`: `YYYY-MM-DD`. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999Z`
