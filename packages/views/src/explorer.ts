import {
  type Framework,
  isWanted as isQualificationWanted,
  listFields,
  listLevels,
  listOccupations,
  parseLevel,
  states,
  type Wanted,
} from '@sijil/qualifications'
import type { QualificationHistory } from '@sijil/registry/catalogue'
import {
  accreditationSummary,
  type Entity,
  listRegistered,
  localNamesOf,
  type Registration,
  stateOf,
} from '@sijil/registry/trust'
import type { IssuersValues, ListedIssuer } from '@sijil/web'
import { recordsToday } from './catalogue.ts'
import { findEntity } from './entity.ts'
import { fictionalStates } from './names.ts'
import { hasWords, searchWords } from './search-words.ts'
import type { View, ViewDeps } from './view.ts'

export type ExplorerDeps = Pick<
  ViewDeps,
  'reader' | 'trust' | 'catalogue' | 'qualifications' | 'frameworks' | 'descriptions' | 'policy' | 'now'
>
type Search = IssuersValues['search']

/**
 * Most streams of bodies that one page reads, because some searches can be answered only from the streams. Each body is checked for
 * each qualification in its scope, so this limits the cost of a search by a stranger (F19).
 */
const MOST_EXAMINED = 100

interface Asked {
  search: Search
  place: { limit: number; after?: string }
}

/** Finds bodies by name, state, sector, level, qualification and accreditation status today. `next` is where the next page starts. */
export async function findIssuers(
  { search, place }: Asked,
  deps: ExplorerDeps,
): Promise<{ issuers: ListedIssuer[]; examined: number; next?: string }> {
  const { standing, qualification } = search
  const wanted = wantedBy(search)
  const words = searchWords(search.s ?? '')
  const among = (await recordsToday(deps))
    .filter(({ record }) => qualification === undefined || record.id === qualification)
    .filter(({ record }) => isQualificationWanted(record, wanted, { on: dayOf(deps.now) }))
    .map(({ history }) => history)
  // Such a search leaves out bodies whose scope reaches none of the wanted qualifications.
  const mustReach = standing !== undefined || qualification !== undefined || Object.keys(wanted).length > 0
  const { found, next, examined } = await listRegistered(
    deps.reader,
    { ...place, most: MOST_EXAMINED },
    (registration) => isWanted(registration, { words, state: search.c }),
    async (id) => {
      const entity = await findEntity(id, deps)
      const issuer = entity && (await listed(entity, among, deps))
      return issuer !== undefined && (!mustReach || reaches(issuer, standing)) ? issuer : undefined
    },
  )
  return { issuers: found.toSorted((a, b) => (a.id < b.id ? -1 : 1)), examined, ...(next && { next }) }
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10)

/** The list of bodies that may issue, as a reader searches it. */
export async function explorerView(
  { search, place }: Asked,
  deps: ExplorerDeps,
): Promise<View<object, IssuersValues> & { next?: string }> {
  const asOf = dayOf(deps.now)
  const { issuers, examined, next } = await findIssuers({ search, place }, deps)
  const known = (await recordsToday(deps)).map(({ record }) => record)
  const frameworks = await deps.frameworks()
  const about = known.find(({ id }) => id === search.qualification)?.title
  return {
    json: { asOf, issuers, examined },
    values: () => ({
      issuers,
      states: [
        ...states.map(({ iso2: state }) => ({ state, ...frameworkOf(state, frameworks) })),
        ...fictionalStates(known),
      ],
      fields: listFields(known),
      occupations: listOccupations(known),
      levels: listLevels(known, { on: asOf }),
      search,
      ...(about !== undefined && { about }),
      examined,
      asOf,
      isPart: place.after !== undefined || next !== undefined,
    }),
    ...(next && { next }),
  }
}

function wantedBy({ field, occupation, level }: Search): Wanted {
  const { framework, level: number } = parseLevel(level ?? '')
  return {
    ...(field && { field }),
    ...(occupation && { occupation }),
    ...(number !== undefined && { level: { framework, level: number } }),
  }
}

const reaches = ({ statuses, pilot }: ListedIssuer, wanted: Search['standing']): boolean =>
  wanted === undefined ? statuses.length > 0 : wanted === 'pilot' ? pilot : statuses.includes(wanted)

/** True for a body of that state, other than a sandbox, that has all these words in its names. */
function isWanted(
  registration: Registration,
  { words, state }: { words: readonly string[]; state: string | undefined },
): boolean {
  if (registration.type !== 'body-registered' || registration.sandbox) return false
  const { name, acronym = '', state: own } = registration.identity
  const local = localNamesOf(registration.identity).map((one) => one.text)
  return (!state || own === state) && hasWords([name, ...local, acronym], words)
}

async function listed(
  entity: Entity,
  among: readonly QualificationHistory[],
  deps: ExplorerDeps,
): Promise<ListedIssuer> {
  const { id, identity } = entity
  const moment = deps.now.toISOString()
  const question = { among, right: 'issue', effective: moment, recorded: moment } as const
  const { best, found, pilot, atSites } = await accreditationSummary(entity, question, deps)
  return {
    id,
    name: identity.name,
    ...(identity.acronym && { acronym: identity.acronym }),
    ...(identity.localName && { localName: identity.localName }),
    ...stateOf(entity),
    remark: identity.mandate,
    standing: best,
    statuses: found,
    pilot,
    atSites,
  }
}

function frameworkOf(iso2: string, frameworks: readonly Framework[]) {
  const framework = frameworks.find(({ state }) => state === iso2)
  return framework && { framework: { name: framework.name, isReferenced: framework.referencing.status === 'endorsed' } }
}
