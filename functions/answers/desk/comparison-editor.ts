import type { Answer } from '@sijil/http'
import { comparisonFaults, comparisonResults, suggestUnits } from '@sijil/qualifications'
import type { Office } from '@sijil/views/desk'
import { draftView } from '@sijil/views/desk'
import { type ActionName, comparedUnitPage, type DeskProblem, deskPath, type TypedFields } from '@sijil/web'
import { page } from '../pages/parts.ts'
import { editionIn } from './comparison-form.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext } from './parts.ts'
import { type DraftRow, draftOf, ofUnit } from './unit-rows.ts'

/** Presses that lead to the page of one unit. `unit` begins, where no row is yet. */
const steps = ['unit', 'unit-next', 'unit-back', 'unit-show'] as const
export type UnitStep = (typeof steps)[number]
export const isUnitStep = (step: unknown): step is UnitStep => steps.some((known) => known === step)

interface Draft {
  office: Office
  name: ActionName
  /** With the answers about the unit that was shown saved in it. */
  typed: TypedFields
  step: UnitStep
  /** As it came, with the fields of the unit that was shown. */
  form: Readonly<Record<string, unknown>>
}

/**
 * The next page of one unit. It carries the whole draft, so nothing of it lies here. The press to the next unit is refused while the answers
 * contradict each other. Every other press saves them as they are, and the check names what is wrong.
 */
export async function unitAnswer(
  asked: DeskRequest,
  { office, name, typed, step, form }: Draft,
  parts: DeskParts,
): Promise<Answer> {
  const { authority } = office
  const { from, to } = await draftView(
    { from: editionIn(typed['comparison.from']), to: editionIn(typed['comparison.to']) },
    atNow(parts),
  )
  const rows = new Map(draftOf(typed).map((row) => [row.unit, row]))
  const units = to.units.map((unit) => {
    const result = comparisonResults.find((known) => known === rows.get(unit.code)?.result) ?? ('not-compared' as const)
    return { unit, result }
  })
  const came = to.units.findIndex(({ code }) => code === form[ofUnit.code])
  const problem =
    step === 'unit-next'
      ? problemOf(rows.get(String(form[ofUnit.code])), { from: from.units, to: to.units })
      : undefined
  const at = problem ? came : placeOf(step, { came, form, units })
  const unit = to.units[at] ?? { code: '', title: '' }
  const values = {
    authority: { id: authority.id, name: authority.identity.name },
    action: name,
    draft: typed,
    from,
    to,
    units,
    at,
    stated: rows.get(unit.code) ?? { result: '', by: [], note: '' },
    closest: suggestUnits(unit, from.units),
    ...(problem && { problem }),
  }
  const context = deskContext(asked, deskPath(authority.id, 'actions', name), parts)
  return page(comparedUnitPage(values, context), problem ? 422 : 200)
}

function placeOf(
  step: UnitStep,
  {
    came,
    form,
    units,
  }: { came: number; form: Draft['form']; units: readonly { unit: { code: string }; result: string }[] },
): number {
  const open = units.findIndex(({ result }) => result === 'not-compared')
  const asked = units.findIndex(({ unit }) => unit.code === form[ofUnit.goTo])
  const places: Record<UnitStep, number> = {
    unit: open,
    'unit-next': came + 1,
    'unit-back': came - 1,
    'unit-show': asked,
  }
  return Math.min(Math.max(places[step], 0), units.length - 1)
}

/** What is wrong with one row by itself. A unit that was not compared has no row. */
function problemOf(row: DraftRow | undefined, units: Parameters<typeof comparisonFaults>[1]): DeskProblem | undefined {
  if (row === undefined) return undefined
  const { note, ...stated } = row
  const judged = { ...stated, result: stated.result as 'match', ...(note !== '' && { note }) }
  const faults = comparisonFaults({ rows: [judged], aspects: {} }, units).map((fault) =>
    // A note or a unit was given, and no result: the radio still says that nobody has looked.
    fault.pointer === '/rows/0/result' ? { ...fault, reason: 'missing' as const } : fault,
  )
  return faults.length === 0 ? undefined : { code: 'validation-failed', faults }
}
