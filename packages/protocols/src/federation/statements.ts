import { STATEMENT_SECONDS } from '@sijil/registry'
import type { AnswerDeps } from './deps.ts'
import { entityIdOf, type Listed, metadataOf } from './entities.ts'
import { type Statement, signStatement, statementJwk } from './jwt.ts'
import { marksOf } from './marks.ts'

const lifeOf = ({ issuedAt }: AnswerDeps) => ({ iat: issuedAt, exp: issuedAt + STATEMENT_SECONDS })

/**
 * The registry hosts every entity of the federation, so its own keys sign for all of them. The keys of a body sign only its
 * certificates and its status lists (I23), and are listed in its metadata.
 */
const jwksOf = ({ current }: AnswerDeps) => ({ keys: current.map(statementJwk) })

function anchorMetadata(baseUrl: string): Record<string, object> {
  const at = (path: string) => `${baseUrl}/federation/${path}`
  return {
    federation_entity: {
      organization_name: 'Sijil',
      homepage_uri: baseUrl,
      federation_fetch_endpoint: at('fetch'),
      federation_list_endpoint: at('list'),
      federation_resolve_endpoint: at('resolve'),
      federation_trust_mark_endpoint: at('trust-mark'),
      federation_trust_mark_list_endpoint: at('trust-mark-list'),
      federation_trust_mark_status_endpoint: at('trust-mark-status'),
      federation_historical_keys_endpoint: at('historical-keys'),
    },
  }
}

/** The statement of the registry about itself (OpenID Federation 1.0 §3.1). It has no superior. */
export const anchorConfiguration = (deps: AnswerDeps): Promise<Statement> =>
  signStatement(
    'entity-statement+jwt',
    {
      iss: deps.baseUrl,
      sub: deps.baseUrl,
      ...lifeOf(deps),
      jwks: jwksOf(deps),
      metadata: anchorMetadata(deps.baseUrl),
    },
    deps,
  )

/** The statement of an entity about itself. The registry that hosts it signs it. */
export async function entityConfiguration(listed: Listed, deps: AnswerDeps, marks?: object[]): Promise<Statement> {
  const { baseUrl, now } = deps
  const id = entityIdOf(listed.entity.id, baseUrl)
  const trustMarks = marks ?? (await marksOf(listed, deps))
  return signStatement(
    'entity-statement+jwt',
    {
      iss: id,
      sub: id,
      ...lifeOf(deps),
      jwks: jwksOf(deps),
      authority_hints: [baseUrl],
      metadata: metadataOf(listed, now),
      ...(trustMarks.length > 0 && { trust_marks: trustMarks }),
    },
    deps,
  )
}

/** The statement of the registry about an entity. An entity has no subordinates, because all accreditations are in this registry. */
export const subordinateStatement = (listed: Listed, sub: string, deps: AnswerDeps): Promise<Statement> =>
  signStatement(
    'entity-statement+jwt',
    {
      iss: deps.baseUrl,
      sub,
      ...lifeOf(deps),
      jwks: jwksOf(deps),
      metadata: metadataOf(listed, deps.now),
      constraints: { max_path_length: 0 },
      source_endpoint: `${deps.baseUrl}/federation/fetch`,
    },
    deps,
  )

/** The whole trust chain (§8.3). The caller still verifies it with the registry keys that they hold. */
export async function resolveResponse(
  listed: Listed | undefined,
  entityTypes: readonly string[],
  deps: AnswerDeps,
): Promise<Statement> {
  const { baseUrl } = deps
  const marks = listed === undefined ? [] : await marksOf(listed, deps)
  const id = listed === undefined ? baseUrl : entityIdOf(listed.entity.id, baseUrl)
  const below =
    listed === undefined
      ? []
      : [await entityConfiguration(listed, deps, marks), await subordinateStatement(listed, id, deps)]
  const metadata = listed === undefined ? anchorMetadata(baseUrl) : metadataOf(listed, deps.now)
  const wanted = Object.entries(metadata).filter(([type]) => entityTypes.length === 0 || entityTypes.includes(type))
  return signStatement(
    'resolve-response+jwt',
    {
      iss: baseUrl,
      sub: id,
      ...lifeOf(deps),
      metadata: Object.fromEntries(wanted),
      ...(marks.length > 0 && { trust_marks: marks }),
      trust_chain: [...below, await anchorConfiguration(deps)].map(({ text }) => text),
    },
    deps,
  )
}
