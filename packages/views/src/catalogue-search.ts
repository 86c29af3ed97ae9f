import {
  isWanted,
  listFields,
  listLevels,
  listOccupations,
  parseLevel,
  type Qualification,
  scopeCovers,
  states,
} from '@sijil/qualifications'
import { grantState, placeOf, siteOf, termsAt } from '@sijil/registry/trust'
import type { CatalogueSearch, CatalogueValues, ListedQualification } from '@sijil/web'
import { type CatalogueEntry, type CatalogueIndex, firstAfter } from './catalogue-index.ts'
import { findEntity } from './entity.ts'
import { fictionalStates } from './names.ts'
import { searchWords } from './search-words.ts'
import type { View, ViewDeps } from './view.ts'

export type CatalogueDeps = Pick<ViewDeps, 'trust' | 'qualifications' | 'now'> & { index: CatalogueIndex }

/** Most rows of a table. A larger file would not fit into an answer. */
const MOST_ROWS = 5_000

/** The qualifications that match, by their records of today. `after`: where the page before ended. */
export async function catalogueView(
  { search, place }: { search: CatalogueSearch; place: { limit: number; after?: string } },
  deps: CatalogueDeps,
): Promise<View<object, Promise<CatalogueValues>> & { next?: string }> {
  const asOf = dayOf(deps.now)
  const found = await matching(search, deps)
  const begin = place.after === undefined ? 0 : firstAfter(found, place.after)
  const page = found.slice(begin, begin + place.limit)
  const next = found.length > begin + page.length ? page.at(-1)?.place : undefined
  const qualifications = page.map(listedOf)
  return {
    json: { asOf, count: found.length, qualifications },
    values: async () => ({
      qualifications,
      count: found.length,
      first: begin + 1,
      search,
      ...(await choicesWith(search.body, deps)),
      asOf,
    }),
    ...(next !== undefined && { next }),
  }
}

