import type { EditionStatement, QualificationStatement, StatedBy } from '@sijil/qualifications'
import { type EventShapes, requireKnown } from '../known-events.ts'
import type { Commit } from '../stream.ts'

/** Everything that can happen to a qualification. It counts from the commit's `effectiveAt`. */
export type CatalogueEvent =
  | { type: 'qualification-stated'; statement: QualificationStatement; statedBy: StatedBy }
  /** A statement of an edition that exists already takes the place of the earlier one. */
  | { type: 'edition-stated'; edition: EditionStatement; statedBy: StatedBy }
  /** It is awarded no more. Certificates stay as they are. */
  | { type: 'qualification-retired'; statedBy: StatedBy; basis: string }

const shapes: EventShapes<CatalogueEvent> = {
  'qualification-stated': ['statement', 'statedBy'],
  'edition-stated': ['edition', 'statedBy'],
  'qualification-retired': ['statedBy', 'basis'],
}

export type CatalogueCommits = readonly Commit<CatalogueEvent>[]

/** Throws `UnknownEvent` for an event of a later version: it could be a retirement. */
export const requireKnownCatalogue = (commits: CatalogueCommits): void => requireKnown(commits, shapes)
