/** Legal basis and reason as one text, as the desk has always said them. */
export const groundsInWords = ({ basis, reason }: { basis: string; reason?: string }): string =>
  reason === undefined ? basis : `${basis}: ${reason}`
