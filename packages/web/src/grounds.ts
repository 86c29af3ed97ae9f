/** Legal basis and reason as one text. */
export const groundsInWords = ({ basis, reason }: { basis: string; reason?: string }): string =>
  reason === undefined ? basis : `${basis}: ${reason}`

/** Where either may be absent: nothing where both are. */
export const groundsIfStated = ({ basis, reason }: { basis?: string; reason?: string }): string | undefined =>
  basis === undefined ? reason : groundsInWords({ basis, ...(reason && { reason }) })
