import {
  type Framework,
  findFramework,
  frameworkOfState,
  isRegion,
  listFrameworks,
  listQualifications,
  REGION,
  states,
} from '@sijil/qualifications'
import { listCatalogue, qualificationAt, type StatedQualification } from '@sijil/registry/catalogue'
import { requireOversight, rightsOf } from '@sijil/registry/decisions'
import {
  type Entity,
  type GrantTerms,
  isSandbox,
  isWholeRoot,
  keysFor,
  listMembers,
  listRegistered,
  usableKeys,
} from '@sijil/registry/trust'
import type { FieldName, FieldOption, ShownField } from '@sijil/web'
import { frameworkOptions, levelOfRow, rowTitle } from './frameworks.ts'
import { listGrantees } from './grantees.ts'
import { type DeskDeps, findEntity, type Office } from './office.ts'
import { ownQualifications } from './own-qualifications.ts'

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
  /** The present terms of the accreditation that is changed. Each of their values is one of the choices. */
  terms?: GrantTerms | undefined
  /** What is stated about the qualification that was chosen first. */
  stated?: StatedQualification | undefined
  /** The framework that was chosen first. */
  framework?: Framework | undefined
}

const named = ({ id, identity }: Entity): FieldOption => ({ value: id, name: identity.name, code: id })
const optionOf = ({ id, title }: { id: string; title: string }): FieldOption => ({ value: id, name: title, code: id })
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
      const title = rowTitle(name, question.framework)
      // A table has a row for each level of its framework. Those that there are must all be filled in.
      const mayBeEmpty = isOptional && !(levelOfRow(name) !== undefined && options?.length !== 0)
      return { name, isOptional: mayBeEmpty, ...(options && { options }), ...(title !== undefined && { title }) }
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
  const { office, chosen, keys, terms } = question
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
    case 'scope.qualifications': {
      const today = { effective: deps.now.toISOString(), recorded: deps.now.toISOString() }
      const offered = (await listCatalogue(deps.store))
        .flatMap((history) => qualificationAt(history, today) ?? [])
        .filter((each) => isRegion(state) || each.state === state)
        .map(optionOf)
      const { qualifications } = terms?.scope ?? {}
      return withPresent(offered, Array.isArray(qualifications) ? qualifications : [])
    }
    case 'scope.framework': {
      const { qualifications } = terms?.scope ?? {}
      const present = qualifications && 'framework' in qualifications ? qualifications.framework : undefined
      const framework = present === undefined ? frameworkOfState(state) : findFramework(present)
      return framework === undefined ? [] : [{ value: framework.id, name: framework.name }]
    }
    case 'scope.sites': {
      const offered = (await grantees()).filter(({ kind }) => kind === 'centre').map(named)
      return withPresent(offered, terms?.scope.sites ?? [])
    }
    case 'qualification':
      return (await ownQualifications(office, deps)).stated
        .filter(({ retiredOn }) => retiredOn === undefined)
        .map(optionOf)
    case 'assignedQualification':
      return (await ownQualifications(office, deps)).assigned.map(optionOf)
    case 'record':
      return isWholeRoot(office.authority, deps.policy)
        ? [
            ...listQualifications({ state }).map((record) => ({
              ...optionOf(record),
              value: `qualification/${record.id}`,
            })),
            ...listFrameworks()
              .filter((framework) => framework.state === state)
              .map(({ id, name }) => ({ value: `framework/${id}`, name, code: id })),
          ]
        : []
    case 'edition.supersedes':
      return (question.stated?.editions ?? []).map(({ value: { id } }) => code(id))
    case 'edition.level.framework':
      return listFrameworks()
        .filter((framework) => (isRegion(state) || framework.state === state) && (framework.levels ?? 0) > 0)
        .map(({ id, name }) => ({ value: id, name, code: id }))
    case 'jointly':
      return (await authoritiesFor(state, deps))
        .filter(({ id }) => id !== office.authority.id && id !== chosen?.id)
        .map(named)
    case 'onBehalfOf':
      return [office.authority, ...(await grantees())]
        .filter(({ id, kind }) => kind !== 'centre' && id !== chosen?.id)
        .map(named)
    case 'kid':
      return chosen === undefined ? [] : keysOf(chosen, keys, deps.now.toISOString()).map(({ kid }) => code(kid))
    case 'member': {
      // A body chooses among its own members, so its form asks for nothing first.
      const { id } = chosen ?? office.authority
      await requireOversight(office.authority.id, id, deps)
      return (await listMembers(id, deps.store)).map(({ subject }) => code(subject))
    }
    case 'identity.state':
      if (office.authority.identity.stateName) return [{ value: state, name: office.authority.identity.stateName }]
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
      return frameworkOptions(name, { authority: office.authority, framework: question.framework }, deps)
  }
}

/** A value of the present terms is offered even if the authority could not choose it anew. Otherwise a form would drop it. */
const withPresent = (offered: readonly FieldOption[], present: readonly string[]): readonly FieldOption[] => [
  ...offered,
  ...present.filter((id) => !offered.some(({ value }) => value === id)).map(code),
]

/** Authorities that can hold something in a state: its own, and those of the region. */
async function authoritiesFor(state: string, deps: DeskDeps): Promise<readonly Entity[]> {
  const { found } = await listRegistered(
    deps.store,
    { limit: MOST_LISTED },
    (registration) =>
      !isSandbox(registration) &&
      (isRegion(state) || registration.identity.state === state || isRegion(registration.identity.state)),
    (id) => findEntity(id, deps),
  )
  return found.filter(({ kind }) => kind === 'authority')
}

function keysOf(entity: Entity, wanted: KeyChoice, moment: string) {
  const all = [...keysFor(entity, 'certificates'), ...keysFor(entity, 'lists')]
  if (wanted === 'known') return all.filter(({ compromisedFrom }) => compromisedFrom === undefined)
  if (wanted === 'suspended') return all.filter(({ suspendedAt }) => suspendedAt !== undefined)
  return [...usableKeys(entity, 'certificates', moment), ...usableKeys(entity, 'lists', moment)]
}

/** The entity on which the other fields of a form depend. `undefined` for one that is not registered. */
export const chosenView = (id: string, deps: DeskDeps): Promise<Entity | undefined> => findEntity(id, deps)
