import { STATEMENT_SECONDS } from '@sijil/registry'
import { type Accreditation, accreditationsInForce, type Entity, entityAt } from '@sijil/registry/trust'
import { entityIdOf, type Listed, ownerOf } from './federation-entities.ts'
import { readStatement, signStatement } from './federation-jwt.ts'
import type { FederationParts, Speaking } from './federation-parts.ts'
import { FederationRefusal } from './federation-refusal.ts'

/** A trust mark type is one accreditation (OpenID Federation 1.0 §7): it says who may do what, on whose word. */
const markType = (accreditation: string, baseUrl: string): string => `${baseUrl}/trust-marks/${accreditation}`

/** `{grantee}.{grant}` of a type of ours. */
function accreditationOf(type: string, baseUrl: string): { grantee: string; id: string } {
  const prefix = markType('', baseUrl)
  const id = type.startsWith(prefix) ? type.slice(prefix.length) : ''
  const dot = id.indexOf('.')
  const owner = dot < 1 ? undefined : ownerOf(entityIdOf(id.slice(0, dot), baseUrl), baseUrl)
  if (owner === undefined) throw unknownType()
  return { grantee: owner.id, id }
}

const unknownType = () => new FederationRefusal('not_found', 'There is no such type of trust mark here.')

const inForce = (entity: Entity, { trust, policy }: FederationParts, now: Date) =>
  accreditationsInForce(entity, { trust, policy, effective: now.toISOString() })

async function markOf(accreditation: Accreditation, entity: Entity, speaking: Speaking): Promise<string> {
  const { baseUrl, issuedAt } = speaking
  const { id, right, scope, grantors, basis, onBehalfOf, from, until, pilot } = accreditation
  const end = until === undefined ? Number.POSITIVE_INFINITY : Math.floor(Date.parse(until) / 1_000)
  const claims = {
    iss: baseUrl,
    sub: entityIdOf(entity.id, baseUrl),
    trust_mark_type: markType(id, baseUrl),
    iat: issuedAt,
    exp: Math.min(issuedAt + STATEMENT_SECONDS, end),
    ref: entityIdOf(entity.id, baseUrl),
    right,
    scope,
    granted_by: grantors.map((grantor) => entityIdOf(grantor, baseUrl)),
    basis,
    ...(onBehalfOf && { on_behalf_of: entityIdOf(onBehalfOf, baseUrl) }),
    granted_from: from,
    ...(until && { granted_until: until }),
    ...(pilot && { pilot }),
  }
  return signStatement('trust-mark+jwt', claims, speaking)
}

/** For the `trust_marks` of an entity: those that count now. */
export const marksOf = ({ entity, held }: Listed, speaking: Speaking): Promise<object[]> =>
  Promise.all(
    held.map(async (accreditation) => ({
      trust_mark_type: markType(accreditation.id, speaking.baseUrl),
      trust_mark: await markOf(accreditation, entity, speaking),
    })),
  )

/** §8.6 */
export async function findMark(type: string, sub: string, speaking: Speaking): Promise<string> {
  const { grantee, id } = accreditationOf(type, speaking.baseUrl)
  const entity = entityAt(grantee, await speaking.trust(grantee), speaking.now.toISOString())
  const held = entity && (await inForce(entity, speaking, speaking.now)).find((grant) => grant.id === id)
  if (entity === undefined || held === undefined || ownerOf(sub, speaking.baseUrl)?.id !== grantee)
    throw new FederationRefusal('not_found', 'No such trust mark is in force for this entity.')
  return markOf(held, entity, speaking)
}

/** §8.5: who holds a mark now; an accreditation has one holder. */
export async function holdersOf(type: string, sub: string | undefined, parts: FederationParts, now: Date) {
  const { grantee, id } = accreditationOf(type, parts.baseUrl)
  const entity = entityAt(grantee, await parts.trust(grantee), now.toISOString())
  if (!entity?.grants.some((grant) => `${grantee}.${grant.id}` === id)) throw unknownType()
  const holds = (await inForce(entity, parts, now)).some((grant) => grant.id === id)
  return holds && (sub === undefined || ownerOf(sub, parts.baseUrl)?.id === grantee)
    ? [entityIdOf(grantee, parts.baseUrl)]
    : []
}

/** §8.2: whether an entity fits what a list was asked for. */
export const isMarked = ({ held }: Listed, type: string, baseUrl: string): boolean =>
  held.some(({ id }) => markType(id, baseUrl) === type)

/** §8.4: the day and the record decide, whatever the mark says of itself. */
export async function statusOf(text: string, speaking: Speaking): Promise<string> {
  const read = readStatement(text)
  if (read === undefined) throw new FederationRefusal('invalid_request', 'The trust mark is no signed JWT.')
  const { iss, sub, trust_mark_type: type, exp } = read.claims
  if (iss !== speaking.baseUrl || typeof type !== 'string' || typeof sub !== 'string')
    throw new FederationRefusal('not_found', 'This trust mark was not issued here.')
  const { grantee, id } = accreditationOf(type, speaking.baseUrl)
  // One who holds a forgery learns nothing but that it is one.
  const isOurs = read.header.typ === 'trust-mark+jwt' && read.isSignedBy(speaking.believed)
  if (!isOurs || sub !== entityIdOf(grantee, speaking.baseUrl)) return 'invalid'
  if (typeof exp !== 'number' || exp * 1_000 <= speaking.now.getTime()) return 'expired'
  const entity = entityAt(grantee, await speaking.trust(grantee), speaking.now.toISOString())
  const holds = entity && (await inForce(entity, speaking, speaking.now)).some((grant) => grant.id === id)
  return holds ? 'active' : 'revoked'
}
