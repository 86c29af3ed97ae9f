import { frameworkOfState, isRegion, listQualifications, REGION, states } from '@sijil/qualifications'
import { requireOversight, rightsOf } from '@sijil/registry/decisions'
import { type Entity, keysFor, listMembers, usableKeys } from '@sijil/registry/trust'
import type { FieldName, FieldOption, ShownField } from '@sijil/web'
import { listGrantees } from './grantees.ts'
import { type DeskDeps, findEntity, type Office } from './office.ts'

/** Most entities that a form lists. Others can be named through the API. */
const MOST_LISTED = 500

/** A field of a form, with `?` at its end if it may stay empty. */
export type AskedField = FieldName | `${FieldName}?`

/** The state in which a key must be, to be one of the choices. */
export type KeyChoice = 'usable' | 'suspended' | 'known'

interface Question {
  office: Office
  /** The entity that was chosen first. */
  chosen: Entity | undefined
  keys: KeyChoice
}

const named = ({ id, identity }: Entity): FieldOption => ({ value: id, name: identity.name, code: id })
const code = (value: string): FieldOption => ({ value, code: value })

/** The fields of a form with the values that can be chosen. A field without any value is left out if it is optional. */
export async function fieldsView(
  asked: readonly AskedField[],
  question: Question,
  deps: DeskDeps,
): Promise<readonly ShownField[]> {
  let listed: Promise<readonly Entity[]> | undefined
  // Read once for a form, and only if one of its fields lists entities.
  const grantees = () => {
    listed ??= listGrantees(question.office.authority, { limit: MOST_LISTED }, deps).then((found) => found.grantees)
    return listed
  }
  const fields = await Promise.all(
    asked.map(async (each): Promise<ShownField> => {
      const isOptional = each.endsWith('?')
      const name = (isOptional ? each.slice(0, -1) : each) as FieldName
      const options = await optionsOf(name, question, grantees, deps)
      return { name, isOptional, ...(options && { options }) }
    }),
  )
  return fields.filter(({ isOptional, options }) => !isOptional || options?.length !== 0)
}

const stateOf = ({ office }: Question): string => office.authority.identity.state

async function optionsOf(
  name: FieldName,
  question: Question,
  grantees: () => Promise<readonly Entity[]>,
  deps: DeskDeps,
): Promise<readonly FieldOption[] | undefined> {
  const { office, chosen, keys } = question
  const state = stateOf(question)
  switch (name) {
    case 'grantee':
    case 'successor':
    case 'entity':
    case 'succeeds':
      return (await grantees()).filter(({ id }) => id !== chosen?.id).map(named)
    case 'owner':
      return [office.authority, ...(await grantees())].map(named)
    case 'issuer':
      return [office.authority, ...(await grantees())].filter(({ kind }) => kind !== 'centre').map(named)
    case 'right':
      return chosen === undefined
        ? []
        : rightsOf(chosen.kind).map((right) => ({ value: right, words: `desk.right.${right}` }))
    case 'scope.qualifications':
      return listQualifications()
        .filter((each) => isRegion(state) || each.state === state)
        .map(({ id, title }) => ({ value: id, name: title, code: id }))
    case 'scope.framework': {
      const framework = frameworkOfState(state)
      return framework === undefined ? [] : [{ value: framework.id, name: framework.name }]
    }
    case 'scope.sites':
      return (await grantees()).filter(({ kind }) => kind === 'centre').map(named)
    case 'kid':
      return chosen === undefined ? [] : keysOf(chosen, keys, deps.now.toISOString()).map(({ kid }) => code(kid))
    case 'member': {
      if (chosen === undefined) return []
      await requireOversight(office.authority.id, chosen.id, deps)
      return (await listMembers(chosen.id, deps.store)).map(({ subject }) => code(subject))
    }
    case 'identity.state':
      return (isRegion(state) ? [...states.map(({ iso2 }) => iso2), REGION] : [state]).map((each) => ({
        value: each,
        state: each,
      }))
    case 'states':
      return states.map(({ iso2 }) => ({ value: iso2, state: iso2 }))
    case 'algorithm':
      return ['Ed25519', 'P-256', 'P-384'].map(code)
    case 'acceptedList':
      return office.authority.lists
        .filter(({ suspendedAt }) => suspendedAt === undefined)
        .map(({ registry }) => code(registry))
    default:
      return undefined
  }
}

function keysOf(entity: Entity, wanted: KeyChoice, moment: string) {
  const all = [...keysFor(entity, 'certificates'), ...keysFor(entity, 'lists')]
  if (wanted === 'known') return all.filter(({ compromisedFrom }) => compromisedFrom === undefined)
  if (wanted === 'suspended') return all.filter(({ suspendedAt }) => suspendedAt !== undefined)
  return [...usableKeys(entity, 'certificates', moment), ...usableKeys(entity, 'lists', moment)]
}

/** The entity on which the other fields of a form depend. `undefined` for one that is not registered. */
export const chosenView = (id: string, deps: DeskDeps): Promise<Entity | undefined> => findEntity(id, deps)
