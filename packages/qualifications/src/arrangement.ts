import type { Confidence } from './confidence.ts'
import type { DescribedBy } from './described-by.ts'

// biome-ignore format: it reads as a table
export const professions = ['engineering', 'nursing', 'architecture', 'surveying', 'medical', 'dental', 'accountancy', 'tourism'] as const
export type Profession = (typeof professions)[number]

/** A mutual recognition arrangement of ASEAN for one profession. It gives a title, and a title is not a permit to practise. */
export interface Arrangement {
  id: Profession
  name: string
  /** A day, a month or a year (`YYYY-MM-DD`, `YYYY-MM`, `YYYY`), as precise as our sources agree. */
  signed: { on: string; sources: readonly string[]; confidence: Confidence }
  /** The title, given in the state of origin. Absent: there are only registers of the states, and no regional title. */
  title?: string
  /** Where its titles are registered. */
  register?: string
  /** The regulators of the profession by state (ISO 3166-1 alpha-2). Absent: our sources do not state them. */
  regulators?: { names: Readonly<Record<string, string>>; sources: readonly string[]; confidence: Confidence }
  /** Absent in the file of a baseline. */
  describedBy?: DescribedBy
}
