import { type Day, titleOfOccupation } from '@sijil/qualifications'
import { statedAt } from '@sijil/registry/catalogue'
import type { OccupationValues, UnitValues } from '@sijil/web'
import { type CatalogueEntry, firstAfter } from './catalogue-index.ts'
import { type CatalogueDeps, listedOf } from './catalogue-search.ts'
import { noSuchThing } from './reference.ts'
import { folded } from './search-words.ts'
import type { View } from './view.ts'

/** Most qualifications on the page of an occupation. The search shows the others. */
const MOST_OF_OCCUPATION = 200

/** The qualifications and editions in which the code of a unit occurs. Capitals make no difference. */
export async function unitView(
  { code, place }: { code: string; place: { limit: number; after?: string } },
  { index, qualifications, now }: CatalogueDeps,
): Promise<View<object, UnitValues> & { next?: string }> {
  index.refresh(await qualifications(), now)
  const wanted = folded(code)
  const found = index.entries().filter(({ unitCodes }) => unitCodes.has(wanted))
  const begin = place.after === undefined ? 0 : firstAfter(found, place.after)
  const page = found.slice(begin, begin + place.limit)
  const next = found.length > begin + page.length ? page.at(-1)?.place : undefined
  const shown = page.map((entry) => ({ ...listedOf(entry), editions: editionsWith(entry, wanted, now) }))
  const json = { code, count: found.length, qualifications: shown }
  return { json, values: () => json, ...(next !== undefined && { next }) }
}

/** The editions that have the unit, with its code and title in each. */
function editionsWith(
  { history, record }: CatalogueEntry,
  wanted: string,
  now: Date,
): readonly { id: string; from?: Day; until?: Day; code: string; title: string }[] {
  const moment = now.toISOString()
  const { editions } = statedAt(history, { effective: moment, recorded: moment })
  const stated = [...editions.values()].map(({ value: { id, from, until, units } }) => ({ id, from, until, units }))
  const all =
    stated.length === 0 ? [{ id: record.edition, from: undefined, until: undefined, units: record.units }] : stated
  return all.flatMap(({ id, from, until, units }) =>
    units
      .filter((unit) => folded(unit.code) === wanted)
      .map(({ code, title }) => ({ id, ...(from && { from }), ...(until && { until }), code, title })),
  )
}

/** The qualifications for an ISCO-08 unit group, by state and level. Throws `not-found` if there are none. */
export async function occupationView(
  id: string,
  { index, qualifications, now }: CatalogueDeps,
): Promise<View<object, OccupationValues>> {
  index.refresh(await qualifications(), now)
  const found = index
    .entries()
    .filter(({ record }) => record.occupation?.code === id || record.furtherOccupations?.includes(id))
  const title =
    titleOfOccupation(id) ?? found.find(({ record }) => record.occupation?.code === id)?.record.occupation?.title
  if (found.length === 0 || title === undefined) throw noSuchThing()
  const listed = found
    .map((entry) => ({ ...listedOf(entry), isRelated: entry.record.occupation?.code !== id }))
    .sort((one, other) => orderOf(one.state) - orderOf(other.state) || (other.level ?? 0) - (one.level ?? 0))
    .slice(0, MOST_OF_OCCUPATION)
  const byState = Map.groupBy(listed, ({ state }) => state ?? 'ASEAN')
  const json = {
    id,
    title,
    asOf: now.toISOString().slice(0, 10),
    count: found.length,
    states: [...byState].map(([state, ofState]) => ({ state, qualifications: ofState })),
    search: `/qualifications?occupation=${id}`,
  }
  return { json, values: () => json }
}

/** States in the order of their codes, and regional titles after them. */
const orderOf = (state: string | null): number =>
  state === null ? Number.MAX_SAFE_INTEGER : state.charCodeAt(0) * 256 + state.charCodeAt(1)
