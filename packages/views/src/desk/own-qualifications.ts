import { RegistryError } from '@sijil/registry'
import {
  catalogueOf,
  lastStated,
  listCatalogue,
  ownerOfRecord,
  type QualificationHistory,
  qualificationAt,
  type StatedQualification,
} from '@sijil/registry/catalogue'
import { actsForOwner, isOwnRecord } from '@sijil/registry/decisions'
import type { OwnQualification } from '@sijil/web'
import type { DeskDeps, Office } from './office.ts'

/** What is stated about one of the office's qualifications. Throws `not-found` for that of another owner (I36). */
export async function statedView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<{ title: string; last: StatedQualification }> {
  const history = await catalogueOf(deps.store)(id)
  const last = (await isOwnRecord(history, authority.id, deps)) ? lastStated(history) : undefined
  if (last === undefined) throw new RegistryError('not-found', 'you own no qualification of this id')
  return { title: last.statement.value.title, last }
}

/** The qualifications that the office may state anew: its own, and those of a body whose successor it is. */
export async function ownQualifications({ authority }: Office, deps: DeskDeps): Promise<readonly OwnQualification[]> {
  const recorded = (await listCatalogue(deps.store)).filter(({ commits }) => commits.length > 0)
  const byOwner = Map.groupBy(recorded, ({ id, commits }) => ownerOfRecord(id, commits))
  const own = await Promise.all(
    [...byOwner].map(async ([owner, records]) => ((await actsForOwner(authority.id, owner, deps)) ? records : [])),
  )
  return own.flat().flatMap((history) => shownQualification(history, deps.now))
}

function shownQualification(history: QualificationHistory, now: Date): OwnQualification[] {
  const stated = lastStated(history)
  if (stated === undefined) return []
  const { statement, editions, retiredOn } = stated
  const moment = now.toISOString()
  const record = qualificationAt(history, { effective: moment, recorded: moment })
  const { statedBy = statement.statedBy, recordedOn = statement.recordedOn } = record ?? {}
  return [
    {
      id: history.id,
      title: record?.title ?? statement.value.title,
      statedBy: statedBy.name,
      recordedOn,
      ...(record?.edition !== undefined && { today: { edition: record.edition, units: record.units } }),
      editions: editions.map(({ value }) => value.id),
      ...(retiredOn && { retiredOn }),
    },
  ]
}
