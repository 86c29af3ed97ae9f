import type { Answer, Answers } from '@sijil/http'
import { readStatementKeys, remembered, STATEMENT_SECONDS } from '@sijil/registry'
import type { RouteRowOf } from '../routes.ts'
import { entityIdOf, entityTypesOf, listEntities, mayIssue, ownerOf, requireListed } from './federation-entities.ts'
import {
  currentKeys,
  type StatementType,
  signingKeyOf,
  signingOnce,
  signStatement,
  statementJwk,
} from './federation-jwt.ts'
import { findMark, holdersOf, isMarked, statusOf } from './federation-marks.ts'
import type { FederationParts, Speaking } from './federation-parts.ts'
import { FederationRefusal, federationRoute, requireParameter } from './federation-refusal.ts'
import {
  anchorConfiguration,
  entityConfiguration,
  resolveResponse,
  subordinateStatement,
} from './federation-statements.ts'

/** Statements name the minute in which they were made, so that one content is signed once a minute. */
const MINUTE_SECONDS = 60

async function speak(parts: FederationParts): Promise<Speaking> {
  const now = parts.clock()
  const keys = await readStatementKeys(parts.reader)
  return {
    ...parts,
    now,
    issuedAt: Math.floor(now.getTime() / 1_000 / MINUTE_SECONDS) * MINUTE_SECONDS,
    key: signingKeyOf(keys),
    current: currentKeys(keys, now, STATEMENT_SECONDS),
    believed: keys.filter(({ compromised }) => compromised !== true),
  }
}

const jwt = (body: string, type: StatementType): Answer => ({ status: 200, body, type: `application/${type}` })
const statement = (body: string) => jwt(body, 'entity-statement+jwt')

/** OpenID Federation 1.0: the registry is a trust anchor, and hosts an entity for each authority, body and centre. */
export const federationAnswers = (given: FederationParts): Answers<RouteRowOf<'federation'>[]> => {
  const parts = { ...given, signer: signingOnce(given.signer, () => given.clock().getTime()) }
  const { baseUrl } = parts

  const everybody = remembered(
    () => listEntities(parts, parts.clock()),
    () => parts.clock().getTime(),
  )
  const fetching = federationRoute(async ({ query }) => {
    const asked = requireParameter(query, 'sub')
    if (asked === baseUrl)
      throw new FederationRefusal('invalid_request', 'The registry states nothing about itself here.')
    const speaking = await speak(parts)
    const { id, sub } = requireOwner(asked, 'not_found')
    const listed = await requireListed(id, parts, speaking.now)
    // Who asks by DID asks about an issuer, and takes any answer for a yes.
    if (sub.startsWith('did:') && !mayIssue(listed))
      throw new FederationRefusal('not_found', 'It may not issue certificates now.')
    return statement(await subordinateStatement(listed, sub, speaking))
  })

  const requireOwner = (sub: string, code: 'not_found' | 'invalid_subject') => {
    const owner = ownerOf(sub, baseUrl)
    if (owner === undefined) throw new FederationRefusal(code, 'No such entity is known here.')
    return owner
  }

  const answerStatus = async (mark: string): Promise<Answer> => {
    const speaking = await speak(parts)
    const claims = { iss: baseUrl, iat: speaking.issuedAt, trust_mark: mark, status: await statusOf(mark, speaking) }
    const type = 'trust-mark-status-response+jwt'
    return jwt(await signStatement(type, claims, speaking), type)
  }

  return {
    'GET /.well-known/openid-federation': federationRoute(async () =>
      statement(await anchorConfiguration(await speak(parts))),
    ),

    'GET /issuers/{issuer}/.well-known/openid-federation': federationRoute<{ issuer: string }>(
      async ({ params: { issuer } }) => {
        const speaking = await speak(parts)
        const { id } = requireOwner(entityIdOf(issuer, baseUrl), 'not_found')
        return statement(await entityConfiguration(await requireListed(id, parts, speaking.now), speaking))
      },
    ),

    'GET /federation/fetch': fetching,
    'GET /fetch': fetching,

    'GET /federation/list': federationRoute(async ({ query, all }) => {
      const wanted = all('entity_type')
      const { trust_mark_type: type, trust_marked: marked, intermediate } = query
      for (const [name, value] of Object.entries({ marked, intermediate })) {
        if (value !== undefined && value !== 'true' && value !== 'false')
          throw new FederationRefusal(
            'invalid_request',
            `${name === 'marked' ? 'trust_marked' : name} is true or false.`,
          )
      }
      // Nobody stands between the registry and an entity.
      if (intermediate === 'true') return { status: 200, body: [] }
      const listed = await everybody()
      const fitting = listed.filter(
        (each) =>
          (wanted.length === 0 || entityTypesOf(each).some((one) => wanted.includes(one))) &&
          (type === undefined || isMarked(each, type, baseUrl)) &&
          (marked === undefined || each.held.length > 0 === (marked === 'true')),
      )
      return { status: 200, body: fitting.map(({ entity }) => entityIdOf(entity.id, baseUrl)) }
    }),

    'GET /federation/resolve': federationRoute(async ({ query, all }) => {
      const sub = requireParameter(query, 'sub')
      requireParameter(query, 'trust_anchor')
      if (!all('trust_anchor').includes(baseUrl))
        throw new FederationRefusal('invalid_trust_anchor', 'Chains are built to this registry only.')
      const speaking = await speak(parts)
      const listed =
        sub === baseUrl ? undefined : await requireListed(requireOwner(sub, 'invalid_subject').id, parts, speaking.now)
      return jwt(await resolveResponse(listed, all('entity_type'), speaking), 'resolve-response+jwt')
    }),

    'GET /federation/trust-mark': federationRoute(async ({ query }) => {
      const type = requireParameter(query, 'trust_mark_type')
      const sub = requireParameter(query, 'sub')
      return jwt(await findMark(type, sub, await speak(parts)), 'trust-mark+jwt')
    }),

    'GET /federation/trust-mark-list': federationRoute(async ({ query }) => {
      const type = requireParameter(query, 'trust_mark_type')
      return { status: 200, body: await holdersOf(type, query.sub, parts, parts.clock()) }
    }),

    // §8.4 asks by POST; earlier drafts, and those who look for themselves, by GET.
    'GET /federation/trust-mark-status': federationRoute(({ query }) =>
      answerStatus(requireParameter(query, 'trust_mark')),
    ),
    'POST /federation/trust-mark-status': federationRoute(
      ({ fields }) => answerStatus(requireParameter(fields, 'trust_mark')),
      { body: 'form' },
    ),

    'GET /federation/historical-keys': federationRoute(async () => {
      const speaking = await speak(parts)
      const claims = { iss: baseUrl, iat: speaking.issuedAt, keys: await historicalKeys(parts) }
      return jwt(await signStatement('jwk-set+jwt', claims, speaking), 'jwk-set+jwt')
    }),
  }
}

const seconds = (moment: string) => Math.floor(Date.parse(moment) / 1_000)

/** §8.7: keys that sign no more, each with its end; a compromised one with the moment from which that is known. */
async function historicalKeys({ reader }: FederationParts): Promise<object[]> {
  return (await readStatementKeys(reader)).flatMap((key) => {
    if (key.replacedAt === undefined) return []
    const end = seconds(key.replacedAt)
    return [
      {
        ...statementJwk(key),
        iat: seconds(key.addedAt),
        ...(key.compromised
          ? { exp: end, revoked: { revoked_at: end, reason: 'compromised' } }
          : { exp: end + STATEMENT_SECONDS }),
      },
    ]
  })
}
