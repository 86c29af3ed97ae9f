import type { Answer } from '@sijil/http'
import { comparedUnitView, type Office, type UnitStep } from '@sijil/views/desk'
import { type ActionName, comparedUnitPage, deskPath, type TypedFields } from '@sijil/web'
import { page } from '../pages/parts.ts'
import { editionIn } from './comparison-form.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext } from './parts.ts'
import { draftOf, ofUnit } from './unit-rows.ts'

interface Draft {
  office: Office
  name: ActionName
  /** With the answers about the unit that was shown saved in it. */
  typed: TypedFields
  step: UnitStep
  /** As it came, with the fields of the unit that was shown. */
  form: Readonly<Record<string, unknown>>
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The next page of one unit. It carries the whole draft, so nothing of it lies here. */
export async function unitAnswer(
  asked: DeskRequest,
  { office: { authority }, name, typed, step, form }: Draft,
  parts: DeskParts,
): Promise<Answer> {
  const draft = {
    from: editionIn(typed['comparison.from']),
    to: editionIn(typed['comparison.to']),
    rows: draftOf(typed),
  }
  const pressed = { step, came: textOf(form[ofUnit.code]), goTo: textOf(form[ofUnit.goTo]) }
  const shown = await comparedUnitView(draft, pressed, atNow(parts))
  const named = { id: authority.id, name: authority.identity.name }
  const context = deskContext(asked, deskPath(authority.id, 'actions', name), parts)
  const html = comparedUnitPage({ ...shown, authority: named, action: name, draft: typed }, context)
  return page(html, shown.problem === undefined ? 200 : 422)
}
