/** The characters of RFC 3986: a scheme, at most one fragment, and no characters that N-Quads would escape. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:(?!#?$)[^\s<>"{}|\\^`\p{Cc}#]*(?:#[^\s<>"{}|\\^`\p{Cc}#]*)?$/u

export const isAbsoluteIri = (value: unknown): value is string => typeof value === 'string' && ABSOLUTE.test(value)
