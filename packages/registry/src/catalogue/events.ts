import type {
  EditionStatement,
  FrameworkStatement,
  LevelTableStatement,
  Placement,
  QualificationStatement,
  ReferencingStatement,
  StatedBy,
} from '@sijil/qualifications'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'

/** The root of its state assigns a record of the baseline to its owner. A later assignment takes the place of the earlier one. */
interface Assigned {
  type: 'assigned'
  owner: string
  statedBy: StatedBy
  basis: string
}

/** Everything that can happen to a qualification. It counts from the commit's `effectiveAt`. */
export type CatalogueEvent =
  | { type: 'qualification-stated'; statement: QualificationStatement; statedBy: StatedBy }
  /** A statement of an edition that exists already takes the place of the earlier one. */
  | { type: 'edition-stated'; edition: EditionStatement; statedBy: StatedBy }
  /** It is awarded no more. Certificates stay as they are. */
  | { type: 'qualification-retired'; statedBy: StatedBy; basis: string }
  /** The authority of a framework places an edition. In one framework an edition has one place. */
  | { type: 'edition-placed'; edition: string; placement: Placement; statedBy: StatedBy }
  | { type: 'placement-ended'; edition: string; framework: string; statedBy: StatedBy; basis: string }
  | Assigned

const shapes: EventShapes<CatalogueEvent> = {
  'qualification-stated': ['statement', 'statedBy'],
  'edition-stated': ['edition', 'statedBy'],
  'qualification-retired': ['statedBy', 'basis'],
  'edition-placed': ['edition', 'placement', 'statedBy'],
  'placement-ended': ['edition', 'framework', 'statedBy', 'basis'],
  assigned: ['owner', 'statedBy', 'basis'],
}

export type CatalogueCommits = readonly Commit<CatalogueEvent>[]

/** Throws `UnknownEvent` for an event of a later version: it could be a retirement. */
export const requireKnownCatalogue = (commits: CatalogueCommits): void => requireKnown(commits, shapes)

/** Everything that can happen to a framework. */
export type FrameworkEvent =
  | { type: 'framework-stated'; statement: FrameworkStatement; statedBy: StatedBy }
  | { type: 'referencing-stated'; referencing: ReferencingStatement; statedBy: StatedBy }
  /** The authority confirms the AQRF level of each of its levels. */
  | { type: 'levels-confirmed'; table: LevelTableStatement; statedBy: StatedBy }
  | Assigned

const frameworkShapes: EventShapes<FrameworkEvent> = {
  'framework-stated': ['statement', 'statedBy'],
  'referencing-stated': ['referencing', 'statedBy'],
  'levels-confirmed': ['table', 'statedBy'],
  assigned: ['owner', 'statedBy', 'basis'],
}

export type FrameworkCommits = readonly Commit<FrameworkEvent>[]

export const requireKnownFramework = (commits: FrameworkCommits): void => requireKnown(commits, frameworkShapes)