/** The same as rows of a table. Undefined: there are too many for one table. */
export async function catalogueTable(
  search: CatalogueSearch,
  deps: CatalogueDeps,
): Promise<{ columns: readonly string[]; rows: readonly (readonly string[])[] } | { most: number }> {
  const found = await matching(search, deps)
  if (found.length > MOST_ROWS) return { most: MOST_ROWS }
  return { columns, rows: found.map((entry) => rowOf(listedOf(entry), dayOf(deps.now))) }
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

async function matching(search: CatalogueSearch, deps: CatalogueDeps): Promise<readonly CatalogueEntry[]> {
  const { index, qualifications, now } = deps
  index.refresh(await qualifications(), now)
  const { q = '', state, level = '', field, occupation, body } = search
  const { framework, level: number } = parseLevel(level)
  const wanted = {
    ...(field && { field }),
    ...(occupation && { occupation }),
    ...(number !== undefined && { level: { framework, level: number } }),
  }
  const found = index
    .find(searchWords(q))
    .filter(({ record }) => !state || (record.state ?? 'ASEAN') === state)
    .filter(({ record }) => framework === '' || number !== undefined || record.framework === framework)
    .filter(({ record }) => isWanted(record, wanted, { on: dayOf(now) }))
  return body ? ofBody(body, found, deps) : found
}

/** Those that the body states, and those that an accreditation in force today lets it issue. */
async function ofBody(
  body: string,
  found: readonly CatalogueEntry[],
  deps: CatalogueDeps,
): Promise<readonly CatalogueEntry[]> {
  const moment = deps.now.toISOString()
  const entity = await findEntity(body, deps)
  if (entity === undefined) return found.filter(({ record }) => record.statedBy?.id === body)
  const place = placeOf(entity)
  const site = siteOf(entity)
  const scopes = entity.grants
    .filter((grant) => grant.right === 'issue' && grantState(grant, moment).in === 'force')
    .map((grant) => termsAt(grant, moment).scope)
  return found.filter(
    ({ record }) =>
      record.statedBy?.id === body ||
      scopes.some((scope) => scopeCovers(scope, { qualification: record, ...(place && { place }), site }).covered),
  )
}

type Choices = Pick<CatalogueValues, 'states' | 'levels' | 'fields' | 'occupations' | 'bodies'>

const choicesOf = new WeakMap<readonly CatalogueEntry[], Choices>()

/** The choices of the form. They are counted once for each version of the list. */
async function choicesWith(body: string | undefined, { index, trust, now }: CatalogueDeps): Promise<Choices> {
  const entries = index.entries()
  const known = choicesOf.get(entries) ?? count(entries, dayOf(now))
  choicesOf.set(entries, known)
  if (!body || known.bodies.some(({ id }) => id === body)) return known
  const entity = await findEntity(body, { trust, now })
  if (entity === undefined) return known
  return { ...known, bodies: [...known.bodies, { id: body, ...entity.identity }] }
}

function count(entries: readonly CatalogueEntry[], on: string): Choices {
  const records = entries.map(({ record }) => record)
  const found = new Set(records.map(({ state }) => state ?? 'ASEAN'))
  const ordered = [...states.map(({ iso2 }) => iso2), 'ASEAN'].filter((state) => found.delete(state))
  const fictional = fictionalStates(records)
  const owners = records.flatMap(({ statedBy, state, stateName }) =>
    statedBy === undefined
      ? []
      : [[statedBy.id, { ...statedBy, state: state ?? 'ASEAN', ...(stateName && { stateName }) }] as const],
  )
  return {
    states: [...ordered, ...found].map((state) => fictional.find((one) => one.state === state) ?? { state }),
    levels: listLevels(records, { on }),
    fields: listFields(records),
    occupations: listOccupations(records),
    bodies: [...new Map(owners).values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
  }
}

const sectorOf = (assigned: Qualification['occupation']) => assigned && { code: assigned.code, title: assigned.title }

/** What a list says about a qualification. */
export function listedOf({ record, localTitles, retiredOn, nextEditionOn }: CatalogueEntry): ListedQualification {
  const { id, title, state, stateName, statedBy, code, framework, frameworkRecord, level, edition, units, recordedOn } =
    record
  const occupation = sectorOf(record.occupation)
  const fieldOfEducation = sectorOf(record.fieldOfEducation)
  return {
    id,
    title,
    localTitles,
    state,
    ...(stateName && { stateName }),
    ...(statedBy && { owner: statedBy }),
    ...(code && { code }),
    ...(framework && { framework }),
    ...(frameworkRecord?.acronym && { acronym: frameworkRecord.acronym }),
    ...(level !== undefined && { level }),
    levelConfirmed: record.levelConfirmedBy !== undefined,
    ...(occupation && { occupation }),
    ...(fieldOfEducation && { fieldOfEducation }),
    edition,
    units: units.length,
    ...(retiredOn && { retiredOn }),
    ...(nextEditionOn && { nextEditionOn }),
    recordedOn,
  }
}

// biome-ignore format: it reads as a table
const columns = [
  'id', 'title', 'other titles', 'country', 'stated by', 'owner', 'code', 'framework', 'level', 'level confirmed', 'occupation (ISCO-08)',
  'field (ISCED-F)', 'edition', 'units', 'ended on', 'next edition on', 'recorded on', 'as of',
] as const

function rowOf(each: ListedQualification, asOf: string): readonly string[] {
  const { owner } = each
  return [
    each.id,
    each.title,
    each.localTitles.map(({ text }) => text).join('; '),
    each.state ?? 'ASEAN',
    owner === undefined ? 'read from public sources, unconfirmed' : owner.name,
    owner?.id ?? '',
    each.code ?? '',
    each.framework ?? '',
    each.level === undefined ? '' : String(each.level),
    each.level === undefined ? '' : each.levelConfirmed ? 'yes' : 'no',
    each.occupation?.code ?? '',
    each.fieldOfEducation?.code ?? '',
    each.edition,
    String(each.units),
    each.retiredOn ?? '',
    each.nextEditionOn ?? '',
    each.recordedOn,
    asOf,
  ]
}
