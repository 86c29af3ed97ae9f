import { type Answers, keptFor, route } from '@sijil/http'
import { RegistryError, TRUST_SETTLED_MS } from '@sijil/registry'
import {
  accreditationStatus,
  accreditationsAt,
  type Entity,
  entityAt,
  noSuchIssuer,
  placeOf,
  type Right,
  rights,
  siteOf,
  type TrustQuestion,
  usualRight,
} from '@sijil/registry/trust'
import type { RouteRowOf } from '../routes.ts'
import { momentOf } from './moments.ts'
import { trqpAnswers } from './trqp.ts'
import type { TrustParts } from './trust-parts.ts'

/** Who may issue what, on two axes of time. The same two moments give the same answer for ever, once `recorded` is settled. */
export const trustAnswers = (parts: TrustParts): Answers<RouteRowOf<'trust'>[]> => ({
  'GET /openapi.json': route({
    // Loaded when somebody asks: no other answer needs the schemas of the whole API.
    async answer() {
      const { describe } = await import('./description.ts')
      return { status: 200, body: describe(parts) }
    },
  }),
  'GET /issuers/{issuer}/accreditations': route({
    knows: ['effective', 'recorded', 'qualification', 'right'],
    async answer({ params: { issuer }, query }) {
      const now = parts.clock()
      const effective = momentOf(query.effective, '/effective', now)
      const recorded = momentOf(query.recorded, '/recorded', now)
      const settled = now.getTime() - Date.parse(recorded) > TRUST_SETTLED_MS
      const moments = { issuer, effective, recorded, settled }
      // A settled answer never changes; before that it is kept by nobody.
      const headers = {
        'cache-control': keptFor(settled && isGiven(query) && effective < now.toISOString() ? 'year' : 'never'),
      }
      const entity = await requireEntity(issuer, recorded, parts)
      const right = query.right === undefined ? usualRight(entity) : parseRight(query.right)
      const accreditations = accreditationsAt(entity, effective)
      if (query.qualification === undefined) return { status: 200, headers, body: { ...moments, accreditations } }
      const asked: TrustQuestion = {
        issuer,
        right,
        qualification: query.qualification,
        place: placeOf(entity),
        site: siteOf(entity),
        effective,
        recorded,
      }
      const { standing, sentence, since, pilot, sites, outside, chain } = await accreditationStatus(asked, parts)
      const failing = chain.find((link) => link.standing !== 'authorised')
      return {
        status: 200,
        headers,
        body: {
          ...moments,
          qualification: query.qualification,
          right,
          policy: parts.policy,
          standing,
          sentence,
          ...(since && { since }),
          ...(pilot && { pilot }),
          ...(sites && { sites }),
          ...(outside && { outside }),
          chain,
          ...(failing && { failing: { id: failing.id, standing: failing.standing } }),
          accreditations,
        },
      }
    },
  }),

  'GET /lists': route({
    async answer() {
      return { status: 200, body: { lists: await parts.foreign.all() } }
    },
  }),

  'GET /issuers/{issuer}/keys': route({
    async answer({ params: { issuer } }) {
      const { did, keys } = await requireEntity(issuer, parts.clock().toISOString(), parts)
      if (did === undefined) throw noSuchIssuer()
      return {
        status: 200,
        body: {
          issuer,
          did,
          keys: keys.map(({ keyRef: _, proposal: __, ...key }) => ({
            ...key,
            verificationMethod: `${did}#${key.kid}`,
          })),
        },
      }
    },
  }),

  ...trqpAnswers(parts),
})

/** Both moments stand in the address: what is missing there is the moment of asking. */
const isGiven = ({ effective, recorded }: Readonly<Record<string, string>>): boolean =>
  effective !== undefined && recorded !== undefined

function parseRight(text: string): Right {
  const right = rights.find((known) => known === text)
  if (right !== undefined) return right
  throw new RegistryError('validation-failed', 'the question names a right that there is not', {
    faults: [{ pointer: '/right', detail: `must be one of ${rights.join(', ')}` }],
  })
}

async function requireEntity(id: string, recorded: string, { trust }: TrustParts): Promise<Entity> {
  const entity = entityAt(id, await trust(id), recorded)
  if (entity === undefined) throw noSuchIssuer()
  return entity
}
