/** Legal basis and reason as one text. */
export const groundsInWords = ({ basis, reason }: { basis: string; reason?: string }): string =>
  reason === undefined ? basis : `${basis}: ${reason}`

/** The same if either may be absent. Returns nothing if both are. */
export const groundsIfStated = ({ basis, reason }: { basis?: string; reason?: string }): string | undefined =>
  basis === undefined ? reason : groundsInWords({ basis, ...(reason && { reason }) })
