import type { SectorGroup } from '@sijil/qualifications'
import type { AccreditationStatus } from '@sijil/registry/trust'

/** States of an accreditation that can be looked for. A pilot is authorised, and says so. */
export const listedStates = ['authorised', 'suspended', 'withdrawn', 'pilot'] as const

export interface ListedIssuer {
  id: string
  name: string
  acronym?: string
  /** ISO 3166-1 alpha-2. */
  state: string
  localName?: { text: string; language: string }
  /** What it is or rests on, in a few words. */
  remark?: string
  /** The best that it has for what was asked. */
  standing: AccreditationStatus
  /** Every answer that one of its qualifications has. */
  statuses: readonly AccreditationStatus[]
  /** It is authorised for one of them as a pilot. */
  pilot: boolean
  /** It is authorised for one of them at some assessment centres only. */
  atSites: boolean
}

export interface IssuersValues {
  /** Those that match, grouped here by state. */
  issuers: readonly ListedIssuer[]
  /** Every state that may be asked for, and where its framework stands. */
  states: readonly { iso2: string; framework?: { name: string; isReferenced: boolean } }[]
  fields: readonly SectorGroup[]
  occupations: readonly SectorGroup[]
  /** National levels; those of the AQRF only where somebody confirmed them. */
  levels: readonly { framework: string; name: string; levels: readonly number[] }[]
  /** As it stands in the address. */
  search: {
    s?: string | undefined
    c?: string | undefined
    field?: string | undefined
    occupation?: string | undefined
    /** `PQF.2`. */
    level?: string | undefined
    standing?: (typeof listedStates)[number] | undefined
  }
  /** How many bodies were looked at for this page. */
  examined: number
  /** The page token by which the list goes on. */
  next?: string
  /** There are others before or after these. */
  isPart?: boolean
  asOf: string
}
