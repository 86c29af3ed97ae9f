import { namesOwnMembers } from '@sijil/registry/decisions'
import { listMemberships } from '@sijil/registry/trust'
import type { MembersValues } from '@sijil/web'
import { type DeskDeps, namedEntity, namedOf, type Office } from './office.ts'

/** The members of a body, and whether its officers may change them now. */
export async function membersView({ authority: body, roles }: Office, deps: DeskDeps): Promise<MembersValues> {
  const memberships = await listMemberships(body.id, deps.store)
  const deciders = new Set(memberships.flatMap(({ by }) => by ?? []))
  const names = new Map(await Promise.all([...deciders].map(async (id) => [id, await namedOf(id, deps)] as const)))
  return {
    body: namedEntity(body),
    roles,
    namesItself: (await namesOwnMembers(body.id, deps)) === true,
    members: memberships.map(({ by, ...member }) => {
      const decider = by === undefined ? undefined : names.get(by)
      return { ...member, ...(decider && { by: decider }) }
    }),
  }
}
