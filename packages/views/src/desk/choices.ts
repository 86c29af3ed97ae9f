import { type Framework, isRegion, type Qualification, REGION, states } from '@sijil/qualifications'
import {
  baselineAt,
  EVER,
  listBaselineFrameworks,
  listDescriptions,
  type StatedQualification,
} from '@sijil/registry/catalogue'
import { requireOversight, rightsOf } from '@sijil/registry/decisions'
import { type ClassDecision, listClassDecisions } from '@sijil/registry/recognition'
import {
  type Entity,
  type GrantTerms,
  isSandbox,
  isWholeRoot,
  type KnownQualification,
  keysFor,
  listMembers,
  listRegistered,
  type Right,
  usableKeys,
} from '@sijil/registry/trust'
import type { FieldName, FieldOption, ShownField, TypedFields } from '@sijil/web'
import { recordsToday } from '../catalogue.ts'
import { folded, searchWords } from '../search-words.ts'
import { declaredOptions, gapOptions, stepOptions, trackOptions } from './corridor-options.ts'
import { describedBodies, stateOptions } from './descriptions.ts'
import { frameworkOptions, levelOfRow, rowTitle } from './frameworks.ts'
import { listGrantees } from './grantees.ts'
import { type CatalogueDeps, type DeskDeps, findEntity, type Office } from './office.ts'
import { ownQualifications } from './own-qualifications.ts'
import { editionOptions, hasManyQualifications, versionOptions } from './versions.ts'

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
  /** The right that the form is about. To recognise concerns qualifications of other states. */
  right?: Right | undefined
  /** The framework that was chosen first. */
  framework?: Framework | undefined
  /** What the officer typed. A search of the form is one of its fields. */
  typed?: TypedFields
}

const named = ({ id, identity }: Entity): FieldOption => ({ value: id, name: identity.name, code: id })
const optionOf = ({ id, title }: { id: string; title: string }): FieldOption => ({ value: id, name: title, code: id })
/** Titles of several states may be the same, so each has the code of its state. */
const optionOfState = ({ id, title, state }: Qualification): FieldOption => ({
  value: id,
  name: state === null ? title : `${title} (${state})`,
  code: id,
})
const code = (value: string): FieldOption => ({ value, code: value })

/** The fields of a form with the values that can be chosen. A field without any value is left out if it is optional. */
export async function fieldsView(
  asked: readonly AskedField[],
  question: Question,
  deps: CatalogueDeps,
): Promise<readonly ShownField[]> {
  // Each is read once for a form, and only if one of its fields lists it.
  const listed: Listed = {
    grantees: once(() =>
      listGrantees(question.office.authority, { limit: MOST_LISTED }, deps).then((found) => found.grantees),
    ),
    qualifications: once(() => qualificationsFor(question, deps)),
  }
  const fields = await Promise.all(
    asked.map(async (each): Promise<ShownField> => {
      const isOptional = each.endsWith('?')
      const name = (isOptional ? each.slice(0, -1) : each) as FieldName
      const options = await optionsOf(name, question, listed, deps)
      const title = rowTitle(name, question.framework)
      // A table has a row for each level of its framework. Those that there are must all be filled in.
      const mayBeEmpty = isOptional && !(levelOfRow(name) !== undefined && options?.length !== 0)
      const follows = name === 'scope.units' && (await listed.qualifications()).length > 0
      const search = name === 'scope.qualifications' ? searchOf(await listed.qualifications(), question) : undefined
      return {
        name,
        isOptional: mayBeEmpty,
        ...(options && { options }),
        ...(title !== undefined && { title }),
        ...(search && { search }),
        ...(follows && { follows }),
      }
    }),
  )
  return fields.filter(
    ({ isOptional, options, search, follows }) => !isOptional || options?.length !== 0 || search || follows,
  )
}

interface Listed {
  grantees: () => Promise<readonly Entity[]>
  /** Those that the authority may name in a scope, in the order of their titles. */
  qualifications: () => Promise<readonly Qualification[]>
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= read()
    return asked
  }
}

/** A form shows so many qualifications at once. If there are more, it has a search. */
const MOST_OFFERED = 100

const ordered = new WeakMap<readonly KnownQualification[], Map<string, readonly Qualification[]>>()

