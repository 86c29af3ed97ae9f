import { STATEMENT_SECONDS } from '@sijil/registry'
import { type Accreditation, accreditationsInForce, type Entity, entityAt } from '@sijil/registry/trust'
import type { AnswerDeps, FederationDeps } from './deps.ts'
import { entityIdOf, type Listed, ownerOf } from './entities.ts'
import { readStatement, type Statement, signStatement } from './jwt.ts'
import { FederationRefusal } from './refusal.ts'

/** A trust mark type is one accreditation (OpenID Federation 1.0 §7): the holder, the right, and the authority that granted it. */
const markType = (accreditation: string, baseUrl: string): string => `${baseUrl}/trust-marks/${accreditation}`

/** Parses one of our types into the grantee and `{grantee}.{grant}`. Throws `not_found` for any other type. */
function accreditationOf(type: string, baseUrl: string): { grantee: string; id: string } {
  const prefix = markType('', baseUrl)
  const id = type.startsWith(prefix) ? type.slice(prefix.length) : ''
  const dot = id.indexOf('.')
  const owner = dot < 1 ? undefined : ownerOf(entityIdOf(id.slice(0, dot), baseUrl), baseUrl)
  if (owner === undefined) throw unknownType()
  return { grantee: owner.id, id }
}

const unknownType = () => new FederationRefusal('not_found', 'There is no such type of trust mark here.')

const inForce = (entity: Entity, { trust, catalogue, policy }: FederationDeps, now: Date) =>
  accreditationsInForce(entity, { trust, catalogue, policy, effective: now.toISOString() })

async function markOf(accreditation: Accreditation, entity: Entity, deps: AnswerDeps): Promise<Statement> {
  const { baseUrl, issuedAt } = deps
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
  return signStatement('trust-mark+jwt', claims, deps)
}

/** The `trust_marks` of an entity, for each of its accreditations in force. */
export const marksOf = ({ entity, held }: Listed, deps: AnswerDeps): Promise<object[]> =>
  Promise.all(
    held.map(async (accreditation) => ({
      trust_mark_type: markType(accreditation.id, deps.baseUrl),
      trust_mark: (await markOf(accreditation, entity, deps)).text,
    })),
  )

/** The trust mark of this type (§8.6). Throws `not_found` unless `sub` holds it now. */
export async function findMark(type: string, sub: string, deps: AnswerDeps): Promise<Statement> {
  const { grantee, id } = accreditationOf(type, deps.baseUrl)
  const entity = entityAt(grantee, await deps.trust(grantee), deps.now.toISOString())
  const held = entity && (await inForce(entity, deps, deps.now)).find((grant) => grant.id === id)
  if (entity === undefined || held === undefined || ownerOf(sub, deps.baseUrl)?.id !== grantee)
    throw new FederationRefusal('not_found', 'No such trust mark is in force for this entity.')
  return markOf(held, entity, deps)
}

/** The holder of a mark now, or an empty list (§8.5). An accreditation has one holder. */
export async function holdersOf(type: string, sub: string | undefined, deps: FederationDeps, now: Date) {
  const { grantee, id } = accreditationOf(type, deps.baseUrl)
  const entity = entityAt(grantee, await deps.trust(grantee), now.toISOString())
  if (!entity?.grants.some((grant) => `${grantee}.${grant.id}` === id)) throw unknownType()
  const holds = (await inForce(entity, deps, now)).some((grant) => grant.id === id)
  return holds && (sub === undefined || ownerOf(sub, deps.baseUrl)?.id === grantee)
    ? [entityIdOf(grantee, deps.baseUrl)]
    : []
}

/** True if the entity holds this type of mark now (§8.2). */
export const isMarked = ({ held }: Listed, type: string, baseUrl: string): boolean =>
  held.some(({ id }) => markType(id, baseUrl) === type)

/** The status of a trust mark (§8.4). The present record decides, not the claims of the mark. */
export async function statusOf(text: string, deps: AnswerDeps): Promise<string> {
  const read = readStatement(text)
  if (read === undefined) throw new FederationRefusal('invalid_request', 'The trust mark is not a signed JWT.')
  const { iss, sub, trust_mark_type: type, exp } = read.claims
  if (iss !== deps.baseUrl || typeof type !== 'string' || typeof sub !== 'string')
    throw new FederationRefusal('not_found', 'This trust mark was not issued here.')
  const { grantee, id } = accreditationOf(type, deps.baseUrl)
  // A forged mark gets no other answer than that it is invalid.
  const isOurs = read.header.typ === 'trust-mark+jwt' && read.isSignedBy(deps.believed)
  if (!isOurs || sub !== entityIdOf(grantee, deps.baseUrl)) return 'invalid'
  if (typeof exp !== 'number' || exp * 1_000 <= deps.now.getTime()) return 'expired'
  const entity = entityAt(grantee, await deps.trust(grantee), deps.now.toISOString())
  const holds = entity && (await inForce(entity, deps, deps.now)).some((grant) => grant.id === id)
  return holds ? 'active' : 'revoked'
}
