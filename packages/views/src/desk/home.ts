import { listOffices, mayDecide } from '@sijil/registry/trust'
import type { DeskHomeValues } from '@sijil/web'
import { type DeskDeps, deskOf, findEntity, namedEntity } from './office.ts'

/** The authorities for which an officer may decide, and the bodies of which they are a member. */
export async function deskHomeView(subject: string, deps: DeskDeps): Promise<DeskHomeValues> {
  const offices = await listOffices(subject, { reader: deps.store })
  const found = await Promise.all(
    offices.map(async ({ owner, roles }) => {
      const entity = await findEntity(owner, deps)
      return entity === undefined
        ? { id: owner, name: owner, roles, desk: 'authorities' as const }
        : { ...namedEntity(entity), roles, desk: deskOf(entity) }
    }),
  )
  return { offices: found.filter(({ desk, roles }) => desk === 'issuers' || mayDecide(roles)) }
}
