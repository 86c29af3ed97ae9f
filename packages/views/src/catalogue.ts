import type { QualificationHistory } from '@sijil/registry/catalogue'
import { type KnownQualification, knownAt } from '@sijil/registry/trust'
import type { ViewDeps } from './view.ts'

const DAY_MS = 86_400_000

type CatalogueDeps = Pick<ViewDeps, 'qualifications' | 'now'>

interface Present {
  records: readonly KnownQualification[]
  titles: ReadonlyMap<string, string>
}

/** An answer of one moment that holds until another one. RFC 3339 UTC. */
interface Held<T> {
  from: string
  until: string
  value: T
}
const holds = <T>(kept: Held<T> | undefined, moment: string): kept is Held<T> =>
  kept !== undefined && kept.from <= moment && moment < kept.until

const presents = new WeakMap<readonly QualificationHistory[], Held<Present>>()
const records = new WeakMap<QualificationHistory, Held<readonly KnownQualification[]>>()

/** Folds only the histories of which something is new, or begins to count. Pages ask for a few titles, and there are 20,000 records. */
async function presentOf({ qualifications, now }: CatalogueDeps): Promise<Present> {
  const [list, moment] = [await qualifications(), now.toISOString()]
  const kept = presents.get(list)
  if (holds(kept, moment)) return kept.value
  const found = list.map((history) => recordAt(history, moment))
  const known = found.flatMap(({ value }) => value)
  const value = { records: known, titles: new Map(known.map(({ record }) => [record.id, record.title])) }
  const until = found.reduce((first, each) => (each.until < first ? each.until : first), dayAfter(moment))
  presents.set(list, { from: moment, until, value })
  return value
}

/** The record of a history. It may be another one once a statement begins to count, and on another day. */
function recordAt(history: QualificationHistory, moment: string): Held<readonly KnownQualification[]> {
  const kept = records.get(history)
  if (holds(kept, moment)) return kept
  let until = dayAfter(moment)
  for (const { commits } of [history, ...(history.frameworks ?? [])])
    for (const { effectiveAt, recordedAt } of commits)
      for (const begins of [effectiveAt, recordedAt]) if (begins > moment && begins < until) until = begins
  const held = { from: moment, until, value: knownAt([history], moment) }
  records.set(history, held)
  return held
}

/** The beginning of the next day in UTC. */
export const dayAfter = (moment: string): string =>
  new Date(Date.parse(`${moment.slice(0, 10)}T00:00:00.000Z`) + DAY_MS).toISOString()

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
