import { RegistryError } from '@sijil/registry'

/** Parses `{grantee}.{grant}`. Neither part contains a full stop. Throws `not-found` for another form. */
export function accreditationOf(id: string): { grantee: string; grant: string } {
  const [grantee, grant, ...rest] = id.split('.')
  if (grantee === undefined || grant === undefined || grant === '' || rest.length > 0)
    throw new RegistryError('not-found', 'no such accreditation')
  return { grantee, grant }
}
