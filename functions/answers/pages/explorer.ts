import { createPageToken, parseQuery, readPage, route } from '@sijil/http'
import {
  frameworkOfState,
  listFields,
  listLevels,
  listOccupations,
  type Qualification,
  qualificationsWanted,
  states,
  type Wanted,
} from '@sijil/qualifications'
import { type Entity, listRegistered, localNamesOf, type Registration, standingsOf } from '@sijil/registry/trust'
import { type IssuersValues, issuersPage, type ListedIssuer, listedStates } from '@sijil/web'
import * as z from 'zod/mini'
import { chosen, contextOf, either, entityOf, type PageParts } from './parts.ts'

const listQuery = z.looseObject({
  s: z.optional(z.string().check(z.maxLength(100))),
  c: z.optional(z.string().check(z.maxLength(10))),
  field: z.optional(z.string().check(z.regex(/^[0-9]{2,4}$/, { error: 'must be an ISCED-F 2013 code' }))),
  occupation: z.optional(z.string().check(z.regex(/^[0-9]{1,4}$/, { error: 'must be an ISCO-08 code' }))),
  level: z.optional(
    z
      .string()
      .check(z.regex(/^[A-Za-z-]{2,12}\.[0-9]{1,2}$/, { error: 'must be a framework and a level, like PQF.2' })),
  ),
  standing: z.optional(z.enum(listedStates, { error: `must be one of ${listedStates.join(', ')}` })),
})

/**
 * Streams of bodies that one page reads, while what it looks for stands only there. Each is asked about each qualification that its scope
 * reaches, so this bounds what a stranger's question costs (F19).
 */
const MOST_EXAMINED = 100

/** Who may issue: by name, state, sector, level, and how it stands today. */
export const explorerAnswers = (parts: PageParts) => ({
  'GET /issuers': route<Record<never, string>, undefined>({
    async answer(asked) {
      const search = parseQuery(listQuery, chosen(asked.query))
      const now = parts.clock()
      const asOf = now.toISOString().slice(0, 10)
      const { s, c, field, occupation, level, standing } = search
      const filters = Object.fromEntries(
        Object.entries({ text: s, state: c, field, occupation, level, standing }).filter(([, value]) => value),
      ) as Record<string, string>
      const question = { index: 'ENTITIES', filters }
      const place = { ...readPage(asked.query, question), most: MOST_EXAMINED }
      const wanted = wantedBy(search)
      const among = qualificationsWanted(wanted, { on: asOf })
      // A scope that reaches nothing of what was asked for is nobody's answer.
      const mustReach = standing !== undefined || Object.keys(wanted).length > 0
      const { found, next, examined } = await listRegistered(
        parts.reader,
        place,
        (registration) => isWanted(registration, filters),
        async (id) => {
          const entity = await entityOf(id, now, parts)
          const issuer = entity && (await listed(entity, among, now, parts))
          return issuer !== undefined && (!mustReach || reaches(issuer, standing)) ? issuer : undefined
        },
      )
      const issuers = found.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      const more = next && createPageToken(next, question)
      const values: IssuersValues = {
        issuers,
        states: states.map(({ iso2 }) => ({ iso2, ...frameworkOf(iso2) })),
        fields: listFields(),
        occupations: listOccupations(),
        levels: listLevels({ on: asOf }),
        search,
        examined,
        asOf,
        ...(more && { next: more }),
        isPart: place.after !== undefined || more !== undefined,
      }
      return either(asked, { asOf, issuers, examined, ...(more && { next: more }) }, () =>
        issuersPage(values, contextOf(asked, '/issuers', parts)),
      )
    },
  }),
})

function wantedBy({ field, occupation, level }: z.output<typeof listQuery>): Wanted {
  const [framework = '', number] = level?.split('.') ?? []
  return {
    ...(field && { field }),
    ...(occupation && { occupation }),
    ...(level && { level: { framework, level: Number(number) } }),
  }
}

const reaches = ({ standings, pilot }: ListedIssuer, wanted: (typeof listedStates)[number] | undefined): boolean =>
  wanted === undefined ? standings.length > 0 : wanted === 'pilot' ? pilot : standings.includes(wanted)

/** A body that issues for real, of that state, with that text in one of its names. */
function isWanted(registration: Registration, { text = '', state }: { text?: string; state?: string }): boolean {
  if (registration.type !== 'body-registered' || registration.sandbox) return false
  const { name, acronym = '', state: own } = registration.identity
  const local = localNamesOf(registration.identity).map((one) => one.text)
  const names = [name, ...local, acronym].join(' ')
  return (state === undefined || own === state) && names.toLowerCase().includes(text.toLowerCase())
}

async function listed(
  entity: Entity,
  among: readonly Qualification[],
  now: Date,
  parts: PageParts,
): Promise<ListedIssuer> {
  const { id, identity } = entity
  const moment = now.toISOString()
  const question = { among, right: 'issue', effective: moment, recorded: moment } as const
  const { best, found, pilot, atSites } = await standingsOf(entity, question, parts)
  return {
    id,
    name: identity.name,
    ...(identity.acronym && { acronym: identity.acronym }),
    ...(identity.localName && { localName: identity.localName }),
    state: identity.state,
    remark: identity.mandate,
    standing: best,
    standings: found,
    pilot,
    atSites,
  }
}

function frameworkOf(iso2: string) {
  const framework = frameworkOfState(iso2)
  return framework && { framework: { name: framework.name, isReferenced: framework.referencing.status === 'endorsed' } }
}
