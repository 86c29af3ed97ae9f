/** Collects the values of an option that may be repeated. */
export const several = (text: string, before: readonly string[] = []): string[] => [...before, text]
