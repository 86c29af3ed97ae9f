import { type Answers, keptFor, route } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { listAccreditations, noSuchIssuer, type Right, requireEntity, rights } from '@sijil/registry/trust'
import type { RouteRowOf } from '../routes.ts'
import { momentOf } from './moments.ts'
import { trqpAnswers } from './trqp.ts'
import type { TrustParts } from './trust-parts.ts'

/** Loaded on demand, because no other answer needs the schemas of the whole API, and made once, because that takes long. */
function describing(parts: TrustParts) {
  let made: Promise<object> | undefined
  return async () => {
    made ??= import('./description.ts').then(({ describe }) => describe(parts))
    return { status: 200, body: await made }
  }
}

/** Who may issue what, on two axes of time. Once `recorded` is settled, the same two moments always give the same answer. */
export const trustAnswers = (parts: TrustParts): Answers<RouteRowOf<'trust'>[]> => ({
  'GET /openapi.json': route({ answer: describing(parts) }),
  'GET /issuers/{issuer}/accreditations': route({
    knows: ['effective', 'recorded', 'qualification', 'right'],
    async answer({ params: { issuer }, query }) {
      const now = parts.clock()
      const { answer, accreditations, ...moments } = await listAccreditations(
        {
          issuer,
          effective: momentOf(query.effective, '/effective', now),
          recorded: momentOf(query.recorded, '/recorded', now),
          qualification: query.qualification,
          right: query.right === undefined ? undefined : parseRight(query.right),
        },
        { ...parts, now },
      )
      // A settled answer never changes. No cache may keep an answer before that.
      const isLasting = moments.settled && isGiven(query) && moments.effective < now.toISOString()
      return {
        status: 200,
        headers: { 'cache-control': keptFor(isLasting ? 'year' : 'never') },
        body: { ...moments, ...answer, accreditations },
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
