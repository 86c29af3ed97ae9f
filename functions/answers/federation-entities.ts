import { decodeMultikey, issuerOfDid, jwkFromKey } from '@sijil/credentials'
import {
  type Accreditation,
  type Entity,
  entityAt,
  everyRegistered,
  localNamesOf,
  readEach,
  usableKeys,
  vouchedFor,
} from '@sijil/registry/trust'
import type { FederationParts } from './federation-parts.ts'
import { FederationRefusal } from './federation-refusal.ts'

/** Entity identifiers are addresses: the registry's own, and one below it for everybody who is registered. */
export const entityIdOf = (id: string, baseUrl: string): string => `${baseUrl}/issuers/${id}`

/** An entity type of our own (§5.1 allows it) for who signs certificates: the registered ones are about OAuth and wallets. */
const CERTIFICATE_ISSUER = 'certificate_issuer'

/** Whom an identifier names: its address or, as clients of the Digital Credentials Consortium ask, its DID. */
export function ownerOf(subject: string, baseUrl: string): { id: string; sub: string } | undefined {
  const prefix = entityIdOf('', baseUrl)
  if (subject.startsWith(prefix)) {
    const id = subject.slice(prefix.length)
    return isId(id) ? { id, sub: subject } : undefined
  }
  if (!subject.startsWith('did:')) return undefined
  // These clients do not encode it again in the address, so that the %3A before a port has become a colon.
  const host = `did:web:${new URL(baseUrl).host}:`
  const did = subject.startsWith(host)
    ? `did:web:${new URL(baseUrl).host.replaceAll(':', '%3A')}:${subject.slice(host.length)}`
    : subject
  const id = issuerOfDid(did, baseUrl)
  return id !== undefined && isId(id) ? { id, sub: did } : undefined
}

const isId = (text: string) => /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text)

/** Somebody for whom the registry vouches now, with what it holds. */
export interface Listed {
  entity: Entity
  held: readonly Accreditation[]
}

async function findListed(id: string, { trust, policy }: FederationParts, now: Date): Promise<Listed | undefined> {
  const effective = now.toISOString()
  const entity = entityAt(id, await trust(id), effective)
  const held = entity && (await vouchedFor(entity, { trust, policy, effective }))
  return entity && held && { entity, held }
}

/** One whose rights are suspended or withdrawn is answered as one whom nobody knows. */
export async function requireListed(id: string, parts: FederationParts, now: Date): Promise<Listed> {
  const listed = await findListed(id, parts, now)
  if (listed === undefined) throw new FederationRefusal('not_found', 'No such entity holds a right here now.')
  return listed
}

/** Everybody for whom the registry vouches now, by id. */
export async function listEntities(parts: FederationParts, now: Date): Promise<Listed[]> {
  const ids = await everyRegistered(parts.reader, () => true)
  const found = await readEach(ids, (id) => findListed(id, parts, now))
  return found.filter((listed) => listed !== undefined)
}

/** Who signs certificates, and may do so now. */
export const mayIssue = ({ entity, held }: Listed): boolean =>
  entity.did !== undefined && held.some(({ right }) => right === 'issue')

/** `federation_entity` for all, and for who may issue the keys by which its certificates are checked. */
export function metadataOf({ entity, held }: Listed, now: Date): Record<string, object> {
  const { name, website, contact } = entity.identity
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
