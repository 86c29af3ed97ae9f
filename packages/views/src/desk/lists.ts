import { headOf } from '@sijil/registry/accepted-registries'
import type { ListsValues } from '@sijil/web'
import { type DeskDeps, namedEntity, type Office } from './office.ts'

/** The lists of other registries that the authority accepted, and how old the copy of each is. */
export async function listsView({ authority, roles }: Office, { store, now }: DeskDeps): Promise<ListsValues> {
  const lists = await Promise.all(
    authority.lists.map(async ({ registry, suspendedAt }) => {
      const copy = await headOf(registry, store)
      return {
        registry,
        isSuspended: suspendedAt !== undefined,
        ...(copy && {
          copy: {
            madeAt: copy.madeAt,
            validUntil: copy.validUntil,
            entries: copy.size,
            isOver: Date.parse(copy.validUntil) < now.getTime(),
          },
        }),
      }
    }),
  )
  return { authority: namedEntity(authority), lists, mayPropose: roles.includes('propose') }
}
