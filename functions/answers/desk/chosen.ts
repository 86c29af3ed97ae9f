import type { Framework } from '@sijil/qualifications'
import type { StatedQualification } from '@sijil/registry/catalogue'
import type { Entity, GrantTerms, Right } from '@sijil/registry/trust'
import {
  assignedFrameworkView,
  assignedQualificationView,
  chosenView,
  describedBodyView,
  describedStateView,
  type Office,
  ownFrameworkView,
  revisedCorridorView,
  revisedView,
  statedTodayView,
  statedView,
  termsView,
} from '@sijil/views/desk'
import type { ActionName, TypedFields } from '@sijil/web'
import { accreditationOf } from '../accreditation-id.ts'
import { chosenIdOf, deskActions } from './action-table.ts'
import { typedComparison } from './comparison-form.ts'
import { typedCorridor } from './corridor-form.ts'
import { typedBody, typedState } from './description-form.ts'
import type { DeskAction } from './desk-action.ts'
import { typedBaseline as typedFramework, typedStatement } from './framework-form.ts'
import { atNow, type DeskParts } from './parts.ts'
import { typedBaseline as typedQualification } from './statement-form.ts'
import { typedTerms } from './terms-form.ts'

/** What an officer chose first. The other fields of the form depend on it. */
interface Chosen {
  entity: Entity
  name: string
  terms?: GrantTerms | undefined
  stated?: StatedQualification
  framework?: Framework
  /** The right of the accreditation that was chosen. */
  right?: Right | undefined
  /** A new form begins with these values: what counts now, or what is on record without a statement. */
  begins: TypedFields
}

/** Undefined: the office cannot choose it. Throws `not-found` for a qualification or an accreditation that is not its own (I36). */
export async function chosenFirst(
  { office, name, value, edition }: { office: Office; name: ActionName; value: string; edition?: string | undefined },
  parts: DeskParts,
): Promise<Chosen | undefined> {
  const { first, begins, changesTerms }: DeskAction = deskActions[name]
  const { authority: entity } = office
  const deps = atNow(parts)
  switch (first) {
    case 'framework': {
      const framework = await ownFrameworkView(office, value, deps)
      const stated = framework && (await statedTodayView(framework, deps))
      return stated && { entity, name: framework.name, framework, begins: typedStatement(name, stated) }
    }
    case 'assignedFramework': {
      const framework = await assignedFrameworkView(office, value, deps)
      return framework && { entity, name: framework.name, begins: typedFramework(framework) }
    }
    case 'qualification': {
      const { title, last } = await statedView(office, value, deps)
      return { entity, name: title, stated: last, begins: begins?.(last, edition) ?? {} }
    }
    case 'assignedQualification': {
      const record = await assignedQualificationView(office, value, deps)
      return record && { entity, name: record.title, begins: typedQualification(record, entity.identity.name) }
    }
    case 'describedBody': {
      const described = await describedBodyView(office, value, deps)
      return described && { entity, name: described.name, begins: described.last ? typedBody(described.last) : {} }
    }
    case 'describedState': {
      const described = await describedStateView(office, value, deps)
      return described && { entity, name: described.name, begins: described.last ? typedState(described.last) : {} }
    }
    case 'revised': {
      const revised = await revisedView(office, value, deps)
      return revised && { entity, name: revised.name, begins: typedComparison(revised.content, revised.others) }
    }
    case 'revisedCorridor': {
      const revised = await revisedCorridorView(office, value, deps)
      return revised && { entity, name: revised.content.title, begins: typedCorridor(revised.content, revised.others) }
    }
    default: {
      const chosen = await chosenView(chosenIdOf(value), deps)
      const terms = changesTerms ? await termsView(office, accreditationOf(value), deps) : undefined
      const right = chosen?.grants.find(({ id }) => terms && id === accreditationOf(value).grant)?.right
      return (
        chosen && { entity: chosen, name: chosen.identity.name, terms, right, begins: terms ? typedTerms(terms) : {} }
      )
    }
  }
}