/** Sorted once for each version of the list, because there may be 20,000. */
async function qualificationsFor(question: Question, deps: CatalogueDeps): Promise<readonly Qualification[]> {
  const records = await recordsToday(deps)
  const own = stateOf(question)
  const isOfOthers = question.right === 'recognise'
  const state = isOfOthers ? `not ${own}` : own
  const ofStates = ordered.get(records) ?? new Map<string, readonly Qualification[]>()
  ordered.set(records, ofStates)
  const known = ofStates.get(state)
  if (known !== undefined) return known
  const all = records
    .map(({ record }) => record)
    .filter((each) => (isOfOthers ? each.state !== own : isRegion(own) || each.state === own))
  const sorted = all.sort((one, other) => (one.title < other.title ? -1 : 1))
  ofStates.set(state, sorted)
  return sorted
}

/** What the baseline has of this state. */
async function baselineQualifications(state: string, { qualifications }: CatalogueDeps): Promise<Qualification[]> {
  const records = (await qualifications()).flatMap(({ commits }) => baselineAt<Qualification>(commits, EVER) ?? [])
  return records.filter((record) => record.state === state)
}

const presentIn = ({ terms }: Question): readonly string[] => {
  const { qualifications = [] } = terms?.scope ?? {}
  return 'framework' in qualifications ? [] : qualifications
}

function found(all: readonly Qualification[], { typed = {} }: Question): readonly Qualification[] {
  if (all.length <= MOST_OFFERED) return all
  const words = searchWords(typed['scope.search'] ?? '')
  return words.length === 0 ? [] : all.filter((record) => words.every((word) => searchedText(record).includes(word)))
}

const searchedTexts = new WeakMap<Qualification, string>()

/** What a search of the form looks through, folded once for each record. */
function searchedText(record: Qualification): string {
  const { id, title, localTitle, code } = record
  const text = searchedTexts.get(record) ?? folded([id, title, localTitle?.text ?? '', code ?? ''].join('\n'))
  searchedTexts.set(record, text)
  return text
}

const searchOf = (all: readonly Qualification[], question: Question): ShownField['search'] =>
  all.length > MOST_OFFERED ? { isCut: found(all, question).length > MOST_OFFERED } : undefined

/** What the search found, and always what is chosen already: otherwise the next press would drop it. */
function offered(all: readonly Qualification[], question: Question): readonly FieldOption[] {
  const { typed = {} } = question
  const shown = new Set(found(all, question).slice(0, MOST_OFFERED))
  const isChosen = ({ id }: Qualification) => typed[`scope.qualifications:${id}`] === 'yes'
  const chosen = all.filter((each) => isChosen(each) && !shown.has(each))
  return [...chosen, ...shown].map(question.right === 'recognise' ? optionOfState : optionOf)
}

/** How a form names a unit, because its code is unique within its qualification only. */
export const unitValue = (qualification: string, unit: string): string => `${qualification}/${unit}`

/** Most units of one form, so many as six large qualifications have. Others can be named through the API. */
const MOST_UNITS_OFFERED = 500

/** The units of the chosen qualifications, and always those that are chosen already. */
function unitOptions(all: readonly Qualification[], { typed = {}, terms }: Question): readonly FieldOption[] {
  const offered = all
    .filter(({ id }) => typed[`scope.qualifications:${id}`] === 'yes')
    .flatMap(({ id, title, units }) =>
      units.map((unit) => ({ value: unitValue(id, unit.code), name: `${unit.title} (${title})`, code: unit.code })),
    )
  const present = (terms?.scope.units ?? []).flatMap(({ qualification, codes }) =>
    codes.map((each) => unitValue(qualification, each)),
  )
  return withPresent(offered.slice(0, MOST_UNITS_OFFERED), present)
}

const stateOf = ({ office }: Question): string => office.authority.identity.state

