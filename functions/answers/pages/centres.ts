import { csvOf } from '@sijil/credentials/csv'
import { keptFor, parseQuery, route } from '@sijil/http'
import { remembered } from '@sijil/registry'
import {
  type Accreditation,
  accreditationAt,
  type Entity,
  everyRegistered,
  grantOn,
  type LinkDecision,
  noSuchIssuer,
  readEach,
} from '@sijil/registry/trust'
import { issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { timeOf } from '../moments.ts'
import { issuerValues } from './issuer-values.ts'
import { askedOf } from './issuers.ts'
import { contextOf, either, entityOf, type PageParts } from './parts.ts'

const listQuery = z.looseObject({
  format: z._default(z.enum(['json', 'csv']), 'json'),
  'as-of': z.optional(z.string()),
})

/** The register of assessment centres, to be taken away whole; and a page for each, to which certificates point. */
export const centresAnswers = (parts: PageParts) => {
  // Anybody may ask for it: what reads everybody is read once in ten seconds, as trust is.
  const everyCentre = remembered(
    async () => {
      const ids = await everyRegistered(parts.reader, ({ type }) => type === 'centre-registered')
      const all = await readEach(ids, (id) => entityOf(id, parts.clock(), parts))
      return all.flatMap((entity) => (entity?.kind === 'centre' ? [entity] : []))
    },
    () => parts.clock().getTime(),
  )
  return {
    'GET /centres': route<Record<never, string>, undefined>({
      async answer({ query }) {
        const { format, 'as-of': day } = parseQuery(listQuery, query)
        const asOf = timeOf(day, '/as-of', parts.clock())
        const centres = (await everyCentre()).map((entity) => centreOf(entity, asOf))
        if (format === 'json') return { status: 200, body: { asOf, centres } }
        const rows = centres.flatMap(({ accreditations, ...centre }) =>
          (accreditations.length === 0 ? [undefined] : accreditations).map((grant) => [...rowOf(centre, grant), asOf]),
        )
        return {
          status: 200,
          body: csvOf(columns, rows),
          type: 'text/csv; charset=utf-8; header=present',
          headers: { 'content-disposition': 'attachment; filename="centres.csv"', 'cache-control': keptFor('minute') },
        }
      },
    }),

    'GET /centres/{centre}': route<{ centre: string }, undefined>({
      async answer(asked) {
        const now = parts.clock()
        const entity = await entityOf(asked.params.centre, now, parts)
        if (entity?.kind !== 'centre') throw noSuchIssuer()
        const values = await issuerValues(entity, askedOf(asked.query, now), now, parts)
        return either(asked, values, () => issuerPage(values, contextOf(asked, `/centres/${entity.id}`, parts)))
      },
    }),
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

/** As it was on that day, with the decisions by which it was so: whoever takes it away can look up each in the public log. */
function centreOf(entity: Entity, asOf: string) {
  const { id, identity } = entity
  const { name, state, website, contact } = identity
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
