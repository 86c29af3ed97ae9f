import type { Confidence } from './confidence.ts'
import arrangementRecords from './data/arrangements.data.json' with { type: 'json' }

// biome-ignore format: it reads as a table
export const professions = ['engineering', 'nursing', 'architecture', 'surveying', 'medical', 'dental', 'accountancy', 'tourism'] as const
export type Profession = (typeof professions)[number]

/** A mutual recognition arrangement of ASEAN, by its profession. What it gives is a title; no title permits practice. */
export interface Arrangement {
  id: Profession
  name: string
  /** A day, a month or a year, as far as our sources agree. */
  signed: { on: string; sources: readonly string[]; confidence: Confidence }
  /** Given in the state of origin. Absent: registers of the states, and no title of the region. */
  title?: string
  /** Where its titles are registered. */
  register?: string
  /** Who regulates the profession in a state, by its alpha-2 code. Absent: our sources do not state it. */
  regulators?: { names: Readonly<Record<string, string>>; sources: readonly string[]; confidence: Confidence }
}

// The file is held to this shape by state-records.test.ts.
const arrangements = arrangementRecords as readonly Arrangement[]

export const listArrangements = (): readonly Arrangement[] => arrangements
