import { RegistryError } from '@sijil/registry'
import { decidesAbout } from '@sijil/registry/decisions'
import { type GrantTerms, termsAt } from '@sijil/registry/trust'
import { type DeskDeps, findEntity, type Office } from './office.ts'

/** The terms of an accreditation as they are now. Throws `not-found` unless the authority decides about it. */
export async function termsView(
  { authority }: Office,
  { grantee, grant: id }: { grantee: string; grant: string },
  deps: DeskDeps,
): Promise<GrantTerms> {
  const entity = await findEntity(grantee, deps)
  const grant = entity?.grants.find((each) => each.id === id)
  if (entity === undefined || grant === undefined || !(await decidesAbout(entity, grant, authority.id, deps)))
    throw new RegistryError('not-found', 'no such accreditation')
  return termsAt(grant, deps.now.toISOString())
}
