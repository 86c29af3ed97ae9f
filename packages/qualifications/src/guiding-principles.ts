/**
 * What the ASEAN Guiding Principles (24th ALMM, 2016) ask of a system of certification, theme by theme: a draft of ours after their table of
 * contents, not their text. Of a theme that a review does not answer it is said that it does not.
 */
// biome-ignore format: it reads as a table
export const principleThemes = ['governance', 'centres', 'assessors', 'assessment', 'certification', 'review', 'recognition'] as const
export type PrincipleTheme = (typeof principleThemes)[number]
