import type {
  Arrangement,
  BodyStatement,
  Certifier,
  EditionStatement,
  Framework,
  FrameworkStatement,
  LevelTableStatement,
  Placement,
  Qualification,
  QualificationStatement,
  ReferencingStatement,
  ReportedCorridor,
  StatedBy,
  StateRecord,
  StateStatement,
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

/**
 * Read from public sources, and confirmed by nobody. It answers where no owner has stated anything. A later version of the baseline takes
 * the place of the earlier one from the moment on at which it was recorded.
 */
export interface BaselineStated<R> {
  type: 'baseline-stated'
  /** The version of the baseline, 1, 2, 3 … */
  baseline: number
  /** The day on which its sources were read. */
  readOn: string
  record: R
  /** In the version that a registry loaded first. It counts at every moment, as the records did that were once part of the software. */
  always?: true
}

/** The course of loading the baseline. A record that is missing after `baseline-begun` is loaded by repeating the command. */
export type BaselineEvent =
  | { type: 'baseline-begun'; baseline: number; readOn: string; digest: string; qualifications: readonly string[] }
  | { type: 'baseline-loaded'; baseline: number; digest: string }

/** Everything that can happen to a qualification. It counts from the commit's `effectiveAt`. */
export type CatalogueEvent =
  | BaselineStated<Qualification>
  | { type: 'qualification-stated'; statement: QualificationStatement; statedBy: StatedBy }
  /** A statement of an edition that exists already takes the place of the earlier one. */
  | { type: 'edition-stated'; edition: EditionStatement; statedBy: StatedBy }
  /** It is awarded no more. Certificates stay as they are. */
  | { type: 'qualification-retired'; statedBy: StatedBy; basis: string }
  /** The authority of a framework places an edition. In one framework an edition has one place. */
  | { type: 'edition-placed'; edition: string; placement: Placement; statedBy: StatedBy }
  | { type: 'placement-ended'; edition: string; framework: string; statedBy: StatedBy; basis: string }
  | Assigned

/** What every record of the baseline can have. */
const ofBaseline = {
  'baseline-stated': ['baseline', 'readOn', 'record'],
  assigned: ['owner', 'statedBy', 'basis'],
} satisfies EventShapes<BaselineStated<object> | Assigned>

const shapes: EventShapes<CatalogueEvent> = {
  ...ofBaseline,
  'qualification-stated': ['statement', 'statedBy'],
  'edition-stated': ['edition', 'statedBy'],
  'qualification-retired': ['statedBy', 'basis'],
  'edition-placed': ['edition', 'placement', 'statedBy'],
  'placement-ended': ['edition', 'framework', 'statedBy', 'basis'],
}

export type CatalogueCommits = readonly Commit<CatalogueEvent>[]

/** Throws `UnknownEvent` for an event of a later version: it could be a retirement. */
export const requireKnownCatalogue = (commits: CatalogueCommits): void => requireKnown(commits, shapes)

/** Everything that can happen to a framework. */
export type FrameworkEvent =
  | BaselineStated<Framework>
  | { type: 'framework-stated'; statement: FrameworkStatement; statedBy: StatedBy }
  | { type: 'referencing-stated'; referencing: ReferencingStatement; statedBy: StatedBy }
  /** The authority confirms the AQRF level of each of its levels. */
  | { type: 'levels-confirmed'; table: LevelTableStatement; statedBy: StatedBy }
  | Assigned

const frameworkShapes: EventShapes<FrameworkEvent> = {
  ...ofBaseline,
  'framework-stated': ['statement', 'statedBy'],
  'referencing-stated': ['referencing', 'statedBy'],
  'levels-confirmed': ['table', 'statedBy'],
}

export type FrameworkCommits = readonly Commit<FrameworkEvent>[]

export const requireKnownFramework = (commits: FrameworkCommits): void => requireKnown(commits, frameworkShapes)

/** What a body, an arrangement, a state or a corridor is said to be. */
export type DescriptionEvent =
  | BaselineStated<Certifier>
  | BaselineStated<Arrangement>
  | BaselineStated<StateRecord>
  | BaselineStated<ReportedCorridor>
  | { type: 'body-described'; statement: BodyStatement; statedBy: StatedBy }
  /** Only the root of the whole state describes it. */
  | { type: 'state-described'; statement: StateStatement; statedBy: StatedBy }
  /** Only of a body of the baseline. */
  | Assigned

const descriptionShapes: EventShapes<DescriptionEvent> = {
  ...ofBaseline,
  'body-described': ['statement', 'statedBy'],
  'state-described': ['statement', 'statedBy'],
}

export const requireKnownDescription = (commits: readonly Commit<DescriptionEvent>[]): void =>
  requireKnown(commits, descriptionShapes)
