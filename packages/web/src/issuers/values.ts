import type { SectorGroup } from '@sijil/qualifications'
import type { AccreditationStatus } from '@sijil/registry/trust'
import type { StateOf } from '../state-names.ts'

/** States that one can search for. A pilot is an authorised body that is marked as a pilot. */
export const listedStates = ['authorised', 'suspended', 'withdrawn', 'pilot'] as const

export interface ListedIssuer {
  id: string
  name: string
  acronym?: string
  /** ISO 3166-1 alpha-2. */
  state: string
  /** Only of a fictional state. */
  stateName?: string
  localName?: { text: string; language: string }
  /** Its nature or its basis, in a few words. */
  remark?: string
  /** Its best answer to the question. */
  standing: AccreditationStatus
  /** Every answer that applies to one of its qualifications. */
  statuses: readonly AccreditationStatus[]
  /** True if it is authorised for one of them as a pilot. */
  pilot: boolean
  /** True if it is authorised for one of them at some assessment centres only. */
  atSites: boolean
}

export interface IssuersValues {
  /** The bodies that match. The page groups them by state. */
  issuers: readonly ListedIssuer[]
  /** The states to choose from, and whether the framework of each is referenced. */
  states: readonly (StateOf & { framework?: { name: string; isReferenced: boolean } })[]
  fields: readonly SectorGroup[]
  occupations: readonly SectorGroup[]
  /** National levels. AQRF levels are included only if a national authority confirmed them. */
  levels: readonly { framework: string; acronym?: string; name: string; levels: readonly number[] }[]
  /** The search, as it stands in the address. */
  search: {
    s?: string | undefined
    c?: string | undefined
    field?: string | undefined
    occupation?: string | undefined
    /** A framework and a level, as in `PQF.2`. */
    level?: string | undefined
    /** Id of a qualification. The page of a qualification leads here with it. */
    qualification?: string | undefined
    standing?: (typeof listedStates)[number] | undefined
  }
  /** The title of the wanted qualification, if it is on record. */
  about?: string
  /** The number of bodies examined for this page. */
  examined: number
  /** The page token of the next page. */
  next?: string
  /** True if there are other bodies before or after these. */
  isPart?: boolean
  asOf: string
}
