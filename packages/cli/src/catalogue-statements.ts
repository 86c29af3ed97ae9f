import { CommandFailure } from './failure.ts'
import { canonicalJson, isObject, textAt } from './json.ts'
import { plain } from './output.ts'

type Row = Record<string, unknown>

/** What an owner states about a qualification today, each statement whole. */
export interface Stated {
  statement: Row
  editions: Row[]
}

/** `undefined` for a record that no owner has stated. It comes with the software of the registry. */
export function statedIn(record: Row): Stated | undefined {
  const { stated } = record
  if (!isObject(stated)) return undefined
  const { statement, editions } = stated
  if (!isObject(statement) || !Array.isArray(editions) || !editions.every(isObject))
    throw new CommandFailure('unexpected', { title: 'The answer of the registry is not a record of the catalogue' })
  return { statement, editions }
}

export const editionIn = ({ editions }: Stated, id: string): Row | undefined =>
  editions.find((edition) => textAt(edition, 'id') === id)

/** The input of the API that states the same again. The state is that of the owner, so it is no part of it. */
export function qualificationInput(id: string, { statement: { state: _, ...statement } }: Stated, edition: Row): Row {
  return { id: id.slice(id.indexOf('.') + 1), ...statement, edition }
}

/** What the registry sets if an input leaves it out. */
const defaults = { kind: 'skills-certificate' }
const schemes: Row = {
  occupation: { scheme: 'ISCO-08', version: '2008' },
  escoOccupation: { scheme: 'ESCO' },
  fieldOfEducation: { scheme: 'ISCED-F', version: '2013' },
}
const withDefaults = (input: Row): Row => ({
  ...defaults,
  ...Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      isObject(value) && isObject(schemes[name]) ? { ...schemes[name], ...value } : value,
    ]),
  ),
})

/** One difference between a file and the record. A member that is absent on one side has no text there. */
export interface Difference {
  field: string
  before?: unknown
  after?: unknown
}

/** What an input for a qualification would change, field by field. Without an edition in it, no edition changes. */
export function differencesOfQualification(input: Row, stated: Stated | undefined): Difference[] {
  const whole = withDefaults(input)
  const { id: _, effectiveFrom: __, edition, ...statement } = whole
  const { state: ___, ...before } = stated?.statement ?? {}
  return [...differences(before, statement), ...(isObject(edition) ? differencesOfEdition(edition, stated) : [])]
}

/** What an input for an edition would change. */
export function differencesOfEdition(edition: Row, stated: Stated | undefined): Difference[] {
  const id = textAt(edition, 'id') ?? ''
  const before = stated && editionIn(stated, id)
  return differences(before ?? {}, edition, `edition ${id}: `)
}

function differences(before: Row, after: Row, at = ''): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [one, other] = [before[name], after[name]]
    if (canonicalJson(one ?? null) === canonicalJson(other ?? null)) return []
    const field = `${at}${name}`
    if (name === 'units') return unitDifferences(rowsOf(one), rowsOf(other), at)
    if (isObject(one) && isObject(other)) return differences(one, other, `${field}.`)
    return [difference(field, one, other)]
  })
}

const rowsOf = (units: unknown): Row[] => (Array.isArray(units) ? units.filter(isObject) : [])

const titlesByCode = (units: Row[]) => new Map(units.map(({ code, title }) => [String(code), title]))

/** Units are compared by their codes. Their order is a difference only if nothing else is. */
function unitDifferences(before: Row[], after: Row[], at: string): Difference[] {
  const [old, fresh] = [titlesByCode(before), titlesByCode(after)]
  const found = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((code) =>
    old.get(code) === fresh.get(code) ? [] : [difference(`${at}unit ${code}`, old.get(code), fresh.get(code))],
  )
  return found.length > 0 ? found : [difference(`${at}order of the units`, [...old.keys()], [...fresh.keys()])]
}

const difference = (field: string, before: unknown, after: unknown): Difference => ({
  field,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
})

const textOf = (value: unknown): string => plain(typeof value === 'string' ? value : JSON.stringify(value))

/** One line for each side: `-` stands before what goes, `+` before what comes. */
export const differenceLines = (found: readonly Difference[]): string[] =>
  found.flatMap(({ field, before, after }) => [
    plain(field),
    ...(before === undefined ? [] : [`  - ${textOf(before)}`]),
    ...(after === undefined ? [] : [`  + ${textOf(after)}`]),
  ])
