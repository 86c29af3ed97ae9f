import {
  type Accreditation,
  accreditationAt,
  type Entity,
  everyRegistered,
  grantOn,
  identityOn,
  type LinkDecision,
  readEach,
  stateOf,
} from '@sijil/registry/trust'
import type { CentresValues, StateOf } from '@sijil/web'
import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

/** Every centre that was ever registered, in the order of ids. It reads one stream for each centre, so callers should cache it. */
export async function listCentres(deps: Pick<ViewDeps, 'reader' | 'trust' | 'now'>): Promise<Entity[]> {
  const ids = await everyRegistered(deps.reader, ({ type }) => type === 'centre-registered')
  const all = await readEach(ids, (id) => findEntity(id, deps))
  return all.flatMap((entity) => (entity?.kind === 'centre' ? [entity] : []))
}

/** The register of assessment centres at a moment, as JSON and as table rows. The table has one row for each accreditation. */
export function centresView(centres: readonly Entity[], asOf: string) {
  const all = centres.map((entity) => centreOf(entity, asOf))
  return {
    json: { asOf, centres: all },
    columns,
    rows: () =>
      all.flatMap(({ accreditations, ...centre }) =>
        (accreditations.length === 0 ? [undefined] : accreditations).map((grant) => [...rowOf(centre, grant), asOf]),
      ),
  }
}

/** Most centres on one page. */
const PAGE = 100

/** The list of centres for people: those of a state, by page. `after`: the id of the last centre of the page before. */
export function centresValues(
  centres: readonly Entity[],
  { state, after = '', states }: { state?: string | undefined; after?: string | undefined; states: readonly StateOf[] },
  asOf: string,
): CentresValues {
  const matching = centres.filter(({ identity }) => state === undefined || identity.state === state)
  const from = matching.filter(({ id }) => id > after)
  const shown = from.slice(0, PAGE)
  const last = from.length > PAGE ? shown.at(-1)?.id : undefined
  return {
    centres: shown.map((entity) => {
      const { id, identity, grants } = entity
      const own = grants.filter(({ right }) => right === 'assess')
      const { name, acronym, localName } = identity
      return {
        id,
        name,
        ...(acronym && { acronym }),
        ...(localName && { localName }),
        ...stateOf(entity),
        accreditations: [...new Set(own.map((grant) => accreditationAt(entity, grant, asOf).state))],
      }
    }),
    count: matching.length,
    states,
    state,
    ...(last !== undefined && { next: last }),
    asOf,
  }
}

const columns = [
  'id',
  'name',
  'country',
  'website',
  'contact',
  'accredited by',
  'state',
  'from',
  'until',
  'pilot',
  'qualifications',
  'entries of the log',
  'as of',
] as const

/** A centre as it was on that day, with the decisions behind it. Each decision can be looked up in the public log. */
function centreOf(entity: Entity, asOf: string) {
  const { id } = entity
  const { name, state, website, contact } = identityOn(entity, asOf)
  return {
    id,
    name,
    state,
    website,
    ...(contact && { contact }),
    decisions: [entity.decision],
    accreditations: entity.grants
      .filter(({ right }) => right === 'assess')
      .map((grant): Listed => {
        const { decisions } = grantOn(grant, asOf)
        return { ...accreditationAt(entity, grant, asOf), decisions }
      }),
  }
}

type Listed = Accreditation & { decisions: readonly LinkDecision[] }

function rowOf(
  { id, name, state, website, contact = '', decisions }: Omit<ReturnType<typeof centreOf>, 'accreditations'>,
  grant: Listed | undefined,
): string[] {
  const { qualifications } = grant?.scope ?? {}
  return [
    id,
    name,
    state,
    website,
    contact,
    grant?.grantors.join(' ') ?? '',
    grant?.state ?? '',
    grant?.from.slice(0, 10) ?? '',
    grant?.until?.slice(0, 10) ?? '',
    grant?.pilot ? 'pilot' : '',
    qualifications === undefined
      ? ''
      : 'framework' in qualifications
        ? `all of ${qualifications.framework}`
        : qualifications.join(' '),
    [...decisions, ...(grant?.decisions ?? [])].map(({ entry }) => entry).join(' '),
  ]
}
