import { type Day, parseDay } from './day.ts'
import type { Framework } from './framework.ts'
import { aqrfLevel, endorsed, frameworkOf } from './level.ts'
import type { Qualification } from './qualification.ts'

/** A level that a certificate states and its issuer signed. */
export interface StatedLevel {
  kind: 'national' | 'aqrf'
  framework: string
  level: string
}

/**
 * Whether a certificate of that day may state this level. A national level must equal the record of the qualification. An AQRF level
 * is allowed only if, by that day, the referencing was endorsed *and* the national authority had confirmed the table. A page may
 * show more.
 */
export function supportsStatedLevel(qualification: Qualification, stated: StatedLevel, { on }: { on: Day }): boolean {
  if (wasRecorded(qualification, stated, on)) return true
  const framework = frameworkOf(qualification)
  return framework !== undefined && standsIn(framework, qualification, stated, on)
}

/** A correction of the record does not make earlier certificates wrong. */
const wasRecorded = ({ formerLevels = [] }: Qualification, { kind, framework, level }: StatedLevel, on: Day): boolean =>
  kind === 'national' &&
  formerLevels.some((former) => former.framework === framework && String(former.level) === level && on < former.until)

/** Exported so that a test can pass a confirmed table. */
export function standsIn(framework: Framework, qualification: Qualification, stated: StatedLevel, on: Day): boolean {
  parseDay(on)
  switch (stated.kind) {
    case 'national':
      return stated.framework === framework.id && stated.level === String(qualification.level)
    case 'aqrf': {
      const confirmedOn = framework.table?.confirmedOn
      const known = aqrfLevel(qualification, framework, on)
      return (
        stated.framework === known.framework &&
        stated.level === known.level &&
        known.confirmed &&
        confirmedOn !== undefined &&
        confirmedOn <= on &&
        endorsed(framework.referencing, on) === 'by-then'
      )
    }
    default:
      return stated.kind satisfies never
  }
}
