import type { QualificationHistory } from '@sijil/registry/catalogue'
import { type KnownQualification, knownAt } from '@sijil/registry/trust'
import type { ViewDeps } from './view.ts'

type CatalogueDeps = Pick<ViewDeps, 'qualifications' | 'now'>

interface Present {
  moment: string
  records: readonly KnownQualification[]
  titles: ReadonlyMap<string, string>
}

/** The last moment that was asked about, for each list. One page asks many times about one moment, and each fold takes all records. */
const presents = new WeakMap<readonly QualificationHistory[], Present>()

async function presentOf({ qualifications, now }: CatalogueDeps): Promise<Present> {
  const [list, moment] = [await qualifications(), now.toISOString()]
  const kept = presents.get(list)
  if (kept?.moment === moment) return kept
  const records = knownAt(list, moment)
  const titles = new Map(records.map(({ record }) => [record.id, record.title]))
  const present = { moment, records, titles }
  presents.set(list, present)
  return present
}

/** Every qualification that has a record today, with that record. */
export const recordsToday = async (deps: CatalogueDeps): Promise<Present['records']> => (await presentOf(deps)).records

/** The name of a framework of the baseline. Another one is shown by its id. */
export async function frameworkNames({ frameworks }: Pick<ViewDeps, 'frameworks'>): Promise<(id: string) => string> {
  const names = new Map((await frameworks()).map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

/** Titles of today, by id. */
export type Titles = (id: string) => string | undefined

export async function titlesToday(deps: CatalogueDeps): Promise<Titles> {
  const { titles } = await presentOf(deps)
  return (id) => titles.get(id)
}
