import { decodeMultikey, issuerOfDid, jwkFromKey } from '@sijil/credentials'
import {
  type Accreditation,
  type Entity,
  entityAt,
  everyRegistered,
  identityOn,
  localNamesOf,
  readEach,
  usableKeys,
  vouchedFor,
} from '@sijil/registry/trust'
import type { FederationDeps } from './deps.ts'
import { FederationRefusal } from './refusal.ts'

/** Entity identifiers are addresses: the registry's own, and one below it for each registered entity. */
export const entityIdOf = (id: string, baseUrl: string): string => `${baseUrl}/issuers/${id}`

/** Our own entity type for bodies that sign certificates (§5.1 allows it). The registered types are about OAuth and wallets. */
const CERTIFICATE_ISSUER = 'certificate_issuer'

/**
 * Finds the entity of an identifier, which is an address or a DID. `undefined` if it has the form of neither. Clients of the Digital
 * Credentials Consortium ask by DID.
 */
export function ownerOf(subject: string, baseUrl: string): { id: string; sub: string } | undefined {
  const prefix = entityIdOf('', baseUrl)
  if (subject.startsWith(prefix)) {
    const id = subject.slice(prefix.length)
    return isId(id) ? { id, sub: subject } : undefined
  }
  if (!subject.startsWith('did:')) return undefined
  // These clients do not escape the DID in the query, so the %3A before a port arrives as a colon.
  const host = `did:web:${new URL(baseUrl).host}:`
  const did = subject.startsWith(host)
    ? `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}:${subject.slice(host.length)}`
    : subject
  const id = issuerOfDid(did, baseUrl)
  return id !== undefined && isId(id) ? { id, sub: did } : undefined
}

/** Like `ownerOf`. Throws a `FederationRefusal` with this code if the identifier has another form. */
export function requireOwner(sub: string, baseUrl: string, code: 'not_found' | 'invalid_subject') {
  const owner = ownerOf(sub, baseUrl)
  if (owner === undefined) throw new FederationRefusal(code, 'No such entity is known here.')
  return owner
}

const isId = (text: string) => /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text)

/** An entity with a right in force now, or an accepted root, with the accreditations that it holds. */
export interface Listed {
  entity: Entity
  held: readonly Accreditation[]
}

async function findListed(
  id: string,
  { trust, catalogue, policy }: FederationDeps,
  now: Date,
): Promise<Listed | undefined> {
  const effective = now.toISOString()
  const entity = entityAt(id, await trust(id), effective)
  const held = entity && (await vouchedFor(entity, { trust, catalogue, policy, effective }))
  return entity && held && { entity, held }
}

/** Throws `not_found` also for an entity whose rights are all suspended or withdrawn. */
export async function requireListed(id: string, deps: FederationDeps, now: Date): Promise<Listed> {
  const listed = await findListed(id, deps, now)
  if (listed === undefined) throw new FederationRefusal('not_found', 'No such entity holds a right here now.')
  return listed
}

/** Every entity that counts now (`Listed`), in the order of ids. */
export async function listEntities(deps: FederationDeps, now: Date): Promise<Listed[]> {
  const ids = await everyRegistered(deps.reader, () => true)
  const found = await readEach(ids, (id) => findListed(id, deps, now))
  return found.filter((listed) => listed !== undefined)
}

/** True if the entity is a body that may issue certificates now. */
export const mayIssue = ({ entity, held }: Listed): boolean =>
  entity.did !== undefined && held.some(({ right }) => right === 'issue')

/** `federation_entity` for every entity. An entity that may issue also gets the keys that verify its certificates. */
export function metadataOf({ entity, held }: Listed, now: Date): Record<string, object> {
  const { name, website, contact } = identityOn(entity, now.toISOString())
  const organization = {
    organization_name: name,
    ...Object.fromEntries(
      localNamesOf(entity.identity).map(({ language, text }) => [`organization_name#${language}`, text]),
    ),
    ...(contact && { contacts: [contact] }),
    ...(URL.canParse(website) && { homepage_uri: website }),
  }
  if (!mayIssue({ entity, held })) return { federation_entity: organization }
  const keys = usableKeys(entity, 'certificates', now.toISOString()).map(({ kid, publicKeyMultibase }) => ({
    ...jwkFromKey(decodeMultikey(publicKeyMultibase)),
    kid: `${entity.did}#${kid}`,
    use: 'sig',
  }))
  return { federation_entity: organization, [CERTIFICATE_ISSUER]: { issuer: entity.did, jwks: { keys } } }
}

export const entityTypesOf = (listed: Listed): string[] =>
  mayIssue(listed) ? ['federation_entity', CERTIFICATE_ISSUER] : ['federation_entity']
