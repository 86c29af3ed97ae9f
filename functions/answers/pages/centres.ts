import { keptFor, parseQuery, route } from '@sijil/http'
import { type Accreditation, accreditationsAt, type Entity, noSuchIssuer, remembered } from '@sijil/registry'
import { issuerPage } from '@sijil/web'
import * as z from 'zod/mini'
import { csvOf } from './csv.ts'
import { issuerValues } from './issuer-values.ts'
import { askedOf } from './issuers.ts'
import { contextOf, either, entityOf, type PageParts } from './parts.ts'
import { everyRegistered, readEach } from './registrations.ts'

const listQuery = z.looseObject({ format: z._default(z.enum(['json', 'csv']), 'json') })

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
        const { format } = parseQuery(listQuery, query)
        const now = parts.clock()
        const centres = (await everyCentre()).map((entity) => centreOf(entity, now))
        const asOf = now.toISOString()
        if (format === 'json') return { status: 200, body: { asOf, centres } }
        const rows = centres.flatMap(({ accreditations, ...centre }) =>
          (accreditations.length === 0 ? [undefined] : accreditations).map((grant) => rowOf(centre, grant)),
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
] as const

function centreOf(entity: Entity, now: Date) {
  const { id, identity } = entity
  const { name, state, website, contact } = identity
  return {
    id,
    name,
    state,
    website,
    ...(contact && { contact }),
    accreditations: accreditationsAt(entity, now.toISOString()).filter(({ right }) => right === 'assess'),
  }
}

function rowOf(
  { id, name, state, website, contact = '' }: Omit<ReturnType<typeof centreOf>, 'accreditations'>,
  grant: Accreditation | undefined,
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
  ]
}