async function optionsOf(
  name: FieldName,
  question: Question,
  { grantees, qualifications }: Listed,
  deps: CatalogueDeps,
): Promise<readonly FieldOption[] | undefined> {
  const { office, chosen, keys, terms } = question
  const state = stateOf(question)
  switch (name) {
    case 'grantee':
      return (await grantees())
        .filter(({ id, kind }) => id !== chosen?.id && (question.right !== 'recognise' || kind === 'authority'))
        .map(named)
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
        : // Qualifications of other states are not among the choices of this form. The right to recognise has one of its own.
          rightsOf(chosen.kind)
            .filter((right) => right !== 'recognise')
            .map((right) => ({ value: right, words: `desk.right.${right}` }))
    case 'scope.search':
      return (await qualifications()).length > MOST_OFFERED ? undefined : []
    case 'comparison.search':
      return (await hasManyQualifications(deps)) ? undefined : []
    case 'comparison.from':
    case 'comparison.to':
      return editionOptions(question.typed?.[name], question.typed ?? {}, deps)
    case 'revised':
    case 'revisedCorridor':
    case 'ofComparison':
    case 'joinable':
    case 'joined':
      return versionOptions(name, office, deps)
    case 'scope.qualifications':
      return withPresent(offered(await qualifications(), question), presentIn(question))
    case 'scope.units':
      return unitOptions(await qualifications(), question)
    case 'scope.framework': {
      const { qualifications } = terms?.scope ?? {}
      const present = qualifications && 'framework' in qualifications ? qualifications.framework : undefined
      if (question.right === 'recognise' && present === undefined) return []
      const framework = (await listBaselineFrameworks(deps.store)).find((each) =>
        present === undefined ? each.state === state : each.id === present,
      )
      return framework === undefined ? [] : [{ value: framework.id, name: framework.name }]
    }
    case 'scope.sites': {
      const isSited = question.right !== 'recognise'
      const offered = isSited ? (await grantees()).filter(({ kind }) => kind === 'centre').map(named) : []
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
            ...(await baselineQualifications(state, deps)).map((record) => ({
              ...optionOf(record),
              value: `qualification/${record.id}`,
            })),
            ...(await listBaselineFrameworks(deps.store))
              .filter((framework) => framework.state === state)
              .map(({ id, name }) => ({ value: `framework/${id}`, name, code: id })),
            ...(await listDescriptions(deps.store, deps.now)).bodies
              .filter((body) => body.state === state)
              .map(({ id, name }) => ({ value: `body/${id}`, name, code: id })),
          ]
        : []
    case 'describedBody':
      return describedBodies(office, deps)
    case 'describedState':
      return stateOptions(office, deps)
    case 'edition.supersedes':
      return (question.stated?.editions ?? []).map(({ value: { id } }) => code(id))
    case 'edition.level.framework':
      return (await listBaselineFrameworks(deps.store))
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
    case 'track.origin':
    case 'track.host':
      return statesOfAuthorities(deps)
    case 'states':
      return states.map(({ iso2 }) => ({ value: iso2, state: iso2 }))
    case 'algorithm':
      return ['Ed25519', 'P-256', 'P-384'].map(code)
    case 'decided':
      return (await listClassDecisions(deps.store, deps.now.toISOString()))
        .filter(
          ({ host, jointly, ended }) =>
            ended === undefined && (jointly?.parties ?? [host]).some(({ id }) => id === office.authority.id),
        )
        .map(decidedOption)
    case 'joinableDecision':
      return (await listClassDecisions(deps.store, deps.now.toISOString())).flatMap((decision) => {
        const { jointly, ended } = decision
        const option = decidedOption(decision)
        return ended === undefined && jointly?.missing.includes(office.authority.id)
          ? [{ ...option, value: `${option.value} ${jointly.hash}` }]
          : []
      })
    case 'trackStep':
      return stepOptions(office.authority.id, deps)
    case 'ownTrack':
      return trackOptions(office.authority.id, deps)
    case 'openGap':
      return gapOptions(office.authority.id, deps)
    case 'declared':
      return declaredOptions(office.authority.id, deps)
    case 'acceptedList':
      return office.authority.lists
        .filter(({ suspendedAt }) => suspendedAt === undefined)
        .map(({ registry }) => code(registry))
    default:
      return frameworkOptions(name, { authority: office.authority, framework: question.framework }, deps)
  }
}

/** The edition is written as in a URL, so that it has no space. */
const decidedOption = ({ id, of, terms }: ClassDecision): FieldOption => ({
  value: `${id} ${encodeURIComponent(of.edition)} ${of.qualification}`,
  name: `${of.qualification}, ${of.edition} (${terms.result})`,
  code: id,
})

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

/** The states of all authorities that are registered here. Only they can be parties of a corridor. */
async function statesOfAuthorities(deps: DeskDeps): Promise<readonly FieldOption[]> {
  const identities = (await authoritiesFor(REGION, deps)).map(({ identity }) => identity)
  const found = new Map(identities.map(({ state, stateName }) => [state, stateName]))
  return [...found]
    .filter(([state]) => !isRegion(state))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([value, name]) => (name === undefined ? { value, state: value } : { value, name }))
}

function keysOf(entity: Entity, wanted: KeyChoice, moment: string) {
  const all = [...keysFor(entity, 'certificates'), ...keysFor(entity, 'lists')]
  if (wanted === 'known') return all.filter(({ compromisedFrom }) => compromisedFrom === undefined)
  if (wanted === 'suspended') return all.filter(({ suspendedAt }) => suspendedAt !== undefined)
  return [...usableKeys(entity, 'certificates', moment), ...usableKeys(entity, 'lists', moment)]
}

/** The entity on which the other fields of a form depend. `undefined` for one that is not registered. */
export const chosenView = (id: string, deps: DeskDeps): Promise<Entity | undefined> => findEntity(id, deps)
