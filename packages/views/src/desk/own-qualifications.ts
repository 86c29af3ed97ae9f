import { RegistryError } from '@sijil/registry'
import {
  catalogueOf,
  findOwner,
  lastStated,
  listCatalogue,
  type QualificationHistory,
  qualificationAt,
  type StatedQualification,
} from '@sijil/registry/catalogue'
import { isSuccessor } from '@sijil/registry/trust'
import type { OwnQualification } from '@sijil/web'
import type { DeskDeps, Office } from './office.ts'

/** What is stated about one of the office's qualifications. Throws `not-found` for that of another owner (I36). */
export async function statedView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<{ title: string; last: StatedQualification }> {
  const owner = findOwner(id)
  const isOwn = owner === authority.id || (owner !== undefined && (await isSuccessor(authority.id, owner, deps)))
  const last = isOwn ? lastStated(await catalogueOf(deps.store)(id)) : undefined
  if (last === undefined) throw new RegistryError('not-found', 'you own no qualification of this id')
  return { title: last.statement.value.title, last }
}

/** The qualifications that the office may state anew: those of its own id, and those of a body whose successor it is. */
export async function ownQualifications({ authority }: Office, deps: DeskDeps): Promise<readonly OwnQualification[]> {
  const recorded = (await listCatalogue(deps.store)).filter(({ commits }) => commits.length > 0)
  const owners = new Set(recorded.flatMap(({ id }) => findOwner(id) ?? []))
  const own = await Promise.all(
    [...owners].map(async (owner) => owner === authority.id || isSuccessor(authority.id, owner, deps)),
  )
  const names = [...owners].filter((_, at) => own[at])
  return recorded.flatMap((history) =>
    names.includes(findOwner(history.id) ?? '') ? shownQualification(history, deps.now) : [],
  )
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
