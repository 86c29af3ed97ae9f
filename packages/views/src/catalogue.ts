import type { Qualification } from '@sijil/qualifications'
import { type QualificationHistory, qualificationAt } from '@sijil/registry/catalogue'
import type { ViewDeps } from './view.ts'

type CatalogueDeps = Pick<ViewDeps, 'qualifications' | 'now'>

/** Every qualification that has a record today, with that record. */
export async function recordsToday({
  qualifications,
  now,
}: CatalogueDeps): Promise<readonly { history: QualificationHistory; record: Qualification }[]> {
  const today = { effective: now.toISOString(), recorded: now.toISOString() }
  return (await qualifications()).flatMap((history) => {
    const record = qualificationAt(history, today)
    return record === undefined ? [] : [{ history, record }]
  })
}

/** Titles of today, by id. */
export type Titles = (id: string) => string | undefined

export async function titlesToday(deps: CatalogueDeps): Promise<Titles> {
  const titles = new Map((await recordsToday(deps)).map(({ record }) => [record.id, record.title]))
  return (id) => titles.get(id)
}
