import { reasonsOf, type StatusAct } from './acts.ts'
import type { RowFault } from './answers.ts'
import type { Field } from './columns.ts'

const ID = /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The id that a cell holds. A spreadsheet may write it in capitals. */
export const idIn = (text: string): string | undefined => ID.exec(text.trim().toLowerCase())?.[1]

/** The reason that a cell means: `Obtained by fraud` is `obtained-by-fraud`. */
export const reasonIn = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')

/** Faults of a row of a list that are seen without asking the register. */
export function listedFaults(
  { texts, faults }: { texts: Partial<Record<Field, string>>; faults: readonly RowFault[] },
  act: StatusAct,
): RowFault[] {
  const found: RowFault[] = []
  const { certificate, number, reason } = texts
  const isFaulty = faults.some(({ field }) => field === 'certificate' || field === 'number')
  if (!certificate && !number && !isFaulty) found.push({ kind: 'missing', field: 'number' })
  if (certificate && idIn(certificate) === undefined) found.push({ kind: 'malformed', field: 'certificate' })
  if (reason && !reasonsOf[act].some((known) => known === reasonIn(reason)))
    found.push({ kind: 'not-in-list', field: 'reason' })
  // A suspension may be lifted without a reason, as by the single request.
  if (!reason && act !== 'reinstate' && !faults.some(({ field }) => field === 'reason'))
    found.push({ kind: 'missing', field: 'reason' })
  return found
}
