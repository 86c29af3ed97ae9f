import { contactLink, type Entity, identityOn, stateOf, successorOn } from '@sijil/registry/trust'
import type { Verification } from '@sijil/registry/verification'
import type { Contact, Office, ResultValues } from '@sijil/web'
import { findEntity } from './entity.ts'
import type { ViewDeps } from './view.ts'

type OfficeDeps = Pick<ViewDeps, 'trust' | 'now'>

/**
 * The contact of an entity. Other registries may list any text, and so may commits from before its form was checked. Such a text is
 * shown, but is no link.
 */
export function contactOf({ contact }: Pick<Entity['identity'], 'contact'>): { contact?: Contact } {
  if (contact === undefined) return {}
  const link = contactLink(contact)
  return { contact: { text: contact, ...(link && { link }) } }
}

/** The office as it is today. If another entity succeeded it, that one answers for it. */
async function officeOf(id: string, deps: OfficeDeps): Promise<Office | undefined> {
  const entity = await findEntity(id, deps)
  if (entity === undefined) return undefined
  const now = deps.now.toISOString()
  const next = successorOn(entity, now)
  const today = (next && (await findEntity(next.id, deps))) ?? entity
  const identity = identityOn(today, now)
  const { name, acronym } = identity
  return { id: today.id, name, ...stateOf({ identity }), ...(acronym && { acronym }), ...contactOf(identity) }
}

/** The nearest authority that decided about an entity. A body established by law has nobody above it. */
function authorityAbove({ grants, under }: Pick<Entity, 'grants' | 'under'>): string | undefined {
  return grants.findLast(({ grantors }) => grantors.length > 0)?.grantors[0] ?? under
}

/** The authority above an entity, if the record has no contact of the entity itself. */
export const officeAbove = async (entity: Entity, deps: OfficeDeps): Promise<Office | undefined> => {
  const above = authorityAbove(entity)
  return above === undefined ? undefined : officeOf(above, deps)
}

/** The body that answers for a certificate, and the authority above it. */
export async function officesOf(issuer: Entity, deps: OfficeDeps): Promise<{ issuer?: Office; authority?: Office }> {
  const [own, authority] = await Promise.all([officeOf(issuer.id, deps), officeAbove(issuer, deps)])
  return { ...(own && { issuer: own }), ...(authority && { authority }) }
}

/**
 * The offices that a reader may ask about a certificate. A plain yes leaves nothing to ask, so then nothing is read. The contacts are
 * those of today: an office may have moved since the award.
 */
export async function officesToAsk(
  { verdict, issuer: { today }, history = [], notices = [] }: Verification,
  issuer: Entity | undefined,
  deps: OfficeDeps,
): Promise<ResultValues['offices']> {
  if (issuer === undefined || (verdict === 'valid' && today.standing === 'authorised' && notices.length === 0))
    return undefined
  const by = history.at(-1)?.by
  const [answering, changer] = await Promise.all([
    officesOf(issuer, deps),
    by === undefined ? undefined : officeOf(by, deps),
  ])
  return { ...answering, ...(changer && { changer }) }
}
