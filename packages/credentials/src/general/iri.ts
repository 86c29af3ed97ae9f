/** RFC 3986 by its characters: a scheme, nothing that N-Quads would have to escape, and one fragment at most. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:(?!#?$)[^\s<>"{}|\\^`\p{Cc}#]*(?:#[^\s<>"{}|\\^`\p{Cc}#]*)?$/u

export const isAbsoluteIri = (value: unknown): value is string => typeof value === 'string' && ABSOLUTE.test(value)
