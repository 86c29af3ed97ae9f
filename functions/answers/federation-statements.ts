import { STATEMENT_SECONDS } from '@sijil/registry'
import { entityIdOf, type Listed, metadataOf } from './federation-entities.ts'
import { signStatement, statementJwk } from './federation-jwt.ts'
import { marksOf } from './federation-marks.ts'
import type { Speaking } from './federation-parts.ts'

const lifeOf = ({ issuedAt }: Speaking) => ({ iat: issuedAt, exp: issuedAt + STATEMENT_SECONDS })

/**
 * The keys that speak for an entity of the federation are the registry's, which hosts all of them: the keys of a body sign its
 * certificates and its lists, and nothing else (I23). They stand in its metadata.
 */
const jwksOf = ({ current }: Speaking) => ({ keys: current.map(statementJwk) })

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

/** What the registry says of itself (OpenID Federation 1.0 §3.1); nobody stands above it. */
export const anchorConfiguration = (speaking: Speaking): Promise<string> =>
  signStatement(
    'entity-statement+jwt',
    {
      iss: speaking.baseUrl,
      sub: speaking.baseUrl,
      ...lifeOf(speaking),
      jwks: jwksOf(speaking),
      metadata: anchorMetadata(speaking.baseUrl),
    },
    speaking,
  )

/** What an entity says of itself, by the registry that hosts it. */
export async function entityConfiguration(listed: Listed, speaking: Speaking, marks?: object[]): Promise<string> {
  const { baseUrl, now } = speaking
  const id = entityIdOf(listed.entity.id, baseUrl)
  const trustMarks = marks ?? (await marksOf(listed, speaking))
  return signStatement(
    'entity-statement+jwt',
    {
      iss: id,
      sub: id,
      ...lifeOf(speaking),
      jwks: jwksOf(speaking),
      authority_hints: [baseUrl],
      metadata: metadataOf(listed, now),
      ...(trustMarks.length > 0 && { trust_marks: trustMarks }),
    },
    speaking,
  )
}

/** What the registry states about an entity. Nobody stands below it: who accredits others does so in this registry. */
export const subordinateStatement = (listed: Listed, sub: string, speaking: Speaking): Promise<string> =>
  signStatement(
    'entity-statement+jwt',
    {
      iss: speaking.baseUrl,
      sub,
      ...lifeOf(speaking),
      jwks: jwksOf(speaking),
      metadata: metadataOf(listed, speaking.now),
      constraints: { max_path_length: 0 },
      source_endpoint: `${speaking.baseUrl}/federation/fetch`,
    },
    speaking,
  )

/** The chain, put together (§8.3): whoever asks still checks it against the keys that he has of us. */
export async function resolveResponse(
  listed: Listed | undefined,
  entityTypes: readonly string[],
  speaking: Speaking,
): Promise<string> {
  const { baseUrl } = speaking
  const marks = listed === undefined ? [] : await marksOf(listed, speaking)
  const id = listed === undefined ? baseUrl : entityIdOf(listed.entity.id, baseUrl)
  const below =
    listed === undefined
      ? []
      : [await entityConfiguration(listed, speaking, marks), await subordinateStatement(listed, id, speaking)]
  const metadata = listed === undefined ? anchorMetadata(baseUrl) : metadataOf(listed, speaking.now)
  const wanted = Object.entries(metadata).filter(([type]) => entityTypes.length === 0 || entityTypes.includes(type))
  return signStatement(
    'resolve-response+jwt',
    {
      iss: baseUrl,
      sub: id,
      ...lifeOf(speaking),
      metadata: Object.fromEntries(wanted),
      ...(marks.length > 0 && { trust_marks: marks }),
      trust_chain: [...below, await anchorConfiguration(speaking)],
    },
    speaking,
  )
}
