import type { Profession } from './arrangement.ts'
import { type CorridorFault, titleFaults, wholeHashFaults } from './evidence.ts'

/** How far a state says that it has come with one action. */
export const complianceDegrees = ['full', 'part', 'none', 'not-applicable'] as const
export type ComplianceDegree = (typeof complianceDegrees)[number]

/** One action line of the work plan of an arrangement, as it is printed there. */
export interface ActionLine {
  arrangement: Profession
  /** Its number in the plan. */
  line: string
  title: string
}

export interface ComplianceEvidence {
  title: string
  address: string
  sha256: string
}

/** What one state says of one line. */
export interface ComplianceStatement {
  degree: ComplianceDegree
  /** The day for which it is said, which is not the day of the declaration. */
  on: string
  evidence: readonly ComplianceEvidence[]
}

const LINE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$/
const isActionLine = (text: string): boolean => LINE.test(text)

/** `titles`: hashes that have a title already. It names places, never a text (Z001). */
export function complianceFaults(
  { line }: Pick<ActionLine, 'line'>,
  { degree, on, evidence }: ComplianceStatement,
  { titles, today }: { titles: ReadonlyMap<string, string>; today: string },
): CorridorFault[] {
  const known = new Map(titles)
  return [
    ...(isActionLine(line) ? [] : [{ pointer: '/line', detail: 'must be its number in the plan, like A.1.2' }]),
    ...(on <= today ? [] : [{ pointer: '/on', detail: 'must not be in the future' }]),
    ...(evidence.length > 0 || degree === 'none' || degree === 'not-applicable'
      ? []
      : [{ pointer: '/evidence', detail: 'must show what was done' }]),
    ...evidence.flatMap((one, at) => {
      const pointer = `/evidence/${at}/sha256`
      return [...wholeHashFaults(pointer, one.sha256), ...titleFaults(pointer, one, known)]
    }),
  ]
}
