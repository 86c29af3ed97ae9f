import {
  comparisonFaults,
  comparisonResults,
  type PinnedEdition,
  suggestUnits,
  type UnitsOfBoth,
} from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import type { ComparedUnitValues, DeskProblem } from '@sijil/web'
import type { DeskDeps } from './office.ts'
import { recordOf } from './versions.ts'

/** Presses that lead to the page of one unit. `unit` begins, where no row is yet. */
const unitSteps = ['unit', 'unit-next', 'unit-back', 'unit-show'] as const
export type UnitStep = (typeof unitSteps)[number]
export const isUnitStep = (step: unknown): step is UnitStep => unitSteps.some((known) => known === step)

/** One row of a draft. An empty result is a row that an officer has begun. */
export interface DraftRow {
  unit: string
  result: string
  by: readonly string[]
  note: string
}

interface Pressed {
  step: UnitStep
  /** Code of the unit that the page showed. */
  came?: string | undefined
  goTo?: string | undefined
}

/**
 * The unit that a press leads to. The press to the next unit is refused while the answers contradict each other. Every other one leads on,
 * and the check names what is wrong. Throws `validation-failed` for an edition that is not there.
 */
export async function comparedUnitView(
  draft: Readonly<Record<'from' | 'to', PinnedEdition>> & { rows: readonly DraftRow[] },
  { step, came, goTo }: Pressed,
  deps: DeskDeps,
): Promise<Omit<ComparedUnitValues, 'authority' | 'action' | 'draft'>> {
  const [from, to] = await Promise.all([editionIn(draft, 'from', deps), editionIn(draft, 'to', deps)])
  const rows = new Map(draft.rows.map((row) => [row.unit, row]))
  const units = to.units.map((unit) => {
    const result = comparisonResults.find((known) => known === rows.get(unit.code)?.result) ?? ('not-compared' as const)
    return { unit, result }
  })
  const place = (code: string | undefined) => to.units.findIndex((unit) => unit.code === code)
  const problem = step === 'unit-next' ? problemOf(rows.get(came ?? ''), { from: from.units, to: to.units }) : undefined
  const places: Record<UnitStep, number> = {
    unit: units.findIndex(({ result }) => result === 'not-compared'),
    'unit-next': place(came) + 1,
    'unit-back': place(came) - 1,
    'unit-show': place(goTo),
  }
  const wanted = problem ? place(came) : places[step]
  const at = Math.min(Math.max(wanted, 0), units.length - 1)
  const unit = to.units[at] ?? { code: '', title: '' }
  return {
    from,
    to,
    units,
    at,
    stated: rows.get(unit.code) ?? { result: '', by: [], note: '' },
    closest: suggestUnits(unit, from.units),
    ...(problem && { problem }),
  }
}

async function editionIn(draft: Readonly<Record<'from' | 'to', PinnedEdition>>, side: 'from' | 'to', deps: DeskDeps) {
  const pinned = draft[side]
  const record = await recordOf(pinned, deps.now.toISOString(), deps)
  if (record !== undefined && record.units.length > 0)
    return { title: record.title, edition: pinned.edition, units: record.units }
  throw new RegistryError('validation-failed', 'Both editions must be chosen first.', {
    faults: [
      {
        pointer: `/comparison/${side}`,
        detail: 'must be an edition on record that has units',
        reason: pinned.qualification === '' ? 'missing' : 'no-such-edition',
      },
    ],
  })
}

/** What is wrong with one row by itself. A unit that was not compared has no row. */
function problemOf(row: DraftRow | undefined, units: UnitsOfBoth): DeskProblem | undefined {
  if (row === undefined) return undefined
  const { note, ...stated } = row
  const judged = { ...stated, result: stated.result as 'match', ...(note !== '' && { note }) }
  const faults = comparisonFaults({ rows: [judged], aspects: {} }, units).map((fault) =>
    // A note or a unit was given, and the result still says that nobody has looked.
    fault.pointer === '/rows/0/result' ? { ...fault, reason: 'missing' as const } : fault,
  )
  return faults.length === 0 ? undefined : { code: 'validation-failed', faults }
}
