import type { Qualification } from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import {
  baselineAt,
  catalogueOf,
  EVER,
  lastStated,
  ownerOfRecord,
  type QualificationHistory,
  qualificationAt,
  type StatedQualification,
  statedAt,
} from '@sijil/registry/catalogue'
import { actsForOwner, isOwnRecord } from '@sijil/registry/decisions'
import type { BodyDeskValues, OwnQualification } from '@sijil/web'
import { folded, searchWords } from '../search-words.ts'
import type { CatalogueDeps, DeskDeps, Office } from './office.ts'

/** What is stated about one of the office's qualifications. Throws `not-found` for that of another owner (I36). */
export async function statedView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<{ title: string; last: StatedQualification }> {
  const history = await catalogueOf(deps.store)(id)
  const last = (await isOwnRecord(history, authority.id, deps)) ? lastStated(history) : undefined
  if (last === undefined) throw new RegistryError('not-found', 'you own no qualification with this id')
  return { title: last.statement.value.title, last }
}

/** A record of the baseline that was assigned to this office, and about which it has stated nothing. Undefined for any other. */
export async function assignedQualificationView(
  { authority }: Office,
  id: string,
  deps: DeskDeps,
): Promise<Qualification | undefined> {
  const history = await catalogueOf(deps.store)(id)
  return (await isOwnRecord(history, authority.id, deps)) ? unstated(history) : undefined
}

const unstated = (history: QualificationHistory): Qualification | undefined =>
  statedAt(history, EVER).retiredOn === undefined && lastStated(history) === undefined
    ? baselineAt<Qualification>(history.commits, EVER)
    : undefined

/** The qualifications that the office may state: its own, and those of one whose successor it is. */
export async function ownQualifications(
  office: Office,
  deps: CatalogueDeps,
): Promise<{
  stated: readonly OwnQualification[]
  /** Records of the baseline that were assigned to it, and that it has not stated yet. */
  assigned: readonly Qualification[]
}> {
  const own = await ownHistories(office, deps)
  return {
    stated: own.flatMap((history) => shownQualification(history, deps.now)),
    assigned: own.flatMap((history) => unstated(history) ?? []),
  }
}

/** A page shows so many. */
const MOST_SHOWN = 50

/** Those with all of these words in their title or id, of which one page shows the first. Few are all shown, and not searched. */
export function foundQualifications(
  { stated, assigned }: Awaited<ReturnType<typeof ownQualifications>>,
  search: string,
): Pick<BodyDeskValues, 'qualifications' | 'assigned' | 'found'> {
  const count = stated.length + assigned.length
  const words = count > MOST_SHOWN ? searchWords(search) : []
  const isFound = ({ id, title }: { id: string; title: string }) => {
    const text = folded(`${title}\n${id}`)
    return words.every((word) => text.includes(word))
  }
  const first = assigned.filter(isFound)
  const rest = stated.filter(isFound)
  const shown = first.slice(0, MOST_SHOWN)
  return {
    assigned: shown.map(({ id, title }) => ({ id, title })),
    qualifications: rest.slice(0, MOST_SHOWN - shown.length),
    ...(count > MOST_SHOWN && { found: { search, isCut: first.length + rest.length > MOST_SHOWN } }),
  }
}

async function ownHistories({ authority }: Office, deps: CatalogueDeps): Promise<readonly QualificationHistory[]> {
  const byOwner = Map.groupBy(await deps.qualifications(), ({ id, commits }) =>
    ownerOfRecord(id, commits, deps.now.toISOString()),
  )
  const own = await Promise.all(
    [...byOwner].map(async ([owner, records]) => ((await actsForOwner(authority.id, owner, deps)) ? records : [])),
  )
  return own.flat()
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
