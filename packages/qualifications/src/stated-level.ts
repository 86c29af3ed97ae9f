import { type Day, parseDay } from './day.ts'
import { type Framework, findFramework } from './framework.ts'
import { aqrfLevel, endorsed } from './level.ts'
import type { Qualification } from './qualification.ts'

/** A level as a certificate states it, signed by its issuer. */
export interface StatedLevel {
  kind: 'national' | 'aqrf'
  framework: string
  level: string
}

/**
 * May this level stand in a certificate of that day? A national one as the qualification's record has it. An AQRF one only where
 * by that day the referencing was endorsed *and* the national authority had confirmed the table: a page may show more than that.
 */
export function supportsStatedLevel(qualification: Qualification, stated: StatedLevel, { on }: { on: Day }): boolean {
  if (stoodThen(qualification, stated, on)) return true
  const framework = qualification.framework === undefined ? undefined : findFramework(qualification.framework)
  return framework !== undefined && standsIn(framework, qualification, stated, on)
}

/** A record that was corrected makes no certificate untrue that was signed by it. */
const stoodThen = ({ formerLevels = [] }: Qualification, { kind, framework, level }: StatedLevel, on: Day): boolean =>
  kind === 'national' &&
  formerLevels.some((former) => former.framework === framework && String(former.level) === level && on < former.until)

/** Exported for its test with a confirmed table. */
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
