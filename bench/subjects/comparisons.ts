import { compareUnits, comparisonFaults, suggestUnits, type UnitRow } from '@sijil/qualifications'
import type { Subject } from '../rounds.ts'

const MOST = 100
const units = (letter: string) =>
  Array.from({ length: MOST }, (_, at) => ({
    code: `${letter}-${at + 1}`,
    title: `Set out, build, plaster and finish part ${at + 1} of a house from drawings`,
  }))

/** The largest comparison that there can be: 100 units by 100, each row with ten units and a long note, judged, counted and suggested. */
export function openComparisonSubjects(): Subject[] {
  const both = { from: units('F'), to: units('T') }
  const rows = both.to.map(
    ({ code }, at): UnitRow => ({
      unit: code,
      result: 'partial',
      by: Array.from({ length: 10 }, (_, step) => `F-${((at + step) % MOST) + 1}`),
      note: 'By hand only. '.repeat(35),
    }),
  )
  return [
    {
      name: 'comparison',
      run: () =>
        comparisonFaults({ rows, aspects: {} }, both).length === 0 &&
        compareUnits({ rows }, both).counts.partial === MOST &&
        both.to.every((unit) => suggestUnits(unit, both.from).length === MOST),
    },
  ]
}
