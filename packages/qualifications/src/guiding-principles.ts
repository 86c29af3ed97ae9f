/**
 * The themes of the ASEAN Guiding Principles (24th ALMM, 2016) for a system of certification. They are our draft, made from the table
 * of contents and not from the text. If a review does not answer a theme, the page says so.
 */
// biome-ignore format: it reads as a table
export const principleThemes = ['governance', 'centres', 'assessors', 'assessment', 'certification', 'review', 'recognition'] as const
export type PrincipleTheme = (typeof principleThemes)[number]
