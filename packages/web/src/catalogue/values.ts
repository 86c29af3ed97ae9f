import type { SectorGroup } from '@sijil/qualifications'
import type { StateOf } from '../state-names.ts'

/** A name and a state that tell one body from another. */
interface NamedBody {
  id: string
  name: string
  /** ISO 3166-1 alpha-2. */
  state: string
}

export interface ListedQualification {
  id: string
  /** As its owner states it, or as our sources have it. */
  title: string
  localTitles: readonly { text: string; language: string }[]
  /** ISO 3166-1 alpha-2. Null for a regional title. */
  state: string | null
  /** Only of a fictional state. */
  stateName?: string
  /** Who stated it, by the name of that day. Absent: we read it from public sources. */
  owner?: { id: string; name: string }
  code?: string
  framework?: string
  /** The short name of a framework that its authority stated. Absent: the id is short. */
  acronym?: string
  level?: number
  /** True if a national authority confirmed the level. */
  levelConfirmed: boolean
  /** ISCO-08 unit group. */
  occupation?: { code: string; title: string }
  /** ISCED-F 2013 detailed field. */
  fieldOfEducation?: { code: string; title: string }
  edition: string
  /** The number of units of that edition. */
  units: number
  /** The day since which it is awarded no more. */
  retiredOn?: string
  /** The first day of award of the next edition. */
  nextEditionOn?: string
  recordedOn: string
}

/** The search, as it stands in the address. */
export interface CatalogueSearch {
  q?: string | undefined
  state?: string | undefined
  /** A framework, `PQF`, or a framework and a level, `PQF.2`. */
  level?: string | undefined
  field?: string | undefined
  occupation?: string | undefined
  /** The owner, or a body that is accredited for it. */
  body?: string | undefined
}

export interface CatalogueValues {
  /** Those of this page, in the order of their titles. */
  qualifications: readonly ListedQualification[]
  /** The number of all that match. */
  count: number
  /** The place of the first one of this page, from 1. */
  first: number
  search: CatalogueSearch
  states: readonly StateOf[]
  levels: readonly { framework: string; acronym?: string; name: string; levels: readonly number[] }[]
  fields: readonly SectorGroup[]
  occupations: readonly SectorGroup[]
  /** The owners, and the body of the search. */
  bodies: readonly NamedBody[]
  /** The page token of the next page. */
  next?: string
  asOf: string
}
