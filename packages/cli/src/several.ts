/** Each time that an option is given. */
export const several = (text: string, before: readonly string[] = []): string[] => [...before, text]
