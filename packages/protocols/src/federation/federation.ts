import { remembered } from '@sijil/registry'
import { answerDeps, type FederationDeps } from './deps.ts'
import { entityIdOf, entityTypesOf, listEntities, mayIssue, requireListed, requireOwner } from './entities.ts'
import { historicalKeys } from './historical-keys.ts'
import { type Statement, signingOnce, signStatement } from './jwt.ts'
import { findMark, holdersOf, isMarked, statusOf } from './marks.ts'
import { FederationRefusal } from './refusal.ts'
import { anchorConfiguration, entityConfiguration, resolveResponse, subordinateStatement } from './statements.ts'

/** Request of the list endpoint (§8.2.1). Absent members do not limit the list. */
interface ListQuestion {
  entityTypes: readonly string[]
  markType?: string | undefined
  marked?: boolean | undefined
  intermediate?: boolean | undefined
}

/** Request of the resolve endpoint (§8.3.1). */
interface ResolveQuestion {
  sub: string
  trustAnchors: readonly string[]
  entityTypes: readonly string[]
}

/**
 * OpenID Federation 1.0. The registry is a trust anchor and hosts an entity for each authority, body and centre. Each method answers
 * one question of §3 or §8, or throws a `FederationRefusal`. `dependency-unavailable` is thrown before the registry has a key.
 */
export function openFederation(given: FederationDeps) {
  const deps = { ...given, signer: signingOnce(given.signer, () => given.clock().getTime()) }
  const { baseUrl } = deps
  const everybody = remembered(
    () => listEntities(deps, deps.clock()),
    () => deps.clock().getTime(),
  )
  return {
    /** The entity configuration of the registry itself (§3.1). */
    anchorConfiguration: async (): Promise<Statement> => anchorConfiguration(await answerDeps(deps)),

    /** The entity configuration of the authority, body or centre with this id (§3.1). */
    async entityConfiguration(id: string): Promise<Statement> {
      const answer = await answerDeps(deps)
      const owner = requireOwner(entityIdOf(id, baseUrl), baseUrl, 'not_found')
      return entityConfiguration(await requireListed(owner.id, deps, answer.now), answer)
    },

    /** The registry's statement about an entity, by its address or DID (§8.1). */
    async subordinateStatement(asked: string): Promise<Statement> {
      if (asked === baseUrl)
        throw new FederationRefusal('invalid_request', 'The registry states nothing about itself here.')
      const answer = await answerDeps(deps)
      const { id, sub } = requireOwner(asked, baseUrl, 'not_found')
      const listed = await requireListed(id, deps, answer.now)
      // Clients that ask by DID ask about an issuer, and read any statement as a yes.
      if (sub.startsWith('did:') && !mayIssue(listed))
        throw new FederationRefusal('not_found', 'It may not issue certificates now.')
      return subordinateStatement(listed, sub, answer)
    },

    /** Identifiers of the entities that match (§8.2). The list of all entities is at most ten seconds old. */
    async list({ entityTypes, markType, marked, intermediate }: ListQuestion): Promise<string[]> {
      // There is no intermediate between the registry and an entity.
      if (intermediate) return []
      const fitting = (await everybody()).filter(
        (listed) =>
          (entityTypes.length === 0 || entityTypesOf(listed).some((type) => entityTypes.includes(type))) &&
          (markType === undefined || isMarked(listed, markType, baseUrl)) &&
          (marked === undefined || listed.held.length > 0 === marked),
      )
      return fitting.map(({ entity }) => entityIdOf(entity.id, baseUrl))
    },

    /** The whole trust chain of an entity up to this registry (§8.3). */
    async resolve({ sub, trustAnchors, entityTypes }: ResolveQuestion): Promise<Statement> {
      if (!trustAnchors.includes(baseUrl))
        throw new FederationRefusal('invalid_trust_anchor', 'Chains are built to this registry only.')
      const answer = await answerDeps(deps)
      const listed =
        sub === baseUrl
          ? undefined
          : await requireListed(requireOwner(sub, baseUrl, 'invalid_subject').id, deps, answer.now)
      return resolveResponse(listed, entityTypes, answer)
    },

    /** The status of a trust mark (§8.4). The present record decides, not the claims of the mark. */
    async markStatus(mark: string): Promise<Statement> {
      const answer = await answerDeps(deps)
      const status = await statusOf(mark, answer)
      const claims = { iss: baseUrl, iat: answer.issuedAt, trust_mark: mark, status }
      return signStatement('trust-mark-status-response+jwt', claims, answer)
    },

    /** Identifiers of the entities that hold this type of trust mark now (§8.5). */
    markHolders: (type: string, sub: string | undefined): Promise<string[]> => holdersOf(type, sub, deps, deps.clock()),

    /** The trust mark of an entity (§8.6). */
    mark: async (type: string, sub: string): Promise<Statement> => findMark(type, sub, await answerDeps(deps)),

    /** The registry's earlier keys (§8.7). */
    async historicalKeys(): Promise<Statement> {
      const answer = await answerDeps(deps)
      const claims = { iss: baseUrl, iat: answer.issuedAt, keys: historicalKeys(answer.keys) }
      return signStatement('jwk-set+jwt', claims, answer)
    },
  }
}
