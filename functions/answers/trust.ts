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

/** Who may issue what, on two axes of time. Once `recorded` is settled, the same two moments always give the same answer. */
export const trustAnswers = (parts: TrustParts): Answers<RouteRowOf<'trust'>[]> => ({
  'GET /openapi.json': route({
    // Loaded on demand: no other answer needs the schemas of the whole API.
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
      // A settled answer never changes. No cache may keep an answer before that.
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

/** Both moments are in the address. A moment that is missing there means now, so the answer to that address changes. */
const isGiven = ({ effective, recorded }: Readonly<Record<string, string>>): boolean =>
  effective !== undefined && recorded !== undefined

function parseRight(text: string): Right {
  const right = rights.find((known) => known === text)
  if (right !== undefined) return right
  throw new RegistryError('validation-failed', 'The question names an unknown right.', {
    faults: [{ pointer: '/right', detail: `must be one of ${rights.join(', ')}` }],
  })
}

async function requireEntity(id: string, recorded: string, { trust }: TrustParts): Promise<Entity> {
  const entity = entityAt(id, await trust(id), recorded)
  if (entity === undefined) throw noSuchIssuer()
  return entity
}
